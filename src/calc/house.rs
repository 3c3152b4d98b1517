//! What a house consumed and what it is shared by: the quantities a month of a house is booked with.
//!
//! Reads of earlier months: the entry of the month itself (frozen: taken as it is), and registers of house meters
//! charged without a reading.

use rust_decimal::Decimal;

use super::context::{Context, Problems};
use super::exception::ExceptionReason;
use super::facts::{AccountPlan, House, Method, ServicePlan};
use super::figure::{Figure, Tag};
use super::flow;
use super::ids::ServiceId;
use super::line::{Basis, HouseMonth, MeterMonth};
use super::meter::Metering;
use super::money::round_volume;
use super::norm;
use super::period::Days;
use super::plan::Segment;
use super::rules::Parameter;
use super::site::Site;
use super::trace::{Source, What};

/// Places of an area (dossier § 0.1).
const AREA_SCALE: u32 = 2;

/// The quantities of one service, or why there are none.
#[derive(Debug)]
pub(super) struct HouseQuantities {
    pub service: ServiceId,
    pub result: Result<Shared, Vec<ExceptionReason>>,
}

/// What accounts share.
#[derive(Debug)]
pub(super) struct Shared {
    pub volume: Figure,
    pub area: Figure,
    pub basis: Basis,
    pub months: Vec<MeterMonth>,
}

/// Every service of the house that a house meter is shared for, by plan of the house or of one of its accounts.
pub(super) fn quantities<'a>(site: &Site<'a>, segments: &[Segment<'a>]) -> Vec<HouseQuantities> {
    let shared = |plan: &&ServicePlan| plan.method == Method::HouseMeter;
    let of_house = segments.iter().map(|segment| segment.plan).filter(shared);
    let accounts = site.house.premises.iter().flat_map(|premises| &premises.accounts);
    let own = accounts.flat_map(|account| account.plans.over(site.ctx.days, site.ctx.known));
    let own = own.filter_map(|(_, fact)| match &fact.value {
        AccountPlan::Own(plan) => Some(plan),
        AccountPlan::Off(_) => None,
    });
    let mut plans: Vec<&ServicePlan> = of_house.chain(own.filter(shared)).collect();
    plans.sort_by_key(|plan| (plan.service, plan.norm.is_none(), plan.norm));
    plans.dedup_by_key(|plan| plan.service);
    plans
        .into_iter()
        .map(|plan| HouseQuantities { service: plan.service, result: shared_by(site, plan) })
        .collect()
}

fn shared_by(site: &Site<'_>, plan: &ServicePlan) -> Result<Shared, Vec<ExceptionReason>> {
    let Site { ctx, house, .. } = *site;
    let Some(service) = ctx.rules.services.get(&plan.service) else {
        return Err(vec![ExceptionReason::NoService]);
    };
    if let Some(frozen) = ctx.earlier.houses.get(&(house.id, plan.service, ctx.month)) {
        return if frozen.area.is_zero() {
            Err(vec![ExceptionReason::HouseWithoutArea])
        } else {
            Ok(booked(ctx, house, frozen, &service.unit))
        };
    }
    let area = area(site).map_err(|reason| vec![reason])?;
    let unit = service.unit.as_str();
    let periods = if service.code == "heating" {
        Parameter::HouseHeatAveragePeriods
    } else {
        Parameter::MeterAveragePeriods
    };
    let metering = Metering {
        ctx,
        service: plan.service,
        scale: service.scale,
        unit,
        zones: false,
        periods,
        is_cut: &|_| false,
    };
    let by_norm = |days: Days, problems: &mut Problems| match plan.norm {
        Some(norm) => norm::by_area(ctx, &area, norm, days, unit, problems),
        None => {
            problems.missing(days, |_| ExceptionReason::HouseMeterSilent);
            Vec::new()
        }
    };
    let mut problems = Problems::within(ctx.days);
    let pieces = metering.pieces(&house.meters, &by_norm, &mut problems);
    let Some(basis) = flow::mixed(pieces.iter().map(|piece| piece.basis)) else {
        return Err(problems.list);
    };
    // A volume that is not whole must not be shared as if it were: every account would be wrong.
    if !problems.list.is_empty() {
        return Err(problems.list);
    }
    let volume = flow::until(ctx, &pieces, ctx.days.to, unit).rounded(service.scale).named(What::HouseVolume);
    let mut months = Vec::new();
    metering.remember(&pieces, ctx.days, &mut months);
    Ok(Shared { volume, area, basis, months })
}

/// What booking has frozen.
fn booked(ctx: &Context<'_>, house: &House, frozen: &HouseMonth, unit: &str) -> Shared {
    let source = Source::Booked { house: house.id, month: ctx.month };
    let volume = ctx.leaf(frozen.volume, Tag(What::HouseVolume, unit), source, None);
    let area = ctx.leaf(frozen.area, Tag(What::HouseArea, "м²"), source, None);
    let registers = house.meters.iter().filter(|meter| meter.service == frozen.service).flat_map(|meter| {
        (1..=meter.registers).filter_map(|register| ctx.earlier.silent(meter.id, register, ctx.month))
    });
    Shared { volume, area, basis: frozen.basis, months: registers.cloned().collect() }
}

/// The area of all premises of the house, by days where it changes (S_об of 354 Прил. 2).
fn area(site: &Site<'_>) -> Result<Figure, ExceptionReason> {
    let ctx = site.ctx;
    let mut weighted = Decimal::ZERO;
    let mut count = 0;
    for premises in &site.house.premises {
        let mut counted = false;
        for (days, area) in site.billed_area(premises) {
            weighted = weighted.saturating_add(area.saturating_mul(Decimal::from(days.count())));
            counted |= !area.is_zero();
        }
        count += usize::from(counted);
    }
    let area = weighted.checked_div(Decimal::from(ctx.length)).unwrap_or_default();
    let area = round_volume(area, AREA_SCALE);
    if area.is_zero() {
        return Err(ExceptionReason::HouseWithoutArea);
    }
    Ok(ctx.leaf(area, Tag(What::HouseArea, "м²"), Source::Premises { count }, None))
}

/// The entries to be booked.
pub(super) fn months(site: &Site<'_>) -> impl Iterator<Item = HouseMonth> {
    site.quantities.iter().filter_map(|quantities| {
        let shared = quantities.result.as_ref().ok()?;
        Some(HouseMonth {
            house: site.house.id,
            service: quantities.service,
            month: site.ctx.month,
            volume: shared.volume.value(),
            area: shared.area.value(),
            basis: shared.basis,
        })
    })
}

/// Registers of house meters charged without a reading.
pub(super) fn meter_months(site: &Site<'_>) -> impl Iterator<Item = MeterMonth> {
    let results = site.quantities.iter().filter_map(|quantities| quantities.result.as_ref().ok());
    results.flat_map(|shared| shared.months.iter().cloned())
}
