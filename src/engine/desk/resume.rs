//! The resume record kept and brought back, so that a lost line loses nothing that was shown and doubles nothing that was sent.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::Value as Json;
use uuid::Uuid;

use super::record::{By, Kept, Place, Record, Unsettled, kept};
use super::{Desk, Origin, Purpose};
use crate::engine::effect::{Effect, Operation};
use crate::engine::grid::{CellState, SheetCell};
use crate::engine::line::Line;
use crate::engine::msg::Timer;
use crate::engine::overlay::Overlay;
use crate::engine::window::{Focus, Typed, Window, WindowId};
use crate::keymap::Key;

/// How long nobody types before the record is written, milliseconds.
const PAUSE: i64 = 300;
/// The longest time a key may be in no record, milliseconds.
const LONGEST_UNKEPT: i64 = 1_000;

impl Desk {
    /// Writes the record down a moment after the last key, and within a second of the first that is not in it: whoever never
    /// stops typing is kept too.
    pub(crate) fn keep_soon(&mut self) {
        let since = *self.unkept_since.get_or_insert(self.now);
        let may_wait = self.now - since < TimeDelta::milliseconds(LONGEST_UNKEPT - PAUSE);
        self.wake(Timer::Resume, PAUSE.unsigned_abs(), may_wait);
    }

    /// Writes the record down; `now` = somebody waits for it.
    pub(crate) fn keep(&mut self, now: bool) {
        self.unkept_since = None;
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
        Record {
            // The home screen is opened by every login.
            screens: self.windows.iter().skip(1).map(kept).collect(),
            keys,
            unsettled: self.unsettled_and_sent(),
        }
    }

    /// Changes whose end is not known: those whose answer was lost, and those whose answer is still awaited.
    fn unsettled_and_sent(&self) -> Vec<Unsettled> {
        let mut unsettled: BTreeMap<Uuid, Unsettled> = BTreeMap::new();
        let lost =
            self.unsettled.iter().map(|operation| (operation, self.origins.get(&operation.id).cloned()));
        for (operation, origin) in lost.chain(self.sent()) {
            let place = origin.and_then(|origin| self.place_of(&origin));
            unsettled.entry(operation.id).or_insert_with(|| Unsettled::of(operation, place));
        }
        unsettled.into_values().collect()
    }

    /// Changes that were sent and not answered yet, and where they were made.
    fn sent(&self) -> impl Iterator<Item = (&Operation, Option<Origin>)> {
        self.requests.values().flat_map(|purpose| match purpose {
            Purpose::Commit { window, action, operation } => {
                vec![(operation, Some(Origin::Action(*window, *action)))]
            }
            Purpose::Sheet { window, grid, cells, operations } => {
                let origin = |cell: &(String, usize)| Some(Origin::Cell(*window, *grid, cell.clone()));
                operations.iter().zip(cells.iter().map(origin)).collect()
            }
            _ => Vec::new(),
        })
    }

    /// The same place in the words of the record.
    fn place_of(&self, origin: &Origin) -> Option<Place> {
        let (window, by) = match origin {
            Origin::Action(window, action) => {
                (*window, By::Action(self.action(*window, *action)?.name.clone()))
            }
            Origin::Cell(window, grid, (row, column)) => (*window, By::Cell(*grid, row.clone(), *column)),
        };
        let screens = self.windows.iter().skip(1).enumerate();
        let (screen, depth) =
            screens.filter_map(|(at, outer)| Some((at, depth_of(outer, window)?))).next()?;
        Some(Place { screen, depth, by })
    }

    /// A place of the record among the screens that were opened for it.
    fn origin_of(&self, place: &Place, opened: &[Option<WindowId>]) -> Option<Origin> {
        let outer = self.window((*opened.get(place.screen)?)?)?;
        let window = (0..place.depth).try_fold(outer, |window, _| window.embeds.get(&window.tab))?;
        Some(match &place.by {
            By::Action(name) => {
                let at = window.model.actions.iter().position(|action| action.name == *name)?;
                Origin::Action(window.id, at)
            }
            By::Cell(grid, row, column) => Origin::Cell(window.id, *grid, (row.clone(), *column)),
        })
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
        let opened: Vec<_> = record.screens.iter().map(|kept| self.open_kept(kept)).collect();
        self.queue.held = record.keys.iter().filter_map(|key| key.parse().ok()).collect();
        for unsettled in &record.unsettled {
            let operation = unsettled.operation();
            let origin = unsettled.place.as_ref().and_then(|place| self.origin_of(place, &opened));
            if let Some(origin) = origin {
                self.mark_sent(&origin);
                self.origins.insert(operation.id, origin);
            }
            self.unsettled.push(operation);
        }
        self.settle_all();
        self.say("session-continued");
    }

    fn open_kept(&mut self, kept: &Kept) -> Option<WindowId> {
        let id = self.open_named(&kept.screen, kept.keys.clone())?;
        let mut window = self.window(id).cloned()?;
        self.fill(&mut window, kept);
        *self.window_mut(id)? = window;
        Some(id)
    }

    /// A cell whose end is being asked for is not sent again.
    fn mark_sent(&mut self, origin: &Origin) {
        if let Origin::Cell(window, grid, cell) = origin
            && let Some(state) = self.window_mut(*window).and_then(|window| window.grids.get_mut(*grid))
            && let Some(cell) = state.cells.get_mut(cell)
        {
            cell.state = CellState::Sent;
        }
    }

    fn fill(&mut self, window: &mut Window, kept: &Kept) {
        window.tab = kept.tab.min(window.model.tabs.len().saturating_sub(1));
        for (name, text) in &kept.typed {
            if let Some(field) = window.model.field(name) {
                window.typed[field] = Typed { line: Line::fresh(text), changed: true, ..Typed::default() };
            }
        }
        for (grid, row, column, text) in &kept.cells {
            if let Some(state) = window.grids.get_mut(*grid) {
                let cell = SheetCell { line: Line::fresh(text), ..SheetCell::default() };
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
        for (marked, state) in kept.marks.iter().zip(&mut window.grids) {
            state.marks.clone_from(&marked.rows);
            state.all.clone_from(&marked.all);
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

/// How many tabs deep a window is inside another, through the tabs that are chosen.
fn depth_of(outer: &Window, wanted: WindowId) -> Option<usize> {
    if outer.id == wanted {
        return Some(0);
    }
    outer.embeds.get(&outer.tab).and_then(|inside| depth_of(inside, wanted)).map(|depth| depth + 1)
}
