//! Builds one house.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::areas::square_metres;
use super::calendar::day;
use super::dice::{Dice, Stream};
use super::directory::organisations::COMPANIES;
use super::flat;
use super::ids::Counters;
use super::model::{Amenities, Heating, HouseKind, PremisesKind, TownHouse, TownPremises};
use super::plan::{Lot, TownStreet};
use super::shape::Shape;
use super::{acts, amenities, entitled, meters, moves, service_plans};
use crate::calc::facts::ServicePlan;
use crate::calc::period::Days;

/// What is at hand while a house is built: its own chance, and the counters of the town.
pub(super) struct Hand<'a> {
    pub(super) dice: Dice,
    pub(super) counters: &'a mut Counters,
}

/// What the premises of a house have in common.
pub(super) struct Site {
    pub(super) district: i64,
    pub(super) shape: Shape,
    pub(super) floors: u32,
    /// The first day the house exists.
    pub(super) since: NaiveDate,
    pub(super) amenities: Amenities,
    pub(super) plans: Vec<(Days, ServicePlan)>,
}

/// Builds the house of a lot.
pub(super) fn build(seed: u64, lot: &Lot, street: &TownStreet, counters: &mut Counters) -> TownHouse {
    let dice = Dice::new(seed, Stream::House, u64::from(lot.place));
    let mut hand = Hand { dice, counters };
    let shape = lot.shape;
    let kind = shape.series.kind();
    let (first, last) = shape.series.years();
    let built = i32::try_from(hand.dice.between(first, last)).unwrap_or(1970);
    let amenities = amenities::draw(&shape, &mut hand.dice);
    let plans = service_plans::of_house(kind, amenities, street.district);
    let since = day(built + 1, 1, 1);
    let floors = if kind == HouseKind::Private { 1 + hand.dice.below(2) } else { shape.floors };
    let site = Site { district: street.district, shape, floors, since, amenities, plans };
    let id = hand.counters.house();
    let mut premises = flat::of_house(&site, &mut hand);
    let area = paid_area(&premises);
    let heat_meter = amenities.heating == Heating::HouseMeter;
    let meters = if heat_meter { vec![meters::of_house(area, since, &mut hand)] } else { Vec::new() };
    // A stream of its own: who lives here does not depend on what the law takes off.
    let mut dice = Dice::new(seed, Stream::Grounds, u64::from(lot.place));
    for home in &mut premises {
        moves::summer(home, &mut dice);
        home.privileges = entitled::draw(home, &mut dice);
    }
    let acts = acts::of_house(kind, amenities, shape.entrances, &mut dice, hand.counters);
    let company = usize::try_from(street.district - 1).ok().and_then(|place| COMPANIES.get(place).copied());
    TownHouse {
        id,
        district: street.district,
        street: street.id,
        number: lot.number.to_string(),
        company: company.filter(|_| kind != HouseKind::Private),
        kind,
        floors: i16::try_from(floors).unwrap_or(i16::MAX),
        entrances: i16::try_from(shape.entrances).unwrap_or(i16::MAX),
        built,
        common_area: common_area(kind, area, &mut hand.dice),
        amenities,
        plans: site.plans,
        meters,
        premises,
        acts,
    }
}

/// Area of all premises in hundredths of a m²; a communal flat is not counted beside its rooms.
fn paid_area(premises: &[TownPremises]) -> i64 {
    let paid = premises.iter().filter(|premises| premises.kind != PremisesKind::CommunalFlat);
    let total: Decimal = paid.map(|premises| premises.area.total).sum();
    (total * Decimal::ONE_HUNDRED).to_i64().unwrap_or(0)
}

/// Stairs and corridors take an eighth to a sixth of what is lived in.
fn common_area(kind: HouseKind, area: i64, dice: &mut Dice) -> Decimal {
    let percent = if kind == HouseKind::Private { 0 } else { dice.between(12, 17) };
    square_metres(area * percent / 100)
}
