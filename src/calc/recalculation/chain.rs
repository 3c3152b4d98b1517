//! Months calculated one after another, each from what the months before it carried over.

use std::collections::BTreeMap;

use super::reach::Reach;
use super::{Booked, Cause, Scope};
use crate::calc::earlier::Earlier;
use crate::calc::exception::Exception;
use crate::calc::facts::{Premises, UnitFacts};
use crate::calc::ids::{AccountId, Mark, MeterId, PremisesId, ServiceId};
use crate::calc::line::{Line, MeterMonth};
use crate::calc::period::Month;
use crate::calc::rules::Rules;
use crate::calc::unit::{Detail, Outcome, calc};

/// The months of a unit as known at one mark.
#[derive(Debug, Clone)]
pub(super) struct Chain {
    first: Month,
    months: Vec<Calculated>,
    /// What is carried over, of the months before the chain and of its own.
    pub(super) earlier: Earlier,
    /// What readings told of months too far back and nobody is charged for.
    pub(super) nobodys: Vec<(Month, Exception)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Calculated {
    lines: Vec<Line>,
    exceptions: Vec<Exception>,
}

impl Chain {
    /// A chain that no month was calculated for yet.
    fn begun(first: Month, earlier: Earlier, nobodys: Vec<(Month, Exception)>) -> Self {
        Self { first, months: Vec::new(), earlier, nobodys }
    }

    /// The lines of two chains of the same months, side by side.
    pub(super) fn beside<'c>(
        &'c self,
        other: &'c Self,
    ) -> impl Iterator<Item = (Month, &'c [Line], &'c [Line])> {
        let pairs = self.months.iter().zip(&other.months);
        self.first.onwards().zip(pairs).map(|(month, (one, two))| (month, &*one.lines, &*two.lines))
    }

    /// The lines of each month.
    pub(super) fn lines(&self) -> impl Iterator<Item = (Month, &[Line])> {
        self.first.onwards().zip(&self.months).map(|(month, calculated)| (month, &*calculated.lines))
    }

    /// What could not be calculated, by month.
    pub(super) fn exceptions(&self) -> impl Iterator<Item = (Month, &Exception)> {
        let months = self.first.onwards().zip(&self.months);
        months.flat_map(|(month, calculated)| calculated.exceptions.iter().map(move |e| (month, e)))
    }
}

/// Everything that stays the same while the chains of a unit are walked.
pub(super) struct Walk<'w> {
    pub(super) facts: &'w UnitFacts,
    pub(super) rules: &'w Rules,
    booked: &'w Booked,
    first: Month,
    /// The first month an account is calculated for, where its history is imported.
    calc_from: BTreeMap<AccountId, Month>,
    /// The same for flat meters: the earliest such month of the accounts they serve.
    imported: BTreeMap<MeterId, Month>,
    /// House meters: what they carry over is frozen together with the house months of their service.
    of_house: BTreeMap<MeterId, ServiceId>,
}

impl<'w> Walk<'w> {
    /// Prepares to walk the months from `first` to the last one released.
    pub(super) fn new(facts: &'w UnitFacts, rules: &'w Rules, booked: &'w Booked, first: Month) -> Self {
        let premises = || facts.houses.iter().flat_map(|house| &house.premises);
        let accounts = premises().flat_map(|premises| &premises.accounts);
        let calc_from = accounts.filter_map(|account| Some((account.id, account.calc_from?))).collect();
        let house_meters = facts.houses.iter().flat_map(|house| &house.meters);
        let of_house = house_meters.map(|meter| (meter.id, meter.service)).collect();
        Self { facts, rules, booked, first, calc_from, imported: imported_meters(premises()), of_house }
    }

    /// Whether an account's month may be recalculated, or came ready from another program.
    pub(super) fn recalculates(&self, account: AccountId, month: Month) -> bool {
        self.calc_from.get(&account).is_none_or(|from| *from <= month)
    }

    /// The chain as known at the last release.
    pub(super) fn chain(&self) -> Chain {
        let mut chain = Chain::begun(self.first, self.booked.earlier.clone(), Vec::new());
        self.forget_meters(&mut chain.earlier, self.first);
        for month in chain.first.onwards().take_while(|month| *month <= self.booked.last) {
            let calculated = self.month(&mut chain.earlier, self.booked.known, month);
            chain.months.push(calculated);
        }
        chain
    }

    /// The chain as known with one more operation: months before its first cause are taken over, and so is the
    /// rest as soon as nothing can differ any more.
    /// What its readings tell of months before `far`, too far back for it, is charged in `far`.
    pub(super) fn step(&self, before: &Chain, known: Mark, (step, far): (&[Cause], Option<Month>)) -> Chain {
        let (mark, start) = (step[0].mark, start(step, self.first));
        let reach = Reach::of_changes(self.facts, self.rules, known, mark);
        let neighbours_rest = step.iter().all(|cause| cause.scope != Scope::House);
        let mut after = Chain::begun(before.first, before.earlier.clone(), before.nobodys.clone());
        self.forget_meters(&mut after.earlier, start);
        self.thaw(&mut after.earlier, step);
        if let Some(far) = far {
            self.leave(&mut after, (known, mark), far);
        }
        for (month, was) in before.first.onwards().zip(&before.months) {
            let settled = neighbours_rest
                && reach.ends_before(month)
                && carried_alike(&before.earlier, &after.earlier, month);
            if settled {
                after.months.extend(before.months.iter().skip(after.months.len()).cloned());
                take_over(&mut after.earlier, &before.earlier, month);
                break;
            }
            let calculated =
                if month < start { was.clone() } else { self.month(&mut after.earlier, mark, month) };
            after.months.push(calculated);
        }
        after
    }

