//! A house as its accounts see it: its plans, its communal flats, its shared quantities.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::context::Context;
use super::facts::{Area, House, Premises};
use super::figure::{Figure, Tag};
use super::house::{self, HouseQuantities};
use super::ids::{PremisesId, ServiceId};
use super::period::Days;
use super::plan::{self, Segment};
use super::trace::{FactKind, What};

/// A house in one month.
#[derive(Debug)]
pub(super) struct Site<'a> {
    pub ctx: &'a Context<'a>,
    pub house: &'a House,
    pub segments: Vec<Segment<'a>>,
    pub quantities: Vec<HouseQuantities>,
    flats: BTreeMap<PremisesId, Flat<'a>>,
}

/// A communal flat and its rooms.
#[derive(Debug)]
pub(super) struct Flat<'a> {
    pub premises: &'a Premises,
    pub rooms: Vec<&'a Premises>,
}

impl<'a> Flat<'a> {
    /// The flat itself and its rooms: wherever somebody may be registered.
    pub fn members(&self) -> impl Iterator<Item = &'a Premises> {
        std::iter::once(self.premises).chain(self.rooms.iter().copied())
    }

    /// Those of them that somebody lives in or owns: a flat whose rooms are all let has nobody of its own.
    pub fn homes(&self) -> impl Iterator<Item = &'a Premises> {
        let known =
            |premises: &&Premises| !(premises.residences.0.is_empty() && premises.owners.0.is_empty());
        let own = Some(self.premises).filter(|premises| self.rooms.is_empty() || known(premises));
        own.into_iter().chain(self.rooms.iter().copied())
    }
}

impl<'a> Site<'a> {
    pub fn new(ctx: &'a Context<'a>, house: &'a House) -> Self {
        let segments = plan::of_house(ctx, house);
        let mut site = Self { ctx, house, segments: Vec::new(), quantities: Vec::new(), flats: flats(house) };
        site.quantities = house::quantities(&site, &segments);
        site.segments = segments;
        site
    }

    /// The same with the common needs of the house: they are what its premises leave, so these come first.
    pub fn with_common_needs(mut self) -> Self {
        let common = house::common(&self);
        self.quantities.extend(common);
        self
    }

