//! What a change would do to the bills: totals first, then the largest changes, then all of one account.

use crate::engine::difference::{Change, Difference};
use crate::engine::effect::Operation;
use crate::engine::window::WindowId;

/// A difference waiting to be accepted or rejected.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// The screen and its action; nothing where it is of no screen: an undo.
    pub of: Option<(WindowId, usize)>,
    /// The change itself.
    pub operation: Operation,
    /// What it is called.
    pub title: String,
    /// What it would do.
    pub told: Difference,
    /// The row under the cursor.
    pub at: usize,
    /// Only the rows of this account.
    pub only: Option<String>,
}

impl Diff {
    /// The rows in sight.
    #[must_use]
    pub fn rows(&self) -> Vec<&Change> {
        let seen = |row: &&Change| self.only.as_ref().is_none_or(|account| *account == row.account);
        self.told.rows.iter().filter(seen).collect()
    }

    /// Moves the cursor.
    pub fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.rows().len().saturating_sub(1));
    }

    /// Shows only the account under the cursor, or all again.
    pub fn drill(&mut self) {
        self.only = match self.only {
            Some(_) => None,
            None => self.rows().get(self.at).map(|row| row.account.clone()),
        };
        self.at = 0;
    }
}
