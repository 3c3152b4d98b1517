//! The control list «не воспроизводится»: what was booked, but today's code does not find in the facts as they were
//! known then. Such a rest is booked by an explicit operation only, never by a recalculation.

use std::collections::BTreeMap;

use super::Booked;
use super::chain::Walk;
use crate::calc::facts::UnitFacts;
use crate::calc::line::LineKey;
use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::calc::rules::Rules;

/// What is booked under a key for a month altogether: the released line and every released recalculation of it.
/// Manual corrections are not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookedAmount {
    /// What it is counted under.
    pub key: LineKey,
    /// The source month.
    pub month: Month,
    /// The sum.
    pub amount: Money,
}

/// A key whose booked amount cannot be reproduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotReproduced {
    /// What it is counted under.
    pub key: LineKey,
    /// The month.
    pub month: Month,
    /// What is booked; nothing where the key was never booked.
    pub booked: Money,
    /// What today's code gives for the facts as known at the last release.
    pub calculated: Money,
}

/// Compares what is booked for the months from `first` to the last released with what today's code gives for them.
///
/// `amounts` must hold all that is booked for the unit in these months. Months of imported accounts before their
/// `calc_from` are not compared: nobody claims to reproduce them.
#[must_use]
pub fn not_reproduced(
    facts: &UnitFacts,
    rules: &Rules,
    booked: &Booked,
    first: Month,
    amounts: &[BookedAmount],
) -> Vec<NotReproduced> {
    let walk = Walk::new(facts, rules, booked, first);
    let mut keys: BTreeMap<(Month, LineKey), (Money, Money)> = BTreeMap::new();
    for amount in amounts.iter().filter(|amount| first <= amount.month && amount.month <= booked.last) {
        keys.entry((amount.month, amount.key)).or_default().0 += amount.amount;
    }
    let chain = walk.chain();
    for (month, lines) in chain.lines() {
        for line in lines {
            keys.entry((month, line.key)).or_default().1 += line.amount;
        }
    }
    keys.into_iter()
        .filter(|((month, key), (booked, calculated))| {
            booked != calculated && walk.recalculates(key.account, *month)
        })
        .map(|((month, key), (booked, calculated))| NotReproduced { key, month, booked, calculated })
        .collect()
}
