//! Hot water made in the house: the heat its meter told, shared by the volumes of the premises (354 п. 54, Прил. 2 ф. 20;
//! dossier § 1.7). The house meter of the service counts heat, those of the flats water. A fuel that is a service of its own is
//! shared by the volumes it names.

use rust_decimal::Decimal;

use super::{Shared, area};
use crate::calc::account;
use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Method, ServicePlan};
use crate::calc::figure::Tag;
use crate::calc::flow;
use crate::calc::meter::Metering;
use crate::calc::period::Days;
use crate::calc::persons::Home;
use crate::calc::rules::{Parameter, Service};
use crate::calc::site::Site;
use crate::calc::trace::{Source, What};

/// The heat of a month, and in `own` the water it made.
pub(super) fn shared(
    site: &Site<'_>,
    plan: &ServicePlan,
    service: &Service,
) -> Result<Shared, Vec<ExceptionReason>> {
    let Site { ctx, house, .. } = *site;
    let (scale, unit, periods, waters) = if plan.method == Method::HouseHotWater {
        (service.heat_scale, HEAT, Parameter::HouseHeatAveragePeriods, vec![plan.service])
    } else {
        (service.scale, service.unit.as_str(), Parameter::MeterAveragePeriods, service.waters.clone())
    };
    let metering =
        Metering { ctx, service: plan.service, scale, unit, zones: false, periods, is_cut: &|_| false };
    let silent = |days: Days, problems: &mut Problems| {
        problems.missing(days, |_| ExceptionReason::HouseMeterSilent);
        Vec::new()
    };
    let mut problems = Problems::within(ctx.days);
    let pieces = metering.pieces(&house.meters, &silent, &mut problems);
    let Some(basis) =
        flow::mixed(pieces.iter().map(|piece| piece.basis)).filter(|_| problems.list.is_empty())
    else {
        return Err(problems.list);
    };
    let heat = flow::until(ctx, &pieces, ctx.days.to, unit).rounded(scale).named(What::HouseVolume);
    let mut months = Vec::new();
    metering.remember(&pieces, ctx.days, &mut months);
    let mut water = Decimal::ZERO;
    for premises in &house.premises {
        let home = Home::new(ctx, premises);
        let of = |account| account::volume_of(site, &home, account, &waters);
        water += premises.accounts.iter().map(of).sum::<Decimal>();
    }
    let area = area(site).map_err(|reason| vec![reason])?;
    let count = Source::Premises { count: house.premises.len() };
    let own = ctx.leaf(water, Tag(What::PremisesVolume, &service.unit), count, None);
    Ok(Shared { own, ..Shared::of(ctx, (heat, basis), area, months) })
}

/// Unit of heat.
const HEAT: &str = "Гкал";
