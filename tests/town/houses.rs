//! Houses, streets and premises.

use std::collections::BTreeSet;

use kvartal::job::town::model::{HotWater, HouseKind, PremisesKind, Stove};
use kvartal::job::town::{Town, TownHouse};
use rust_decimal::Decimal;

use super::town;

#[test]
fn there_are_exactly_as_many_accounts_as_asked_for() {
    for accounts in [0, 1, 36, 300, 2_000, 5_555] {
        let count: usize = Town::generate(accounts, 5).map(|house| house.accounts().count()).sum();
        assert_eq!(count, accounts as usize);
    }
}

#[test]
fn a_city_has_about_36_accounts_a_house() {
    let houses = Town::new(545_000, 1).houses().len();
    assert!((545_000 / 38..545_000 / 34).contains(&houses), "{houses} houses");
}

#[test]
fn a_city_has_named_streets_and_numbered_quarters() {
    let city = Town::new(545_000, 1);
    let (quarters, named): (Vec<_>, Vec<_>) =
        city.streets().iter().partition(|street| street.kind == "квартал");
    assert!(named.len() >= 120, "{} named", named.len());
    assert!(quarters.iter().any(|street| street.name == "14"));
}

#[test]
fn the_default_town_has_every_kind_of_house_whatever_the_seed() {
    for seed in 1..=5 {
        let town: Vec<TownHouse> = Town::generate(2_000, seed).collect();
        let blocks = || town.iter().filter(|house| house.kind == HouseKind::Block);
        for floors in [5, 9, 12, 16] {
            assert!(blocks().any(|house| house.floors == floors), "seed {seed}: no {floors} storeys");
        }
        assert!(town.iter().any(|house| house.kind == HouseKind::Dormitory));
        assert!(town.iter().any(|house| house.kind == HouseKind::Private));
        assert!([1, 2].iter().all(|district| blocks().any(|house| house.district == *district)));
        let stoves = |stove| town.iter().any(|house| house.amenities.stove == stove);
        assert!(stoves(Stove::Gas) && stoves(Stove::Electric));
        assert!(blocks().any(|house| house.amenities.hot_water == HotWater::GasHeater));
        let premises = |kind| town.iter().flat_map(|house| &house.premises).any(|it| it.kind == kind);
        assert!(premises(PremisesKind::NonResidential), "seed {seed}: no shops");
    }
}

#[test]
fn lifts_go_to_nine_storeys_and_more() {
    for house in town() {
        assert_eq!(house.amenities.lift, house.floors >= 9);
    }
}

#[test]
fn addresses_and_identifiers_are_unique() {
    let town = town();
    let addresses: BTreeSet<_> = town.iter().map(|house| (house.street, &house.number)).collect();
    assert_eq!(addresses.len(), town.len());
    let all = || town.iter().flat_map(|house| &house.premises);
    let ids: BTreeSet<_> = all().map(|premises| premises.id).collect();
    assert_eq!(ids.len(), all().count());
    for house in &town {
        let numbers: BTreeSet<_> = house.premises.iter().map(|premises| &premises.number).collect();
        assert_eq!(numbers.len(), house.premises.len());
    }
}

#[test]
fn houses_come_street_by_street() {
    let order: Vec<_> = town().iter().map(|house| (house.district, house.street, house.id)).collect();
    assert!(order.is_sorted());
}

#[test]
fn rooms_follow_their_flat_and_add_up_to_it() {
    let mut flats = 0;
    for house in town() {
        for flat in house.premises.iter().filter(|it| it.kind == PremisesKind::CommunalFlat) {
            let rooms: Vec<_> = house.premises.iter().filter(|room| room.parent == Some(flat.id)).collect();
            let living: Decimal = rooms.iter().map(|room| room.area.living).sum();
            assert_eq!(living, flat.area.living);
            assert!(flat.account.is_none() && rooms.iter().all(|room| room.account.is_some()));
            assert!(rooms.iter().all(|room| room.id > flat.id && room.meters.is_empty()));
            flats += 1;
        }
    }
    assert!(flats > 5);
}

#[test]
fn areas_are_in_proportion() {
    for house in town() {
        for premises in &house.premises {
            let area = &premises.area;
            assert!(area.living < area.total && area.heated <= area.total, "{area:?}");
            let small = if premises.kind == PremisesKind::Room { 10 } else { 25 };
            assert!((Decimal::from(small)..Decimal::from(250)).contains(&area.total), "{area:?}");
            assert!(premises.floor <= house.floors && premises.entrance <= house.entrances);
        }
    }
}

#[test]
fn shops_stand_on_ground_floors_and_belong_to_firms() {
    for premises in town().iter().flat_map(|house| &house.premises) {
        let shop = premises.kind == PremisesKind::NonResidential;
        assert_eq!(premises.firm.is_some(), shop);
        assert!(!shop || (premises.floor == 1 && premises.persons.is_empty()));
    }
}
