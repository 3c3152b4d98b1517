//! Accounts as rows.

use super::people::holder;
use super::sheet::{Place, SheetError};
use super::sheets::Sheets;
use crate::calc::facts::{AccountPlan, Method};
use crate::job::town::model::{TownAccount, TownPremises};

pub(super) fn write(
    sheets: &mut Sheets,
    place: Place,
    premises: &TownPremises,
    account: &TownAccount,
) -> Result<(), SheetError> {
    let id = account.id.0;
    sheets.account.thing(&[&id, &place.unit, &place.scope, &premises.id.0, &account.number])?;
    sheets.account_open.fact(place, account.open, &[&id])?;
    for (days, payer) in &account.payers {
        let (person, organisation) = holder(*payer);
        let Some(days) = days.meet(account.open) else { continue };
        sheets.account_holder.fact(place, days, &[&id, &person, &organisation])?;
    }
    for (days, plan) in &account.plans {
        let (service, own) = match plan {
            AccountPlan::Own(plan) => (plan.service, Some(plan)),
            AccountPlan::Off(service) => (*service, None),
        };
        let contract = own.map(|plan| plan.contract.0);
        let method = own.map(|plan| method(plan.method));
        let tariff = own.map(|plan| plan.tariff.0);
        let norm = own.and_then(|plan| plan.norm).map(|norm| norm.0);
        sheets.account_plan.fact(
            place,
            *days,
            &[&id, &service.0, &own.is_none(), &contract, &method, &tariff, &norm],
        )?;
    }
    for (days, service, quantity) in &account.quantities {
        sheets.quantity.fact(place, *days, &[&id, &service.0, quantity])?;
    }
    Ok(())
}

/// The word a method is stored by; the database knows no others (`cards.methods`).
pub(super) const fn method(method: Method) -> &'static str {
    match method {
        Method::AreaTotal => "area_total",
        Method::AreaLiving => "area_living",
        Method::AreaHeated => "area_heated",
        Method::Persons => "persons",
        Method::Meter => "meter",
        Method::TwoComponent => "two_component",
        Method::Waters => "waters",
        Method::Quantity => "quantity",
        Method::Ready => "ready",
        Method::HouseMeter => "house_meter",
        Method::Heating => "heating",
        Method::HouseHotWater => "house_hot_water",
        Method::HouseByVolume => "house_by_volume",
        Method::CommonNorm => "common_norm",
        Method::CommonAverage => "common_average",
        Method::CommonFact => "common_fact",
        Method::CommonUtility => "common_utility",
        Method::CommonUtilityWhole => "common_utility_whole",
        Method::ContainersPersons => "containers_persons",
        Method::ContainersArea => "containers_area",
    }
}
