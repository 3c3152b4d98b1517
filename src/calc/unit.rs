//! The calculation itself: one house, one month, all its accounts.

use super::earlier::Earlier;
use super::exception::Exception;
use super::facts::UnitFacts;
use super::ids::Mark;
use super::line::{HouseMonth, Line, MeterMonth};
use super::period::Month;
use super::rules::Rules;
use super::trace::Trace;

/// Whether lines explain themselves. A month run asks for [`Detail::Plain`] and pays nothing for explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Lines only.
    Plain,
    /// A [`Trace`] beside every line.
    Traced,
}

/// What a month of a unit came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    /// Charge lines, sorted by key, at most one a key.
    pub lines: Vec<Line>,
    /// Registers charged without a reading, sorted by meter and register, for later months.
    pub meter_months: Vec<MeterMonth>,
    /// House quantities, sorted by house and service; frozen ones are repeated as they are.
    pub house_months: Vec<HouseMonth>,
    /// Accounts that need attention, sorted.
    pub exceptions: Vec<Exception>,
    /// Explanations, parallel to `lines` when asked for, else empty.
    pub traces: Vec<Trace>,
}

/// Turns what is known of a unit as of `known`, and the quantities booked for earlier months, into the charge
/// lines of `month`.
///
/// The result depends on nothing else: no clock, no order of facts, no identity of the machine. An account that
/// is closed all month, or whose month is before its `calc_from`, has no lines and no exceptions.
#[must_use]
pub fn calc(
    facts: &UnitFacts,
    rules: &Rules,
    known: Mark,
    earlier: &Earlier,
    month: Month,
    detail: Detail,
) -> Outcome {
    let _ = (facts, rules, known, earlier, month, detail);
    Outcome::default()
}
