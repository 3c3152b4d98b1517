//! Who pays what a late reading tells of months too far back to be recalculated (dossier § 4.2): whoever's account was open on the
//! days it was used, for his part of them, in the first month that is recalculated. The part of an account that is closed by then is
//! nobody's: it is told of, and put right by hand with a ground.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::chain::{Chain, Walk};
use super::reach::moved;
use crate::calc::context::Context;
use crate::calc::exception::{Exception, ExceptionReason};
use crate::calc::facts::{Account, Meter, Reading};
use crate::calc::ids::{AccountId, Mark, PremisesId};
use crate::calc::meter::{Uncharged, uncharged};
use crate::calc::money::round_volume;
use crate::calc::period::{Days, Month};
use crate::calc::timeline::Fact;
use crate::calc::unit::Detail;

impl Walk<'_> {
    /// Puts into `far` what changed readings tell of the months before it and nobody was charged for.
    pub(super) fn leave(&self, after: &mut Chain, (known, mark): (Mark, Mark), far: Month) {
        for group in &self.facts.groups {
            self.leave_of(&group.meter, &[], after, (known, mark), far);
        }
        for house in &self.facts.houses {
            for meter in &house.meters {
                self.leave_of(meter, &[], after, (known, mark), far);
            }
            // The rooms of a communal flat share its meter as they share any month.
            let flats: BTreeSet<PremisesId> =
                house.premises.iter().filter_map(|premises| premises.parent).collect();
            for premises in &house.premises {
                let payers: &[Account] = if flats.contains(&premises.id) { &[] } else { &premises.accounts };
                for meter in &premises.meters {
                    self.leave_of(meter, payers, after, (known, mark), far);
                }
            }
        }
    }

    fn leave_of(
        &self,
        meter: &Meter,
        payers: &[Account],
        after: &mut Chain,
        (known, mark): (Mark, Mark),
        far: Month,
    ) {
        let before = |fact: &&Fact<Reading>| fact.days.from < far.first_day();
        let changed = meter.readings.0.iter().filter(before).any(|fact| moved(fact, known, mark));
        if !changed || !self.meter_is_ours(meter.id, far) {
            return;
        }
        for register in 1..=meter.registers {
            let earlier = &after.earlier;
            let ctx = Context::new(self.facts, (self.rules, mark), earlier, far.plus(-1), Detail::Plain);
            let Some(left) = uncharged(&ctx, known, meter, register) else { continue };
            let (pieces, nobodys) = laid(payers, mark, &left, far);
            after.earlier.left.entry((meter.id, register, far)).or_default().extend(pieces);
            let exceptions =
                nobodys.into_iter().map(|(account, volume)| self.nobodys(account, meter, volume, far));
            after.nobodys.extend(exceptions);
        }
    }

    fn nobodys(&self, account: AccountId, meter: &Meter, volume: Decimal, far: Month) -> (Month, Exception) {
        let service = self.rules.services.get(&meter.service);
        let reason = ExceptionReason::NobodysVolume {
            serial: meter.serial.clone(),
            volume: round_volume(volume, service.map_or(0, |service| service.scale)),
            unit: service.map(|service| service.unit.clone()).unwrap_or_default(),
            before: far.first_day(),
        };
        (far, Exception { account, service: Some(meter.service), reason })
    }
}

/// A volume on the days of those who pay it, and what of it accounts that are closed by then should have paid. Where nobody is known to
/// pay for these premises, the month as a whole.
fn laid(
    payers: &[Account],
    known: Mark,
    left: &Uncharged,
    far: Month,
) -> (Vec<(Days, Decimal)>, BTreeMap<AccountId, Decimal>) {
    let days = Decimal::from(left.days.count());
    if payers.is_empty() || days <= Decimal::ZERO {
        return (vec![(far.days(), left.volume)], BTreeMap::new());
    }
    let month = payers_of(payers, far.days(), known);
    let (mut pays, mut closed) = (vec![Decimal::ZERO; month.len()], BTreeMap::<AccountId, Decimal>::new());
    for (stretch, open) in payers_of(payers, left.days, known) {
        let used = Decimal::from(stretch.count());
        let stays = |payers: &BTreeSet<AccountId>| !payers.is_disjoint(&open);
        let there: i64 = month.iter().filter(|(_, payers)| stays(payers)).map(|(days, _)| days.count()).sum();
        if there > 0 {
            for (pays, (days, _)) in pays.iter_mut().zip(&month).filter(|(_, (_, payers))| stays(payers)) {
                *pays += used * Decimal::from(days.count()) / Decimal::from(there);
            }
        } else if open.is_empty() {
            // Days before anybody's account: whoever has one now did not use it.
            *closed.entry(payers[0].id).or_default() += used;
        } else {
            for account in payers.iter().filter(|account| open.contains(&account.id)) {
                *closed.entry(account.id).or_default() += used * part_of_one(account, stretch, known);
            }
        }
    }
    let part = |of: Decimal| left.volume * of / days;
    let pieces = month.iter().zip(pays).filter(|(_, pays)| !pays.is_zero());
    let pieces = pieces.map(|((days, _), pays)| (*days, part(pays))).collect();
    (pieces, closed.into_iter().map(|(account, used)| (account, part(used))).collect())
}

/// What an account pays of one: its share among co-owners, or all.
fn part_of_one(account: &Account, days: Days, known: Mark) -> Decimal {
    account.shares.on(days.from, known).map_or(Decimal::ONE, |fact| {
        Decimal::from(fact.value.numerator) / Decimal::from(fact.value.denominator)
    })
}

/// The accounts open on some days, cut wherever one is opened or closed.
fn payers_of(payers: &[Account], days: Days, known: Mark) -> Vec<(Days, BTreeSet<AccountId>)> {
    let mut ends = BTreeSet::from([days.from, days.to]);
    for (open, _) in payers.iter().flat_map(|account| account.open.over(days, known)) {
        ends.extend([open.from, open.to]);
    }
    let ends: Vec<_> = ends.into_iter().collect();
    let open = |day| payers.iter().filter(move |account| account.open.on(day, known).is_some());
    let stretches = ends.windows(2).map(|ends| Days { from: ends[0], to: ends[1] });
    stretches.map(|days| (days, open(days.from).map(|account| account.id).collect())).collect()
}
