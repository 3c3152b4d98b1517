//! A house as rows: the house itself, its plans, its premises.

use super::directory::Scopes;
use super::sheet::{Place, SheetError};
use super::sheets::Sheets;
use super::{account, meter, people};
use crate::calc::period::Days;
use crate::job::town::calendar::RULES_FROM;
use crate::job::town::model::{HouseKind, PremisesKind, Stove, TownHouse, TownPremises};

/// Writes a house; it is a unit of its own, with its own number.
pub(super) fn write(sheets: &mut Sheets, house: &TownHouse, scopes: &Scopes) -> Result<(), SheetError> {
    let scope = scopes.get(&(house.company, house.district)).copied().unwrap_or_default();
    let place = Place { unit: house.id.0, scope };
    let built = i16::try_from(house.built).unwrap_or(i16::MAX);
    let lift = house.amenities.lift;
    sheets.house.thing(&[
        &house.id.0,
        &place.unit,
        &place.scope,
        &house.street,
        &house.district,
        &house.company,
        &house.number,
        &kind(house.kind),
        &built,
        &house.floors,
        &lift,
        &stove(house.amenities.stove),
    ])?;
    let since = house.premises.first().map_or(RULES_FROM, |first| first.days.from);
    sheets.house_area.fact(place, Days::since(since), &[&house.id.0, &house.common_area])?;
    for (days, plan) in &house.plans {
        let norm = plan.norm.map(|norm| norm.0);
        let method = account::method(plan.method);
        let values: [super::sheet::Value<'_>; 6] =
            [&house.id.0, &plan.service.0, &plan.contract.0, &method, &plan.tariff.0, &norm];
        sheets.house_plan.fact(place, *days, &values)?;
    }
    for meter in &house.meters {
        meter::write(
            sheets,
            place,
            meter,
            meter::Stands { kind: "house", house: house.id.0, premises: None },
        )?;
    }
    house.premises.iter().try_for_each(|premises| write_premises(sheets, place, house, premises))
}

fn write_premises(
    sheets: &mut Sheets,
    place: Place,
    house: &TownHouse,
    premises: &TownPremises,
) -> Result<(), SheetError> {
    if let Some(firm) = &premises.firm {
        sheets.firm.thing(&[&firm.id, &format!("firm_{}", firm.id), &firm.name, &firm.tin])?;
    }
    let parent = premises.parent.map(|parent| parent.0);
    sheets.premises.thing(&[
        &premises.id.0,
        &place.unit,
        &place.scope,
        &house.id.0,
        &parent,
        &premises_kind(premises.kind),
        &own_number(premises),
        &premises.entrance,
        &premises.floor,
    ])?;
    let area = &premises.area;
    sheets.premises_area.fact(
        place,
        premises.days,
        &[&premises.id.0, &area.total, &area.living, &area.heated, &area.rooms],
    )?;
    people::write(sheets, place, premises)?;
    let communal = premises.kind == PremisesKind::CommunalFlat;
    let stands = meter::Stands {
        kind: if communal { "flat" } else { "individual" },
        house: house.id.0,
        premises: Some(premises.id.0),
    };
    for meter in &premises.meters {
        meter::write(sheets, place, meter, stands)?;
    }
    premises.account.iter().try_for_each(|one| account::write(sheets, place, premises, one))
}

/// A room is numbered within its flat: the town prints `7-2`, the base knows room 2 of flat 7.
fn own_number(premises: &TownPremises) -> &str {
    match premises.kind {
        PremisesKind::Room => premises.number.rsplit('-').next().unwrap_or_default(),
        _ => &premises.number,
    }
}

const fn kind(kind: HouseKind) -> &'static str {
    match kind {
        HouseKind::Block => "apartment",
        HouseKind::Dormitory => "dormitory",
        HouseKind::Private => "private",
    }
}

const fn stove(stove: Stove) -> &'static str {
    match stove {
        Stove::Gas => "gas",
        Stove::Electric => "electric",
    }
}

const fn premises_kind(kind: PremisesKind) -> &'static str {
    match kind {
        PremisesKind::Flat | PremisesKind::CommunalFlat => "flat",
        PremisesKind::Room => "room",
        PremisesKind::NonResidential => "non_residential",
        PremisesKind::Dwelling => "private",
    }
}
