//! What a change makes of the bills: the worker gathers it, the workstation shows it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The difference as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Difference {
    /// Accounts whose bill changes, of those the operator may see.
    pub accounts: usize,
    /// Sum of all changes on these accounts, roubles.
    pub total: Decimal,
    /// Changes by service code and month of the bill.
    pub services: Vec<ServiceChange>,
    /// The largest changes, at most so many as the worker sends.
    pub rows: Vec<Change>,
    /// How many more changes there are.
    pub more: usize,
    /// Accounts out of the operator's sight that change too, and by how much.
    pub unseen_accounts: usize,
    /// Sum of the changes on them.
    pub unseen_total: Decimal,
    /// What could not be calculated after the change.
    pub exceptions: Vec<String>,
    /// Of an undo: how many facts it puts back.
    #[serde(default)]
    pub put_back: usize,
    /// Of an undo: how many facts were changed later and are left.
    #[serde(default)]
    pub kept: usize,
    /// Balances that move beside the bills: corrections and payments, and what takes them back.
    #[serde(default)]
    pub balances: Vec<BalanceChange>,
    /// What is too far back to be recalculated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beyond: Option<Beyond>,
}

/// A balance that moves although no bill does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BalanceChange {
    /// Account number.
    pub account: String,
    /// Name of the service; empty where the money is of all of them.
    pub service: String,
    /// By how much the debt grows, roubles.
    pub change: Decimal,
}

/// Released months beyond the depth of recalculation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beyond {
    /// The first month that is recalculated, `2023-10`.
    pub before: String,
    /// How many months before it the change touches.
    pub months: usize,
    /// The accounts it touches there.
    pub accounts: usize,
    /// Readings of these months that it gives, puts right or takes back: what they tell is charged in the first month that is
    /// recalculated.
    #[serde(default)]
    pub readings: usize,
}

/// One account × service × month that changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Account number.
    pub account: String,
    /// Name of the service.
    pub service: String,
    /// The month whose bill changes.
    pub bill: String,
    /// The month the amount is for; earlier than the bill for a recalculation.
    pub month: String,
    /// Amount before, roubles.
    pub before: Decimal,
    /// Amount after, roubles.
    pub after: Decimal,
}

/// One service in one month, all accounts together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceChange {
    /// Name of the service.
    pub service: String,
    /// The month of the bill.
    pub bill: String,
    /// Sum of the changes, roubles.
    pub total: Decimal,
}
