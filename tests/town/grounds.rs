//! What lowers the bills of a town: privileges, absences, acts of undersupply.

use std::collections::BTreeSet;

use kvartal::calc::period::{Days, Month};
use kvartal::job::town::calendar::{BOOKS_FROM, YEAR, first_month};
use kvartal::job::town::directory::{Category, services};
use kvartal::job::town::model::{HotWater, HouseKind, Relation, TownHouse, TownPremises};
use kvartal::job::town::{Directory, Town};

use super::town;

/// Large enough for what is rare: somebody gone before the day a right of his would begin.
fn city() -> Vec<TownHouse> {
    Town::generate(40_000, 1).collect()
}

fn homes() -> Vec<TownPremises> {
    town().into_iter().flat_map(|house| house.premises).collect()
}

#[test]
fn whoever_has_a_privilege_lives_there_all_its_days() {
    let mut met = BTreeSet::new();
    for home in city().iter().flat_map(|house| &house.premises) {
        for right in &home.privileges {
            assert!(right.days.from < right.days.to, "{right:?}");
            let covered = home.residences.iter().any(|residence| {
                residence.person == right.person && residence.days.meet(right.days) == Some(right.days)
            });
            assert!(covered, "{right:?}");
            met.insert(right.category);
        }
    }
    assert_eq!(met, BTreeSet::from(Category::ALL));
}

#[test]
fn a_large_family_has_three_children_under_eighteen() {
    for home in homes() {
        for right in home.privileges.iter().filter(|right| right.category == Category::LargeFamily) {
            let young = home.persons.iter().filter(|person| {
                let child = |relation: Relation| relation == Relation::Child;
                let here = home.residences.iter().any(|one| one.person == person.id && child(one.relation));
                here && right.days.to.years_since(person.born).is_none_or(|age| age <= 18)
            });
            assert!(young.count() >= 3, "{right:?}");
        }
    }
}

#[test]
fn every_category_is_given_something() {
    let given: BTreeSet<_> =
        Directory::of_the_town().privileges.into_iter().map(|rule| rule.category).collect();
    assert_eq!(given, BTreeSet::from(Category::ALL));
}

/// A fifth to a third of the dwellings, as regions report of those who receive something.
#[test]
fn a_believable_share_of_dwellings_has_privileges_and_absences() {
    let homes: Vec<_> = homes().into_iter().filter(|home| !home.residences.is_empty()).collect();
    let of_thousand = |count: usize| count * 1000 / homes.len();
    let privileged = homes.iter().filter(|home| !home.privileges.is_empty()).count();
    assert!((200..=333).contains(&of_thousand(privileged)), "{}", of_thousand(privileged));
    let may = first_month().days();
    let away = homes
        .iter()
        .filter(|home| home.absences.iter().any(|absence| absence.days.meet(may).is_some()))
        .count();
    assert!((5..=40).contains(&of_thousand(away)), "{}", of_thousand(away));
}

#[test]
fn acts_are_of_services_the_house_has_and_of_the_books() {
    let houses = city();
    let mut met = BTreeSet::new();
    for house in &houses {
        for act in &house.acts {
            assert!(house.kind != HouseKind::Private, "{act:?}");
            assert!(
                act.from < act.to && act.from.date() >= BOOKS_FROM && act.from.date() < YEAR.to,
                "{act:?}"
            );
            assert!(act.entrance.is_none_or(|entrance| (1..=house.entrances).contains(&entrance)), "{act:?}");
            let central = house.amenities.hot_water == HotWater::Central;
            assert!(act.service != services::HOT_WATER || central, "{act:?}");
            met.insert(act.deficiency);
        }
    }
    let kinds = ["cold_interruption", "hot_repair", "hot_temperature", "power_one_source", "waste_removal"];
    assert_eq!(met, BTreeSet::from(kinds));
    let numbers: BTreeSet<_> = houses.iter().flat_map(|house| &house.acts).map(|act| act.id).collect();
    assert_eq!(numbers.len(), houses.iter().map(|house| house.acts.len()).sum::<usize>());
}

/// Once a summer, and never at a time when the water was too cold.
#[test]
fn hot_water_is_repaired_once() {
    let month = |day: chrono::NaiveDate| Month::of(day);
    let of = |house: &TownHouse, kind: &str| -> Vec<Days> {
        let acts = house.acts.iter().filter(|act| act.deficiency == kind);
        acts.map(|act| Days { from: act.from.date(), to: act.to.date() }).collect()
    };
    for house in town() {
        let repairs = of(&house, "hot_repair");
        let central = house.kind != HouseKind::Private && house.amenities.hot_water == HotWater::Central;
        assert_eq!(repairs.len(), usize::from(central));
        for repair in repairs {
            assert!((10..=14).contains(&repair.count()), "{repair:?}");
            let cold = of(&house, "hot_temperature");
            assert!(cold.iter().all(|days| month(days.from) != month(repair.from)), "{repair:?}");
        }
    }
}
