//! What a change would do to the bills: totals first, then the largest changes, then all of one account.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::engine::effect::Operation;
use crate::engine::window::WindowId;

/// A difference waiting to be accepted or rejected.
#[derive(Debug, Clone, PartialEq)]
pub struct Diff {
    /// The screen and its action.
    pub of: (WindowId, usize),
    /// The change itself.
    pub operation: Operation,
    /// What it is called.
    pub title: String,
    /// What it would do.
    pub told: Told,
    /// The row under the cursor.
    pub at: usize,
    /// Only the rows of this account.
    pub only: Option<String>,
}

/// The difference as the worker tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// Accounts whose bill changes.
    pub accounts: usize,
    /// Sum of all changes.
    pub total: Decimal,
    /// Changes by service and month of the bill.
    pub services: Vec<ServiceChange>,
    /// The largest changes.
    pub rows: Vec<Change>,
    /// How many more there are.
    pub more: usize,
    /// Accounts out of sight that change too.
    pub unseen_accounts: usize,
    /// Sum of the changes on them.
    pub unseen_total: Decimal,
    /// What could not be calculated afterwards.
    pub exceptions: Vec<String>,
}

/// One service in one bill.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ServiceChange {
    /// Its name.
    pub service: String,
    /// Month of the bill.
    pub bill: String,
    /// Sum of its changes.
    pub total: Decimal,
}

/// One account × service × month.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Change {
    /// Account number.
    pub account: String,
    /// Service.
    pub service: String,
    /// Month of the bill.
    pub bill: String,
    /// Month the amount is for.
    pub month: String,
    /// Amount before.
    pub before: Decimal,
    /// Amount after.
    pub after: Decimal,
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
