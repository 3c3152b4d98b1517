//! Common needs: what the house used beside its premises (dossier § 1.13). As a part of upkeep (СОИ: ЖК 156 ч. 9.1–9.3; 491
//! пп. 29(1)–29(5)) by the norm, by the average of the last year or by the meter of the house, as the owners decided; as a
//! utility of its own (ОДН: 354 пп. 44–48, Прил. 2 ф. 10–15) by the meter, within the norm unless the owners decided otherwise.
//!
//! Reads of earlier months: common needs below nothing carried over; what the last year came to.

use rust_decimal::Decimal;

use super::containers::{PERSON_DAYS, person_days};
use super::{HouseQuantities, Shared, area, booked, dwellings_area, group, premises};
use crate::calc::context::{Context, Problems};
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Method, ServicePlan};
use crate::calc::figure::{Figure, Tag};
use crate::calc::flow;
use crate::calc::ids::ServiceId;
use crate::calc::line::Basis;
use crate::calc::meter::Metering;
use crate::calc::norm;
use crate::calc::period::Days;
use crate::calc::rules::{Parameter, Service};
use crate::calc::site::Site;
use crate::calc::trace::{FactKind, Rule, Source, What};

use super::heating::last_year;
use super::hot_water;

/// Places a volume of a house is kept with.
const VOLUME_SCALE: u32 = 7;

/// What is shared by what the premises used: common needs, hot water made in the house; one entry a service.
pub(in crate::calc) fn quantities(site: &Site<'_>) -> Vec<HouseQuantities> {
    let of_common =
        |method| is_common(method) || matches!(method, Method::HouseHotWater | Method::HouseByVolume);
    let mut plans: Vec<&ServicePlan> =
        site.segments.iter().map(|segment| segment.plan).filter(|plan| of_common(plan.method)).collect();
    plans.sort_by_key(|plan| plan.service);
    plans.dedup_by_key(|plan| plan.service);
    let quantities =
        |plan: &ServicePlan| HouseQuantities { service: plan.service, result: shared(site, plan) };
    plans.into_iter().map(quantities).collect()
}

fn shared(site: &Site<'_>, plan: &ServicePlan) -> Result<Shared, Vec<ExceptionReason>> {
    let ctx = site.ctx;
    let Some(service) = ctx.rules.services.get(&plan.service) else {
        return Err(vec![ExceptionReason::NoService]);
    };
    if let Some(frozen) = ctx.earlier.houses.get(&(site.house.id, plan.service, ctx.month)) {
        let back = frozen.volume < Decimal::ZERO && is_utility(plan.method);
        let by_persons = back && !is_heat(ctx, &resources(plan.service, service));
        let base = if by_persons { PERSON_DAYS } else { Tag(What::HouseArea, "м²") };
        return Ok(booked(ctx, site.house, frozen, (&service.unit, base)));
    }
    if matches!(plan.method, Method::HouseHotWater | Method::HouseByVolume) {
        return hot_water::shared(site, plan, service);
    }
    let of = Common { site, plan, service, resources: resources(plan.service, service) };
    let area = area(site).map_err(|reason| vec![reason])?;
    let told = of.told()?;
    let fact = told.as_ref().map(|told| told.volume.value() - told.own);
    let (volume, basis) = match (plan.method, told.as_ref()) {
        (Method::CommonFact, Some(told)) => (of.fact(told), Basis::House),
        (Method::CommonAverage, Some(_)) => match of.average() {
            Some(average) => (average, Basis::Average),
            None => (of.by_norm()?, Basis::Norm),
        },
        (Method::CommonUtility, Some(told)) => of.within_norm(of.rest(told))?,
        (Method::CommonUtilityWhole, Some(told)) => (of.rest(told), Basis::House),
        _ => (of.by_norm()?, Basis::Norm),
    };
    let carried =
        if plan.method == Method::CommonFact { volume.value().min(Decimal::ZERO) } else { Decimal::ZERO };
    let months = told.as_ref().map(|told| told.months.clone()).unwrap_or_default();
    if volume.value() < Decimal::ZERO && is_utility(plan.method) {
        let volume = volume.named(What::HouseVolume);
        return Ok(Shared::of(ctx, (volume, basis), of.dwellings()?, months));
    }
    let volume = if volume.value() < Decimal::ZERO {
        volume.becoming(Decimal::ZERO, What::HouseVolume)
    } else {
        volume.named(What::HouseVolume)
    };
    // Without a house meter nothing is corrected, so what it would have told is what was charged.
    let measured = fact.unwrap_or_else(|| volume.value());
    Ok(Shared { measured, carried, ..Shared::of(ctx, (volume, basis), area, months) })
}

