//! The rules part of a case: services, tariffs, norms, parameters.

use std::collections::BTreeMap;

use super::amounts::{Places, Quantity};
use super::dated::{Facts, Times};
use super::error::{CaseError, Mistake};
use super::law;
use super::names::Directory;
use super::row::Row;
use super::words::{word, word_if_any};
use crate::calc::ids::{NormId, ServiceId, TariffId};
use crate::calc::penalty::PenaltyKind;
use crate::calc::rules::{NormValue, Parameter, Rules, Service};
use crate::calc::timeline::Timeline;
use rust_decimal::Decimal;

/// Places of heat where a case names none: those of a new database.
const HEAT_SCALE: u32 = 5;

/// Which paragraph on penalties a service follows.
type Penalties = BTreeMap<ServiceId, PenaltyKind>;

/// Reads `[[service]]`, `[[tariff]]`, `[[norm]]` and `[[parameter]]`.
pub(super) fn read(root: &Row<'_>, names: &mut Directory) -> Result<(Rules, Penalties), CaseError> {
    let mut penalties = Penalties::new();
    let mut rules = Rules {
        services: services(root, names, &mut penalties)?,
        tariffs: tariffs(root, names)?,
        norms: norms(root, names)?,
        parameters: parameters(root)?,
        ..Rules::default()
    };
    law::complete(&mut rules.parameters)?;
    Ok((rules, penalties))
}

fn services(
    root: &Row<'_>,
    names: &mut Directory,
    penalties: &mut Penalties,
) -> Result<BTreeMap<ServiceId, Service>, CaseError> {
    let mut services = BTreeMap::new();
    let mut waters = Vec::new();
    for row in root.rows("service")? {
        let code: String = row.need("code")?;
        let id = ServiceId(names.services.declare(code.clone(), row.line_at("code"))?);
        let (name, unit, Places(scale)) = (row.need("name")?, row.need("unit")?, row.need("scale")?);
        let Places(heat_scale) = row.or("heat_scale", Places(HEAT_SCALE))?;
        let penalty = word_if_any(&row, "penalty")?;
        let is_housing = penalty != Some(PenaltyKind::None);
        penalties.extend(penalty.map(|kind| (id, kind)));
        waters.push((id, row.or::<Vec<String>>("waters", Vec::new())?, row.line_at("waters")));
        services.insert(id, Service { code, name, unit, scale, heat_scale, waters: Vec::new(), is_housing });
        row.close()?;
    }
    for (id, codes, line) in waters {
        let found: Result<Vec<_>, _> = codes.into_iter().map(|code| names.service(code, line)).collect();
        if let Some(service) = services.get_mut(&id) {
            service.waters = found?;
        }
    }
    Ok(services)
}

fn tariffs(
    root: &Row<'_>,
    names: &mut Directory,
) -> Result<BTreeMap<(TariffId, i16), Timeline<Decimal>>, CaseError> {
    let mut tariffs = BTreeMap::new();
    for row in root.rows("tariff")? {
        let id = TariffId(names.tariffs.declare(row.need("name")?, row.line_at("name"))?);
        for (part, facts) in by_part(&row, "rate", |rate| Ok(rate.need::<Quantity>("value")?.0))? {
            tariffs.insert((id, part), facts.succession(|_, _| true)?);
        }
        row.close()?;
    }
    Ok(tariffs)
}

fn norms(
    root: &Row<'_>,
    names: &mut Directory,
) -> Result<BTreeMap<(NormId, i16), Timeline<NormValue>>, CaseError> {
    let mut norms = BTreeMap::new();
    for row in root.rows("norm")? {
        let id = NormId(names.norms.declare(row.need("name")?, row.line_at("name"))?);
        let value = |row: &Row<'_>| {
            Ok(NormValue {
                rooms: row.or("rooms", 0)?,
                persons: row.or("persons", 0)?,
                value: row.need::<Quantity>("value")?.0,
            })
        };
        for (part, facts) in by_part(&row, "value", value)? {
            let same_line = |a: &NormValue, b: &NormValue| (a.rooms, a.persons) == (b.rooms, b.persons);
            norms.insert((id, part), facts.succession(same_line)?);
        }
        row.close()?;
    }
    Ok(norms)
}

/// Dated values under a key, each with an optional `part`.
fn by_part<T>(
    row: &Row<'_>,
    key: &'static str,
    value: impl Fn(&Row<'_>) -> Result<T, CaseError>,
) -> Result<BTreeMap<i16, Facts<T>>, CaseError> {
    let mut parts = BTreeMap::new();
    for dated in row.rows(key)? {
        let part = dated.or("part", 0)?;
        let facts: &mut Facts<T> = parts.entry(part).or_insert_with(Facts::none);
        facts.push(Times::read(&dated)?, value(&dated)?);
        dated.close()?;
    }
    Ok(parts)
}

pub(super) fn parameters(root: &Row<'_>) -> Result<BTreeMap<Parameter, Timeline<Decimal>>, CaseError> {
    let mut facts: BTreeMap<Parameter, Facts<Decimal>> = BTreeMap::new();
    let kinds = law::parameter_kinds()?;
    for row in root.rows("parameter")? {
        let name = word(&row, "name")?;
        row.get::<String>("ground")?;
        let value = match kinds.iter().find(|kind| kind.of.contains(&name)) {
            None => row.need::<Quantity>("value")?.0,
            Some(kind) => {
                let value: Decimal = row.need("value")?;
                if !kind.takes(value) {
                    let told = kind.told.clone();
                    return Err(row.mistake_at("value", Mistake::NotOfKind { value, told }));
                }
                value
            }
        };
        facts.entry(name).or_insert_with(Facts::none).push(Times::read(&row)?, value);
        row.close()?;
    }
    facts.into_iter().map(|(name, facts)| Ok((name, facts.succession(|_, _| true)?))).collect()
}
