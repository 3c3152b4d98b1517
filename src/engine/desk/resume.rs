//! The resume record: the stack of screens with what is typed, so that a lost line loses nothing that was shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::Desk;
use crate::engine::effect::Effect;
use crate::engine::grid::{CellState, SheetCell};
use crate::engine::line::Line;
use crate::engine::overlay::Overlay;
use crate::engine::value::Value;
use crate::engine::window::{Focus, Typed, Window};
use crate::keymap::Key;

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
    /// The screen inside the chosen tab.
    pub inside: Option<Box<Kept>>,
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
}

impl Desk {
    /// Writes the record down; `now` = somebody waits for it.
    pub(crate) fn keep(&mut self, now: bool) {
        if self.operator.session.is_none() {
            return;
        }
        let screen = self.windows.last().map(|window| window.model.code.clone()).unwrap_or_default();
        if let Ok(record) = serde_json::to_value(self.record()) {
            self.effects.push(Effect::KeepResume { record, screen, now });
        }
    }

    /// What would be lost now.
    #[must_use]
    pub fn record(&self) -> Record {
        let keys = if self.asks_secrets() { Vec::new() } else { self.unexecuted() };
        let unsettled = self.unsettled.iter().map(|operation| Unsettled {
            id: operation.id,
            kind: operation.kind.clone(),
            args: operation.args.clone(),
            ground: operation.ground.clone(),
        });
        Record {
            // The home screen is opened by every login.
            screens: self.windows.iter().skip(1).map(kept).collect(),
            keys,
            unsettled: unsettled.collect(),
        }
    }

    /// Keys that were not executed, and a line that was typed into a question over the screens.
    fn unexecuted(&self) -> Vec<String> {
        let keys = self.queue.held.iter().chain(&self.queue.keys).map(ToString::to_string);
        let line = match &self.overlay {
            Some(Overlay::Prompt { line, .. }) => line.text(),
            Some(Overlay::Palette(palette)) => palette.line.text(),
            _ => "",
        };
        line.chars().map(|letter| Key::Char(letter).to_string()).chain(keys).collect()
    }

    /// Opens what a record holds; a screen that is no more is left out and said.
    pub(crate) fn restore(&mut self, json: &Json) {
        let Ok(record) = serde_json::from_value::<Record>(json.clone()) else {
            self.refuse_with("record-not-understood", &[]);
            return;
        };
        for kept in &record.screens {
            if let Some(id) = self.open_named(&kept.screen, kept.keys.clone())
                && let Some(mut window) = self.window(id).cloned()
            {
                self.fill(&mut window, kept);
                if let Some(place) = self.window_mut(id) {
                    *place = window;
                }
            }
        }
        self.queue.held = record.keys.iter().filter_map(|key| key.parse().ok()).collect();
        self.unsettled = record
            .unsettled
            .into_iter()
            .map(|one| crate::engine::effect::Operation {
                id: one.id,
                kind: one.kind,
                args: one.args,
                ground: one.ground,
            })
            .collect();
        self.settle_all();
        self.say("session-continued");
    }

    fn fill(&mut self, window: &mut Window, kept: &Kept) {
        window.tab = kept.tab.min(window.model.tabs.len().saturating_sub(1));
        for (name, text) in &kept.typed {
            if let Some(field) = window.model.field(name) {
                window.typed[field] = Typed { line: Line::fresh(text), changed: true, wrong: None };
            }
        }
        for (grid, row, column, text) in &kept.cells {
            if let Some(state) = window.grids.get_mut(*grid) {
                let cell = SheetCell { line: Line::fresh(text), state: CellState::Typed };
                state.cells.insert((row.clone(), *column), cell);
            }
        }
        for (name, filter) in &kept.filters {
            if let Some(source) = window.model.source(name) {
                window.feeds[source].filter.clone_from(filter);
                window.feeds[source].asked = true;
            }
        }
        for ((at, column), state) in kept.cursors.iter().zip(&mut window.grids) {
            state.at.clone_from(at);
            state.column = *column;
        }
        window.focus = match kept.field.as_ref().and_then(|name| window.model.field(name)) {
            Some(field) => Focus::Field(field),
            None => Focus::Middle,
        };
        if let Some(inside) = &kept.inside
            && let Some(model) = self.screen(&inside.screen)
        {
            let id = self.next_window_id();
            let mut embedded = Window::open(id, model, inside.keys.clone(), &self.present);
            self.fill(&mut embedded, inside);
            window.embeds.insert(window.tab, embedded);
        }
    }
}

fn kept(window: &Window) -> Kept {
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
        inside: window.embeds.get(&window.tab).map(|inside| Box::new(kept(inside))),
    }
}
