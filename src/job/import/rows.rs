//! Typed rows of an old program as arguments of operations.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::Found;
use crate::format::legacy::{AccountPlan, Code, HousePlan, LegacyData};
use crate::format::profile::{ChargeMethod, Profile};

/// Directories.
pub fn directory(profile: &Profile, data: &LegacyData) -> Value {
    json!({
        "source": profile.name,
        "month": data.month,
        "providers": providers(data),
        "services": services(data),
        "tariffs": succession(data.tariffs.iter().map(|it| (&it.row.service, it.row.from, it.row.rate))),
        "norms": succession(data.norms.iter().map(|it| (&it.row.service, it.row.from, it.row.value))),
    })
}

/// The record of what was read.
pub fn record(data: &LegacyData, files: &[Found], digests: &[String]) -> Value {
    let bad_in = |name: &str| data.bad.iter().filter(|row| row.at.file.as_ref() == name).count();
    let one = |(file, digest): (&Found, &String)| {
        let rows = file.bytes.iter().filter(|byte| **byte == b'\n').count();
        json!({ "digest": digest, "name": file.name, "kind": "legacy", "rows": rows, "bad_rows": bad_in(&file.name) })
    };
    let bad = data.bad.iter();
    let bad = bad.map(
        |row| json!({ "file": row.at.file.as_ref(), "line": row.at.line, "reason": row.reason.to_string() }),
    );
    json!({
        "files": files.iter().zip(digests).map(one).collect::<Vec<_>>(),
        "bad": bad.collect::<Vec<_>>(),
    })
}

fn providers(data: &LegacyData) -> Vec<Value> {
    let providers = data.providers.iter().map(|provider| &provider.row);
    providers
        .map(|row| {
            json!({
                "code": row.code.as_ref(), "name": row.name, "fee_agent": row.fee_agent, "fee_centre": row.fee_centre,
                "tin": row.tin.as_ref().or(row.okpo.as_ref()), "bic": row.bic.as_ref().or(row.mfo.as_ref()),
                "settlement_account": row.settlement_account, "bank_name": row.bank,
            })
        })
        .collect()
}

fn services(data: &LegacyData) -> Vec<Value> {
    let services = data.services.iter().map(|service| &service.row);
    services
        .map(|row| {
            json!({
                "code": row.code.as_ref(), "becomes": row.becomes.as_ref(), "name": row.name, "unit": row.unit,
                "scale": row.scale, "provider": row.provider.as_ref(), "method": method(row.method),
            })
        })
        .collect()
}

/// The stored name of a method.
const fn method(method: ChargeMethod) -> &'static str {
    match method {
        ChargeMethod::AreaTotal => "area_total",
        ChargeMethod::AreaLiving => "area_living",
        ChargeMethod::AreaHeated => "area_heated",
        ChargeMethod::Persons => "persons",
        ChargeMethod::Quantity | ChargeMethod::MonthVolume => "quantity",
        ChargeMethod::Ready => "ready",
    }
}

/// Values of a service, each from its day until the next.
fn succession<'a>(values: impl Iterator<Item = (&'a Code, NaiveDate, Decimal)>) -> Vec<Value> {
    let mut sorted: BTreeMap<&str, BTreeMap<NaiveDate, Decimal>> = BTreeMap::new();
    for (service, from, value) in values {
        sorted.entry(service).or_default().insert(from, value);
    }
    let mut rows = Vec::new();
    for (service, values) in sorted {
        let ends = values.keys().skip(1).map(Some).chain([None]).collect::<Vec<_>>();
        for ((from, value), to) in values.iter().zip(ends) {
            rows.push(json!({ "service": service, "from": from, "to": to, "value": value }));
        }
    }
    rows
}

/// One house and how many accounts it has.
pub struct Portion {
    /// Houses as arguments.
    pub houses: Vec<Value>,
    /// Accounts in them.
    pub accounts: usize,
}

/// Houses, each with its accounts.
pub fn houses(data: &LegacyData) -> Vec<Portion> {
    let one = |house: &HousePlan<'_>| Portion {
        houses: vec![self::house(data, house)],
        accounts: house.accounts.len(),
    };
    data.houses().iter().map(one).collect()
}

/// Gathers houses until each portion has at least `accounts`.
pub fn portions(houses: Vec<Portion>, accounts: usize) -> Vec<Portion> {
    let mut portions: Vec<Portion> = Vec::new();
    for house in houses {
        match portions.last_mut() {
            Some(last) if last.accounts < accounts => {
                last.accounts += house.accounts;
                last.houses.extend(house.houses);
            }
            _ => portions.push(house),
        }
    }
    portions
}

fn house(data: &LegacyData, house: &HousePlan<'_>) -> Value {
    let mut premises: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
    for plan in &house.accounts {
        if let Some(account) = data.accounts.get(plan.account) {
            premises.entry(account.row.premises).or_default().push(self::account(data, plan));
        }
    }
    let premises: Vec<Value> = premises
        .into_iter()
        .filter_map(|(place, accounts)| {
            let room = data.premises.get(place)?;
            let known = room.areas.total.or(room.areas.living).or(room.areas.heated).is_some();
            let area = |area: Option<Decimal>| known.then(|| area.unwrap_or_default());
            Some(json!({
                "flat": room.address.flat, "total": area(room.areas.total), "living": area(room.areas.living),
                "heated": area(room.areas.heated), "accounts": accounts,
            }))
        })
        .collect();
    let services: Vec<&str> = house.services.iter().map(|code| code.as_ref()).collect();
    json!({
        "city": house.address.city, "street": house.address.street, "house": house.address.house,
        "services": services, "premises": premises,
    })
}

fn account(data: &LegacyData, plan: &AccountPlan<'_>) -> Value {
    let codes = |codes: &[&Code]| codes.iter().map(|code| code.to_string()).collect::<Vec<_>>();
    let account = data.accounts.get(plan.account).map(|account| &account.row);
    let (mut quantities, mut ready) = (Vec::new(), Vec::new());
    for base in &plan.bases {
        let service = data.services.iter().find(|service| service.row.code == base.service);
        let value = |month_only: bool| json!({ "service": base.service.as_ref(), "value": base.base, "month_only": month_only });
        match service.map(|service| service.row.method) {
            Some(ChargeMethod::Quantity) => quantities.push(value(false)),
            Some(ChargeMethod::MonthVolume) => quantities.push(value(true)),
            Some(ChargeMethod::Ready) => ready.push(value(true)),
            _ => {}
        }
    }
    let balances: Vec<Value> = data
        .balances
        .iter()
        .map(|balance| &balance.row)
        .filter(|balance| account.is_some_and(|account| account.number == balance.account))
        .map(|balance| json!({ "service": balance.service.as_ref(), "value": balance.amount }))
        .collect();
    json!({
        "number": account.map(|it| it.number.as_ref()), "last_name": account.and_then(|it| it.last_name.as_ref()),
        "first_name": account.and_then(|it| it.first_name.as_ref()), "patronymic": account.and_then(|it| it.patronymic.as_ref()),
        "persons": account.and_then(|it| it.persons).map(|persons| persons.trunc().normalize().to_string()),
        "opened": account.and_then(|it| it.opened), "closed": account.and_then(|it| it.closed),
        "own": codes(&plan.own), "off": codes(&plan.off), "quantities": quantities, "ready": ready, "balances": balances,
    })
}
