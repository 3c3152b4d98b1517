//! The resume record as it is written down: nothing that was shown is missing from it, nothing secret is in it.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::LeftRow;
use crate::engine::effect::{Operation, Times};
use crate::engine::example::Example;
use crate::engine::feed::Feed;
use crate::engine::grid::{All, CellState, GridState, Sent};
use crate::engine::line::Line;
use crate::engine::value::Value;
use crate::engine::window::{Focus, Window};

/// What is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// What the screen in front is called, for whoever chooses among several sessions.
    #[serde(default)]
    pub title: String,
    /// The stack, the last in front.
    pub screens: Vec<Kept>,
    /// Keys that were typed and not executed.
    pub keys: Vec<String>,
    /// Changes whose answer was lost.
    pub unsettled: Vec<Unsettled>,
    /// What was being typed over the screen in front.
    #[serde(default)]
    pub over: Option<Over>,
    /// The two times of the date line.
    #[serde(default)]
    pub times: Times,
    /// Rows that were refused after their sheets were left.
    #[serde(default)]
    pub refused: Vec<LeftRow>,
    /// The long job that was followed and what it is called.
    #[serde(default)]
    pub job: Option<(Uuid, String)>,
    /// What was typed into screens that were left, the newest behind.
    #[serde(default)]
    pub drafts: Vec<Draft>,
    /// The operator left in order: nothing is to be gone on with, the drafts alone wait.
    #[serde(default)]
    pub left: bool,
}

/// What was typed into a screen that was left, to be gone on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its number.
    pub id: Uuid,
    /// What its screen was called.
    pub title: String,
    /// When the screen was left, by the clock of the workstation.
    pub at: NaiveDateTime,
    /// The screen and what was typed.
    pub kept: Kept,
    /// The change that was sent with exactly this and whose end is not known: once it was made, nothing is left to be written.
    #[serde(default)]
    pub awaits: Option<Uuid>,
}

/// What was being typed over the screens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Over {
    /// Columns of a list that were being filled, so that the server filters by them.
    Columns(Columns),
    /// A line that was asked for.
    Asked {
        /// What for.
        by: AskedBy,
        /// What is typed.
        line: Line,
    },
    /// The line of the palette.
    Palette(Line),
}

/// What a line is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedBy {
    /// The ground of an action.
    Ground(Place),
    /// The ground of an undo: the operation and its title.
    Undo(Uuid, String),
    /// The day of the date line.
    AsOf,
    /// The day it was known on.
    Known,
}

/// Columns of a list that are being filled, so that the server filters by them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// The list, among those of its screen.
    pub grid: usize,
    /// What is typed, a line a column.
    pub lines: Vec<String>,
    /// The line with the cursor.
    pub at: usize,
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
    /// What is typed into that field, with its cursor: who goes on types where they stopped.
    #[serde(default)]
    pub line: Option<Line>,
    /// Typed texts by field; secret ones are never here.
    pub typed: BTreeMap<String, String>,
    /// Typed cells of sheets: grid, row, column, text.
    pub cells: Vec<(usize, String, usize, String)>,
    /// What was typed over the rows, by source.
    pub filters: BTreeMap<String, String>,
    /// What columns were asked for, by source.
    #[serde(default)]
    pub examples: BTreeMap<String, Example>,
    /// Where the cursors of the grids stand: the row's key and the column.
    #[serde(default)]
    pub cursors: Vec<(Option<String>, usize)>,
    /// The mark of what was shown when it was typed.
    #[serde(default)]
    pub seen: Option<Value>,
    /// What is marked in the grids.
    #[serde(default)]
    pub marks: Vec<Marked>,
    /// The screen inside the chosen tab.
    pub inside: Option<Box<Kept>>,
    /// Screens inside the other tabs, by their tabs.
    #[serde(default)]
    pub behind: BTreeMap<usize, Kept>,
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
    /// What is said of it, where it is a row of a sheet.
    #[serde(default)]
    pub sent: Sent,
}

/// A place of the stack where a change was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which of the kept screens, from below.
    pub screen: usize,
    /// The tabs it lies in, from outside.
    #[serde(default)]
    pub tabs: Vec<usize>,
    /// Whether something else was typed there since.
    #[serde(default)]
    pub is_touched: bool,
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
    pub(super) fn of(operation: &Operation, place: Option<Place>, sent: Sent) -> Self {
        let Operation { id, kind, args, ground, secrets: _ } = operation.clone();
        Self { id, kind, args, ground, place, sent }
    }

    /// The change.
    #[must_use]
    pub(super) fn operation(&self) -> Operation {
        let Self { id, kind, args, ground, .. } = self.clone();
        Operation { id, kind, args, ground, secrets: Vec::new() }
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
    let behind = window.embeds.iter().filter(|(tab, _)| **tab != window.tab);
    let is_asked = |feed: &Feed| !feed.example.conditions.is_empty();
    let line = match window.focus {
        Focus::Field(field) => window.typed.get(field).filter(|typed| typed.changed && !is_secret(field)),
        Focus::Middle => None,
    };
    let examples = model.sources.iter().zip(&window.feeds).filter(|(_, feed)| is_asked(feed));
    Kept {
        screen: model.name.clone(),
        keys: window.keys.clone(),
        tab: window.tab,
        field: match window.focus {
            Focus::Field(field) => Some(model.fields[field].name.clone()),
            Focus::Middle => None,
        },
        line: line.map(|typed| typed.line.clone()),
        typed: typed
            .map(|(field, typed)| (model.fields[field].name.clone(), typed.line.text().to_owned()))
            .collect(),
        cells: cells.collect(),
        filters: filters.map(|(source, feed)| (source.name.clone(), feed.filter.clone())).collect(),
        examples: examples.map(|(source, feed)| (source.name.clone(), feed.example.clone())).collect(),
        cursors: window.grids.iter().map(|state| (state.at.clone(), state.column)).collect(),
        seen: window.seen.clone(),
        marks: window.grids.iter().map(marked).collect(),
        inside: window.embeds.get(&window.tab).map(|inside| Box::new(kept(inside))),
        behind: behind.map(|(tab, inside)| (*tab, kept(inside))).collect(),
    }
}
