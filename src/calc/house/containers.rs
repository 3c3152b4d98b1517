//! What containers of solid waste of a house hold, and what it is shared by: days of the persons of its dwellings or their area
//! (354 Прил. 2 ф. 9(3), 9(4); dossier § 1.11). The share of shops is in contracts of their own (§ 1.16).

use rust_decimal::Decimal;

use super::{Shared, dwellings_area};
use crate::calc::context::{Context, Problems};
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Containers, House, Method, Premises, ServicePlan};
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow::{self, Piece};
use crate::calc::ids::ServiceId;
use crate::calc::line::Basis;
use crate::calc::norm;
use crate::calc::period::{Days, Month};
use crate::calc::persons::Home;
use crate::calc::rules::{Parameter, Service};
use crate::calc::site::Site;
use crate::calc::timeline::Fact;
use crate::calc::trace::{FactKind, Rule, Source, What};

/// Whether a method shares containers.
pub(in crate::calc) const fn is_by_containers(method: Method) -> bool {
    matches!(method, Method::ContainersPersons | Method::ContainersArea)
}

/// Whether the region charges the norm all year and corrects it by containers in the first quarter (ПП РФ 18.03.2024 № 318).
pub(in crate::calc) fn are_corrected_yearly(ctx: &Context<'_>) -> bool {
    ctx.parameter(Parameter::WasteYearlyCorrection).is_ok_and(|yearly| !yearly.is_zero())
}

/// Whether the containers of a service are known in the month, or its volume is frozen.
pub(super) fn are_known(site: &Site<'_>, service: ServiceId) -> bool {
    let ctx = site.ctx;
    let frozen = ctx.earlier.houses.contains_key(&(site.house.id, service, ctx.month));
    frozen || of(ctx, site.house, service).next().is_some()
}

fn of<'a>(
    ctx: &Context<'_>,
    house: &'a House,
    service: ServiceId,
) -> impl Iterator<Item = (Days, &'a Fact<Containers>)> {
    house.containers.over(ctx.days, ctx.known).filter(move |(_, fact)| fact.value.service == service)
}

/// What is booked of the month: the containers, or in a year of norms the norm with the containers beside it.
pub(super) fn shared(
    site: &Site<'_>,
    plan: &ServicePlan,
    service: &Service,
) -> Result<Shared, Vec<ExceptionReason>> {
    let ctx = site.ctx;
    let base = base(site, plan.method)?;
    let removed = removed(site, plan.service, &service.unit).rounded(service.scale);
    let measured = removed.value();
    let (volume, basis) = if are_corrected_yearly(ctx) {
        (by_norm(site, plan, service)?, Basis::Norm)
    } else {
        (removed, Basis::House)
    };
    let plain = Shared::of(ctx, (volume.named(What::HouseVolume), basis), base, Vec::new());
    Ok(Shared { measured, ..plain })
}

/// Σ volume of one × how many × removals of the month.
fn removed(site: &Site<'_>, service: ServiceId, unit: &str) -> Figure {
    let ctx = site.ctx;
    let piece = |(days, fact): (Days, &Fact<Containers>)| {
        let leaf = |value, what, unit| ctx.fact(fact, FactKind::Containers, value, Tag(what, unit));
        let one = leaf(fact.value.capacity, What::Capacity, unit);
        let count = leaf(fact.value.count, What::ContainerCount, "шт.");
        let removals = leaf(fact.value.removals, What::Removals, "раз");
        let volume = one.times(count, Tag(What::Product, unit)).times(removals, Tag(What::Volume, unit));
        Piece::monthly(ctx, days, volume, Basis::House, Rule::Containers)
    };
    let mut pieces: Vec<Piece> = of(ctx, site.house, service).map(piece).collect();
    pieces.sort_by_key(|piece| (piece.days, piece.amount.value()));
    flow::until(ctx, &pieces, ctx.days.to, unit)
}

/// What the norm gives all dwellings of the house.
fn by_norm(site: &Site<'_>, plan: &ServicePlan, service: &Service) -> Result<Figure, Vec<ExceptionReason>> {
    let ctx = site.ctx;
    let unit = service.unit.as_str();
    let Some(norm) = plan.norm else { return Err(vec![ExceptionReason::NoNorm { since: ctx.days.from }]) };
    let mut problems = Problems::within(ctx.days);
    let (mut whole, mut count) = (Decimal::ZERO, 0);
    for premises in dwellings(site.house) {
        let pieces = if plan.method == Method::ContainersPersons {
            norm::by_persons(
                &Home::new(ctx, premises),
                Some(norm),
                ctx.days,
                unit,
                &mut Problems::within(ctx.days),
            )
        } else {
            areas_by_norm(ctx, premises, norm, unit, &mut problems)
        };
        let own = flow::until(ctx, &pieces, ctx.days.to, unit).value();
        count += usize::from(!own.is_zero());
        whole = whole.saturating_add(own);
    }
    if !problems.list.is_empty() {
        return Err(problems.list);
    }
    Ok(ctx.leaf(whole, Tag(What::HouseVolume, unit), Source::Premises { count }, None).rounded(service.scale))
}

fn areas_by_norm(
    ctx: &Context<'_>,
    premises: &Premises,
    norm: crate::calc::ids::NormId,
    unit: &str,
    problems: &mut Problems,
) -> Vec<Piece> {
    let areas = premises.areas.over(ctx.days, ctx.known);
    let of = |(days, fact): (Days, &Fact<crate::calc::facts::Area>)| {
        let area = ctx.fact(fact, FactKind::Area, fact.value.total, Tag(What::AreaTotal, "м²"));
        norm::by_area(ctx, &area, norm, days, unit, problems)
    };
    areas.flat_map(of).collect()
}

/// What the volume is shared by.
fn base(site: &Site<'_>, method: Method) -> Result<Figure, Vec<ExceptionReason>> {
    let ctx = site.ctx;
    if method == Method::ContainersArea {
        return dwellings_area(site).map_err(|reason| vec![reason]);
    }
    let (mut sum, mut count) = (Decimal::ZERO, 0);
    for premises in dwellings(site.house) {
        let own = person_days(ctx, premises, ctx.month).map_err(|reason| vec![reason])?;
        count += usize::from(!own.is_zero());
        sum += own;
    }
    if sum.is_zero() {
        return Err(vec![ExceptionReason::Nobody { since: ctx.days.from }]);
    }
    Ok(ctx.leaf(sum, base_tag(method), Source::Premises { count }, None))
}

/// The days of the persons of all dwellings.
pub(super) const PERSON_DAYS: Tag<'static> = Tag(What::PersonDaysOfHouse, "чел.-дн.");

/// What a booked base is called.
pub(super) const fn base_tag(method: Method) -> Tag<'static> {
    match method {
        Method::ContainersPersons => PERSON_DAYS,
        _ => Tag(What::HouseArea, "м²"),
    }
}

fn dwellings(house: &House) -> impl Iterator<Item = &Premises> {
    house.premises.iter().filter(|premises| !premises.non_residential)
}

/// Persons × days of premises in any month: whole numbers, so that shares of a house come out to the last place.
pub(in crate::calc) fn person_days(
    ctx: &Context<'_>,
    premises: &Premises,
    month: Month,
) -> Result<Decimal, ExceptionReason> {
    let days = month.days();
    let then = Context { month, days, length: days.count(), ..*ctx };
    let home = Home::new(&then, premises);
    Ok(home.heads()?.iter().map(|heads| Decimal::from(heads.count) * Decimal::from(heads.days.count())).sum())
}
