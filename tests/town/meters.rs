//! Meters and their readings.

use std::collections::BTreeMap;

use chrono::Datelike;
use kvartal::job::town::calendar::{YEAR, YEAR_MONTHS};
use kvartal::job::town::directory::services;
use kvartal::job::town::model::{Heating, PremisesKind, TownMeter, TownPremises};
use rust_decimal::Decimal;

use super::town;

fn meters() -> Vec<TownMeter> {
    let town = town();
    let of_flats = town.iter().flat_map(|house| &house.premises).flat_map(|premises| &premises.meters);
    of_flats.chain(town.iter().flat_map(|house| &house.meters)).cloned().collect()
}

#[test]
fn dials_only_rise_unless_they_turn_over() {
    let mut turned = 0;
    for meter in meters() {
        let mut last: BTreeMap<i16, Decimal> = BTreeMap::new();
        let end = Decimal::from(10_i64.pow(meter.digits));
        for (day, reading) in &meter.readings {
            assert!(reading.value >= Decimal::ZERO && reading.value < end);
            if let Some(before) = last.insert(reading.register, reading.value) {
                assert_eq!(reading.rolled_over, reading.value < before, "{} on {day}", meter.serial);
                turned += usize::from(reading.rolled_over);
            } else {
                assert!(!reading.rolled_over);
            }
        }
    }
    assert!((1..20).contains(&turned), "{turned} turned over");
}

#[test]
fn readings_lie_in_the_year_and_while_the_meter_stands() {
    for meter in meters() {
        let mut days: Vec<_> = meter.readings.iter().map(|(day, reading)| (*day, reading.register)).collect();
        assert!(days.is_sorted());
        days.dedup();
        assert_eq!(days.len(), meter.readings.len(), "one reading a day and register");
        for (day, register) in days {
            assert!(YEAR.contain(day) && meter.installed.from <= day && day <= meter.installed.to);
            assert!((1..=meter.registers).contains(&register));
            let event = day == meter.installed.from || day == meter.installed.to;
            assert!(event || (18..=25).contains(&day.day()), "{day}");
        }
    }
}

#[test]
fn some_forget_for_one_to_five_months() {
    let mut gaps: BTreeMap<usize, usize> = BTreeMap::new();
    let months = usize::try_from(YEAR_MONTHS).unwrap();
    for meter in meters() {
        if meter.installed.from < YEAR.from && meter.installed.to > YEAR.to {
            let read = meter.readings.iter().filter(|(_, reading)| reading.register == 1).count();
            *gaps.entry(months - read).or_default() += 1;
        }
    }
    assert!(gaps.keys().all(|missing| *missing <= 5), "{gaps:?}");
    assert!((1..=5).all(|missing| gaps.get(&missing).is_some_and(|count| *count > 10)), "{gaps:?}");
}

#[test]
fn a_meter_taken_away_is_read_on_the_day_the_next_one_is() {
    let town = town();
    let mut replaced = 0;
    for premises in town.iter().flat_map(|house| &house.premises) {
        for old in premises.meters.iter().filter(|meter| meter.installed.to < YEAR.to) {
            let day = old.installed.to;
            let next = premises
                .meters
                .iter()
                .find(|next| next.service == old.service && next.installed.from == day && next.id != old.id);
            let next = next.expect("a meter taken away has a successor");
            assert_eq!(old.readings.last().map(|(day, _)| *day), Some(day));
            assert_eq!(next.readings.first().map(|(day, _)| *day), Some(day));
            assert_eq!(next.registers, old.registers);
            replaced += 1;
        }
    }
    assert!(replaced > 20, "{replaced} replaced");
}

#[test]
fn seven_of_ten_dwellings_count_their_water() {
    let town = town();
    let flats = || {
        let all = town.iter().flat_map(|house| &house.premises);
        all.filter(|it| matches!(it.kind, PremisesKind::Flat | PremisesKind::Dwelling))
    };
    let counted =
        |premises: &&TownPremises| premises.meters.iter().any(|meter| meter.service == services::COLD_WATER);
    let percent = flats().filter(counted).count() * 100 / flats().count();
    assert!((66..=74).contains(&percent), "{percent} %");
}

#[test]
fn electricity_has_one_two_and_three_zones() {
    let meters = meters();
    for registers in 1..=3 {
        let of_power = meters.iter().filter(|meter| meter.service == services::ELECTRICITY);
        assert!(of_power.filter(|meter| meter.registers == registers).count() > 20);
    }
    assert!(meters.iter().all(|meter| meter.registers == 1 || meter.service == services::ELECTRICITY));
}

/// The heat of a year for a m² lies about the norm 0.0245 Gcal × 7 months = 0.17: between 0.1 and 0.25.
#[test]
fn house_meters_count_as_much_heat_as_the_house_needs() {
    let mut seen = 0;
    for house in town().iter().filter(|house| house.amenities.heating == Heating::HouseMeter) {
        let [meter] = house.meters.as_slice() else { panic!("one heat meter a house") };
        let values: Vec<_> = meter.readings.iter().map(|(_, reading)| reading.value).collect();
        let paid = house.premises.iter().filter(|premises| premises.account.is_some());
        let area: Decimal = paid.map(|premises| premises.area.total).sum();
        let share = (values[values.len() - 1] - values[0]) / area;
        assert!(share > Decimal::new(10, 2) && share < Decimal::new(25, 2), "{share}");
        seen += 1;
    }
    assert!(seen > 3);
}
