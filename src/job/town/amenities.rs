//! What a house of a series is fitted with.

use super::dice::Dice;
use super::model::{Amenities, Heating, HotWater, Stove};
use super::shape::{Series, Shape};

/// Storeys from which a house has lifts.
const LIFT_FROM: u32 = 9;

/// Draws the amenities of a house.
pub(super) fn draw(shape: &Shape, dice: &mut Dice) -> Amenities {
    let private = shape.series == Series::Private;
    Amenities {
        stove: stove(shape.series, dice),
        hot_water: hot_water(shape.series, dice),
        heating: match shape.series {
            Series::Private => Heating::Own,
            _ if dice.chance(450) => Heating::HouseMeter,
            _ => Heating::Even,
        },
        sewage: !private || dice.chance(450),
        lift: shape.floors >= LIFT_FROM,
        intercom: !matches!(shape.series, Series::Private | Series::Dormitory) && dice.chance(800),
    }
}

/// Gas is not led into high houses and dormitories.
fn stove(series: Series, dice: &mut Dice) -> Stove {
    match series {
        Series::Twelve | Series::Sixteen | Series::Dormitory => Stove::Electric,
        Series::Nine if dice.chance(300) => Stove::Electric,
        _ => Stove::Gas,
    }
}

/// Low houses and many of five storeys were built with gas heaters.
fn hot_water(series: Series, dice: &mut Dice) -> HotWater {
    match series {
        Series::Private => HotWater::GasHeater,
        Series::Low if dice.chance(800) => HotWater::GasHeater,
        Series::Five if dice.chance(450) => HotWater::GasHeater,
        _ => HotWater::Central,
    }
}
