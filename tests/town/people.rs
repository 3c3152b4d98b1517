//! People, families, registrations and owners.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use kvartal::calc::period::Days;
use kvartal::job::town::calendar::{BOOKS_FROM, RULES_FROM, YEAR};
use kvartal::job::town::model::{Holder, Person, PremisesKind, Relation, TownOwner, TownPremises};
use kvartal::job::town::names::{self, Sex};
use rust_decimal::Decimal;

use super::town;

fn homes() -> Vec<TownPremises> {
    town().into_iter().flat_map(|house| house.premises).collect()
}

fn by_relation(home: &TownPremises, relation: Relation) -> Vec<&Person> {
    let ids: BTreeSet<_> = home
        .residences
        .iter()
        .filter(|residence| residence.relation == relation)
        .map(|residence| residence.person)
        .collect();
    home.persons.iter().filter(|person| ids.contains(&person.id)).collect()
}

#[test]
fn lists_of_names_are_long_enough() {
    assert!(names::surnames().len() >= 60);
    assert!(names::men().len() >= 40 && names::women().len() >= 40);
    for year in 1925..=2026 {
        for list in [names::men(), names::women()] {
            let fitting = list.iter().filter(|name| name.fits(year)).count();
            assert!(fitting >= 10, "{fitting} names for {year}");
        }
    }
}

#[test]
fn names_agree_with_the_sex() {
    for person in homes().iter().flat_map(|home| &home.persons) {
        let (list, ending) = match person.sex {
            Sex::Male => (names::men(), "ич"),
            Sex::Female => (names::women(), "на"),
        };
        assert!(list.iter().any(|name| name.name == person.first_name), "{person:?}");
        assert!(person.patronymic.ends_with(ending), "{person:?}");
        let mismatch = match person.sex {
            Sex::Male => ["ова", "ева", "ина", "ая"].as_slice(),
            Sex::Female => ["ов", "ев", "ёв", "ин", "ын", "ий", "ый"].as_slice(),
        };
        assert!(!mismatch.iter().any(|ending| person.last_name.ends_with(ending)), "{person:?}");
    }
}

#[test]
fn children_bear_the_name_of_their_father() {
    let mut seen = 0;
    for home in homes() {
        let parents = [by_relation(&home, Relation::Head), by_relation(&home, Relation::Spouse)].concat();
        let father = parents.iter().find(|person| person.sex == Sex::Male);
        let mother = parents.iter().find(|person| person.sex == Sex::Female);
        for child in by_relation(&home, Relation::Child) {
            if let Some(father) = father {
                assert_eq!(child.patronymic, names::patronymic(father.first_name, child.sex));
                assert_eq!(child.last_name, names::surname(&father.last_name, child.sex));
                seen += 1;
            }
            let mother = mother.expect("a child has a mother here");
            let age = child.born.year() - mother.born.year();
            assert!((18..=45).contains(&age), "a mother at {age}");
        }
    }
    assert!(seen > 300);
}

#[test]
fn a_grandfather_gave_the_head_his_patronymic() {
    let mut seen = 0;
    for home in homes() {
        let head = by_relation(&home, Relation::Head);
        for parent in by_relation(&home, Relation::Parent) {
            assert!((18..=45).contains(&(head[0].born.year() - parent.born.year())));
            if parent.sex == Sex::Male {
                assert_eq!(head[0].patronymic, names::patronymic(parent.first_name, head[0].sex));
                seen += 1;
            }
        }
    }
    assert!(seen > 3);
}

/// Census proportions of a Russian town, with room for chance: 2.3 to 2.9 persons a dwelling, women 51 to 58 %,
/// under 18 years 15 to 25 %, 65 and older 12 to 22 %.
#[test]
fn the_population_is_plausible() {
    let homes: Vec<_> =
        homes().into_iter().filter(|home| home.account.is_some() && home.firm.is_none()).collect();
    let mut residents = Vec::new();
    for home in &homes {
        let living = home.residences.iter().filter(|residence| residence.days.contain(BOOKS_FROM));
        let ids: BTreeSet<_> = living.map(|residence| residence.person).collect();
        residents.extend(home.persons.iter().filter(|person| ids.contains(&person.id)));
    }
    let permille = |count: usize| count * 1000 / residents.len();
    let aged = |from: i32, to: i32| {
        residents.iter().filter(|it| (from..to).contains(&(BOOKS_FROM.year() - it.born.year()))).count()
    };
    let mean = residents.len() * 1000 / homes.len();
    assert!((2_300..2_900).contains(&mean), "{mean} persons for 1000 dwellings");
    let women = permille(residents.iter().filter(|person| person.sex == Sex::Female).count());
    assert!((510..580).contains(&women), "{women} ‰ women");
    let (children, old) = (permille(aged(0, 18)), permille(aged(65, 200)));
    assert!((150..250).contains(&children), "{children} ‰ children");
    assert!((120..220).contains(&old), "{old} ‰ of 65 and more");
}

