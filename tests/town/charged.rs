//! A town of 2 000 accounts, charged without a database: what a town is for.

use std::collections::BTreeSet;

use kvartal::calc::earlier::Earlier;
use kvartal::calc::ids::Mark;
use kvartal::calc::line::{Basis, Line};
use kvartal::calc::unit::{Detail, calc};
use kvartal::job::town::calendar::first_month;
use kvartal::job::town::{Directory, Town, TownHouse};

/// Lines of the first month of the books.
fn lines() -> Vec<Line> {
    let town = Town::new(2_000, 1);
    let rules = town.directory().rules(Mark(1));
    let charge = |house: TownHouse| {
        let facts = house.facts(Mark(1));
        calc(&facts, &rules, Mark::NOW, &Earlier::default(), first_month(), Detail::Plain).lines
    };
    town.houses().flat_map(charge).collect()
}

#[test]
fn every_account_has_a_bill() {
    let billed: BTreeSet<_> = lines().iter().map(|line| line.key.account).collect();
    assert_eq!(billed.len(), 2_000);
}

#[test]
fn every_service_and_basis_is_met() {
    let lines = lines();
    let met: BTreeSet<_> = lines.iter().map(|line| line.key.service).collect();
    let all: BTreeSet<_> = Directory::of_the_town().services.into_iter().map(|(id, _)| id).collect();
    assert_eq!(met, all);
    for basis in [Basis::Area, Basis::Norm, Basis::Meter, Basis::Average, Basis::Quantity, Basis::House] {
        assert!(lines.iter().any(|line| line.basis == basis), "{basis:?}");
    }
}

/// A flat of 54 m² with three people pays about 5 600 ₽ in the dossier's example (§ 9.1) with heating by meter
/// in winter; in May, without electricity there and with a deal of lone people here, the mean lies between
/// 4 000 and 9 000.
#[test]
fn bills_are_of_a_plausible_size() {
    let kopecks: i64 = lines().iter().map(|line| line.amount.kopecks()).sum();
    assert!((400_000..900_000).contains(&(kopecks / 2_000)), "{kopecks}");
}
