//! Sheets filled from paper: digits and one key a row. Each row is sent by itself; a refusal marks its row, beeps once, and never
//! moves the cursor or eats keys.

use serde_json::{Map, Value as Json, json};

use super::{Change, Desk, Origin, Purpose};
use crate::engine::effect::{Call, Effect, Operation};
use crate::engine::grid::{CellState, SheetCell, row_key};
use crate::engine::line::Line;
use crate::engine::model::{Entry, Grid, RowName};
use crate::engine::msg::{Answer, Refusal, Req, Timer};
use crate::engine::typed;
use crate::engine::value::Value;
use crate::engine::window::{Focus, Window, WindowId};
use crate::keymap::Command;

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

    pub(crate) fn type_into_sheet(&mut self, letter: char) {
        if self.is_past() {
            self.refuse_with("past-read-only", &[]);
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
        let Some(cell) = self.sheet_cell(&place) else { return };
        // What was sent is as it is: the next digit begins another value, however soon the answer comes.
        if matches!(cell.state, CellState::Sent | CellState::Written | CellState::Refused(_)) {
            cell.line.enter();
        }
        if !matches!(cell.state, CellState::Doubted(_)) {
            cell.state = CellState::Typed;
        }
        if !cell.line.insert(letter, 16) {
            self.effects.push(Effect::Beep);
        }
    }

    pub(crate) fn edit_sheet(&mut self, command: Command) -> bool {
        let Some(place) = self.sheet_place() else { return false };
        let Some(cell) = self.sheet_cell(&place) else { return false };
        // Arrows left and right belong to the columns unless something is being typed.
        if cell.line.is_empty() {
            return false;
        }
        if !cell.line.edit(command) {
            return false;
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
        if self.head_is_wrong(&place) {
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
                *cell = SheetCell { line: Line::fresh(&text), ..SheetCell::default() }
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
        if model.commit.as_ref().is_some_and(|commit| commit.no_access.is_some()) {
            self.send_row(place, &model, None, false);
            self.move_by(Command::Down);
        } else {
            self.effects.push(Effect::Beep);
        }
    }

    /// Sends one row; `None` = nobody let the inspector in, `passed` = the dial passed its end.
    pub(super) fn send_row(&mut self, place: &Place, model: &Grid, value: Option<&Value>, passed: bool) {
        let Some(commit) = model.commit.clone() else { return };
        let (kind, parts, is_fact) = match (value, commit.no_access) {
            (None, Some((kind, parts))) => (kind, parts, true),
            _ => (commit.operation, commit.facts, commit.is_fact),
        };
        let (Some(row), Some(window)) = (self.sheet_row(place), self.window(place.window)) else { return };
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
        let operation = Operation { id: self.new_id(), kind, args, ground: None };
        let cells = vec![(place.key.clone(), place.column)];
        let operations = vec![operation];
        let call = Call::Sheet(operations.clone());
        self.call(Purpose::Sheet { window: place.window, grid: place.grid, cells, operations }, call, false);
        if let Some(cell) = self.sheet_cell(place) {
            cell.state = CellState::Sent;
        }
    }

    /// What became of one row.
    pub(crate) fn verdict(&mut self, req: Req, row: usize, refusal: Option<Refusal>) {
        let Some(Purpose::Sheet { window, grid, cells, operations }) = self.requests.get(&req).cloned()
        else {
            return;
        };
        let Some((key, column)) = cells.get(row).cloned() else { return };
        let place = Place { window, grid, key, column };
        let refusal = refusal.map(|refusal| self.in_own_words(refusal));
        let beep = refusal.is_some();
        if let Some(operation) = operations.get(row).filter(|_| !beep)
            && let Some(title) = self.title_of_cell(&place)
        {
            self.changed(Change { id: operation.id, title, never: None });
        }
        if let Some(cell) = self.sheet_cell(&place) {
            // Typed over since: the new value has a verdict of its own coming.
            if cell.state == CellState::Sent {
                cell.ends(refusal);
            }
        }
        if beep {
            self.effects.push(Effect::Beep);
            // What was said of rows that were sent gives way to how many were refused.
            if !self.message.is_refusal {
                self.message = super::Message::default();
            }
        }
    }

    /// What undoing a row is called: its column and what was typed.
    fn title_of_cell(&self, place: &Place) -> Option<String> {
        let window = self.window(place.window)?;
        let title = &window.model.grids.get(place.grid)?.columns.get(place.column)?.title;
        let cell = window.grids.get(place.grid)?.cells.get(&(place.key.clone(), place.column))?;
        Some(format!("{title} {}", cell.line.text()))
    }

    /// The answer behind the verdicts. A refused request marks its rows; rows of a lost one are asked for by their operations.
    pub(crate) fn sheet_done(
        &mut self,
        (window, grid): (WindowId, usize),
        cells: &[(String, usize)],
        operations: Vec<Operation>,
        answer: Answer,
    ) {
        let (refusal, is_lost) = match answer {
            Answer::Refused(refusal) => (refusal, false),
            Answer::Lost(refusal) => (refusal, true),
            _ => return,
        };
        for (cell, operation) in cells.iter().zip(operations) {
            let place = Place { window, grid, key: cell.0.clone(), column: cell.1 };
            let Some(sent) = self.sheet_cell(&place).filter(|cell| cell.state == CellState::Sent) else {
                continue;
            };
            if is_lost {
                self.origins.insert(operation.id, Origin::Cell(window, grid, cell.clone()));
                self.unsettled.push(operation);
            } else {
                sent.state = CellState::Refused(refusal.clone());
            }
        }
        self.refuse(refusal.to_string(), &refusal.code);
        if is_lost {
            self.keep(false);
            self.wake(Timer::Settle, 2_000, true);
        }
    }

    /// Whether a row was written whose answer was lost.
    pub(crate) fn row_settled(
        &mut self,
        (window, grid): (WindowId, usize),
        cell: &(String, usize),
        operation: &Operation,
        answer: Answer,
    ) {
        let refusal = match answer {
            Answer::Done(_) => None,
            Answer::Refused(refusal) => Some(refusal),
            // Still nobody knows: it is asked again when the line is back.
            _ => {
                self.wake(Timer::Settle, 2_000, true);
                return;
            }
        };
        self.is_settled(operation);
        let place = Place { window, grid, key: cell.0.clone(), column: cell.1 };
        if refusal.is_some() {
            self.effects.push(Effect::Beep);
        }
        if let Some(sent) = self.sheet_cell(&place).filter(|cell| cell.state == CellState::Sent) {
            sent.ends(refusal);
        }
    }

    /// Whether the block in front tells which key arrived.
    pub(crate) fn is_key_test(&self) -> bool {
        let test = |window: &Window| {
            let block = window.front_block().and_then(|block| window.model.blocks.get(block));
            block.is_some_and(|block| block.kind == crate::engine::model::BlockKind::KeyTest)
        };
        self.focused().is_some_and(test)
    }

    /// Tells which key arrived.
    pub(crate) fn key_tested(&mut self, key: crate::keymap::Key) {
        let Some(id) = self.focused_id() else { return };
        let context = crate::keymap::Context::List;
        let command = self.config.keymap.command(context, false, key);
        let means = command.map(|command| command.title(self.words())).unwrap_or_default();
        let text = format!("{key}  {means}");
        if let Some(window) = self.window_mut(id)
            && let Some(block) = window.front_block()
        {
            let tree = &mut window.blocks[block].tree;
            tree.nodes.push(crate::engine::blocks::tree::Node { text, ..Default::default() });
            tree.step(isize::MAX);
        }
    }
}
