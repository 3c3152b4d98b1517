//! How services are charged: plans of a house, and exceptions of single accounts.

use super::calendar::RULES_FROM;
use super::directory::{contracts, norms, services, tariffs};
use super::model::{Amenities, Heating, HotWater, HouseKind, Stove, TownMeter};
use crate::calc::facts::{AccountPlan, Method, ServicePlan};
use crate::calc::ids::{NormId, ServiceId, TariffId};
use crate::calc::period::Days;

/// Plans of a house, all since the first day of the rules.
pub(super) fn of_house(kind: HouseKind, amenities: Amenities, district: i64) -> Vec<(Days, ServicePlan)> {
    let mut plans = utilities(amenities);
    if kind != HouseKind::Private {
        plans.extend(housing(amenities, district));
    }
    plans.sort_by_key(|(service, ..)| *service);
    plans
        .into_iter()
        .filter_map(|(service, method, tariff, norm)| {
            let contract = contracts::contract(service, district)?;
            Some((Days::since(RULES_FROM), ServicePlan { service, contract, method, tariff, norm }))
        })
        .collect()
}

type Row = (ServiceId, Method, TariffId, Option<NormId>);

fn utilities(amenities: Amenities) -> Vec<Row> {
    let heater = amenities.hot_water == HotWater::GasHeater;
    let cold_norm = if heater { norms::COLD_WATER_HEATER } else { norms::COLD_WATER };
    let (power, power_norm) = match amenities.stove {
        Stove::Gas => (tariffs::ELECTRICITY[0], norms::ELECTRICITY),
        Stove::Electric => (tariffs::ELECTRICITY_STOVE[0], norms::ELECTRICITY_STOVE),
    };
    let mut rows: Vec<Row> = vec![
        (services::COLD_WATER, Method::Meter, tariffs::COLD_WATER, Some(cold_norm)),
        (services::ELECTRICITY, Method::Meter, power, Some(power_norm)),
        (services::WASTE, Method::Persons, tariffs::WASTE, Some(norms::WASTE)),
    ];
    if amenities.hot_water == HotWater::Central {
        rows.push((services::HOT_WATER, Method::TwoComponent, tariffs::HOT_WATER, Some(norms::HOT_WATER)));
    }
    if amenities.sewage {
        rows.push((services::SEWAGE, Method::Waters, tariffs::SEWAGE, None));
    }
    if amenities.stove == Stove::Gas {
        let norm = if heater { norms::GAS_HEATER } else { norms::GAS };
        rows.push((services::GAS, Method::Persons, tariffs::GAS, Some(norm)));
    }
    match amenities.heating {
        Heating::HouseMeter => rows.push((services::HEATING, Method::HouseMeter, tariffs::HEATING, None)),
        Heating::Even => rows.push((services::HEATING, Method::AreaHeated, tariffs::HEATING_EVEN, None)),
        Heating::Own => {}
    }
    rows
}

fn housing(amenities: Amenities, district: i64) -> Vec<Row> {
    let maintenance = tariffs::MAINTENANCE[usize::from(district == 2)];
    let mut rows: Vec<Row> = vec![
        (services::MAINTENANCE, Method::AreaTotal, maintenance, None),
        (services::CAPITAL_REPAIR, Method::AreaTotal, tariffs::CAPITAL_REPAIR, None),
    ];
    if amenities.lift {
        rows.push((services::LIFT, Method::AreaTotal, tariffs::LIFT, None));
    }
    if amenities.intercom {
        rows.push((services::INTERCOM, Method::Quantity, tariffs::INTERCOM, None));
    }
    rows
}

/// A service that is not provided to an account.
pub(super) fn off(service: ServiceId) -> (Days, AccountPlan) {
    (Days::since(RULES_FROM), AccountPlan::Off(service))
}

/// Services a shop takes by contracts of its own with the suppliers (354 п. 6; dossier § 1.16).
pub(super) fn off_for_shop(plans: &[(Days, ServicePlan)]) -> Vec<(Days, AccountPlan)> {
    const STAY: [ServiceId; 4] =
        [services::MAINTENANCE, services::CAPITAL_REPAIR, services::HEATING, services::LIFT];
    plans.iter().map(|(_, plan)| plan.service).filter(|service| !STAY.contains(service)).map(off).collect()
}

/// The price list of zones for a flat whose electricity meter has them, from the day the meter stands.
pub(super) fn zones(
    plans: &[(Days, ServicePlan)],
    stove: Stove,
    meters: &[TownMeter],
) -> Option<(Days, AccountPlan)> {
    let meter = meters.iter().find(|meter| meter.service == services::ELECTRICITY && meter.registers > 1)?;
    let (_, plan) = plans.iter().find(|(_, plan)| plan.service == services::ELECTRICITY)?;
    let lists = match stove {
        Stove::Gas => tariffs::ELECTRICITY,
        Stove::Electric => tariffs::ELECTRICITY_STOVE,
    };
    let tariff = *lists.get(usize::try_from(meter.registers - 1).ok()?)?;
    let since = meter.installed.from.max(RULES_FROM);
    Some((Days::since(since), AccountPlan::Own(ServicePlan { tariff, ..plan.clone() })))
}
