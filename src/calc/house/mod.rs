//! What a house consumed and what it is shared by: the quantities a month of a house is booked with.
//!
//! Reads of earlier months: the entry of the month itself (frozen: taken as it is), and registers of house meters
//! charged without a reading.

mod common;
mod containers;
mod group;
mod heating;
mod hot_water;
mod premises;

use rust_decimal::Decimal;

pub(super) use common::{is_common, is_heat, is_utility, quantities as common, resources};
pub(super) use containers::{are_corrected_yearly, is_by_containers, person_days};
pub(super) use heating::{are_installed, evenly, has_devices, heated_days, last_year, season_share};

use crate::calc::context::{Context, Problems};
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{AccountPlan, House, Method, Premises, ServicePlan};
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow;
use crate::calc::ids::ServiceId;
use crate::calc::line::{Basis, HouseMonth, MeterMonth};
use crate::calc::meter::Metering;
use crate::calc::money::round_volume;
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::plan::Segment;
use crate::calc::rules::Parameter;
use crate::calc::site::Site;
use crate::calc::trace::{Source, What};

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
    /// What the house meter told, where that is not the volume.
    pub measured: Decimal,
    /// What the premises used themselves.
    pub own: Figure,
    /// Heat of a m² of premises without a meter.
    pub per_area: Figure,
    /// Common needs below nothing, left to later months.
    pub carried: Decimal,
}

/// Every service of the house that a house meter is shared for, by plan of the house or of one of its accounts.
pub(super) fn quantities<'a>(site: &Site<'a>, segments: &[Segment<'a>]) -> Vec<HouseQuantities> {
    let shared = |plan: &&ServicePlan| match plan.method {
        Method::HouseMeter => true,
        Method::Heating => heating::has_meter(site, plan.service),
        method if is_by_containers(method) => containers::are_known(site, plan.service),
        _ => false,
    };
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
            Ok(booked(ctx, house, frozen, (&service.unit, containers::base_tag(plan.method))))
        };
    }
    if is_by_containers(plan.method) {
        return containers::shared(site, plan, service);
    }
    let area = area(site).map_err(|reason| vec![reason])?;
    let unit = service.unit.as_str();
    let periods = if service.is_heating() {
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
    let group = group::told(house, &metering, &mut problems);
    let pieces = if group.is_none() || metering.present(&house.meters) {
        metering.pieces(&house.meters, &by_norm, &mut problems)
    } else {
        Vec::new()
    };
    let bases = pieces.iter().map(|piece| piece.basis).chain(group.as_ref().map(|group| group.basis));
    let Some(basis) = flow::mixed(bases) else {
        return Err(problems.list);
    };
    // A volume that is not whole must not be shared as if it were: every account would be wrong.
    if !problems.list.is_empty() {
        return Err(problems.list);
    }
    let mut volume = flow::until(ctx, &pieces, ctx.days.to, unit);
    let mut months = Vec::new();
    if let Some(group) = group {
        volume = if pieces.is_empty() {
            group.volume
        } else {
            volume.plus(group.volume, Tag(What::HouseVolume, unit))
        };
        months = group.months;
    }
    let volume = volume.rounded(service.scale).named(What::HouseVolume);
    metering.remember(&pieces, ctx.days, &mut months);
    let plain = Shared::of(ctx, (volume, basis), area, months);
    if plan.method == Method::Heating { heating::shared(site, plan, service, plain) } else { Ok(plain) }
}

impl Shared {
    /// A volume shared as it is.
    fn of(
        ctx: &Context<'_>,
        (volume, basis): (Figure, Basis),
        area: Figure,
        months: Vec<MeterMonth>,
    ) -> Self {
        let nothing = |what| ctx.nothing(Tag(what, ""));
        let (own, per_area) = (nothing(What::PremisesVolume), nothing(What::PerArea));
        Self { volume, area, basis, months, measured: Decimal::ZERO, own, per_area, carried: Decimal::ZERO }
    }

    /// The volume less what the premises used themselves.
    pub fn rest(&self, unit: &str) -> Figure {
        self.volume.clone().minus(self.own.clone(), Tag(What::CommonVolume, unit))
    }
}

/// What booking has frozen.
fn booked(ctx: &Context<'_>, house: &House, frozen: &HouseMonth, (unit, base): (&str, Tag<'_>)) -> Shared {
    let source = Source::Booked { house: house.id, month: ctx.month };
    let volume = ctx.leaf(frozen.volume, Tag(What::HouseVolume, unit), source, None);
    let area = ctx.leaf(frozen.area, base, source, None);
    let registers = house.meters.iter().filter(|meter| meter.service == frozen.service).flat_map(|meter| {
        (1..=meter.registers).filter_map(|register| ctx.earlier.silent(meter.id, register, ctx.month))
    });
    let registers = registers.cloned().chain(group::booked(ctx, house, frozen.service)).collect();
    let leaf = |value, what, unit: &str| ctx.leaf(value, Tag(what, unit), source, None);
    Shared {
        measured: frozen.measured,
        own: leaf(frozen.own, What::PremisesVolume, unit),
        per_area: leaf(frozen.per_area, What::PerArea, ""),
        carried: frozen.carried,
        ..Shared::of(ctx, (volume, frozen.basis), area, registers)
    }
}

/// The area of all premises of the house, by days where it changes (S_об of 354 Прил. 2).
fn area(site: &Site<'_>) -> Result<Figure, ExceptionReason> {
    area_of(site, |_| true)
}

/// The same of its dwellings alone.
fn dwellings_area(site: &Site<'_>) -> Result<Figure, ExceptionReason> {
    area_of(site, |premises| !premises.non_residential)
}

fn area_of(site: &Site<'_>, counts: impl Fn(&Premises) -> bool) -> Result<Figure, ExceptionReason> {
    let ctx = site.ctx;
    let mut weighted = Decimal::ZERO;
    let mut count = 0;
    for premises in site.house.premises.iter().filter(|premises| counts(premises)) {
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
            measured: shared.measured,
            own: shared.own.value(),
            per_area: shared.per_area.value(),
            carried: shared.carried,
        })
    })
}

/// Registers of house meters charged without a reading.
pub(super) fn meter_months(site: &Site<'_>) -> impl Iterator<Item = MeterMonth> {
    let results = site.quantities.iter().filter_map(|quantities| quantities.result.as_ref().ok());
    // Two services may be shared by one meter: common needs of hot water and of its heat.
    let mut months: Vec<MeterMonth> = results.flat_map(|shared| shared.months.iter().cloned()).collect();
    months.sort_by_key(|entry| (entry.meter, entry.register));
    months.dedup_by_key(|entry| (entry.meter, entry.register));
    months.into_iter()
}
