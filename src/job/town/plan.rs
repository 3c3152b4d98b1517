//! The plan of a town: which houses stand where. A few bytes a house; what is inside comes later.

use super::dice::{Dice, Stream};
use super::layout;
use super::shape::{self, Shape};

/// A street that has houses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownStreet {
    /// Number, from 1, in order of district and name.
    pub id: i64,
    /// The district.
    pub district: i64,
    /// Its kind: `улица`, `переулок`.
    pub kind: &'static str,
    /// Printed name.
    pub name: String,
}

/// A place for a house.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lot {
    /// Place in the list of streets.
    pub(super) street: u16,
    pub(super) number: HouseNumber,
    pub(super) shape: Shape,
    /// Place among the houses of the town.
    pub(super) place: u32,
}

/// A house number.
#[derive(Debug, Clone, Copy)]
pub(super) struct HouseNumber {
    pub(super) number: u16,
    pub(super) mark: NumberMark,
}

/// What follows the number of a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberMark {
    /// Nothing.
    None,
    /// A second house squeezed in after the first: `14А`.
    Letter,
    /// A house at a corner, with its number on the other street: `14/2`.
    Corner(u16),
}

impl std::fmt::Display for HouseNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.mark {
            NumberMark::None => write!(f, "{}", self.number),
            NumberMark::Letter => write!(f, "{}А", self.number),
            NumberMark::Corner(other) => write!(f, "{}/{other}", self.number),
        }
    }
}

/// Streets and lots, both in order of district, street and number.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) streets: Vec<TownStreet>,
    pub(super) houses: Vec<Lot>,
}

impl Plan {
    /// The plan of a town with exactly `accounts` accounts.
    pub(super) fn draw(accounts: u32, seed: u64) -> Self {
        let mut dice = Dice::new(seed, Stream::Plan, 0);
        let shapes = shape::deal(accounts, &mut dice);
        let streets = layout::streets(&shapes, &mut dice);
        let mut plan = Self { streets: Vec::new(), houses: Vec::with_capacity(shapes.len()) };
        for (index, street) in streets.into_iter().enumerate() {
            let (Ok(street_place), Ok(id)) = (u16::try_from(index), i64::try_from(index + 1)) else { break };
            let numbers = layout::numbers(street.kind, street.houses.len(), &mut dice);
            for (shape, number) in street.houses.into_iter().zip(numbers) {
                let place = u32::try_from(plan.houses.len()).unwrap_or(u32::MAX);
                plan.houses.push(Lot { street: street_place, number, shape, place });
            }
            let kind = street.kind.word();
            plan.streets.push(TownStreet { id, district: street.district, kind, name: street.name });
        }
        plan
    }
}
