//! The resume record as it is written down: nothing that was shown is missing from it, nothing secret is in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::engine::effect::Operation;
use crate::engine::grid::{All, CellState, GridState};
use crate::engine::value::Value;
use crate::engine::window::{Focus, Window};

/// What is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The stack, the last in front.
    pub screens: Vec<Kept>,
    /// Keys that were typed and not executed.
    pub keys: Vec<String>,
    /// Changes whose answer was lost.
    pub unsettled: Vec<Unsettled>,
}

/// One screen of the stack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Its name.
    pub screen: String,
    /// Its keys.
    pub keys: BTreeMap<String, Value>,
    /// The chosen tab.
    pub tab: usize,
    /// The field with the cursor; none = the middle.
    pub field: Option<String>,
    /// Typed texts by field; secret ones are never here.
    pub typed: BTreeMap<String, String>,
    /// Typed cells of sheets: grid, row, column, text.
    pub cells: Vec<(usize, String, usize, String)>,
    /// What was typed over the rows, by source.
    pub filters: BTreeMap<String, String>,
    /// Where the cursors of the grids stand: the row's key and the column.
    #[serde(default)]
    pub cursors: Vec<(Option<String>, usize)>,
    /// What is marked in the grids.
    #[serde(default)]
    pub marks: Vec<Marked>,
    /// The screen inside the chosen tab.
    pub inside: Option<Box<Kept>>,
}

/// What is marked in one grid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// Rows as they were read, by what tells them apart.
    pub rows: BTreeMap<String, Vec<Value>>,
    /// Everything a filter lets through, instead of rows.
    pub all: Option<All>,
}

/// A change nobody knows the end of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsettled {
    /// Its id.
    pub id: Uuid,
    /// Its kind.
    pub kind: String,
    /// Its arguments.
    pub args: Json,
    /// Its ground.
    pub ground: Option<String>,
    /// Where it was made: what follows its end happens there.
    #[serde(default)]
    pub place: Option<Place>,
}

/// A place of the stack where a change was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which of the kept screens, from below.
    pub screen: usize,
    /// How many tabs deep inside it.
    pub depth: usize,
    /// What made it there.
    pub by: By,
}

/// What made a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// An action, by its name in the file.
    Action(String),
    /// A cell of a sheet: grid, row, column.
    Cell(usize, String, usize),
}

impl Unsettled {
    /// A change and where it was made.
    #[must_use]
    pub(super) fn of(operation: &Operation, place: Option<Place>) -> Self {
        let Operation { id, kind, args, ground } = operation.clone();
        Self { id, kind, args, ground, place }
    }

    /// The change.
    #[must_use]
    pub(super) fn operation(&self) -> Operation {
        let Self { id, kind, args, ground, .. } = self.clone();
        Operation { id, kind, args, ground }
    }
}

fn marked(state: &GridState) -> Marked {
    Marked { rows: state.marks.clone(), all: state.all.clone() }
}

/// What is kept of a screen.
#[must_use]
pub(super) fn kept(window: &Window) -> Kept {
    let model = &window.model;
    let is_secret = |field: usize| model.fields[field].entry.as_ref().is_some_and(|entry| entry.secret);
    let typed = window.typed.iter().enumerate().filter(|(field, typed)| typed.changed && !is_secret(*field));
    let cells = window.grids.iter().enumerate().flat_map(|(grid, state)| {
        let unwritten = state.cells.iter().filter(|(_, cell)| cell.state != CellState::Written);
        unwritten.map(move |((row, column), cell)| (grid, row.clone(), *column, cell.line.text().to_owned()))
    });
    let filters = model.sources.iter().zip(&window.feeds).filter(|(_, feed)| !feed.filter.is_empty());
    Kept {
        screen: model.name.clone(),
        keys: window.keys.clone(),
        tab: window.tab,
        field: match window.focus {
            Focus::Field(field) => Some(model.fields[field].name.clone()),
            Focus::Middle => None,
        },
        typed: typed
            .map(|(field, typed)| (model.fields[field].name.clone(), typed.line.text().to_owned()))
            .collect(),
        cells: cells.collect(),
        filters: filters.map(|(source, feed)| (source.name.clone(), feed.filter.clone())).collect(),
        cursors: window.grids.iter().map(|state| (state.at.clone(), state.column)).collect(),
        marks: window.grids.iter().map(marked).collect(),
        inside: window.embeds.get(&window.tab).map(|inside| Box::new(kept(inside))),
    }
}