/// Whether a method shares the common needs of the house.
pub(in crate::calc) const fn is_common(method: Method) -> bool {
    matches!(
        method,
        Method::CommonNorm
            | Method::CommonAverage
            | Method::CommonFact
            | Method::CommonUtility
            | Method::CommonUtilityWhole
    )
}

/// Whether common needs are a utility: what the house meter lacks is then given back at once (354 п. 47).
pub(in crate::calc) const fn is_utility(method: Method) -> bool {
    matches!(method, Method::CommonUtility | Method::CommonUtilityWhole)
}

/// Whether what is shared is heat: what its house meter lacks is given back by area, not by persons (354 п. 47).
pub(in crate::calc) fn is_heat(ctx: &Context<'_>, resources: &[ServiceId]) -> bool {
    resources.iter().any(|id| ctx.rules.services.get(id).is_some_and(Service::is_heating))
}

/// The services whose house meter and premises decide; the service itself where it names none.
pub(in crate::calc) fn resources(id: ServiceId, service: &Service) -> Vec<ServiceId> {
    if service.waters.is_empty() { vec![id] } else { service.waters.clone() }
}

/// What the meters of a house told, and what its premises used.
struct Told {
    volume: Figure,
    own: Decimal,
    months: Vec<crate::calc::line::MeterMonth>,
}

struct Common<'a> {
    site: &'a Site<'a>,
    plan: &'a ServicePlan,
    service: &'a Service,
    resources: Vec<ServiceId>,
}

