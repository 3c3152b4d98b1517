//! The cursor of a grid, its marks, and what is typed into a sheet.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::line::Line;
use super::model::Grid;
use super::msg::Refusal;
use super::value::{Show, Value, shown};

/// What stands in a cell instead of a value, as the inspector writes it on paper.
const NO_ACCESS: &str = "/";

/// What tells one row of a grid from all others, as text.
pub type RowKey = String;

/// State of a grid.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GridState {
    /// Row under the cursor.
    pub row: usize,
    /// Column under the cursor.
    pub column: usize,
    /// The first row in sight.
    pub top: usize,
    /// Marked rows, as they were read: a filter may hide them afterwards.
    pub marks: BTreeMap<RowKey, Vec<Value>>,
    /// Everything a filter lets through is marked, instead of rows.
    pub all: Option<All>,
    /// Typed cells of a sheet, by row and column.
    pub cells: BTreeMap<(RowKey, usize), SheetCell>,
    /// The row the cursor was on, so that it is found again when rows are read anew.
    pub at: Option<RowKey>,
}

/// Everything a filter lets through, as the server counted it: the filter itself is the mark, never ids, so that nothing is marked
/// that nobody confirmed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct All {
    /// The arguments of the source, the typed line among them.
    pub by: Vec<(String, Value)>,
    /// What the server said of them: `{"count", "sum"}` and whatever else it wants to be told again.
    pub told: Json,
}

/// One typed cell of a sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetCell {
    /// What is typed.
    pub line: Line,
    /// What became of it.
    pub state: CellState,
    /// What was written last from this cell: emptying it does not unwrite it.
    pub written: Option<String>,
}

impl SheetCell {
    /// Whether nothing was typed or sent: the cursor only passed by.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.line.is_empty() && self.state == CellState::Typed
    }

    /// What is seen in it; a row that was sent without a value is one where nobody let the inspector in.
    #[must_use]
    pub fn seen(&self) -> &str {
        if self.line.is_empty() && !self.is_blank() { NO_ACCESS } else { self.line.text() }
    }

    /// The server's verdict on an operation that was sent from this cell. What was typed or sent since has a verdict of its own
    /// coming; that the older one was written is remembered, unless a later one is written already.
    pub fn ends(&mut self, operation: Uuid, sent: &Sent, refusal: Option<Refusal>) {
        let is_awaited = self.state == CellState::Sent(operation);
        if refusal.is_none() && (is_awaited || self.state != CellState::Written) {
            self.written = Some(sent.text.clone()).filter(|text| !text.is_empty());
        }
        if is_awaited {
            self.state = refusal.map_or(CellState::Written, CellState::Refused);
        }
    }

    /// What stands in the books of it, or will once the server has answered; what was refused or is doubted does not.
    #[must_use]
    pub fn counted(&self) -> Option<&str> {
        match self.state {
            CellState::Doubted(_) | CellState::Refused(_) => self.written.as_deref(),
            _ => Some(self.line.text()),
        }
    }
}

/// What is said of a row that was sent, wherever the operator is when its verdict comes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// What was typed.
    pub text: String,
    /// What the change is called: the column and what was typed.
    pub title: String,
    /// The sheet and the row.
    pub place: String,
}

/// What became of a typed cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum CellState {
    /// Being typed.
    #[default]
    Typed,
    /// Implausible: this much was typed once; the same again is believed.
    Doubted(String),
    /// On its way to the server as this operation.
    Sent(Uuid),
    /// Written.
    Written,
    /// Refused: the sentence stays with the row.
    Refused(Refusal),
}

