//! Rows of a sheet that the server refused: how many, the next of them, and why the one under the cursor was.

use super::Desk;
use crate::engine::grid::{CellState, GridState, row_key};
use crate::engine::model::Grid;
use crate::engine::msg::Refusal;
use crate::engine::value::Value;
use crate::engine::window::Window;

impl Desk {
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

    /// Goes to the next refused row and says why it was refused.
    pub(crate) fn next_refused(&mut self) {
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
