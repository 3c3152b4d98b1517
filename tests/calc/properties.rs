//! What recalculation promises over random histories (`heart.md` calls them the laws of the booking). Every
//! property is checked against [`History::months`], which walks month by month without any shortcut.

use std::collections::BTreeMap;

use kvartal::calc::earlier::Earlier;
use kvartal::calc::ids::Mark;
use kvartal::calc::line::{Line, LineKey};
use kvartal::calc::money::Money;
use kvartal::calc::period::Month;
use kvartal::calc::recalculation::{
    Booked, BookedAmount, Cause, Entry, Recalculation, Scope, not_reproduced, recalculate,
};
use kvartal::calc::rules::Parameter;
use kvartal::calc::timeline::Timeline;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::history::{Change, History, IMPORTED, account, change, change_beside_the_house, first};

type Totals = BTreeMap<(Month, LineKey), (Decimal, Money)>;

/// Volumes and amounts by month and key; keys that come to nothing are left out.
fn totals(months: &[(Month, Vec<Line>)]) -> Totals {
    let lines = months.iter().flat_map(|(month, lines)| lines.iter().map(move |line| (*month, line)));
    lines.map(|(month, line)| ((month, line.key), (line.volume, line.amount))).collect()
}

fn summed(entries: &[Entry]) -> Totals {
    let mut sums = Totals::new();
    for entry in entries {
        let sum = sums.entry((entry.month, entry.key)).or_default();
        *sum = (sum.0 + entry.volume, sum.1 + entry.amount);
    }
    sums.retain(|_, sum| *sum != (Decimal::ZERO, Money::ZERO));
    sums
}

fn difference(is: &Totals, was: &Totals) -> Totals {
    let mut sums = is.clone();
    for (key, (volume, amount)) in was {
        let sum = sums.entry(*key).or_default();
        *sum = (sum.0 - volume, sum.1 - *amount);
    }
    sums.retain(|_, sum| *sum != (Decimal::ZERO, Money::ZERO));
    sums
}

fn run(history: &History, booked: &Booked, causes: &[Cause]) -> Recalculation {
    recalculate(&history.facts, &history.rules, booked, causes)
}

/// A house with some past, released, and then changed.
fn story(before: &[Change], after: &[Change], whole_house: bool) -> (History, Booked, Vec<Cause>) {
    let mut history = History::begin();
    for change in before {
        history.write(change, true);
    }
    let booked = history.release();
    let causes = after.iter().flat_map(|change| history.write(change, whole_house)).collect();
    (history, booked, causes)
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(change(), 0..6)
}

