//! Recalculation by difference: what a change that reaches back adds to the earliest month not yet released.
//!
//! `recalculation = calc(facts now) − calc(facts as known when last booked)`, both by today's code, per key, month
//! and cause (354 п. 69; dossier § 4.2). Not "now − billed": that would undo manual write-offs, refund imported
//! history and bill everybody anew after every release of the program.
//!
//! What is known as of a mark gives a [`chain`](Chain): the months from the first one touched to the last one
//! released, each calculated from the quantities the months before it carried over. Causes are taken in the order
//! they became known; the entries of a cause are the chain known with it minus the chain known before it, so their
//! sum over all causes is exactly the chain known now minus the chain known at the last release.
//!
//! Earlier entries read: meter months (averages and norms charged without a reading, catch-up) of months before the
//! first one touched, as booked; those of the months walked are calculated anew in both chains. House months of
//! released months are frozen: they are read as booked, and only a cause of scope "house" calculates them anew.
//!
//! How far back a cause reaches is bounded by a parameter: [`RecalculationDepth`].

mod chain;
mod depth;
mod left;
mod narrow;
mod reach;
mod reproduce;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::earlier::Earlier;
use super::exception::Exception;
use super::facts::UnitFacts;
use super::ids::{AccountId, Mark, ServiceId};
use super::line::{Basis, Line, LineKey};
use super::money::Money;
use super::period::Month;
use super::rules::Rules;
use chain::{Chain, Walk};
use narrow::narrowed;

pub use depth::RecalculationDepth;
pub use reproduce::{BookedAmount, NotReproduced, not_reproduced};

/// Why an account is due: one row of `due`. Rows of one operation share its mark and are one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The operation.
    pub mark: Mark,
    /// The first month it touches.
    pub from: Month,
    /// Whose bills it moves.
    pub scope: Scope,
    /// The service; `None` for all.
    pub service: Option<ServiceId>,
    /// The operation that ordered to go beyond the [`RecalculationDepth`]: a court, an act of control.
    pub ordered: Option<Mark>,
}

/// Whose bills a cause moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One account.
    Account(AccountId),
    /// Every account of the unit, with the quantities of the house as they are: a price, a norm.
    Everybody,
    /// Every account, and the frozen quantities of the house are calculated anew: only an operation about the
    /// house itself may move neighbours by moving what they share.
    House,
}

impl Cause {
    /// Whether a key of a month is due by this cause. A subsidy is spread over the whole bill: whatever moves one service of
    /// it may move its part of any other.
    fn covers(&self, key: &LineKey, month: Month) -> bool {
        self.from <= month
            && self.reaches(key.account)
            && (key.component.is_subsidy() || self.service.is_none_or(|service| service == key.service))
    }

    fn reaches(&self, account: AccountId) -> bool {
        match self.scope {
            Scope::Account(due) => due == account,
            Scope::Everybody | Scope::House => true,
        }
    }
}

/// What was booked so far: everything released, with the recalculations released with it.
#[derive(Debug, Clone)]
pub struct Booked {
    /// The mark of the last release: facts as known then explain all that is booked.
    pub known: Mark,
    /// The last released month.
    pub last: Month,
    /// The quantities carried over, of all released months.
    pub earlier: Earlier,
}

/// One recalculated amount: the difference of a key in a source month by one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What it is counted under; the provider is the one of the source month.
    pub key: LineKey,
    /// The source month.
    pub month: Month,
    /// The operation that caused it.
    pub cause: Mark,
    /// Difference of volumes.
    pub volume: Decimal,
    /// Difference of amounts.
    pub amount: Money,
    /// How the volume comes about now; for a key that is gone, how it came about before.
    pub basis: Basis,
    /// The rate now; for a key that is gone, the rate before.
    pub rate: Decimal,
}

/// The result of a recalculation.
#[derive(Debug, Clone)]
pub struct Recalculation {
    /// The differences, by cause, month and key; none of them zero.
    pub entries: Vec<Entry>,
    /// The quantities carried over after all causes: what the open month is calculated from.
    pub earlier: Earlier,
    /// What could not be calculated in the months walked, by month, for accounts that are due.
    pub exceptions: Vec<(Month, Exception)>,
}