#[test]
fn registrations_begin_after_birth_and_building() {
    for home in homes() {
        for residence in &home.residences {
            let person = home.persons.iter().find(|person| person.id == residence.person);
            let born = person.expect("a resident is a person of the home").born;
            assert!(residence.days.from >= born && residence.days.from >= home.days.from, "{residence:?}");
            assert!(residence.days.from < residence.days.to && residence.days.from < YEAR.to);
            assert!(
                residence.days.to == NaiveDate::MAX || residence.temporary || YEAR.contain(residence.days.to)
            );
            assert!(!residence.temporary || residence.days.to < NaiveDate::MAX);
        }
    }
}

#[test]
fn people_come_and_go_within_the_year_on_various_days() {
    let homes = homes();
    let residences = || homes.iter().flat_map(|home| &home.residences);
    let arrivals: BTreeSet<_> =
        residences().map(|it| it.days.from).filter(|day| YEAR.contain(*day)).collect();
    let departures: BTreeSet<_> =
        residences().map(|it| it.days.to).filter(|day| YEAR.contain(*day)).collect();
    assert!(arrivals.len() > 40, "{} days of arrival", arrivals.len());
    assert!(departures.len() > 30, "{} days of departure", departures.len());
    assert!(residences().filter(|it| it.temporary).count() > 30);
    let books = Days { from: BOOKS_FROM, to: YEAR.to };
    assert!(
        arrivals.iter().any(|day| books.contain(*day)) && departures.iter().any(|day| books.contain(*day))
    );
}

#[test]
fn the_absent_are_registered_and_away_more_than_five_days() {
    let homes = homes();
    let mut seen = 0;
    for home in &homes {
        for absence in &home.absences {
            let residence = home.residences.iter().find(|residence| residence.person == absence.person);
            let days = residence.expect("the absent live here").days;
            assert_eq!(days.meet(absence.days), Some(absence.days));
            assert!(absence.days.count() > 5 && absence.days.meet(YEAR) == Some(absence.days));
            seen += 1;
        }
    }
    assert!(seen > 20);
}

fn sum_on(owners: &[TownOwner], day: NaiveDate) -> Decimal {
    owners
        .iter()
        .filter(|owner| owner.days.contain(day))
        .map(|owner| Decimal::from(owner.share.numerator) / Decimal::from(owner.share.denominator))
        .sum::<Decimal>()
        .round_dp(12)
}

#[test]
fn shares_sum_to_one_on_every_day() {
    let (mut several, mut changed) = (0, 0);
    for home in homes().iter().filter(|home| home.kind != PremisesKind::CommunalFlat) {
        let starts: BTreeSet<_> = home.owners.iter().map(|owner| owner.days.from).collect();
        let since = home.days.from.max(RULES_FROM);
        assert!(starts.first().is_some_and(|first| *first <= since), "no owner on {since}");
        for day in starts.iter().flat_map(|day| [*day, day.succ_opt().unwrap()]).chain([since, YEAR.to]) {
            assert_eq!(sum_on(&home.owners, day), Decimal::ONE, "{:?}", home.owners);
        }
        several += usize::from(home.owners.len() > 1);
        changed += usize::from(starts.len() > 1);
    }
    assert!(several > 300 && changed > 3, "{several} shared, {changed} given away");
}

#[test]
fn owners_and_payers_are_people_of_the_home() {
    for home in homes() {
        let known = |holder: Holder| match holder {
            Holder::Person(id) => home.persons.iter().any(|person| person.id == id),
            Holder::Organisation(_) => true,
        };
        assert!(home.owners.iter().all(|owner| known(owner.holder)));
        assert!(home.account.iter().flat_map(|account| &account.payers).all(|(_, payer)| known(*payer)));
    }
}

#[test]
fn payers_are_of_age_and_there_is_one_on_every_day() {
    for home in homes() {
        let Some(account) = &home.account else { continue };
        assert!(account.payers.is_sorted_by(|(one, _), (next, _)| one.to == next.from));
        assert!(account.payers.last().is_some_and(|(days, _)| days.to == NaiveDate::MAX));
        for (days, payer) in &account.payers {
            let Holder::Person(id) = payer else { continue };
            let payer = home.persons.iter().find(|person| person.id == *id).unwrap();
            assert!(payer.born.year() + 18 < days.from.year().max(2026), "{payer:?}");
        }
    }
}
