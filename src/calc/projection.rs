//! The projection: what the open months of a unit come to, recalculations of released months included.
//!
//! One function serves the edit of a card, the run of a month, a preview and a full rebuild; that is why what is
//! stored equals what a rebuild gives. Recalculations land in the earliest month not yet released.

use rust_decimal::Decimal;

use super::earlier::Earlier;
use super::exception::Exception;
use super::facts::UnitFacts;
use super::ids::Mark;
use super::line::{Basis, HouseMonth, Line, MeterMonth};
use super::period::Month;
use super::recalculation::{Booked, Cause, Entry, recalculate};
use super::rules::Rules;
use super::unit::{Detail, Outcome, calc};

/// The last release of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Released {
    /// Facts as known then explain everything booked.
    pub known: Mark,
    /// The last released month.
    pub last: Month,
}

/// Everything the projection of one unit is computed from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Facts with their versions; without due causes what stands is enough.
    pub facts: &'a UnitFacts,
    /// Rules with their versions.
    pub rules: &'a Rules,
    /// Quantities booked by released months.
    pub earlier: &'a Earlier,
    /// The last release, if there was one.
    pub released: Option<Released>,
    /// What released months are due for; not yet booked.
    pub causes: &'a [Cause],
}

/// What one open month of a unit comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Projected {
    /// The month.
    pub month: Month,
    /// Charges.
    pub lines: Vec<Line>,
    /// Recalculations of released months, in the earliest open month only.
    pub recalculations: Vec<Entry>,
    /// Registers charged without a reading: of the month itself, and of released months where a recalculation
    /// changed them (a row with basis `meter` says that a reading has come since).
    pub meter_months: Vec<MeterMonth>,
    /// House quantities, likewise.
    pub house_months: Vec<HouseMonth>,
    /// Accounts that need attention.
    pub exceptions: Vec<Exception>,
}

/// Computes the open months given, oldest first, each from what the ones before carried over.
#[must_use]
pub fn project(input: Input<'_>, months: &[Month]) -> Vec<Projected> {
    let (mut brought, mut earlier) = recalculated(input);
    let mut projected = Vec::with_capacity(months.len());
    for &month in months {
        let outcome = calc(input.facts, input.rules, Mark::NOW, &earlier, month, Detail::Plain);
        earlier.remember(&outcome.meter_months, &outcome.house_months);
        projected.push(std::mem::take(&mut brought).into_month(month, outcome));
    }
    projected
}

/// The quantities a month after `months` is calculated from, as known at a mark: booked, recalculated, and those of the open
/// months given.
#[must_use]
pub fn carried(input: Input<'_>, known: Mark, months: &[Month]) -> Earlier {
    let (_, mut earlier) = recalculated(input);
    for &month in months {
        let outcome = calc(input.facts, input.rules, known, &earlier, month, Detail::Plain);
        earlier.remember(&outcome.meter_months, &outcome.house_months);
    }
    earlier
}

/// What released months are due for, and the quantities they carry over after it.
fn recalculated(input: Input<'_>) -> (Brought, Earlier) {
    let Some(released) = input.released.filter(|_| !input.causes.is_empty()) else {
        return (Brought::default(), input.earlier.clone());
    };
    let booked = Booked { known: released.known, last: released.last, earlier: input.earlier.clone() };
    let recalculation = recalculate(input.facts, input.rules, &booked, input.causes);
    let brought = Brought {
        entries: recalculation.entries,
        meters: changed_meters(input.earlier, &recalculation.earlier),
        houses: changed_houses(input.earlier, &recalculation.earlier),
        exceptions: recalculation.exceptions.into_iter().map(|(_, exception)| exception).collect(),
    };
    (brought, recalculation.earlier)
}

/// What a recalculation brings into the earliest open month.
#[derive(Debug, Default)]
struct Brought {
    entries: Vec<Entry>,
    meters: Vec<MeterMonth>,
    houses: Vec<HouseMonth>,
    exceptions: Vec<Exception>,
}

impl Brought {
    fn into_month(self, month: Month, outcome: Outcome) -> Projected {
        let mut exceptions = [outcome.exceptions, self.exceptions].concat();
        exceptions.sort();
        exceptions.dedup();
        Projected {
            month,
            lines: outcome.lines,
            recalculations: self.entries,
            meter_months: [self.meters, outcome.meter_months].concat(),
            house_months: [self.houses, outcome.house_months].concat(),
            exceptions,
        }
    }
}

/// Entries that differ from the booked ones; one that is gone is marked as read.
fn changed_meters(booked: &Earlier, now: &Earlier) -> Vec<MeterMonth> {
    let changed = now.meters.iter().filter(|(key, entry)| booked.meters.get(key) != Some(*entry));
    let gone = booked.meters.iter().filter(|(key, _)| !now.meters.contains_key(key));
    changed
        .map(|(_, entry)| entry.clone())
        .chain(gone.map(|(_, entry)| MeterMonth {
            basis: Basis::Meter,
            volume: Decimal::ZERO,
            ..entry.clone()
        }))
        .collect()
}

fn changed_houses(booked: &Earlier, now: &Earlier) -> Vec<HouseMonth> {
    let changed = now.houses.iter().filter(|(key, entry)| booked.houses.get(key) != Some(*entry));
    changed.map(|(_, entry)| entry.clone()).collect()
}
