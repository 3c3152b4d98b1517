//! A house as rows: the house itself, its plans, its premises.

use super::numbers::Numbers;
use super::sheet::{Place, SheetError};
use super::sheets::Sheets;
use super::{account, meter, people};
use crate::calc::period::Days;
use crate::job::town::calendar::RULES_FROM;
use crate::job::town::model::{HouseKind, PremisesKind, Stove, TownAct, TownHouse, TownPremises};

/// Writes a house; it is a unit of its own, with its own number.
pub(super) fn write(sheets: &mut Sheets, house: &TownHouse, numbers: &Numbers) -> Result<(), SheetError> {
    let scope = numbers.scope(house.company, house.district);
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
    for act in &house.acts {
        write_act(sheets, place, house, act, numbers.deficiency(act.deficiency))?;
    }
    house.premises.iter().try_for_each(|premises| write_premises(sheets, place, house, premises, numbers))
}

/// An act is drawn on the day its trouble ended, and true for the days it touches.
fn write_act(
    sheets: &mut Sheets,
    place: Place,
    house: &TownHouse,
    act: &TownAct,
    deficiency: i64,
) -> Result<(), SheetError> {
    let Place { unit, scope } = place;
    let drawn = act.to.date();
    sheets.act.thing(&[
        &act.id,
        &unit,
        &scope,
        &house.id.0,
        &act.entrance,
        &act.service.0,
        &deficiency,
        &act.number,
        &drawn,
    ])?;
    let last = (act.to - chrono::Duration::seconds(1)).date();
    let days = Days { from: act.from.date(), to: last.succ_opt().unwrap_or(last) };
    let interval = 1_i16;
    sheets.undersupply.fact(
        place,
        days,
        &[&house.id.0, &act.id, &interval, &act.from, &act.to, &act.measured],
    )
}

fn write_premises(
    sheets: &mut Sheets,
    place: Place,
    house: &TownHouse,
    premises: &TownPremises,
    numbers: &Numbers,
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
    people::write(sheets, place, premises, numbers)?;
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