    /// The chain with what earlier steps knew of the months before `left`, where this step begins before it: what they were too
    /// far back to book is on both sides of this step's difference.
    pub(super) fn again(&self, before: Chain, known: Mark, (step, left): (&[Cause], Month)) -> Chain {
        let start = start(step, self.first);
        if start >= left {
            return before;
        }
        let mut again = Chain::begun(before.first, before.earlier.clone(), before.nobodys.clone());
        self.forget_meters(&mut again.earlier, start);
        for (month, was) in before.first.onwards().zip(&before.months) {
            let anew = start <= month && month < left;
            again.months.push(if anew { self.month(&mut again.earlier, known, month) } else { was.clone() });
        }
        take_over(&mut again.earlier, &before.earlier, left);
        again
    }

    /// Calculates one month and adds to `earlier` what it carries over.
    fn month(&self, earlier: &mut Earlier, known: Mark, month: Month) -> Calculated {
        let outcome = calc(self.facts, self.rules, known, earlier, month, Detail::Plain);
        let Outcome { lines, meter_months, house_months, exceptions, .. } = outcome;
        let ours = |row: &MeterMonth| self.meter_is_ours(row.meter, row.month);
        earlier.remember(&meter_months.into_iter().filter(ours).collect::<Vec<_>>(), &house_months);
        Calculated { lines, exceptions }
    }

    /// Takes out the flat meters' months that are about to be calculated anew.
    fn forget_meters(&self, earlier: &mut Earlier, start: Month) {
        earlier.meters.retain(|(meter, _, month), _| {
            *month < start || self.of_house.contains_key(meter) || !self.meter_is_ours(*meter, *month)
        });
    }

    /// Takes out the frozen quantities of the house that a step calculates anew.
    fn thaw(&self, earlier: &mut Earlier, step: &[Cause]) {
        let thawed = |service: ServiceId, month: Month| {
            let mut of_house = step.iter().filter(|cause| cause.scope == Scope::House);
            of_house.any(|cause| cause.from <= month && cause.service.is_none_or(|due| due == service))
        };
        earlier.houses.retain(|(_, service, month), _| !thawed(*service, *month));
        earlier.meters.retain(|(meter, _, month), _| {
            self.of_house.get(meter).is_none_or(|service| !thawed(*service, *month))
        });
    }

    pub(super) fn meter_is_ours(&self, meter: MeterId, month: Month) -> bool {
        self.imported.get(&meter).is_none_or(|from| *from <= month)
    }

    /// What the open month is calculated from: as booked, but for what the causes moved. A quantity that today's
    /// code does not reproduce stays as booked until a cause touches it, just as its amount does.
    pub(super) fn carried_over(&self, released: &Chain, last: &Chain) -> Earlier {
        let mut earlier = self.booked.earlier.clone();
        move_changed(&mut earlier.meters, &released.earlier.meters, &last.earlier.meters);
        move_changed(&mut earlier.houses, &released.earlier.houses, &last.earlier.houses);
        earlier.left.clone_from(&last.earlier.left);
        earlier
    }
}

/// The first month a step touches.
fn start(step: &[Cause], first: Month) -> Month {
    step.iter().map(|cause| cause.from).min().unwrap_or(first)
}

/// Whether two chains carry the same quantities into `month`. House months are frozen, so only meters can differ.
fn carried_alike(before: &Earlier, after: &Earlier, month: Month) -> bool {
    let into = |((_, _, of), _): &(&(_, _, Month), &MeterMonth)| *of < month;
    before.meters.iter().filter(into).eq(after.meters.iter().filter(into))
}

/// Copies the meter months from `start` on.
fn take_over(after: &mut Earlier, before: &Earlier, start: Month) {
    let rest = before.meters.iter().filter(|((_, _, month), _)| *month >= start);
    after.meters.extend(rest.map(|(key, carried)| (*key, carried.clone())));
}

/// Writes into `booked` the rows that differ between `was` and `is`.
fn move_changed<K: Ord + Clone, V: PartialEq + Clone>(
    booked: &mut BTreeMap<K, V>,
    was: &BTreeMap<K, V>,
    is: &BTreeMap<K, V>,
) {
    for key in was.keys().filter(|key| !is.contains_key(key)) {
        booked.remove(key);
    }
    for (key, row) in is.iter().filter(|(key, row)| was.get(*key) != Some(*row)) {
        booked.insert(key.clone(), row.clone());
    }
}

/// From which month on the meters of imported accounts are ours: the first one calculated for any account they
/// serve. A meter of a communal flat serves the accounts of its rooms.
fn imported_meters<'p>(premises: impl Iterator<Item = &'p Premises> + Clone) -> BTreeMap<MeterId, Month> {
    let mut since: BTreeMap<PremisesId, Option<Month>> = BTreeMap::new();
    for place in premises.clone() {
        for account in &place.accounts {
            for served in [Some(place.id), place.parent].into_iter().flatten() {
                since
                    .entry(served)
                    .and_modify(|from| *from = (*from).min(account.calc_from))
                    .or_insert(account.calc_from);
            }
        }
    }
    premises
        .filter_map(|place| Some((place, (*since.get(&place.id)?)?)))
        .flat_map(|(place, from)| place.meters.iter().map(move |meter| (meter.id, from)))
        .collect()
}
