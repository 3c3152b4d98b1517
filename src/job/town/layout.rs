//! Deals houses to streets and numbers them.

use super::dice::Dice;
use super::directory::organisations::COMPANIES;
use super::plan::{HouseNumber, NumberMark};
use super::shape::{Series, Shape};
use super::streets::{StreetKind, named};

/// A street with the shapes of its houses in order of their numbers.
pub(super) struct Street {
    pub(super) district: i64,
    pub(super) kind: StreetKind,
    pub(super) name: String,
    pub(super) houses: Vec<Shape>,
}

/// Streets with houses, in order of district, kind and name.
///
/// Private houses stand on streets of their own, mostly lanes; blocks on avenues, wide streets and, when the
/// names are used up, in numbered quarters. There are about as many streets as the root of twice the houses:
/// eleven in a town of 2 000 accounts, 170 in one of 545 000.
pub(super) fn streets(shapes: &[Shape], dice: &mut Dice) -> Vec<Street> {
    let (private, blocks): (Vec<Shape>, Vec<Shape>) =
        shapes.iter().partition(|shape| shape.series == Series::Private);
    let count = (2 * shapes.len()).isqrt() + 1;
    let lanes = count * private.len() / shapes.len().max(1);
    let mut names: Vec<_> = named().collect();
    dice.shuffle(&mut names);
    let (wide, narrow): (Vec<_>, Vec<_>) = names.into_iter().enumerate().partition(|(place, (kind, _))| {
        matches!(kind, StreetKind::Avenue | StreetKind::Boulevard)
            || (*kind == StreetKind::Street && place % 4 == 0)
    });
    let mut quarters = 1..;
    let mut streets = Vec::new();
    for (houses, names, wanted) in [(private, narrow, lanes), (blocks, wide, count - lanes)] {
        let mut group = open(names, wanted.max(COMPANIES.len()), &mut quarters);
        for shape in houses {
            let place = dice.place(group.len());
            group[place].houses.push(shape);
        }
        streets.extend(group.into_iter().filter(|street| !street.houses.is_empty()));
    }
    streets.sort_by(|a, b| (a.district, a.kind, &a.name).cmp(&(b.district, b.kind, &b.name)));
    streets
}

/// Opens `wanted` streets, in turn in one district and the other, and quarters where names run out.
fn open(
    names: Vec<(usize, (StreetKind, &str))>,
    wanted: usize,
    quarters: &mut std::ops::RangeFrom<u32>,
) -> Vec<Street> {
    let named = names.into_iter().map(|(_, (kind, name))| (kind, name.to_owned()));
    let numbered = quarters.map(|number| (StreetKind::Quarter, number.to_string()));
    let districts = (1..).take(COMPANIES.len()).cycle();
    named
        .chain(numbered)
        .zip(districts)
        .take(wanted)
        .map(|((kind, name), district)| Street { district, kind, name, houses: Vec::new() })
        .collect()
}

/// Numbers of the houses of a street, rising. Some plots are empty or joined, so numbers have gaps; a quarter
/// is numbered without.
pub(super) fn numbers(kind: StreetKind, count: usize, dice: &mut Dice) -> Vec<HouseNumber> {
    let mut numbers: Vec<HouseNumber> = Vec::with_capacity(count);
    let mut number = 0;
    while numbers.len() < count {
        let squeezed = numbers.last().is_some_and(|last| last.mark == NumberMark::None);
        let mark = if kind == StreetKind::Quarter {
            NumberMark::None
        } else if squeezed && dice.chance(70) {
            NumberMark::Letter
        } else if dice.chance(50) {
            NumberMark::Corner(u16::try_from(1 + dice.below(20)).unwrap_or(1))
        } else {
            NumberMark::None
        };
        if mark != NumberMark::Letter {
            number += if kind == StreetKind::Quarter { 1 } else { dice.weighted(&[(6, 1), (2, 2), (1, 3)]) };
        }
        numbers.push(HouseNumber { number, mark });
    }
    numbers
}
