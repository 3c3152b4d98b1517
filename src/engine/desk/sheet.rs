//! Sheets filled from paper: digits and one key a row. Each row is sent by itself; a refusal marks its row, beeps once, and never
//! moves the cursor or eats keys.

use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::paste::CELL;
use super::{Change, Desk, Origin, Purpose, SentRow};
use crate::engine::effect::{Call, Effect, Operation};
use crate::engine::grid::{CellState, Sent, SheetCell, row_key};
use crate::engine::line::Line;
use crate::engine::model::{Entry, Grid, RowName};
use crate::engine::msg::{Answer, Refusal, Req};
use crate::engine::typed;
use crate::engine::value::{Value, shown};
use crate::engine::window::{Focus, WindowId};
use crate::keymap::Command;

/// How many columns name a row where it is spoken of elsewhere.
const NAMING: usize = 4;

/// A row of a sheet: its window, grid, key and typed column.
#[derive(Clone)]
pub(super) struct Place {
    pub window: WindowId,
    pub grid: usize,
    pub key: String,
    pub column: usize,
}

impl Desk {
    /// The row the cursor of a sheet is on.
    pub(super) fn sheet_place(&self) -> Option<Place> {
        let window = self.focused()?;
        let grid = window.front_grid()?;
        let model = &window.model.grids[grid];
        let row = window.feeds[model.source].rows.get(window.grids[grid].row)?;
        Some(Place { window: window.id, grid, key: row_key(model, row), column: model.typed_column()? })
    }

    pub(super) fn sheet_cell(&mut self, place: &Place) -> Option<&mut SheetCell> {
        let state = self.window_mut(place.window)?.grids.get_mut(place.grid)?;
        Some(state.cells.entry((place.key.clone(), place.column)).or_default())
    }

    /// Whether rows are only read here: the past is shown, or another job types them. One sentence says which.
    pub(super) fn is_sheet_shut(&mut self) -> bool {
        let Some(window) = self.focused() else { return true };
        let grid = window.front_grid().and_then(|grid| window.model.grids.get(grid));
        let kind = grid.and_then(|grid| grid.commit.as_ref()).map(|commit| &commit.operation);
        let why = if self.is_past() {
            Some(self.words().text("past-read-only").into_owned())
        } else if kind.is_some_and(|kind| !self.may_do(kind)) {
            let title = self.title_told(window);
            Some(self.words().with("action-not-allowed", &[("title", title.into())]))
        } else {
            None
        };
        why.is_some_and(|why| {
            self.refuse(why, "");
            true
        })
    }

    pub(crate) fn type_into_sheet(&mut self, letter: char) {
        if self.is_sheet_shut() {
            return;
        }
        if !(letter.is_ascii_digit() || letter == ',' || letter == '.' || letter == '-') {
            self.refuse_with("sheet-digits-only", &[]);
            return;
        }
        let Some(place) = self.sheet_place() else { return };
        if self.head_is_wrong(&place) {
            return;
        }
        let Some(cell) = self.cell_to_type(&place) else { return };
        if !cell.line.insert(letter, CELL) {
            self.effects.push(Effect::Beep);
        }
    }

    /// The cell of a place, ready to be typed into.
    pub(super) fn cell_to_type(&mut self, place: &Place) -> Option<&mut SheetCell> {
        let cell = self.sheet_cell(place)?;
        // What was sent is as it is: the next digit begins another value, however soon the answer comes.
        if matches!(cell.state, CellState::Sent(_) | CellState::Written | CellState::Refused(_)) {
            cell.line.enter();
        }
        if !matches!(cell.state, CellState::Doubted(_)) {
            cell.state = CellState::Typed;
        }
        Some(cell)
    }