fn changes_beside_the_house() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(change_beside_the_house(), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The steps of all causes sum to calc(facts now) − calc(facts as known at the release), to the kopeck.
    #[test]
    fn steps_sum_to_the_whole(before in changes(), after in changes()) {
        let (history, booked, causes) = story(&before, &after, true);
        let (was, _) = history.months(booked.known, Earlier::default());
        let (is, earlier) = history.months(Mark::NOW, Earlier::default());
        let recalculation = run(&history, &booked, &causes);
        prop_assert_eq!(summed(&recalculation.entries), difference(&totals(&is), &totals(&was)));
        prop_assert_eq!(recalculation.earlier, earlier);
    }

    /// Changes of single flats and of prices leave alone the frozen quantities of the house, and through them every
    /// neighbour.
    #[test]
    fn neighbours_stay_still(before in changes(), after in changes_beside_the_house()) {
        let (history, booked, causes) = story(&before, &after, false);
        let (was, _) = history.months(booked.known, Earlier::default());
        let frozen = Earlier { houses: booked.earlier.houses.clone(), ..Earlier::default() };
        let (is, _) = history.months(Mark::NOW, frozen);
        let recalculation = run(&history, &booked, &causes);
        prop_assert_eq!(summed(&recalculation.entries), difference(&totals(&is), &totals(&was)));
        prop_assert_eq!(&recalculation.earlier.houses, &booked.earlier.houses);
        let reaches = |cause: &Cause, entry: &Entry| {
            cause.mark == entry.cause && matches!(cause.scope, Scope::Everybody) || cause.scope == Scope::Account(entry.key.account)
        };
        for entry in &recalculation.entries {
            prop_assert!(causes.iter().any(|cause| reaches(cause, entry)));
        }
    }

    /// A change and its undoing come to nothing, and leave the ledger as it was.
    #[test]
    fn undoing_gives_zero(before in changes(), change in change(), whole_house in any::<bool>()) {
        let (mut history, booked, mut causes) = story(&before, &[change], whole_house);
        history.undo();
        causes.extend(causes.clone().into_iter().map(|cause| Cause { mark: history.known, ..cause }));
        let recalculation = run(&history, &booked, &causes);
        prop_assert_eq!(summed(&recalculation.entries), Totals::new());
        prop_assert_eq!(recalculation.earlier, booked.earlier);
    }

    /// Once booked, the same causes give nothing, and neither does a cause that changed nothing.
    #[test]
    fn booking_settles(before in changes(), after in changes(), whole_house in any::<bool>()) {
        let (history, booked, mut causes) = story(&before, &after, whole_house);
        let earlier = run(&history, &booked, &causes).earlier;
        let rebooked = Booked { known: history.known, earlier, ..booked };
        let again = run(&history, &rebooked, &causes);
        prop_assert_eq!(&again.entries, &[]);
        causes.push(Cause { mark: Mark(history.known.0 + 1), from: first(), scope: Scope::Account(account(0)), service: None, ordered: None });
        let idle = run(&history, &rebooked, &causes);
        prop_assert_eq!(&idle.entries, &[]);
        prop_assert_eq!(idle.earlier, rebooked.earlier);
    }

    /// Booking between two operations moves nothing: the same entries come out, in two parts.
    #[test]
    fn booking_in_between_moves_nothing(before in changes(), after in changes(), cut in 0..6_i64, whole_house in any::<bool>()) {
        let (history, booked, causes) = story(&before, &after, whole_house);
        let whole = run(&history, &booked, &causes);
        let mark = Mark(booked.known.0 + cut);
        let (early, late): (Vec<Cause>, Vec<Cause>) = causes.iter().partition(|cause| cause.mark <= mark);
        let part = run(&history, &booked, &early);
        let rebooked = Booked { known: mark, earlier: part.earlier.clone(), ..booked };
        let rest = run(&history, &rebooked, &late);
        prop_assert_eq!(summed(&[part.entries, rest.entries].concat()), summed(&whole.entries));
        prop_assert_eq!(rest.earlier, whole.earlier);
    }

    /// Beyond the depth nothing is recalculated, and what is nearer is what it would be were the causes no older, but for what
    /// readings tell of the months beyond; whatever is ordered knows no depth.
    #[test]
    fn the_depth_bounds_what_is_not_ordered(before in changes(), after in changes(), depth in 1..8_i32, whole_house in any::<bool>()) {
        let (mut history, booked, mut causes) = story(&before, &after, whole_house);
        let whole = run(&history, &booked, &causes);
        let floor = booked.last.next().plus(-depth);
        let young: Vec<Cause> = causes.iter().map(|cause| Cause { from: cause.from.max(floor), ..*cause }).collect();
        let near = run(&history, &booked, &young);
        history.set(Parameter::RecalculationDepthMonths, Decimal::from(depth));
        let bounded = run(&history, &booked, &causes);
        prop_assert!(bounded.entries.iter().all(|entry| floor <= entry.month));
        let told = |change: &Change| {
            matches!(change, Change::Reading { .. } | Change::HouseReading { .. }) && change.first_day() < floor.first_day()
        };
        if !after.iter().any(told) {
            prop_assert_eq!((bounded.entries, bounded.earlier), (near.entries, near.earlier));
        }
        causes.iter_mut().for_each(|cause| cause.ordered = Some(cause.mark));
        let ordered = run(&history, &booked, &causes);
        prop_assert_eq!((ordered.entries, ordered.earlier), (whole.entries, whole.earlier));
    }

    /// Neither the order of facts nor that of causes matters.
    #[test]
    fn order_does_not_matter(before in changes(), after in changes(), whole_house in any::<bool>()) {
        let (mut history, booked, mut causes) = story(&before, &after, whole_house);
        let straight = run(&history, &booked, &causes);
        turn_round(&mut history);
        causes.reverse();
        let turned = run(&history, &booked, &causes);
        prop_assert_eq!(turned.entries, straight.entries);
        prop_assert_eq!(turned.earlier, straight.earlier);
    }

    /// What was booked can be reproduced, also after its recalculation was booked; a kopeck more is reported, except
    /// in a month that came ready from another program.
    #[test]
    fn booked_amounts_are_reproduced(before in changes(), after in changes(), whole_house in any::<bool>()) {
        let (history, booked, causes) = story(&before, &after, whole_house);
        let (was, _) = history.months(booked.known, Earlier::default());
        let mut amounts = amounts(&totals(&was));
        let control = |booked: &Booked, amounts: &[BookedAmount]| {
            not_reproduced(&history.facts, &history.rules, booked, first(), amounts)
        };
        prop_assert_eq!(control(&booked, &amounts), vec![]);
        let recalculation = run(&history, &booked, &causes);
        let rebooked = Booked { known: history.known, earlier: recalculation.earlier, ..booked };
        amounts.extend(self::amounts(&summed(&recalculation.entries)));
        prop_assert_eq!(control(&rebooked, &amounts), vec![]);
        let imported = LineKey { account: account(IMPORTED), ..amounts[0].key };
        amounts.push(BookedAmount { key: imported, month: first(), amount: Money::from_kopecks(777) });
        let kopeck = BookedAmount { amount: Money::from_kopecks(1), ..amounts[0] };
        amounts.push(kopeck);
        let found = control(&rebooked, &amounts);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!((found[0].key, found[0].month), (kopeck.key, kopeck.month));
        prop_assert_eq!(found[0].booked - found[0].calculated, kopeck.amount);
    }
}

fn amounts(totals: &Totals) -> Vec<BookedAmount> {
    totals
        .iter()
        .map(|((month, key), (_, amount))| BookedAmount { key: *key, month: *month, amount: *amount })
        .collect()
}

/// Turns every list of facts round.
fn turn_round(history: &mut History) {
    fn turn<T>(timeline: &mut Timeline<T>) {
        timeline.0.reverse();
    }
    history.rules.tariffs.values_mut().for_each(turn);
    history.rules.norms.values_mut().for_each(turn);
    for house in &mut history.facts.houses {
        turn(&mut house.plans);
        house.premises.reverse();
        house.meters.iter_mut().for_each(|meter| turn(&mut meter.readings));
        for premises in &mut house.premises {
            turn(&mut premises.residences);
            turn(&mut premises.areas);
            turn(&mut premises.owners);
            premises.meters.iter_mut().for_each(|meter| turn(&mut meter.readings));
            premises.accounts.iter_mut().for_each(|account| turn(&mut account.plans));
        }
    }
}