/// Recalculates the released months that `causes` made due.
///
/// Causes not later than `booked.known` are booked already and causes of unreleased months need no
/// recalculation; both are left out. Months before an account's `calc_from` are never recalculated, and those beyond the
/// [`RecalculationDepth`] only where the cause was ordered to.
#[must_use]
pub fn recalculate(facts: &UnitFacts, rules: &Rules, booked: &Booked, causes: &[Cause]) -> Recalculation {
    let depth = RecalculationDepth::of(rules, booked.last.next());
    let beyond = |cause: &Cause| Some((cause.mark, depth.beyond(cause)?.end));
    let far: BTreeMap<Mark, Month> = causes.iter().filter_map(beyond).collect();
    let mut causes: Vec<Cause> = causes.iter().map(|cause| depth.within(cause)).collect();
    causes.retain(|cause| cause.mark > booked.known && cause.from <= booked.last);
    causes.sort_by_key(|cause| cause.mark);
    let Some(first) = causes.iter().map(|cause| cause.from).min() else {
        return Recalculation {
            entries: Vec::new(),
            earlier: booked.earlier.clone(),
            exceptions: Vec::new(),
        };
    };
    let facts = narrowed(facts, &causes);
    let walk = Walk::new(&facts, rules, booked, first);
    let released = walk.chain();
    let (mut entries, mut known, mut before) = (Vec::new(), booked.known, released.clone());
    // Months before this one may hold what an earlier step knew and was not to book.
    let mut left = first;
    for step in causes.chunk_by(|one, next| one.mark == next.mark) {
        before = walk.again(before, known, (step, left));
        let after = walk.step(&before, known, (step, far.get(&step[0].mark).copied()));
        left = depth.floor(step[0].mark).map_or(left, |floor| floor.max(left));
        differences(&before, &after, step, &mut entries);
        (known, before) = (step[0].mark, after);
    }
    Recalculation {
        entries,
        earlier: walk.carried_over(&released, &before),
        exceptions: exceptions(&before, &causes),
    }
}

/// The entries of one step: keys its causes cover whose volume or amount moved.
fn differences(before: &Chain, after: &Chain, step: &[Cause], entries: &mut Vec<Entry>) {
    for (month, was, is) in before.beside(after) {
        for (was, is) in paired(was, is) {
            let Some(shown) = is.or(was) else { continue };
            let due = step.iter().any(|cause| cause.covers(&shown.key, month));
            let volume = |line: Option<&Line>| line.map_or(Decimal::ZERO, |line| line.volume);
            let volume = volume(is).saturating_sub(volume(was));
            let amount = |line: Option<&Line>| line.map_or(Money::ZERO, |line| line.amount);
            let amount = amount(is) - amount(was);
            if !due || (volume.is_zero() && amount == Money::ZERO) {
                continue;
            }
            let (key, cause, basis, rate) = (shown.key, step[0].mark, shown.basis, shown.rate);
            entries.push(Entry { key, month, cause, volume, amount, basis, rate });
        }
    }
}

/// Pairs the lines of two results by key; both are in order of keys, at most one line a key.
fn paired<'l>(was: &'l [Line], is: &'l [Line]) -> impl Iterator<Item = (Option<&'l Line>, Option<&'l Line>)> {
    let (mut was, mut is) = (was.iter().peekable(), is.iter().peekable());
    std::iter::from_fn(move || {
        let order = match (was.peek(), is.peek()) {
            (None, None) => return None,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => old.key.cmp(&new.key),
        };
        Some(match order {
            std::cmp::Ordering::Less => (was.next(), None),
            std::cmp::Ordering::Greater => (None, is.next()),
            std::cmp::Ordering::Equal => (was.next(), is.next()),
        })
    })
}

fn exceptions(chain: &Chain, causes: &[Cause]) -> Vec<(Month, Exception)> {
    let due = |exception: &Exception| causes.iter().any(|cause| cause.reaches(exception.account));
    let due = chain.exceptions().filter(|(_, exception)| due(exception));
    // Who should have paid may have no row of `due`: it is told all the same.
    due.chain(chain.nobodys.iter().map(|(month, e)| (*month, e)))
        .map(|(month, e)| (month, e.clone()))
        .collect()
}
