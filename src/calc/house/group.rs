//! One meter of several houses: what it told is divided between them by area, persons or norm, and each share is then what
//! the house used (dossier § 1.15). The law knows no such meter; centres have them all the same.

use rust_decimal::Decimal;

use crate::calc::context::{Context, Problems};
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{House, Premises};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::flow;
use crate::calc::group::{GroupBase, GroupMeter};
use crate::calc::ids::ServiceId;
use crate::calc::line::{Basis, MeterMonth};
use crate::calc::meter::Metering;
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::persons::{Heads, Home};
use crate::calc::trace::{Rule, Source, What};

/// What the groups of a house told of a service.
pub(super) struct Told {
    pub volume: Figure,
    pub basis: Basis,
    pub months: Vec<MeterMonth>,
}

/// Whether a house is in a group that has a meter of the service.
pub(super) fn is_in(ctx: &Context<'_>, house: &House, service: ServiceId) -> bool {
    of(ctx, house, service).next().is_some()
}

fn of<'a>(ctx: &Context<'a>, house: &House, service: ServiceId) -> impl Iterator<Item = &'a GroupMeter> {
    let (id, days, known) = (house.id, ctx.days, ctx.known);
    let of_service = ctx.groups.iter().filter(move |group| group.meter.service == service);
    of_service
        .filter(move |group| group.base(days, known).is_some() && !group.days(id, days, known).is_empty())
}

/// Registers of groups that a booked month of a house remembers.
pub(super) fn booked(ctx: &Context<'_>, house: &House, service: ServiceId) -> Vec<MeterMonth> {
    let mine = of(ctx, house, service).filter(|group| group.first(ctx.days, ctx.known) == Some(house.id));
    let registers = mine.flat_map(|group| {
        let meter = &group.meter;
        (1..=meter.registers).filter_map(|register| ctx.earlier.silent(meter.id, register, ctx.month))
    });
    registers.cloned().collect()
}

/// The share of a house in the meters of its groups; `None` where it is in no group.
pub(super) fn told(house: &House, metering: &Metering<'_>, problems: &mut Problems) -> Option<Told> {
    let (ctx, unit) = (metering.ctx, metering.unit);
    let mut told: Option<Told> = None;
    for group in of(ctx, house, metering.service) {
        let silent = |days: Days, problems: &mut Problems| {
            problems.missing(days, |_| ExceptionReason::HouseMeterSilent);
            Vec::new()
        };
        let pieces = metering.pieces(std::slice::from_ref(&group.meter), &silent, problems);
        let basis = flow::mixed(pieces.iter().map(|piece| piece.basis))?;
        let whole = flow::until(ctx, &pieces, ctx.days.to, unit).rounded(metering.scale);
        let share = share(house, group, metering, whole, problems)?;
        let mut months = Vec::new();
        // Remembered once, by the house that stands first.
        if group.first(ctx.days, ctx.known) == Some(house.id) {
            metering.remember(&pieces, ctx.days, &mut months);
        }
        told = Some(match told {
            None => Told { volume: share, basis, months },
            Some(before) => Told {
                volume: before.volume.plus(share, Tag(What::HouseVolume, unit)),
                basis: if before.basis == basis { basis } else { Basis::Mixed },
                months: [before.months, months].concat(),
            },
        });
    }
    told
}

/// Volume × base of the house ÷ base of all houses.
fn share(
    house: &House,
    group: &GroupMeter,
    metering: &Metering<'_>,
    whole: Figure,
    problems: &mut Problems,
) -> Option<Figure> {
    let ctx = metering.ctx;
    let by = group.base(ctx.days, ctx.known)?;
    let (mut own, mut all) = (None, None);
    for member in ctx.houses {
        let days = group.days(member.id, ctx.days, ctx.known);
        if days.is_empty() {
            continue;
        }
        let base = base(member, (by, &days), metering, problems)?;
        all = add(all, base.clone(), base_tag(by, What::GroupBase, metering));
        if member.id == house.id {
            own = Some(base);
        }
    }
    let Some((own, all)) = own.zip(all).filter(|(_, all)| !all.value().is_zero()) else {
        problems.push(ExceptionReason::HouseWithoutArea);
        return None;
    };
    let product = whole.times(own, Tag(What::Product, metering.unit));
    Some(product.over(all, Tag(What::HouseVolume, metering.unit)).by(Rule::Group))
}

fn base_tag<'a>(base: GroupBase, what: What, metering: &Metering<'a>) -> Tag<'a> {
    let unit = match base {
        GroupBase::Area => "м²",
        GroupBase::Persons => "чел.",
        GroupBase::Norm => metering.unit,
    };
    Tag(what, unit)
}

/// Places a base is kept with.
const BASE_SCALE: u32 = 6;

/// The area of premises × days; a room is counted in its flat, where the flat has an area.
fn area(ctx: &Context<'_>, house: &House, premises: &Premises, within: Days) -> Decimal {
    let flat = house.premises.iter().find(|flat| Some(flat.id) == premises.parent);
    if flat.is_some_and(|flat| flat.areas.over(within, ctx.known).next().is_some()) {
        return Decimal::ZERO;
    }
    let areas = premises.areas.over(within, ctx.known);
    areas.map(|(days, fact)| fact.value.total * Decimal::from(days.count())).sum()
}

/// What the norm would charge the people of premises × days of the month.
fn by_norm(
    house: &House,
    home: &Home<'_>,
    within: Days,
    metering: &Metering<'_>,
    problems: &mut Problems,
) -> Decimal {
    let ctx = metering.ctx;
    let plans = house.plans.over(within, ctx.known).map(|(_, fact)| &fact.value);
    let norm = plans.filter(|plan| plan.service == metering.service).find_map(|plan| plan.norm);
    let pieces = norm::by_persons(home, norm, within, metering.unit, problems);
    flow::until(ctx, &pieces, ctx.days.to, metering.unit).value() * Decimal::from(ctx.length)
}

/// What a house counts for in its group on the days it belongs to it.
fn base(
    house: &House,
    (base, member): (GroupBase, &[Days]),
    metering: &Metering<'_>,
    problems: &mut Problems,
) -> Option<Figure> {
    let ctx = metering.ctx;
    let mut sum = Decimal::ZERO;
    for premises in &house.premises {
        let home = Home::new(ctx, premises);
        for within in member {
            sum += match base {
                GroupBase::Area => area(ctx, house, premises, *within),
                GroupBase::Persons => persons(problems.keep(home.heads())?, *within),
                GroupBase::Norm => by_norm(house, &home, *within, metering, problems),
            };
        }
    }
    let count = Source::Premises { count: house.premises.len() };
    let value = sum.checked_div(Decimal::from(ctx.length)).unwrap_or_default().round_dp(BASE_SCALE);
    Some(ctx.leaf(value, base_tag(base, What::GroupShare, metering), count, None))
}

/// Persons × days.
fn persons(heads: &[Heads], within: Days) -> Decimal {
    let present = heads.iter().filter_map(|heads| Some((heads.count, heads.days.meet(within)?.count())));
    present.map(|(count, days)| Decimal::from(count) * Decimal::from(days)).sum()
}
