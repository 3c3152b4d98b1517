//! Penalty (пени) of a debt by day (ЖК 155 ч. 14, 14.1; dossier § 6), from the ledger alone and as of a stated day.
//!
//! Two steps. [`settle`] says when each part of each monthly debt was paid ([`Owed`]); [`penalty`] turns that into the
//! table an inspector checks: intervals of days with one balance, one step and one rate ([`Row`]). Nothing is stored
//! between days: a back-dated payment or a recalculation gives another table, and what is booked is the difference to
//! what was booked before.
//!
//! Reads from earlier months: amounts and due days of released lines, corrections, payments by their months.

mod rate;
mod settle;
mod table;
mod text;

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(in crate::calc) mod testing;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::Money;
use super::period::Month;
use super::rules::Parameter;

pub use rate::{due_date, law_moved};
pub use settle::settle;
pub use table::{accrued, accrued_since, penalty};

/// Which paragraph a service follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PenaltyKind {
    /// Utilities (ЖК 155 ч. 14): what instalments are offered for (354 п. 72).
    Utilities,
    /// Housing services, by the same paragraph.
    Housing,
    /// Capital repair (ЖК 155 ч. 14.1): never the second step.
    Repair,
    /// No penalty: an advance, a service of another law.
    None,
}

/// A movement of the principal of one month of one service and contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Debt {
    /// The month it is owed for: of a negative recalculation its source month, of a positive one the month whose
    /// document it is printed in.
    pub month: Month,
    /// The last day it may be paid in time.
    pub due: NaiveDate,
    /// The amount; negative takes debt away from the beginning.
    pub amount: Money,
}

/// Money that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// The month it was split to; none for money that waits.
    pub month: Option<Month>,
    /// The day the payer paid.
    pub day: NaiveDate,
    /// The amount; negative is a reversal, of the day of what it reverses.
    pub amount: Money,
}

/// A part of a monthly debt and when it was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tranche {
    /// The day it was paid; none while it is owed.
    pub paid: Option<NaiveDate>,
    /// The amount, above zero.
    pub amount: Money,
}

/// One monthly debt cut into parts by the days they were paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The month.
    pub month: Month,
    /// The last day it may be paid in time.
    pub due: NaiveDate,
    /// The parts, in order of payment; what is owed stands last.
    pub tranches: Vec<Tranche>,
}

impl Owed {
    /// What is not paid.
    #[must_use]
    pub fn unpaid(&self) -> Money {
        self.tranches.iter().filter(|part| part.paid.is_none()).map(|part| part.amount).sum()
    }
}

/// Days of a delay with one balance, one step and one rate.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Row {
    /// The first day.
    pub from: NaiveDate,
    /// The last day, included.
    pub to: NaiveDate,
    /// How many days.
    pub days: i64,
    /// The debt of these days.
    pub balance: Money,
    /// Rate, percent a year.
    pub rate: Decimal,
    /// What these days cost.
    pub step: Step,
    /// The penalty of the row, exact.
    pub exact: Decimal,
    /// The penalty of the row, rounded.
    pub amount: Money,
}

/// What a day of delay costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nothing yet: the first days of the delay.
    Grace,
    /// Nothing: a moratorium. The days of delay go on being counted.
    Moratorium,
    /// The rate through this number.
    Through(Decimal),
}

/// The penalty of one monthly debt as of a day, with its table.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Accrued {
    /// The month of the debt.
    pub month: Month,
    /// The last day it could be paid in time.
    pub due: NaiveDate,
    /// The last day counted.
    pub through: NaiveDate,
    /// The table.
    pub rows: Vec<Row>,
    /// The penalty.
    pub amount: Money,
}

impl Accrued {
    /// The debt its last day is counted for.
    #[must_use]
    pub fn owed_last(&self) -> Money {
        self.rows.iter().filter(|row| row.to == self.through).map(|row| row.balance).sum()
    }
}

/// A parameter that is not set on a day that needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("на {} не задан параметр «{parameter}»; внесите его с основанием в «Параметры расчёта»", .day.format("%d.%m.%Y"))]
pub struct NoParameter {
    /// The parameter.
    pub parameter: Parameter,
    /// The day.
    pub day: NaiveDate,
}