    pub(crate) fn edit_sheet(&mut self, command: Command) -> bool {
        let Some(place) = self.sheet_place() else { return false };
        let Some(cell) = self.sheet_cell(&place) else { return false };
        // Arrows left and right belong to the columns unless something is being typed.
        if cell.line.is_empty() {
            return false;
        }
        let before = cell.line.text().to_owned();
        if !cell.line.edit(command) {
            return false;
        }
        // What was sent is another value from now on, and none that anybody has accepted.
        if cell.line.text() != before && !matches!(cell.state, CellState::Doubted(_)) {
            cell.state = CellState::Typed;
        }
        if cell.line.is_empty() {
            self.emptied(&place);
        }
        true
    }

    /// An emptied cell shows what stands in the books again: a written reading is taken back by undo, not by a blank.
    fn emptied(&mut self, place: &Place) {
        let Some(state) = self.window_mut(place.window).and_then(|window| window.grids.get_mut(place.grid))
        else {
            return;
        };
        let key = (place.key.clone(), place.column);
        let written = state.cells.get(&key).and_then(|cell| cell.written.clone());
        match written {
            Some(text) => {
                let cell =
                    SheetCell { line: Line::fresh(&text), state: CellState::Written, written: Some(text) };
                state.cells.insert(key, cell);
                self.refuse_with("sheet-stays-written", &[]);
            }
            None => drop(state.cells.remove(&key)),
        }
    }

    /// Whether a field that every row is sent with holds no value: no row is typed before it is mended, and the cursor goes there.
    pub(super) fn head_is_wrong(&mut self, place: &Place) -> bool {
        let fields = self.window(place.window).map(|window| window.model.sent_fields(place.grid));
        for field in fields.unwrap_or_default() {
            if self.check_field(place.window, field) {
                continue;
            }
            let told = self.words().with("sheet-head-first", &[("why", self.message.text.clone().into())]);
            self.set_focus(place.window, Focus::Field(field));
            self.refuse(told, "");
            return true;
        }
        false
    }

    /// Keys of the numeric block.
    pub(crate) fn sheet_command(&mut self, command: Command) {
        let Some(place) = self.sheet_place() else { return };
        // Going on from an empty cell writes nothing.
        let goes_on =
            command == Command::AcceptPlus && self.sheet_cell(&place).is_none_or(|cell| cell.line.is_empty());
        if !goes_on && self.is_sheet_shut() || self.head_is_wrong(&place) {
            return;
        }
        match command {
            Command::DupAbove => self.dup_above(&place),
            Command::NoAccess => self.no_access(&place),
            _ => self.accept_cell(&place),
        }
    }

    fn dup_above(&mut self, place: &Place) {
        let Some(window) = self.window(place.window) else { return };
        let model = &window.model.grids[place.grid];
        let row = window.grids[place.grid].row;
        let above = row.checked_sub(1).and_then(|row| window.feeds[model.source].rows.get(row));
        let above = above.map(|row| (row_key(model, row), place.column));
        let text = above
            .and_then(|key| window.grids[place.grid].cells.get(&key))
            .map(|cell| cell.line.text().to_owned());
        match (text, self.sheet_cell(place)) {
            (Some(text), Some(cell)) => {
                cell.line = Line::fresh(&text);
                cell.state = CellState::Typed;
            }
            _ => self.effects.push(Effect::Beep),
        }
    }

