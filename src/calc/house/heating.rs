//! What premises with heat meters of their own leave to the others, and the even payment (354 п. 42(1), Прил. 2 ф. 3–3(4);
//! dossier § 1.6 H4–H6).
//!
//! Reads of earlier months: in the even payment, what the house meter told in the last year.

use rust_decimal::Decimal;

use super::Shared;
use crate::calc::context::{Context, Problems};
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Meter, Premises, ServicePlan};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::flow;
use crate::calc::ids::{Mark, ServiceId};
use crate::calc::line::Basis;
use crate::calc::meter::Metering;
use crate::calc::money::round_volume;
use crate::calc::norm;
use crate::calc::period::{Days, Month};
use crate::calc::rules::{Parameter, Service};
use crate::calc::site::Site;
use crate::calc::trace::{FactKind, Source, What};

/// Places of the heat of a m²: more than any house needs to come out to the last place of a volume.
const PER_AREA_SCALE: u32 = 12;

/// Whether the house has a meter of the service in the month.
pub(super) fn has_meter(site: &Site<'_>, service: ServiceId) -> bool {
    let ctx = site.ctx;
    let frozen = ctx.earlier.houses.contains_key(&(site.house.id, service, ctx.month));
    frozen || stands(ctx, &site.house.meters, service) || super::group::is_in(ctx, site.house, service)
}

/// Adds to what the house used what its premises used themselves.
pub(super) fn shared(
    site: &Site<'_>,
    plan: &ServicePlan,
    service: &Service,
    plain: Shared,
) -> Result<Shared, Vec<ExceptionReason>> {
    let ctx = site.ctx;
    let measured = plain.volume.value();
    let plain = if evenly(ctx) { of_last_year(site, plan, service, plain)? } else { plain };
    let sums = Sums::of(site, plan, service)?;
    let (own, per_area) = sums.own(site, &plain, &service.unit);
    Ok(Shared { measured, own, per_area, ..plain })
}

/// Whether heating is paid evenly all year.
pub(in crate::calc) fn evenly(ctx: &Context<'_>) -> bool {
    ctx.parameter(Parameter::HeatingEvenly).is_ok_and(|evenly| !evenly.is_zero())
}

/// A twelfth of what the meter told in the last year; by the norm where it is not known.
fn of_last_year(
    site: &Site<'_>,
    plan: &ServicePlan,
    service: &Service,
    plain: Shared,
) -> Result<Shared, Vec<ExceptionReason>> {
    let ctx = site.ctx;
    let mut told = None;
    let months = last_year(ctx.month).filter_map(|month| {
        let entry = ctx.earlier.houses.get(&(site.house.id, plan.service, month))?;
        let source = Source::Booked { house: site.house.id, month };
        Some(ctx.leaf(entry.measured, Tag(What::HouseVolume, &service.unit), source, None))
    });
    let mut count = 0;
    for month in months {
        told = add(told, month, Tag(What::HouseVolume, &service.unit));
        count += 1;
    }
    let twelve = ctx.leaf(Decimal::from(12), Tag(What::Months, "мес."), Source::Calendar, None);
    if let Some(told) = told.filter(|_| count == 12) {
        let volume = told.over(twelve, Tag(What::HouseVolume, &service.unit)).rounded(service.scale);
        return Ok(Shared { volume, basis: Basis::Average, ..plain });
    }
    let mut problems = Problems::within(ctx.days);
    let Some(norm) = plan.norm else { return Err(vec![ExceptionReason::HouseMeterSilent]) };
    let pieces = norm::by_area(ctx, &plain.area, norm, ctx.days, &service.unit, &mut problems);
    let share = problems.keep(season_share(ctx));
    let Some(share) = share.filter(|_| problems.list.is_empty()) else { return Err(problems.list) };
    let volume = flow::until(ctx, &pieces, ctx.days.to, &service.unit);
    let volume = volume.times(share, Tag(What::HouseVolume, &service.unit)).rounded(service.scale);
    Ok(Shared { volume, basis: Basis::Norm, ..plain })
}

/// The months of the year before.
pub(in crate::calc) fn last_year(month: Month) -> impl Iterator<Item = Month> {
    use chrono::Datelike;
    let year = month.first_day().year() - 1;
    (1..=12).filter_map(move |number| Month::new(year, number))
}

/// The days of the month that are heated: all of them where the region has set no season.
pub(in crate::calc) fn heated_days(ctx: &Context<'_>) -> Vec<Days> {
    let Some(season) = ctx.rules.parameters.get(&Parameter::HeatingSeason) else { return vec![ctx.days] };
    let heated = season.stretches(ctx.days, ctx.known);
    let heated = heated.filter(|(_, fact)| fact.is_none_or(|fact| !fact.value.is_zero()));
    heated.map(|(days, _)| days).collect()
}

/// Months of heating of the twelve (K of 354 Прил. 2 ф. 2(1)).
pub(in crate::calc) fn season_share(ctx: &Context<'_>) -> Result<Figure, ExceptionReason> {
    let months = ctx.parameter(Parameter::HeatingSeasonMonths)?;
    let months = ctx.leaf(months, Tag(What::Months, "мес."), Source::Calendar, None);
    let year = ctx.leaf(Decimal::from(12), Tag(What::Months, "мес."), Source::Calendar, None);
    Ok(months.over(year, Tag(What::SeasonShare, "")))
}

