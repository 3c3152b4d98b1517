//! The calculation itself: one house, one month, all its accounts.

use super::account::charge;
use super::context::Context;
use super::earlier::Earlier;
use super::exception::Exception;
use super::facts::UnitFacts;
use super::house;
use super::ids::Mark;
use super::line::{HouseMonth, Line, MeterMonth};
use super::period::Month;
use super::persons::Home;
use super::rules::Rules;
use super::site::Site;
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
    let ctx = Context::new(facts, (rules, known), earlier, month, detail);
    let mut outcome = Outcome::default();
    for house in &facts.houses {
        let site = Site::new(&ctx, house).with_common_needs();
        outcome.house_months.extend(house::months(&site));
        outcome.meter_months.extend(house::meter_months(&site));
        for premises in &house.premises {
            let home = Home::new(&ctx, premises);
            for account in &premises.accounts {
                charge(&site, &home, account, &mut outcome);
            }
        }
    }
    outcome.sort();
    outcome
}

impl Outcome {
    fn sort(&mut self) {
        self.lines.sort_by_key(|line| line.key);
        self.traces.sort_by_key(|trace| trace.key);
        self.exceptions.sort();
        self.exceptions.dedup();
        self.house_months.sort_by_key(|entry| (entry.house, entry.service));
        // A communal flat's meter is charged in shares: what is remembered is their sum.
        self.meter_months.sort_by_key(|entry| (entry.meter, entry.register, entry.basis, entry.volume));
        self.meter_months.dedup_by(|next, sum| {
            let same = (next.meter, next.register) == (sum.meter, sum.register);
            if same {
                sum.volume = sum.volume.saturating_add(next.volume);
                sum.basis = sum.basis.max(next.basis);
            }
            same
        });
    }
}