    /// Local checks stop the cursor and beep; an implausible value is believed when it is typed twice.
    fn accept_cell(&mut self, place: &Place) {
        let Some(window) = self.window(place.window) else { return };
        let model = window.model.grids[place.grid].clone();
        let Some(edit) = model.columns[place.column].edit.clone() else { return };
        let text = self.sheet_cell(place).map(|cell| cell.line.text().to_owned()).unwrap_or_default();
        if text.is_empty() {
            self.move_by(Command::Down);
            return;
        }
        let entry = Entry { kind: edit.kind.clone(), must: true, ..Entry::default() };
        let value = match typed::value(&entry, &text, self.present.today) {
            Ok(value) => value,
            Err(wrong) => {
                let label = model.columns[place.column].title.clone();
                let with = [("field", label.into()), ("with", wrong.with.into())];
                self.refuse_with(wrong.message, &with);
                return;
            }
        };
        if let Some(doubt) = self.doubt_of_row(place, &edit, &value) {
            let state = self.sheet_cell(place).map(|cell| cell.state.clone());
            let is_second = matches!(state, Some(CellState::Doubted(first)) if first == text);
            if !is_second {
                if let Some(cell) = self.sheet_cell(place) {
                    cell.state = CellState::Doubted(text);
                    cell.line.enter();
                }
                let label = &model.columns[place.column].title;
                self.refuse(doubt.sentence(self.words(), label), "");
                return;
            }
            if self.ask_what_below_means(place, &edit, &doubt) {
                return;
            }
        }
        self.send_row(place, &model, Some(&value), false);
        self.move_by(Command::Down);
    }

    pub(super) fn sheet_row(&self, place: &Place) -> Option<&Vec<Value>> {
        let window = self.window(place.window)?;
        let model = window.model.grids.get(place.grid)?;
        window.feeds[model.source].rows.iter().find(|row| row_key(model, row) == place.key)
    }

    fn no_access(&mut self, place: &Place) {
        let Some(model) = self.window(place.window).map(|window| window.model.grids[place.grid].clone())
        else {
            return;
        };
        if model.commit.as_ref().is_none_or(|commit| commit.no_access.is_none()) {
            self.effects.push(Effect::Beep);
            return;
        }
        if let Some(cell) = self.sheet_cell(place) {
            let is_sent = matches!(cell.state, CellState::Sent(_)) && !cell.line.is_empty();
            if cell.written.is_some() || is_sent {
                self.refuse_with("sheet-stays-written", &[]);
                return;
            }
            // What was typed and not accepted is no reading: neither the row nor the control total keeps it.
            cell.line = Line::default();
        }
        self.send_row(place, &model, None, false);
        self.move_by(Command::Down);
    }

    /// Sends one row; `None` = nobody let the inspector in, `passed` = the dial passed its end.
    pub(super) fn send_row(&mut self, place: &Place, model: &Grid, value: Option<&Value>, passed: bool) {
        let row = self.row_to_send(place, model, value, passed);
        self.send_rows(place, row.into_iter().collect());
    }

    /// Sends rows of one sheet together: the record names them all, and is written once.
    pub(super) fn send_rows(&mut self, place: &Place, rows: Vec<(SentRow, Operation)>) {
        if rows.is_empty() {
            return;
        }
        let call = Call::Sheet(rows.iter().map(|(_, operation)| operation.clone()).collect());
        let rows = rows.into_iter().map(Some).collect();
        self.call(Purpose::Sheet { window: place.window, grid: place.grid, rows }, call, false);
    }

    /// The change of one row, its cell on its way from now on.
    pub(super) fn row_to_send(
        &mut self,
        place: &Place,
        model: &Grid,
        value: Option<&Value>,
        passed: bool,
    ) -> Option<(SentRow, Operation)> {
        let commit = model.commit.clone()?;
        let (kind, parts, is_fact) = match (value, commit.no_access) {
            (None, Some((kind, parts))) => (kind, parts, true),
            _ => (commit.operation, commit.facts, commit.is_fact),
        };
        let (row, window) = (self.sheet_row(place)?, self.window(place.window)?);
        let mut fact = Map::new();
        for (key, name) in &parts {
            let found = match name {
                RowName::Column(column) => row.get(*column).cloned().unwrap_or_default(),
                RowName::Typed(_) => value.cloned().unwrap_or_default(),
                RowName::Other(name) => window.value(name, &self.present),
            };
            if !found.is_empty() {
                fact.insert(key.clone(), found.to_json());
            }
        }
        if let Some(part) = commit.passed.filter(|_| passed) {
            fact.insert(part, true.into());
        }
        let args = if is_fact { json!({ "facts": [Json::Object(fact)] }) } else { Json::Object(fact) };
        let operation = Operation { id: self.new_id(), kind, args, ground: None, secrets: Vec::new() };
        let sent = self.sent_from(place);
        if let Some(cell) = self.sheet_cell(place) {
            cell.state = CellState::Sent(operation.id);
        }
        Some((SentRow { cell: (place.key.clone(), place.column), sent }, operation))
    }

