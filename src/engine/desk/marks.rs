//! Marks: rows chosen one by one, or everything a filter lets through, for copying and for one change of all of them.

use rust_decimal::Decimal;

use super::loads::question;
use super::{Desk, Purpose};
use crate::engine::effect::Call;
use crate::engine::grid::{All, GridState, row_key};
use crate::engine::model::Column;
use crate::engine::msg::Answer;
use crate::engine::overlay::{Asked, Overlay};
use crate::engine::value::{Show, Value, shown};
use crate::engine::window::{Focus, Window, WindowId};
use crate::keymap::Command;

impl Desk {
    /// Marks the row under the cursor, or takes its mark away.
    pub(crate) fn mark(&mut self) {
        let Some(window) = self.focused_id().and_then(|id| self.window_mut(id)) else { return };
        let Some(grid) = window.front_grid() else { return };
        let model = &window.model.grids[grid];
        let Some(row) = window.feeds[model.source].rows.get(window.grids[grid].row) else { return };
        let key = row_key(model, row);
        window.grids[grid].mark(key, row);
        self.move_by(Command::Down);
    }

    /// The grid in front, where the server can count everything its filter lets through.
    pub(crate) fn markable(&self) -> Option<(WindowId, usize, &str)> {
        let window = self.focused().filter(|window| window.focus == Focus::Middle)?;
        let grid = window.front_grid()?;
        Some((window.id, grid, window.model.grids[grid].marks.as_deref()?))
    }

    /// Asks the server how much the filter lets through; nothing is marked before that was confirmed.
    pub(crate) fn ask_mark_all(&mut self) {
        let Some((id, grid, function)) = self.markable() else { return };
        let name = function.to_owned();
        let Some(window) = self.window(id) else { return };
        let source = window.model.grids[grid].source;
        let Some(query) = question(window, source, &self.present, self.times) else { return };
        let by = query.by;
        let call = Call::Function { name, args: by.clone() };
        self.call(Purpose::MarkAll { window: id, grid, by }, call, true);
    }

    /// The server counted: the number and the sum are confirmed by a key.
    pub(crate) fn all_counted(
        &mut self,
        window: WindowId,
        grid: usize,
        by: Vec<(String, Value)>,
        answer: Answer,
    ) {
        let told = match answer {
            Answer::Done(told) => told,
            other => {
                self.refused(&other);
                return;
            }
        };
        let all = All { by, told };
        if all.told["count"] == 0 {
            self.refuse_with("no-rows", &[]);
            return;
        }
        let (n, sum) = marks_told(&all);
        let text = self.words().with("mark-all-question", &[("n", n.into()), ("sum", sum.into())]);
        self.ask(Overlay::Question { text, asked: Asked::MarkAll(window, grid, all) });
    }

    /// It was confirmed.
    pub(crate) fn mark_everything(&mut self, window: WindowId, grid: usize, all: All) {
        if let Some(state) = self.window_mut(window).and_then(|window| window.grids.get_mut(grid)) {
            state.unmark();
            state.all = Some(all);
        }
    }

    /// Another question, and what was confirmed is not what is shown: single rows stay marked, everything does not.
    pub(crate) fn forget_other_marks(&mut self, id: WindowId, source: usize, by: &[(String, Value)]) {
        let Some(window) = self.window_mut(id) else { return };
        for (model, state) in window.model.grids.iter().zip(&mut window.grids) {
            if model.source == source && state.all.as_ref().is_some_and(|all| all.by != by) {
                state.all = None;
            }
        }
    }

    /// Whether everything is marked and not all of it was read: a copy would be a part that looks like the whole.
    pub(crate) fn marks_are_elsewhere(&self) -> bool {
        let Some(window) = self.focused().filter(|window| window.focus == Focus::Middle) else {
            return false;
        };
        let Some(grid) = window.front_grid() else { return false };
        window.grids[grid].all.is_some() && window.feeds[window.model.grids[grid].source].more
    }

    /// The marked rows, tab-separated, in the order of the list; those a filter hides stand behind.
    pub(crate) fn marked_text(&self) -> Option<String> {
        let window = self.focused().filter(|window| window.focus == Focus::Middle)?;
        let grid = window.front_grid()?;
        let (model, state) = (&window.model.grids[grid], &window.grids[grid]);
        if !state.has_marks() {
            return None;
        }
        let read = &window.feeds[model.source].rows;
        let here = read.iter().filter(|row| state.is_marked(&row_key(model, row)));
        let is_hidden =
            |row: &&Vec<Value>| !read.iter().any(|one| row_key(model, one) == row_key(model, row));
        let rows = here.chain(state.marks.values().filter(is_hidden));
        let line = |row: &Vec<Value>| {
            model.columns.iter().map(|column| self.cell_copied(row, column)).collect::<Vec<_>>().join("\t")
        };
        Some(rows.map(line).collect::<Vec<_>>().join("\n"))
    }

    /// A cell for a spreadsheet: numbers without spaces, words instead of the codes of the database.
    fn cell_copied(&self, row: &[Value], column: &Column) -> String {
        let Some(value) = row.get(column.column) else { return String::new() };
        let show = match &column.show {
            told @ (Show::Choice(_) | Show::Said) => told,
            _ => &Show::Plain,
        };
        self.in_words(value, show)
    }
}

/// How many rows, and their sum as money; an empty text where there is none.
pub(crate) fn marks_told(all: &All) -> (i64, String) {
    let sum = all.told["sum"].as_str().and_then(|sum| sum.parse::<Decimal>().ok());
    let sum = sum.map(|sum| shown(&Value::Dec(sum), &Show::Money)).unwrap_or_default();
    (all.told["count"].as_i64().unwrap_or_default(), sum)
}

/// A change was made of what was marked: nothing is marked any more.
pub(super) fn spent(window: &mut Window) {
    window.grids.iter_mut().for_each(GridState::unmark);
    window.embeds.values_mut().for_each(spent);
}

/// Whether anything of the grid in front is marked.
pub(super) fn has(window: &Window) -> bool {
    window.front_grid().and_then(|grid| window.grids.get(grid)).is_some_and(GridState::has_marks)
}

/// Takes the marks of the grid in front away.
pub(super) fn unmark(window: &mut Window) {
    if let Some(state) = window.front_grid().and_then(|grid| window.grids.get_mut(grid)) {
        state.unmark();
    }
}