impl Common<'_> {
    /// By the meters of the house; `None` where it has none.
    fn told(&self) -> Result<Option<Told>, Vec<ExceptionReason>> {
        let Site { ctx, house, .. } = *self.site;
        let unit = self.service.unit.as_str();
        let mut problems = Problems::within(ctx.days);
        let (mut volume, mut months, mut any) = (None, Vec::new(), false);
        for resource in &self.resources {
            let scale = ctx.rules.services.get(resource).map_or(self.service.scale, |service| service.scale);
            let metering = Metering {
                ctx,
                service: *resource,
                scale,
                unit,
                zones: false,
                periods: Parameter::MeterAveragePeriods,
                is_cut: &|_| false,
            };
            let group = group::told(house, &metering, &mut problems);
            let own = metering.present(&house.meters);
            if !own && group.is_none() || self.is_heat_of_water(*resource) {
                continue;
            }
            any = true;
            if let Some(group) = group {
                months.extend(group.months);
                volume = crate::calc::figure::add(
                    volume,
                    group.volume.rounded(scale),
                    Tag(What::HouseVolume, unit),
                );
            }
            if !own {
                continue;
            }
            let silent = |days: Days, problems: &mut Problems| {
                problems.missing(days, |_| ExceptionReason::HouseMeterSilent);
                Vec::new()
            };
            let pieces = metering.pieces(&house.meters, &silent, &mut problems);
            metering.remember(&pieces, ctx.days, &mut months);
            let told = flow::until(ctx, &pieces, ctx.days.to, unit).rounded(scale);
            volume = crate::calc::figure::add(volume, told, Tag(What::HouseVolume, unit));
        }
        if !problems.list.is_empty() {
            return Err(problems.list);
        }
        let Some(volume) = volume.filter(|_| any) else { return Ok(None) };
        let own = premises::used(self.site, &self.resources, self.service);
        Ok(Some(Told { volume, own, months }))
    }

    /// Whether the house meter of a resource counts the heat of water made in the house, which is nobody's water: its water
    /// came through the meter of the cold one (354 Прил. 2 ф. 11).
    fn is_heat_of_water(&self, resource: ServiceId) -> bool {
        let plans = self.site.segments.iter().map(|segment| segment.plan);
        plans.filter(|plan| plan.service == resource).any(|plan| plan.method == Method::HouseHotWater)
    }

    /// The meter of the house less its premises.
    fn rest(&self, told: &Told) -> Figure {
        let Site { ctx, house, .. } = *self.site;
        let unit = self.service.unit.as_str();
        let count = Source::Premises { count: house.premises.len() };
        let own = ctx.leaf(told.own, Tag(What::PremisesVolume, unit), count, None);
        told.volume.clone().minus(own, Tag(What::CommonVolume, unit))
    }

    /// No more than the norm (354 п. 44).
    fn within_norm(&self, rest: Figure) -> Result<(Figure, Basis), Vec<ExceptionReason>> {
        let norm = self.by_norm()?;
        if rest.value() > norm.value() {
            return Ok((norm.by(Rule::WithinNorm), Basis::Norm));
        }
        Ok((rest, Basis::House))
    }

    /// What common needs below nothing are given back by: the days of the persons of all dwellings, for heat their area (354
    /// п. 47). Days are whole numbers, so that the shares come out to the last place.
    fn dwellings(&self) -> Result<Figure, Vec<ExceptionReason>> {
        let Site { ctx, house, .. } = *self.site;
        if is_heat(ctx, &self.resources) {
            return dwellings_area(self.site).map_err(|reason| vec![reason]);
        }
        let (mut all, mut count) = (Decimal::ZERO, 0);
        for premises in house.premises.iter().filter(|premises| !premises.non_residential) {
            let own = person_days(ctx, premises, ctx.month).map_err(|reason| vec![reason])?;
            count += usize::from(!own.is_zero());
            all = all.saturating_add(own);
        }
        if all.is_zero() {
            return Err(vec![ExceptionReason::Nobody { since: ctx.days.from }]);
        }
        Ok(ctx.leaf(all, PERSON_DAYS, Source::Premises { count }, None))
    }

    /// The same with what earlier months were below nothing.
    fn fact(&self, told: &Told) -> Figure {
        let Site { ctx, house, .. } = *self.site;
        let unit = self.service.unit.as_str();
        let rest = self.rest(told);
        let before = ctx.month.plus(-1);
        let carried =
            ctx.earlier.houses.get(&(house.id, self.plan.service, before)).map(|entry| entry.carried);
        match carried.filter(|carried| !carried.is_zero()) {
            Some(carried) => {
                let source = Source::Booked { house: house.id, month: before };
                let carried = ctx.leaf(carried, Tag(What::CommonVolume, unit), source, None);
                rest.plus(carried, Tag(What::CommonVolume, unit))
            }
            None => rest,
        }
    }

    /// A twelfth of what the last year came to; `None` where it is not known.
    fn average(&self) -> Option<Figure> {
        let Site { ctx, house, .. } = *self.site;
        let unit = self.service.unit.as_str();
        let mut total = None;
        for month in last_year(ctx.month) {
            let entry = ctx.earlier.houses.get(&(house.id, self.plan.service, month))?;
            let source = Source::Booked { house: house.id, month };
            let leaf = ctx.leaf(entry.measured, Tag(What::HouseVolume, unit), source, None);
            total = crate::calc::figure::add(total, leaf, Tag(What::HouseVolume, unit));
        }
        let twelve = ctx.leaf(Decimal::from(12), Tag(What::Months, "мес."), Source::Calendar, None);
        Some(total?.over(twelve, Tag(What::HouseVolume, unit)).rounded(self.service.scale))
    }

    /// Norm a m² of common property × its area.
    fn by_norm(&self) -> Result<Figure, Vec<ExceptionReason>> {
        let Site { ctx, house, .. } = *self.site;
        let unit = self.service.unit.as_str();
        let mut problems = Problems::within(ctx.days);
        let any = norm::Fits { rooms: 0, persons: 0 };
        let lines = norm::lines(ctx, self.plan.norm, 0, ctx.days, any, &mut problems);
        let area = house.common_area.on(ctx.days.from, ctx.known);
        let Some((area, (_, line))) = area.zip(lines.last()) else {
            if problems.list.is_empty() {
                problems.push(ExceptionReason::HouseWithoutArea);
            }
            return Err(problems.list);
        };
        let area = ctx.fact(area, FactKind::Area, area.value, Tag(What::CommonArea, "м²"));
        Ok(area.times(norm::value(ctx, line, unit), Tag(What::HouseVolume, unit)).rounded(VOLUME_SCALE))
    }
}