    /// The communal flat of that id.
    pub fn flat(&self, id: PremisesId) -> Option<&Flat<'a>> {
        self.flats.get(&id)
    }

    /// The shared quantities of a service.
    pub fn shared(&self, service: ServiceId) -> Option<&HouseQuantities> {
        self.quantities.iter().find(|quantities| quantities.service == service)
    }

    /// The area a premises shares house volumes by, over the month. A room has the part of its flat's area that
    /// its living area is of the living area of all rooms (354 Прил. 2 п. 7–9; dossier § 1.14).
    pub fn area_of(&self, premises: &Premises) -> Vec<(Days, Option<Figure>)> {
        let ctx = self.ctx;
        let on = |days: Days| (days, self.area_on(premises, days.from));
        match premises.parent.and_then(|parent| self.flats.get(&parent)) {
            Some(flat) => self.flat_stretches(flat).map(on).collect(),
            None => premises.areas.stretches(ctx.days, ctx.known).map(|(days, _)| on(days)).collect(),
        }
    }

    /// The same on one day, of any month.
    pub fn area_on(&self, premises: &Premises, day: NaiveDate) -> Option<Figure> {
        let ctx = self.ctx;
        let leaf = |fact, value, what| ctx.fact(fact, FactKind::Area, value, Tag(what, "м²"));
        let area = |premises: &'a Premises| premises.areas.on(day, ctx.known);
        let own = premises.areas.on(day, ctx.known)?;
        let Some(flat) = premises.parent.and_then(|parent| self.flats.get(&parent)) else {
            return Some(leaf(own, total(&own.value), What::PremisesArea));
        };
        let whole = area(flat.premises).filter(|fact| !fact.value.total.is_zero());
        let Some((whole, rooms)) = whole.zip(self.rooms_living(flat, day)) else {
            return Some(leaf(own, own.value.total, What::PremisesArea));
        };
        let tag = Tag(What::PremisesArea, "м²");
        let living = leaf(own, own.value.living, What::AreaLiving);
        let whole = leaf(whole, whole.value.total, What::FlatArea);
        Some(whole.times(living, Tag(What::Product, "м²")).over(rooms, tag))
    }

    /// The living area of all rooms of a flat on a day; `None` where it is not known.
    fn rooms_living(&self, flat: &Flat<'a>, day: NaiveDate) -> Option<Figure> {
        let ctx = self.ctx;
        let known = flat.rooms.iter().filter_map(|room| room.areas.on(day, ctx.known));
        let living = known.fold(None, |sum, fact| {
            let living = ctx.fact(fact, FactKind::Area, fact.value.living, Tag(What::AreaLiving, "м²"));
            super::figure::add(sum, living, Tag(What::RoomsArea, "м²"))
        });
        living.filter(|rooms| !rooms.value().is_zero())
    }

    /// The living area of a room and of all rooms of its flat, on days when neither changes.
    pub fn living_of(&self, room: &Premises, flat: &Flat<'a>) -> Vec<(Days, Option<(Figure, Figure)>)> {
        let ctx = self.ctx;
        let of = |days: Days| {
            let fact = room.areas.on(days.from, ctx.known)?;
            let own = ctx.fact(fact, FactKind::Area, fact.value.living, Tag(What::AreaLiving, "м²"));
            Some((own, self.rooms_living(flat, days.from)?))
        };
        self.flat_stretches(flat).map(|days| (days, of(days))).collect()
    }

    /// The areas by which a premises counts among all premises of the house: rooms are counted in their flat,
    /// unless the flat has no area of its own.
    pub fn billed_area(&self, premises: &'a Premises) -> impl Iterator<Item = (Days, Decimal)> {
        let in_flat = premises.parent.and_then(|parent| self.flats.get(&parent));
        let stretches = in_flat.map_or_else(
            || premises.areas.stretches(self.ctx.days, self.ctx.known).map(|(days, _)| days).collect(),
            |flat| self.flat_stretches(flat).collect::<Vec<Days>>(),
        );
        let on =
            |premises: &Premises, day| premises.areas.on(day, self.ctx.known).map(|fact| total(&fact.value));
        stretches.into_iter().map(move |days| {
            let counted =
                in_flat.and_then(|flat| on(flat.premises, days.from)).is_some_and(|area| !area.is_zero());
            let own = on(premises, days.from).unwrap_or_default();
            (days, if counted { Decimal::ZERO } else { own })
        })
    }

    /// Ranges of the month on which no area of the flat or its rooms changes.
    fn flat_stretches(&self, flat: &Flat<'a>) -> impl Iterator<Item = Days> {
        let known = flat.members().flat_map(|member| member.areas.over(self.ctx.days, self.ctx.known));
        let mut ends: Vec<NaiveDate> = known.flat_map(|(days, _)| [days.from, days.to]).collect();
        ends.extend([self.ctx.days.from, self.ctx.days.to]);
        ends.sort_unstable();
        ends.dedup();
        (1..ends.len()).map(move |next| Days { from: ends[next - 1], to: ends[next] })
    }
}

fn total(area: &Area) -> Decimal {
    area.total
}

fn flats<'a>(house: &'a House) -> BTreeMap<PremisesId, Flat<'a>> {
    let mut rooms: BTreeMap<PremisesId, Vec<&Premises>> = BTreeMap::new();
    for room in &house.premises {
        if let Some(parent) = room.parent {
            rooms.entry(parent).or_default().push(room);
        }
    }
    if rooms.is_empty() {
        return BTreeMap::new();
    }
    let flat = |premises: &'a Premises| {
        let mut rooms = rooms.remove(&premises.id)?;
        rooms.sort_by_key(|room| room.id);
        Some((premises.id, Flat { premises, rooms }))
    };
    house.premises.iter().filter_map(flat).collect()
}