impl GridState {
    /// Whether a sheet holds anything not yet written.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.cells.values().any(|cell| cell.state != CellState::Written && !cell.line.is_empty())
    }

    /// How many rows the server refused.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.cells.values().filter(|cell| matches!(cell.state, CellState::Refused(_))).count()
    }

    /// Whether anything is marked.
    #[must_use]
    pub fn has_marks(&self) -> bool {
        self.all.is_some() || !self.marks.is_empty()
    }

    /// Whether a row is marked.
    #[must_use]
    pub fn is_marked(&self, key: &RowKey) -> bool {
        self.all.is_some() || self.marks.contains_key(key)
    }

    /// Marks a row, or takes its mark away; where everything was marked, nothing is any more.
    pub fn mark(&mut self, key: RowKey, row: &[Value]) {
        if self.all.take().is_none() && self.marks.remove(&key).is_none() {
            self.marks.insert(key, row.to_vec());
        }
    }

    /// Takes all marks away.
    pub fn unmark(&mut self) {
        self.marks.clear();
        self.all = None;
    }

    /// What is marked, as an operation is told it: `{"rows": [keys]}` or `{"all": arguments, "told": count}`. Without a mark it is
    /// the row under the cursor; nothing where there is none.
    #[must_use]
    pub fn marked(&self, grid: &Grid, columns: &[String], rows: &[Vec<Value>]) -> Value {
        if let Some(all) = &self.all {
            let by: Map<String, Json> =
                all.by.iter().map(|(name, value)| (name.clone(), value.to_json())).collect();
            return Value::Json(json!({ "all": by, "told": all.told }));
        }
        let keys = |row: &Vec<Value>| {
            let part = |column: &usize| Some((columns.get(*column)?.clone(), row.get(*column)?.to_json()));
            Json::Object(grid.key.iter().filter_map(part).collect())
        };
        let marked: Vec<Json> = match self.marks.is_empty() {
            true => rows.get(self.row).map(keys).into_iter().collect(),
            false => self.marks.values().map(keys).collect(),
        };
        if marked.is_empty() { Value::Null } else { Value::Json(json!({ "rows": marked })) }
    }

    /// Puts the cursor on the first row, whatever row that will be.
    pub fn begin(&mut self) {
        (self.row, self.top, self.at) = (0, 0, None);
    }

    /// What was typed and written is the books' to tell from now on.
    pub fn forget_written(&mut self) {
        self.cells.retain(|_, cell| cell.state != CellState::Written);
    }

    /// Moves the cursor to a row.
    pub fn go(&mut self, row: usize, rows: usize) {
        self.row = row.min(rows.saturating_sub(1));
    }

    /// Keeps the cursor on its row when rows were read again; `still` = nobody asked for it, and the row stays on its line too.
    pub fn settle(&mut self, grid: &Grid, rows: &[Vec<Value>], still: bool) {
        if let Some(at) = &self.at
            && let Some(found) = rows.iter().position(|row| row_key(grid, row) == *at)
        {
            // At its very beginning a list shows what came before its first row, instead of moving on from it.
            if still && (self.row, self.top) != (0, 0) {
                self.top = (self.top + found).saturating_sub(self.row);
            }
            self.row = found;
        }
        self.row = self.row.min(rows.len().saturating_sub(1));
        self.column = self.column.min(grid.columns.len().saturating_sub(1));
    }

    /// Remembers the row under the cursor and keeps it in sight.
    pub fn follow(&mut self, grid: &Grid, rows: &[Vec<Value>], height: usize) {
        self.at = rows.get(self.row).map(|row| row_key(grid, row));
        if height == 0 {
            return;
        }
        // Half a page at a time: one line at a time would repaint the page for every key.
        if self.row < self.top {
            self.top = self.row.saturating_sub(height / 2);
        } else if self.row >= self.top + height {
            self.top = (self.row + 1 + height / 2).saturating_sub(height);
        }
        self.top = self.top.min(rows.len().saturating_sub(height.min(rows.len())));
    }
}

/// The columns that fit into so many cells: those of the lowest drop number go first, then, from the right, those that still do
/// not fit when every text is at its narrowest; never what is typed into. The cursor has no say in it: nothing moves because it
/// moves.
#[must_use]
pub fn visible(grid: &Grid, room: usize) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..grid.columns.len()).collect();
    let column = |at: &usize| &grid.columns[*at];
    let taken = |kept: &[usize]| kept.iter().map(|at| column(at).width + 1).sum::<usize>() + 1;
    while taken(&kept) > room {
        let droppable = kept.iter().copied().filter(|at| column(at).drop > 0);
        let Some(first) = droppable.min_by_key(|at| column(at).drop) else { break };
        kept.retain(|at| *at != first);
    }
    let least = |kept: &[usize]| kept.iter().map(|at| column(at).least() + 1).sum::<usize>() + 1;
    while least(&kept) > room {
        let Some(last) = kept.iter().skip(1).rposition(|at| column(at).edit.is_none()) else { break };
        kept.remove(last + 1);
    }
    kept
}

/// What tells a row from all others.
#[must_use]
pub fn row_key(grid: &Grid, row: &[Value]) -> RowKey {
    let part = |column: &usize| row.get(*column).map(|value| shown(value, &Show::Plain)).unwrap_or_default();
    grid.key.iter().map(part).collect::<Vec<_>>().join("\u{1f}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_in_sight_and_on_its_row() {
        let grid = grid();
        let rows: Vec<Vec<Value>> = (0..50).map(|number| vec![Value::Int(number)]).collect();
        let mut state = GridState::default();
        state.go(30, rows.len());
        state.follow(&grid, &rows, 10);
        assert!((state.top..state.top + 10).contains(&30));
        state.settle(&grid, &rows[5..], false);
        assert_eq!(state.row, 25, "the row with number 30 is the 26th now");
    }

    /// Read again by itself, a list keeps its lines; at its very beginning it shows what came before the first row.
    #[test]
    fn what_comes_before_the_first_row_is_seen() {
        let grid = grid();
        let rows = |from: i64| (from..50).map(|number| vec![Value::Int(number)]).collect::<Vec<_>>();
        for (row, (row_after, top_after)) in [(0, (1, 0)), (3, (4, 1))] {
            let mut state = GridState::default();
            state.go(row, 49);
            state.follow(&grid, &rows(1), 10);
            state.settle(&grid, &rows(0), true);
            assert_eq!((state.row, state.top), (row_after, top_after));
        }
    }

    fn grid() -> Grid {
        Grid {
            name: "list".to_owned(),
            source: 0,
            mode: crate::engine::model::Mode::Read,
            columns: Vec::new(),
            key: vec![0],
            style: None,
            enter: None,
            explain: None,
            empty: String::new(),
            empty_new: String::new(),
            marks: None,
            commit: None,
        }
    }
}
