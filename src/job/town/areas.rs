//! Areas of premises, in hundredths of a square metre until they become decimals.

use rust_decimal::Decimal;

use super::dice::Dice;
use super::shape::Series;
use crate::calc::facts::Area;

/// Total and living area of flats with one, two, three rooms.
type Series3 = [(i64, i64); 3];

const LOW: Series3 = [(36_40, 19_20), (52_80, 33_60), (71_50, 49_80)];
const FIVE: Series3 = [(30_60, 17_70), (43_50, 28_60), (57_20, 41_40)];
const NINE: Series3 = [(34_80, 18_30), (50_60, 30_10), (65_10, 42_70)];
const TALL: Series3 = [(38_20, 18_90), (56_10, 31_80), (77_30, 46_20)];

/// Rooms of the flats on a floor of an entrance, riser by riser.
const RISERS: [i16; 4] = [2, 1, 3, 2];
const TALL_RISERS: [i16; 4] = [1, 2, 3, 1];

/// Hundredths as a decimal with two places.
pub(super) fn square_metres(hundredths: i64) -> Decimal {
    Decimal::new(hundredths, 2)
}

fn area(total: i64, living: i64, heated: i64, rooms: i16) -> Area {
    let [total, living, heated] = [total, living, heated].map(square_metres);
    Area { total, living, heated, rooms }
}

/// A flat at a riser of the floor; flats of one series differ by less than a square metre.
pub(super) fn flat(series: Series, riser: u32, dice: &mut Dice) -> Area {
    let (table, risers) = match series {
        Series::Low | Series::Private | Series::Dormitory => (&LOW, &RISERS),
        Series::Five => (&FIVE, &RISERS),
        Series::Nine => (&NINE, &RISERS),
        Series::Twelve | Series::Sixteen => (&TALL, &TALL_RISERS),
    };
    let rooms = risers[riser as usize % risers.len()];
    let (total, living) = table[usize::from(rooms.unsigned_abs()) - 1];
    let total = total + 10 * dice.between(-6, 6);
    area(total, living + 10 * dice.between(-3, 3), total, rooms)
}

/// The rooms of a communal flat: living area of each, and a share of kitchen and corridor in the total.
pub(super) fn rooms(count: u32, dice: &mut Dice) -> Vec<Area> {
    (0..count)
        .map(|_| {
            let living = 10 * dice.between(112, 198);
            let total = living + living * dice.between(28, 40) / 100;
            area(total, living, total, 1)
        })
        .collect()
}

/// A communal flat: the sums of its rooms.
pub(super) fn communal(rooms: &[Area]) -> Area {
    let sum = |part: fn(&Area) -> Decimal| rooms.iter().map(part).sum();
    Area {
        total: sum(|area| area.total),
        living: sum(|area| area.living),
        heated: sum(|area| area.heated),
        rooms: i16::try_from(rooms.len()).unwrap_or(i16::MAX),
    }
}

/// A shop; its store-room is not heated.
pub(super) fn shop(dice: &mut Dice) -> Area {
    let total = 10 * dice.between(420, 2_100);
    area(total, 0, total - 10 * dice.between(30, 120), 0)
}

/// A private house; its veranda is not heated.
pub(super) fn dwelling(floors: u32, dice: &mut Dice) -> Area {
    let total = 10 * dice.between(380, 820) * i64::from(floors);
    let rooms = dice.between(2, 4) + i64::from(floors) - 1;
    let living = total * dice.between(58, 70) / 100;
    area(total, living, total - 10 * dice.between(0, 120), i16::try_from(rooms).unwrap_or(4))
}
