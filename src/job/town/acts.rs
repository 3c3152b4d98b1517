//! Acts of undersupply (акты недопоставки; 354 пп. 105–113): what a house did not get in the months of the books.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use super::calendar::{BOOKS_FROM, YEAR};
use super::dice::Dice;
use super::directory::services;
use super::ids::Counters;
use super::model::{Amenities, HotWater, HouseKind, TownAct};
use crate::calc::ids::ServiceId;
use crate::calc::period::Month;

/// The heat network repairs its pipes in May, June, July and August, at a quarter of the houses each.
const REPAIR_MONTHS: u32 = 4;

/// A kind of trouble that may come over a house in a month.
struct Trouble {
    deficiency: &'static str,
    service: ServiceId,
    /// Of a thousand houses that have the service, so many a month.
    permille: u32,
    /// Shortest and longest time, in hours.
    hours: (i64, i64),
    /// Lowest and highest measurement, in tenths, where the act tells one.
    measured: Option<(i64, i64)>,
    /// Whether it may come over one entrance alone.
    by_entrance: bool,
}

const TROUBLES: [Trouble; 4] = [
    Trouble {
        deficiency: "cold_interruption",
        service: services::COLD_WATER,
        permille: 20,
        hours: (5, 36),
        measured: None,
        by_entrance: true,
    },
    Trouble {
        deficiency: "hot_temperature",
        service: services::HOT_WATER,
        permille: 25,
        hours: (12, 110),
        measured: Some((480, 560)),
        by_entrance: false,
    },
    Trouble {
        deficiency: "power_one_source",
        service: services::ELECTRICITY,
        permille: 10,
        hours: (26, 44),
        measured: None,
        by_entrance: false,
    },
    Trouble {
        deficiency: "waste_removal",
        service: services::WASTE,
        permille: 10,
        hours: (80, 170),
        measured: Some((120, 240)),
        by_entrance: false,
    },
];

/// Draws the acts of a house; private houses have none, nobody is called to draw them.
pub(super) fn of_house(
    kind: HouseKind,
    amenities: Amenities,
    entrances: u32,
    dice: &mut Dice,
    counters: &mut Counters,
) -> Vec<TownAct> {
    if kind == HouseKind::Private {
        return Vec::new();
    }
    let central = amenities.hot_water == HotWater::Central;
    let repaired = central.then(|| {
        let later = i32::try_from(dice.below(REPAIR_MONTHS)).unwrap_or(0);
        Month::of(BOOKS_FROM).plus(later)
    });
    let mut acts: Vec<TownAct> = repaired.map(|month| repair(month, dice, counters)).into_iter().collect();
    for month in Month::of(BOOKS_FROM).onwards().take_while(|month| month.first_day() < YEAR.to) {
        for trouble in &TROUBLES {
            let hot = trouble.service == services::HOT_WATER;
            // What is not there at all has no temperature.
            if dice.chance(trouble.permille) && (!hot || (central && repaired != Some(month))) {
                acts.push(trouble.act(month, entrances, dice, counters));
            }
        }
    }
    acts
}

/// Ten to fourteen days without hot water, once a summer.
fn repair(month: Month, dice: &mut Dice, counters: &mut Counters) -> TownAct {
    let from = midnight(month.first_day() + Duration::days(dice.between(1, 14)));
    let to = from + Duration::days(dice.between(10, 14));
    act("hot_repair", services::HOT_WATER, (from, to), counters)
}

impl Trouble {
    fn act(&self, month: Month, entrances: u32, dice: &mut Dice, counters: &mut Counters) -> TownAct {
        let from = midnight(dice.day(month.days())) + Duration::minutes(dice.between(0, 95) * 15);
        let to = from + Duration::minutes(dice.between(self.hours.0 * 4, self.hours.1 * 4) * 15);
        let entrance = self.by_entrance && entrances > 1 && dice.chance(500);
        let entrance = entrance.then(|| i16::try_from(1 + dice.below(entrances)).unwrap_or(1));
        let measured = self.measured.map(|(low, high)| Decimal::new(dice.between(low, high), 1));
        TownAct { entrance, measured, ..act(self.deficiency, self.service, (from, to), counters) }
    }
}

/// The act, drawn on the day its trouble ended and numbered with the others of the town.
fn act(
    deficiency: &'static str,
    service: ServiceId,
    (from, to): (NaiveDateTime, NaiveDateTime),
    counters: &mut Counters,
) -> TownAct {
    let id = counters.act();
    let number = format!("{id}/{}", to.year() % 100);
    TownAct { id, number, deficiency, service, entrance: None, from, to, measured: None }
}

const fn midnight(day: NaiveDate) -> NaiveDateTime {
    day.and_time(NaiveTime::MIN)
}
