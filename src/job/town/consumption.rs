//! How much a dwelling or house uses in a month. Invented, but in proportion: persons, season, stoves.

use super::calendar::YEAR_MONTHS;
use super::dice::Dice;
use super::directory::services;
use super::model::Stove;
use crate::calc::ids::ServiceId;

/// Months of the year the town is watched.
pub(super) const MONTHS: usize = YEAR_MONTHS as usize;

/// Volumes by month, in the smallest unit the dial shows.
pub(super) type Volumes = [i64; MONTHS];

/// Lighting by season, permille, from September to the September after.
const LIGHT: Volumes = [1000, 1060, 1120, 1200, 1190, 1130, 1080, 1000, 950, 900, 900, 920, 1000];

/// Heat by season, permille of the norm: the season ends early in May and begins in October.
const HEAT: Volumes = [0, 700, 1050, 1250, 1350, 1200, 1000, 600, 110, 0, 0, 0, 0];

/// Gigacalories in thousandths a square metre takes in a month of the season.
const HEAT_OF_TEN_METRES: i64 = 245;

/// What a service uses in a month without anybody, and more with each person: thousandths of a m³ or kWh.
fn rates(service: ServiceId, stove: Stove) -> (i64, i64) {
    match (service, stove) {
        (services::COLD_WATER, _) => (300, 2_900),
        (services::HOT_WATER, _) => (150, 1_900),
        (_, Stove::Gas) => (55, 52),
        (_, Stove::Electric) => (80, 84),
    }
}

/// Volumes of a dwelling with so many persons month by month. Some are thriftier than others, and no month
/// is like the one before.
pub(super) fn of_dwelling(service: ServiceId, stove: Stove, persons: &Volumes, dice: &mut Dice) -> Volumes {
    let (base, each) = rates(service, stove);
    let thrift = dice.between(650, 1_350);
    std::array::from_fn(|month| {
        let season = if service == services::ELECTRICITY { LIGHT[month] } else { 1000 };
        let base = if persons[month] == 0 { base / 5 } else { base };
        let even = (base + each * persons[month]) * season / 1000 * thrift / 1000;
        even * dice.between(750, 1_250) / 1000
    })
}

/// Heat of a house of so many hundredths of a square metre, in thousandths of a Gcal.
pub(super) fn of_heating(hundredths: i64, dice: &mut Dice) -> Volumes {
    let insulation = dice.between(820, 1_150);
    std::array::from_fn(|month| {
        let even = hundredths * HEAT_OF_TEN_METRES / 1000 * HEAT[month] / 1000 * insulation / 1000;
        even * dice.between(940, 1_060) / 1000
    })
}

/// Parts of the registers of a meter with zones, percent.
pub(super) fn zones(registers: i16) -> &'static [i64] {
    match registers {
        2 => &[68, 32],
        3 => &[24, 44, 32],
        _ => &[100],
    }
}
