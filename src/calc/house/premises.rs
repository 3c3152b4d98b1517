//! What the premises of a house used of its resources, for the common needs that are what they leave (dossier § 1.13): as they are
//! charged for it, or by their meters where they pay the supplier themselves — a shop always may (354 пп. 6, 43), a flat by a
//! direct contract (ЖК 157.2).

use rust_decimal::Decimal;

use crate::calc::account;
use crate::calc::context::Problems;
use crate::calc::facts::{Account, Premises};
use crate::calc::flow;
use crate::calc::ids::ServiceId;
use crate::calc::meter::Metering;
use crate::calc::persons::Home;
use crate::calc::plan;
use crate::calc::rules::{Parameter, Service};
use crate::calc::site::Site;

/// The volume of all premises; `service` is the common need.
pub(super) fn used(site: &Site<'_>, resources: &[ServiceId], service: &Service) -> Decimal {
    let mut used = Decimal::ZERO;
    for premises in &site.house.premises {
        let home = Home::new(site.ctx, premises);
        let charged = premises.accounts.iter().map(|one| account::volume_of(site, &home, one, resources));
        used += charged.sum::<Decimal>();
        let unbilled = resources.iter().filter(|resource| !is_billed(site, premises, **resource));
        used += unbilled.map(|resource| by_meters(site, premises, *resource, service)).sum::<Decimal>();
    }
    used
}

/// Whether anybody is charged for a resource here; in a communal flat, in it or any of its rooms, for they share what it told.
fn is_billed(site: &Site<'_>, premises: &Premises, resource: ServiceId) -> bool {
    let flat = site.flat(premises.parent.unwrap_or(premises.id));
    flat.map_or_else(
        || premises.accounts.iter().any(|account| is_charged(site, account, resource)),
        |flat| {
            flat.members().flat_map(|one| &one.accounts).any(|account| is_charged(site, account, resource))
        },
    )
}

fn is_charged(site: &Site<'_>, account: &Account, resource: ServiceId) -> bool {
    plan::is_open(site.ctx, account) && {
        let segments = plan::of_account(site.ctx, &site.segments, account);
        segments.iter().any(|segment| segment.plan.service == resource)
    }
}

/// What the meters told, averages of silent ones included; without them nothing is known. The meter of a communal flat has told of its
/// rooms already.
fn by_meters(site: &Site<'_>, premises: &Premises, resource: ServiceId, service: &Service) -> Decimal {
    let ctx = site.ctx;
    let unit = service.unit.as_str();
    let periods = if premises.non_residential {
        Parameter::MeterAveragePeriodsNonResidential
    } else {
        Parameter::MeterAveragePeriods
    };
    let metering = Metering {
        ctx,
        service: resource,
        scale: service.scale,
        unit,
        zones: false,
        periods,
        is_cut: &|_| false,
    };
    let flat = premises.parent.and_then(|parent| site.flat(parent));
    if flat.is_some_and(|flat| metering.present(&flat.premises.meters)) || !metering.present(&premises.meters)
    {
        return Decimal::ZERO;
    }
    let mut told = Problems::within(ctx.days);
    let pieces = metering.pieces(&premises.meters, &|_, _| Vec::new(), &mut told);
    flow::until(ctx, &pieces, ctx.days.to, unit).value()
}
