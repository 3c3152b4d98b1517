//! Rows of a sheet that the server refused: how many, the next of them, and why the one under the cursor was.

use serde::{Deserialize, Serialize};

use super::Desk;
use crate::engine::grid::{CellState, GridState, Sent, row_key};
use crate::engine::model::Grid;
use crate::engine::msg::Refusal;
use crate::engine::overlay::help::broken;
use crate::engine::overlay::{Help, Overlay};
use crate::engine::value::Value;
use crate::engine::window::Window;

/// A row the server refused when its sheet had been left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftRow {
    /// What was sent.
    pub sent: Sent,
    /// Why it was refused.
    pub refusal: Refusal,
    /// Whether somebody has read it in the list.
    pub is_read: bool,
}

/// The most refusals of left sheets that are remembered.
const MOST_LEFT: usize = 500;

impl Desk {
    /// A row was refused whose sheet is no more: it is told now, and listed to be found again.
    pub(super) fn refused_elsewhere(&mut self, sent: &Sent, refusal: Refusal) {
        let told = [
            ("place", sent.place.clone().into()),
            ("title", sent.title.clone().into()),
            ("why", refusal.to_string().into()),
        ];
        self.refuse(self.words().with("sheet-left-refused", &told), &refusal.code);
        if self.left_refused.len() >= MOST_LEFT {
            self.left_refused.remove(0);
        }
        self.left_refused.push(LeftRow { sent: sent.clone(), refusal, is_read: false });
    }

    /// Refusals of left sheets nobody has read in their list.
    pub(crate) fn unread_refusals(&self) -> usize {
        self.left_refused.iter().filter(|row| !row.is_read).count()
    }

    /// The list of rows that were refused after their sheets were left, the newest first.
    fn list_left_refusals(&mut self) {
        let width = self.help_width();
        let line = |row: &LeftRow| {
            broken(&format!("{}: {}. {}", row.sent.place, row.sent.title, row.refusal), width)
        };
        let lines = self.left_refused.iter().rev().flat_map(line).collect();
        self.left_refused.iter_mut().for_each(|row| row.is_read = true);
        let title = self.words().text("sheet-left-title").into_owned();
        self.overlay =
            Some(Overlay::Help(Help { pages: vec![(title, lines)], page: 0, top: 0, author: None }));
    }

    /// Refused rows of the sheet in front.
    pub(crate) fn sheet_refused(&self) -> usize {
        let grid = |window: &Window| window.front_grid().map_or(0, |grid| window.grids[grid].refused());
        self.focused().map_or(0, grid)
    }

    /// Why the row under the cursor was refused.
    pub(crate) fn refusal_here(&self) -> Option<&Refusal> {
        let place = self.sheet_place()?;
        let window = self.window(place.window)?;
        let cell = window.grids.get(place.grid)?.cells.get(&(place.key, place.column))?;
        match &cell.state {
            CellState::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// Goes to the next refused row and says why it was refused; where none is, lists those of sheets that were left.
    pub(crate) fn next_refused(&mut self) {
        if self.sheet_refused() == 0 {
            self.list_left_refusals();
            return;
        }
        let Some(id) = self.focused_id() else { return };
        let Some(window) = self.window(id) else { return };
        let Some(grid) = window.front_grid() else { return };
        let model = &window.model.grids[grid];
        let (rows, state) = (&window.feeds[model.source].rows, &window.grids[grid]);
        let order = (state.row + 1..rows.len()).chain(0..=state.row.min(rows.len().saturating_sub(1)));
        let refusal = |row: usize| refusal_of(model, state, rows.get(row)?);
        let found = order.into_iter().find_map(|row| Some((row, refusal(row)?)));
        if let Some((row, refusal)) = found {
            let (count, column) = (rows.len(), model.typed_column());
            if let Some(window) = self.window_mut(id) {
                let state = &mut window.grids[grid];
                state.go(row, count);
                state.column = column.unwrap_or(state.column);
            }
            self.refuse(refusal.to_string(), &refusal.code);
        }
    }
}

fn refusal_of(model: &Grid, state: &GridState, row: &[Value]) -> Option<Refusal> {
    let key = row_key(model, row);
    state.cells.iter().find_map(|((of, _), cell)| match &cell.state {
        CellState::Refused(refusal) if *of == key => Some(refusal.clone()),
        _ => None,
    })
}
