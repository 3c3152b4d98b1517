//! The resume record kept and brought back, so that a lost line loses nothing that was shown and doubles nothing that was sent.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::Value as Json;
use uuid::Uuid;

use super::bounds::bounded;
use super::record::{By, Kept, Place, Record, Unsettled, kept};
use super::windows::bare_title;
use super::{At, Desk, Origin, Purpose, SentRow};
use crate::engine::effect::{Effect, Operation};
use crate::engine::grid::{CellState, Sent, SheetCell};
use crate::engine::line::Line;
use crate::engine::model::Screen;
use crate::engine::msg::Timer;
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
        let screen = self.windows.last().map(|window| told(&window.model)).unwrap_or_default();
        let (record, is_whole) = bounded(self.record());
        self.tell_of_bounds(is_whole);
        if let Ok(record) = serde_json::to_value(record) {
            self.effects.push(Effect::KeepResume { record, screen, now });
        }
    }

    /// What would be lost now.
    #[must_use]
    pub fn record(&self) -> Record {
        if self.has_left {
            let drafts = self.drafts.clone();
            return Record { drafts, left: true, ..Record::default() };
        }
        let keys = if self.asks_secrets() { Vec::new() } else { self.queue.unexecuted() };
        Record {
            title: self.windows.last().map(|front| self.title_of_draft(front)).unwrap_or_default(),
            // The home screen is opened by every login.
            screens: self.windows.iter().skip(1).map(kept).collect(),
            keys: keys.iter().map(Key::to_string).collect(),
            unsettled: self.unsettled_and_sent(),
            over: self.typed_over(),
            times: self.times,
            refused: self.left_refused.clone(),
            job: self.job.as_ref().map(|(job, title, _)| (*job, title.clone())),
            drafts: self.drafts.clone(),
            left: false,
        }
    }

    /// Changes whose end is not known: those whose answer was lost, and those whose answer is still awaited.
    fn unsettled_and_sent(&self) -> Vec<Unsettled> {
        let mut unsettled: BTreeMap<Uuid, Unsettled> = BTreeMap::new();
        let lost =
            self.unsettled.iter().map(|operation| (operation, self.origins.get(&operation.id).cloned()));
        for (operation, origin) in lost.chain(self.sent()) {
            let place = origin.as_ref().and_then(|origin| self.place_of(origin));
            let sent = match origin {
                Some(Origin::Row(_, _, row)) => row.sent,
                _ => Sent::default(),
            };
            unsettled.entry(operation.id).or_insert_with(|| Unsettled::of(operation, place, sent));
        }
        unsettled.into_values().collect()
    }

    /// Changes that were sent and not answered yet, and where they were made.
    fn sent(&self) -> impl Iterator<Item = (&Operation, Option<Origin>)> {
        self.requests.values().flat_map(|purpose| match purpose {
            Purpose::Commit { at, operation } => {
                vec![(operation, at.map(|at| self.origin_of_action(at)))]
            }
            Purpose::Sheet { window, grid, rows } => {
                let of = |(row, operation)| (operation, Some(Origin::Row(*window, *grid, row)));
                rows.iter().flatten().map(|(row, operation)| of((row.clone(), operation))).collect()
            }
            _ => Vec::new(),
        })
    }

    /// The same place in the words of the record.
    pub(super) fn place_of(&self, origin: &Origin) -> Option<Place> {
        let (window, by, is_touched) = match origin {
            Origin::Action { at: (window, action), filled, .. } => {
                let is_as_sent = filled.is_some() && self.window(*window).map(Window::filled) == *filled;
                (*window, By::Action(self.action(*window, *action)?.name.clone()), !is_as_sent)
            }
            Origin::Row(window, grid, SentRow { cell: (row, column), .. }) => {
                (*window, By::Cell(*grid, row.clone(), *column), false)
            }
        };
        let screens = self.windows.iter().skip(1).enumerate();
        let (screen, tabs) = screens.filter_map(|(at, outer)| Some((at, tabs_to(outer, window)?))).next()?;
        Some(Place { screen, tabs, is_touched, by })
    }

    /// The screen of a place among those that were opened for its record.
    fn window_at(&self, place: &Place, opened: &[Option<WindowId>]) -> Option<&Window> {
        let outer = self.window((*opened.get(place.screen)?)?)?;
        place.tabs.iter().try_fold(outer, |window, tab| window.embeds.get(tab))
    }

    /// The action of a place, on the screens that were opened for its record.
    pub(super) fn action_at(&self, place: &Place, opened: &[Option<WindowId>]) -> Option<At> {
        let window = self.window_at(place, opened)?;
        let By::Action(name) = &place.by else { return None };
        Some((window.id, window.model.actions.iter().position(|action| action.name == *name)?))
    }

    /// A place of the record among the screens that were opened for it.
    fn origin_of(&self, kept: &Unsettled, opened: &[Option<WindowId>]) -> Option<Origin> {
        let place = kept.place.as_ref()?;
        let window = self.window_at(place, opened)?;
        Some(match &place.by {
            By::Action(_) => {
                let Origin::Action { at, title, filled } =
                    self.origin_of_action(self.action_at(place, opened)?)
                else {
                    return None;
                };
                Origin::Action { at, title, filled: filled.filter(|_| !place.is_touched) }
            }
            By::Cell(grid, row, column) => {
                let cell = (row.clone(), *column);
                Origin::Row(window.id, *grid, SentRow { cell, sent: kept.sent.clone() })
            }
        })
    }

    /// Opens what a record holds; a screen that is no more is left out and said.
    pub(crate) fn restore(&mut self, json: &Json) {
        let Ok(record) = serde_json::from_value::<Record>(json.clone()) else {
            self.refuse_with("record-not-understood", &[]);
            return;
        };
        self.times = record.times;
        self.present.shown = record.times.as_of;
        let opened: Vec<_> = record.screens.iter().map(|kept| self.open_kept(kept)).collect();
        self.queue.held = record.keys.iter().filter_map(|key| key.parse().ok()).collect();
        for unsettled in &record.unsettled {
            let operation = unsettled.operation();
            if let Some(origin) = self.origin_of(unsettled, &opened) {
                self.mark_sent(&origin, operation.id);
                self.origins.insert(operation.id, origin);
            }
            self.unsettled.push(operation);
        }
        self.left_refused = record.refused;
        self.take_in(record.drafts);
        if let Some(over) = record.over {
            self.type_over(over, &opened);
        }
        self.settle_all();
        if let Some((job, title)) = record.job {
            self.follow_job(job, title);
        }
        self.say_continued();
    }

    fn open_kept(&mut self, kept: &Kept) -> Option<WindowId> {
        let id = self.open_screen(&kept.screen, kept.keys.clone())?;
        self.fill_window(id, kept);
        Some(id)
    }

    /// Puts what is kept into an open screen.
    pub(super) fn fill_window(&mut self, id: WindowId, kept: &Kept) {
        let Some(before) = self.window(id).cloned() else { return };
        let mut window = before.clone();
        self.fill(&mut window, kept);
        let is_other =
            |(tab, inside): &(&usize, &Window)| window.embeds.get(*tab).is_none_or(|now| now.id != inside.id);
        before.embeds.iter().filter(is_other).for_each(|(_, inside)| self.forget(inside));
        if let Some(open) = self.window_mut(id) {
            *open = window;
        }
    }

    /// A cell whose end is being asked for is not sent again.
    fn mark_sent(&mut self, origin: &Origin, operation: Uuid) {
        if let Origin::Row(window, grid, row) = origin
            && let Some(state) = self.window_mut(*window).and_then(|window| window.grids.get_mut(*grid))
            && let Some(cell) = state.cells.get_mut(&row.cell)
            && cell.line.text() == row.sent.text
        {
            cell.state = CellState::Sent(operation);
        }
    }

    fn fill(&mut self, window: &mut Window, kept: &Kept) {
        window.seen.clone_from(&kept.seen);
        window.tab = kept.tab.min(window.model.tabs.len().saturating_sub(1));
        for (name, text) in &kept.typed {
            if let Some(field) = window.model.field(name) {
                let is_here = kept.field.as_ref() == Some(name);
                let line = kept.line.clone().filter(|line| is_here && line.text() == text);
                let line = line.unwrap_or_else(|| Line::fresh(text));
                window.typed[field] = Typed { line, changed: true, ..Typed::default() };
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
        for (name, example) in &kept.examples {
            if let Some(source) = window.model.source(name) {
                window.feeds[source].example.clone_from(example);
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
        if let Focus::Field(field) = window.focus {
            window.page = window.page_of(field).unwrap_or_default();
        }
        let in_front = kept.inside.as_ref().map(|inside| (window.tab, &**inside));
        for (tab, inside) in in_front.into_iter().chain(kept.behind.iter().map(|(tab, kept)| (*tab, kept))) {
            let Some(model) = self.screen(&inside.screen) else { continue };
            let id = self.next_window_id();
            let mut embedded = Window::open(id, model, inside.keys.clone(), &self.present);
            self.fill(&mut embedded, inside);
            window.embeds.insert(tab, embedded);
        }
    }
}

/// The tabs a window lies in inside another, from outside.
fn tabs_to(outer: &Window, wanted: WindowId) -> Option<Vec<usize>> {
    if outer.id == wanted {
        return Some(Vec::new());
    }
    outer.embeds.iter().find_map(|(tab, inside)| {
        let mut tabs = tabs_to(inside, wanted)?;
        tabs.insert(0, *tab);
        Some(tabs)
    })
}

/// A screen by its code and bare title: «611 Новый акт».
fn told(model: &Screen) -> String {
    let title = bare_title(model);
    let is_named = !model.code.is_empty() && title != model.code;
    if is_named { format!("{} {title}", model.code) } else { title }
}