    /// What is said of a row that is sent now.
    fn sent_from(&self, place: &Place) -> Sent {
        let (Some(window), Some(row)) = (self.window(place.window), self.sheet_row(place)) else {
            return Sent::default();
        };
        let (model, state) = (&window.model.grids[place.grid], &window.grids[place.grid]);
        let cell = state.cells.get(&(place.key.clone(), place.column));
        let text = cell.map(|cell| cell.line.text().to_owned()).unwrap_or_default();
        let named = model.columns.iter().take(place.column.min(NAMING)).filter_map(|column| {
            let value = shown(row.get(column.column)?, &column.show);
            (!value.is_empty()).then(|| format!("{} {value}", column.title))
        });
        let sheet = self.title_told(window);
        let place_told = std::iter::once(sheet).chain(named).collect::<Vec<_>>().join(", ");
        let title = format!("{} {text}", model.columns[place.column].title);
        Sent { text, title, place: place_told }
    }

    /// What became of one row; who is told twice does nothing the second time.
    pub(crate) fn verdict(&mut self, req: Req, row: usize, refusal: Option<Refusal>) {
        let Some(Purpose::Sheet { window, grid, rows }) = self.requests.get_mut(&req) else { return };
        let of = (*window, *grid);
        let Some((row, operation)) = rows.get_mut(row).and_then(Option::take) else { return };
        let refusal = refusal.map(|refusal| self.in_own_words(refusal));
        self.keep_soon();
        self.row_ends(of, &row, operation.id, refusal);
    }

    /// The end of a row that was sent, told where it was typed; a refusal whose sheet or cell is no more is told in the message
    /// line and listed.
    pub(super) fn row_ends(
        &mut self,
        (window, grid): (WindowId, usize),
        row: &SentRow,
        operation: Uuid,
        refusal: Option<Refusal>,
    ) {
        if refusal.is_none() {
            self.changed(Change { id: operation, title: row.sent.title.clone(), never: None });
        }
        let state = self.window_mut(window).and_then(|window| window.grids.get_mut(grid));
        let is_here = match state.and_then(|state| state.cells.get_mut(&row.cell)) {
            Some(cell) => {
                cell.ends(operation, &row.sent, refusal.clone());
                true
            }
            None => false,
        };
        let Some(refusal) = refusal else { return };
        if !is_here {
            self.refused_elsewhere(&row.sent, refusal);
            return;
        }
        self.effects.push(Effect::Beep);
        // What was said of rows that were sent gives way to how many were refused.
        if !self.message.is_refusal {
            self.message = super::Message::default();
        }
    }

    /// The answer behind the verdicts. A refused request refuses the rows that have none; those of a lost one are asked for by
    /// their operations.
    pub(crate) fn sheet_done(
        &mut self,
        (window, grid): (WindowId, usize),
        rows: impl Iterator<Item = (SentRow, Operation)>,
        answer: Answer,
    ) {
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return;
        }
        match answer {
            Answer::Refused(refusal) => {
                for (row, operation) in rows {
                    self.row_ends((window, grid), &row, operation.id, Some(refusal.clone()));
                }
                self.refuse(refusal.to_string(), &refusal.code);
            }
            Answer::Lost(refusal) => {
                let mut lost = Vec::new();
                for (row, operation) in rows {
                    self.origins.insert(operation.id, Origin::Row(window, grid, row));
                    lost.push(operation);
                }
                self.are_lost(lost, &refusal);
            }
            _ => {}
        }
    }
}
