//! Shapes of houses: how many storeys, entrances, flats, rooms and shops, and so how many accounts.

use super::dice::Dice;
use super::model::HouseKind;

/// Series of houses, as towns were built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Series {
    /// Private house.
    Private,
    /// Two or three storeys, before the panel age; some flats are communal.
    Low,
    /// Five storeys.
    Five,
    /// Nine storeys.
    Nine,
    /// Twelve storeys, one or two entrances.
    Twelve,
    /// Sixteen storeys.
    Sixteen,
    /// Dormitory.
    Dormitory,
}

impl Series {
    /// What kind of house it is.
    pub(super) const fn kind(self) -> HouseKind {
        match self {
            Self::Private => HouseKind::Private,
            Self::Dormitory => HouseKind::Dormitory,
            _ => HouseKind::Block,
        }
    }

    /// First and last year of building.
    pub(super) const fn years(self) -> (i64, i64) {
        match self {
            Self::Private => (1938, 2019),
            Self::Low => (1936, 1957),
            Self::Five => (1958, 1972),
            Self::Nine => (1972, 1990),
            Self::Twelve => (1978, 1992),
            Self::Sixteen => (1988, 2020),
            Self::Dormitory => (1962, 1985),
        }
    }
}

/// Houses are dealt from a deck of forty, again and again: 36 accounts a house on the average, and no kind is
/// missing even in a town of 2 000 accounts.
const DECK: [(usize, Series); 7] = [
    (22, Series::Private),
    (4, Series::Low),
    (7, Series::Five),
    (4, Series::Nine),
    (1, Series::Twelve),
    (1, Series::Sixteen),
    (1, Series::Dormitory),
];

/// No house holds more than this part of the town: a village has no tower.
const LARGEST_PART: u32 = 10;

/// The shape of a house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) series: Series,
    pub(super) floors: u32,
    pub(super) entrances: u32,
    /// Flats on a floor of an entrance.
    pub(super) per_floor: u32,
    /// How many flats, counted from the first, are communal.
    pub(super) communal: u32,
    /// Rooms of each communal flat.
    pub(super) rooms: u32,
    /// Shops; each takes the ground floor of one entrance.
    pub(super) shops: u32,
}

impl Shape {
    /// A private house: one dwelling; how high it is makes no difference to accounts.
    const PRIVATE: Self = Self {
        series: Series::Private,
        floors: 1,
        entrances: 1,
        per_floor: 1,
        communal: 0,
        rooms: 0,
        shops: 0,
    };

    fn flats(self) -> u32 {
        (self.entrances * self.floors - self.shops) * self.per_floor
    }

    /// Accounts of the house: one a flat that is not communal, one a room, one a shop.
    pub(super) fn accounts(self) -> u32 {
        self.flats() - self.communal + self.communal * self.rooms + self.shops
    }

    /// Whether flat `number`, from 1, is communal.
    pub(super) fn is_communal(self, number: u32) -> bool {
        number <= self.communal
    }

    fn draw(series: Series, dice: &mut Dice) -> Self {
        let (floors, entrances, per_floor) = match series {
            Series::Private => return Self::PRIVATE,
            Series::Low => (2 + dice.below(2), 1 + dice.below(2), 2 + dice.below(3)),
            Series::Five => (5, 3 + dice.below(3), 4),
            Series::Nine => (9, 2 + dice.below(4), 4),
            Series::Twelve => (12, 1 + dice.below(2), 4),
            Series::Sixteen => (16, 1 + dice.below(3), 4),
            Series::Dormitory => (5 + 4 * dice.below(2), 1, 4),
        };
        let bare = Self { series, floors, entrances, per_floor, communal: 0, rooms: 3, shops: 0 };
        match series {
            Series::Dormitory => Self { communal: bare.flats(), rooms: 3 + dice.below(2), ..bare },
            Series::Low => Self { communal: dice.below(3), ..bare },
            _ if dice.chance(300) => Self { shops: (1 + dice.below(2)).min(entrances), ..bare },
            _ => bare,
        }
    }

    /// The same house with as few entrances less as it takes not to pass `limit` accounts; a private house
    /// where even one entrance is too many.
    fn within(self, limit: u32) -> Self {
        (1..=self.entrances)
            .rev()
            .map(|entrances| Self { entrances, shops: self.shops.min(entrances), ..self })
            .find(|shape| shape.accounts() <= limit)
            .unwrap_or(Self::PRIVATE)
    }
}

/// Shapes of houses with exactly `accounts` accounts together.
pub(super) fn deal(accounts: u32, dice: &mut Dice) -> Vec<Shape> {
    let largest = (accounts / LARGEST_PART).max(1);
    let mut deck: Vec<Series> =
        DECK.iter().flat_map(|(count, series)| std::iter::repeat_n(*series, *count)).collect();
    let (mut shapes, mut left) = (Vec::new(), accounts);
    while left > 0 {
        dice.shuffle(&mut deck);
        for series in &deck {
            let shape = Shape::draw(*series, dice).within(largest.min(left));
            left -= shape.accounts();
            shapes.push(shape);
            if left == 0 {
                break;
            }
        }
    }
    shapes
}

#[cfg(test)]
mod tests {
    use super::super::dice::Stream;
    use super::*;

    #[test]
    fn the_deal_comes_out_exactly() {
        for accounts in [1, 19, 300, 2_000, 54_321] {
            let shapes = deal(accounts, &mut Dice::new(3, Stream::Plan, 0));
            assert_eq!(shapes.iter().map(|shape| shape.accounts()).sum::<u32>(), accounts);
        }
    }

    /// 2 entrances × 5 floors × 4 flats = 40; one shop takes a ground floor of 4; 3 flats of 3 rooms:
    /// 36 − 3 + 9 + 1 = 43.
    #[test]
    fn rooms_and_shops_have_accounts_of_their_own() {
        let shape = Shape {
            series: Series::Five,
            floors: 5,
            entrances: 2,
            per_floor: 4,
            communal: 3,
            rooms: 3,
            shops: 1,
        };
        assert_eq!(shape.accounts(), 43);
    }

    #[test]
    fn a_village_has_no_tower() {
        let shapes = deal(300, &mut Dice::new(1, Stream::Plan, 0));
        assert!(shapes.iter().all(|shape| shape.accounts() <= 30));
    }
}
