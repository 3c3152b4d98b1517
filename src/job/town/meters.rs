//! Meters of dwellings and houses.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{YEAR, day};
use super::consumption::{self, MONTHS, Volumes};
use super::dice::Dice;
use super::directory::services;
use super::house::{Hand, Site};
use super::model::{HotWater, TownMeter};
use super::readings::{self, Dial, Rounds, Term};
use crate::calc::ids::ServiceId;
use crate::calc::period::Days;

/// Meters older than this are no longer in use.
const OLDEST: NaiveDate = day(2012, 1, 10);

/// What is decided about a meter before it is read.
struct Make {
    service: ServiceId,
    digits: u32,
    registers: i16,
    /// Places after the point.
    places: u32,
}

/// Meters of a dwelling: water in seven of ten, electricity in nine of ten. `zones` tells whether electricity
/// may be counted by zones.
pub(super) fn of_dwelling(site: &Site, persons: &Volumes, zones: bool, hand: &mut Hand) -> Vec<TownMeter> {
    let (water, power) = (hand.dice.chance(700), hand.dice.chance(900));
    let rounds = Rounds::draw(&mut hand.dice);
    let mut meters = Vec::new();
    if water {
        meters.extend(lives(&water_meter(services::COLD_WATER), site, persons, &rounds, hand));
        if site.amenities.hot_water == HotWater::Central {
            meters.extend(lives(&water_meter(services::HOT_WATER), site, persons, &rounds, hand));
        }
    }
    if power {
        let registers = if zones { hand.dice.weighted(&[(80, 1), (15, 2), (5, 3)]) } else { 1 };
        let digits = if registers == 1 { hand.dice.weighted(&[(4, 5), (6, 6)]) } else { 6 };
        let make = Make { service: services::ELECTRICITY, digits, registers, places: 0 };
        meters.extend(lives(&make, site, persons, &rounds, hand));
    }
    meters
}

fn water_meter(service: ServiceId) -> Make {
    Make { service, digits: 5, registers: 1, places: 3 }
}

/// One meter after another at the same place: mostly one all year, sometimes replaced or put in within it.
fn lives(make: &Make, site: &Site, persons: &Volumes, rounds: &Rounds, hand: &mut Hand) -> Vec<TownMeter> {
    let volumes = consumption::of_dwelling(make.service, site.amenities.stove, persons, &mut hand.dice);
    let since = hand.dice.day(Days { from: site.since.max(OLDEST), to: YEAR.from });
    let old = worn(make, &volumes, &mut hand.dice);
    let month = 2 + hand.dice.place(MONTHS - 2);
    let change = (month, readings::day_between(rounds, month, &mut hand.dice));
    match hand.dice.below(1000) {
        0..25 => {
            let new = fresh(make, &mut hand.dice);
            vec![
                meter(make, old, rounds, &volumes, since, Term { from: None, to: Some(change) }, hand),
                meter(make, new, rounds, &volumes, since, Term { from: Some(change), to: None }, hand),
            ]
        }
        25..45 => {
            let new = fresh(make, &mut hand.dice);
            vec![meter(make, new, rounds, &volumes, since, Term { from: Some(change), to: None }, hand)]
        }
        _ => vec![meter(make, old, rounds, &volumes, since, Term::default(), hand)],
    }
}

/// A dial some years in use. One in 150 dials of five digits for electricity turns over within the year.
fn worn(make: &Make, volumes: &Volumes, dice: &mut Dice) -> Dial {
    let unit = 10_i64.pow(make.places);
    let most = if make.service == services::ELECTRICITY { 60_000 } else { 1_400 };
    let mut values: Vec<i64> = (0..make.registers).map(|_| dice.between(20 * unit, most * unit)).collect();
    let turning = make.service == services::ELECTRICITY && make.digits == 5;
    if turning && dice.chance(7) {
        let month = 1 + dice.place(MONTHS - 1);
        let until: i64 = volumes[1..month].iter().sum();
        let turn = 10_i64.pow(make.digits + make.places);
        values.iter_mut().for_each(|value| *value = turn - until - volumes[month] / 2 - 1);
    }
    Dial { values, places: make.places, digits: make.digits }
}

/// A dial from the factory: it was tested there and shows a little.
fn fresh(make: &Make, dice: &mut Dice) -> Dial {
    let values = (0..make.registers).map(|_| dice.between(0, 3 * 10_i64.pow(make.places))).collect();
    Dial { values, places: make.places, digits: make.digits }
}

fn meter(
    make: &Make,
    dial: Dial,
    rounds: &Rounds,
    volumes: &Volumes,
    since: NaiveDate,
    term: Term,
    hand: &mut Hand,
) -> TownMeter {
    let from = term.from.map_or(since, |(_, day)| day);
    let installed = term.to.map_or(Days::since(from), |(_, to)| Days { from, to });
    TownMeter {
        id: hand.counters.meter(),
        service: make.service,
        serial: format!("{:02}{:06}", from.format("%y"), hand.dice.below(1_000_000)),
        digits: make.digits,
        registers: make.registers,
        ratio: Decimal::ONE,
        installed,
        readings: readings::run(dial, rounds, volumes, term),
    }
}

/// The heat meter of a house of so many hundredths of a square metre, read every month.
pub(super) fn of_house(hundredths: i64, built: NaiveDate, hand: &mut Hand) -> TownMeter {
    let make = Make { service: services::HEATING, digits: 6, registers: 1, places: 3 };
    let volumes = consumption::of_heating(hundredths, &mut hand.dice);
    let since = hand.dice.day(Days { from: built.max(OLDEST), to: YEAR.from });
    let rounds = Rounds::draw(&mut hand.dice).complete();
    let dial = Dial { values: vec![hand.dice.between(0, 9_000_000)], places: 3, digits: 6 };
    meter(&make, dial, &rounds, &volumes, since, Term::default(), hand)
}