/// Areas and volumes of a house by what stands in its premises.
#[derive(Default)]
struct Sums {
    metered: Decimal,
    volume: Decimal,
    unmetered: Decimal,
    without_devices: Decimal,
    count: usize,
}

impl Sums {
    fn of(site: &Site<'_>, plan: &ServicePlan, service: &Service) -> Result<Self, Vec<ExceptionReason>> {
        let mut sums = Self::default();
        for premises in &site.house.premises {
            let weighted: Decimal = site
                .billed_area(premises)
                .map(|(days, area)| area.saturating_mul(Decimal::from(days.count())))
                .sum();
            let area = weighted.checked_div(Decimal::from(site.ctx.length)).unwrap_or_default();
            if let Some(volume) = own_heat(site, premises, plan, service)? {
                sums.metered += area;
                sums.volume += volume.value();
                sums.count += 1;
            } else if is_in_metered_flat(site, premises, plan.service) {
                sums.metered += area;
            } else if has_devices(site.ctx, premises) {
                sums.unmetered += area;
            } else {
                sums.without_devices += area;
            }
        }
        Ok(sums)
    }

    /// What all premises used themselves, and the heat of a m² without a meter. Where there are neither meters nor
    /// premises without devices everything is shared by area, and nobody has heat of his own.
    fn own(&self, site: &Site<'_>, plain: &Shared, unit: &str) -> (Figure, Figure) {
        let ctx = site.ctx;
        let count = Source::Premises { count: self.count };
        let leaf = |value, what, unit: &str| ctx.leaf(value, Tag(what, unit), count, None);
        let per_area = if !self.metered.is_zero() {
            let volume = leaf(self.volume, What::Consumption, unit);
            volume.over(leaf(self.metered, What::PremisesArea, "м²"), Tag(What::PerArea, unit))
        } else if !self.without_devices.is_zero() {
            let common = site.house.common_area.on(ctx.days.from, ctx.known).map(|fact| fact.value);
            let heated = plain.area.value() - self.without_devices + common.unwrap_or_default();
            plain.volume.clone().over(leaf(heated, What::HouseArea, "м²"), Tag(What::PerArea, unit))
        } else {
            return (ctx.nothing(Tag(What::PremisesVolume, unit)), ctx.nothing(Tag(What::PerArea, unit)));
        };
        let per_area = per_area.rounded(PER_AREA_SCALE);
        let rest = per_area.value().saturating_mul(self.unmetered);
        let own = round_volume(self.volume.saturating_add(rest), PER_AREA_SCALE / 2 + 1);
        (leaf(own, What::PremisesVolume, unit), per_area)
    }
}

/// Whether premises have heating devices: their heated area says so.
pub(in crate::calc) fn has_devices(ctx: &Context<'_>, premises: &Premises) -> bool {
    let areas = premises.areas.over(ctx.days, ctx.known);
    areas.map(|(_, fact)| fact.value.heated).max().is_none_or(|heated| !heated.is_zero())
}

/// Whether premises are a room whose flat has a meter: what that told is counted with the flat.
fn is_in_metered_flat(site: &Site<'_>, premises: &Premises, service: ServiceId) -> bool {
    let flat = premises.parent.and_then(|parent| site.flat(parent));
    flat.is_some_and(|flat| stands(site.ctx, &flat.premises.meters, service))
}

/// Whether one of these meters counts the service in the month.
fn stands(ctx: &Context<'_>, meters: &[Meter], service: ServiceId) -> bool {
    are_installed(meters, service, (ctx.days, ctx.known))
}

/// Whether one of these meters stood on any of the days.
pub(in crate::calc) fn are_installed(
    meters: &[Meter],
    service: ServiceId,
    (days, known): (Days, Mark),
) -> bool {
    let of_service = meters.iter().filter(|meter| meter.service == service);
    of_service.map(|meter| meter.installed.over(days, known).next()).any(|place| place.is_some())
}

/// What the meters of premises told, or `None` where they have none.
fn own_heat(
    site: &Site<'_>,
    premises: &Premises,
    plan: &ServicePlan,
    service: &Service,
) -> Result<Option<Figure>, Vec<ExceptionReason>> {
    let ctx = site.ctx;
    let unit = service.unit.as_str();
    let metering = Metering {
        ctx,
        service: plan.service,
        scale: service.scale,
        unit,
        zones: false,
        periods: Parameter::MeterAveragePeriods,
        is_cut: &|_| false,
    };
    if !metering.present(&premises.meters) {
        return Ok(None);
    }
    let mut problems = Problems::within(ctx.days);
    let areas = premises.areas.on(ctx.days.from, ctx.known);
    let area = areas.map(|fact| ctx.fact(fact, FactKind::Area, fact.value.total, Tag(What::AreaTotal, "м²")));
    let by_norm = |days: Days, problems: &mut Problems| match plan.norm.zip(area.as_ref()) {
        Some((norm, area)) => norm::by_area(ctx, area, norm, days, unit, problems),
        None => Vec::new(),
    };
    let pieces = metering.pieces(&premises.meters, &by_norm, &mut problems);
    if problems.list.is_empty() {
        Ok(Some(flow::until(ctx, &pieces, ctx.days.to, unit).rounded(service.scale)))
    } else {
        Err(problems.list)
    }
}
