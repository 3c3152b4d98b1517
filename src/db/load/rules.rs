//! Rules common to all units: every version, for they are few.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use tokio_postgres::{GenericClient, Row};

use super::rows::fact;
use crate::calc::grounds::{Deficiency, Limit, PrivilegeRule};
use crate::calc::ids::{CategoryId, DeficiencyId, NormId, ServiceId, TariffId};
use crate::calc::rules::{NormValue, Parameter, Rules, Service};
use crate::calc::timeline::Timeline;
use crate::db::error::DbError;

/// Services, tariffs, norms and parameters with their whole history.
///
/// # Errors
/// When the database cannot be read.
pub async fn rules<C: GenericClient>(client: &C) -> Result<Rules, DbError> {
    let services = client
        .query("select id, code, name, unit, scale, waters, heat_scale, penalty <> 'none' from cards_data.service", &[])
        .await?;
    let tariffs = facts(client, "tariff_id, part, rate", "cards_data.tariff_rate").await?;
    let norms = facts(client, "norm_id, part, rooms, persons, value", "cards_data.norm_value").await?;
    let parameters = facts(
        client,
        "(select p.code from cards_data.parameter p where p.id = parameter_id), value",
        "cards_data.parameter_value",
    )
    .await?;
    let mut rules = Rules { services: services.iter().map(service).collect(), ..Rules::default() };
    for row in &tariffs {
        give(&mut rules.tariffs, (TariffId(row.get(5)), row.get(6)), row, row.get(7));
    }
    for row in &norms {
        let value = NormValue { rooms: row.get(7), persons: row.get(8), value: row.get(9) };
        give(&mut rules.norms, (NormId(row.get(5)), row.get(6)), row, value);
    }
    for row in &parameters {
        if let Some(parameter) = parameter(row.get(5)) {
            give(&mut rules.parameters, parameter, row, row.get(6));
        }
    }
    privileges(client, &mut rules).await?;
    deficiencies(client, &mut rules).await?;
    Ok(rules)
}

async fn privileges<C: GenericClient>(client: &C, rules: &mut Rules) -> Result<(), DbError> {
    let categories = client.query("select id, title from billing_data.privilege_category", &[]).await?;
    rules.categories = categories.iter().map(|row| (CategoryId(row.get(0)), row.get(1))).collect();
    let columns = "category_id, service_id, percent, base, covers, funding, form, norm_id, tariff_id";
    for row in &facts(client, columns, "billing_data.privilege_rule").await? {
        let rule = PrivilegeRule {
            percent: row.get(7),
            base: named(row.get(8))?,
            scope: named(row.get(9))?,
            funding: named(row.get(10))?,
            form: named(row.get(11))?,
            norm: row.get::<_, Option<i64>>(12).map(NormId),
            tariff: row.get::<_, Option<i64>>(13).map(TariffId),
        };
        give(&mut rules.privileges, (CategoryId(row.get(5)), ServiceId(row.get(6))), row, rule);
    }
    Ok(())
}

async fn deficiencies<C: GenericClient>(client: &C, rules: &mut Rules) -> Result<(), DbError> {
    for row in &client.query("select id, title, measure from claims_data.deficiency", &[]).await? {
        let kind = Deficiency { title: row.get(1), measure: named(row.get(2))?, limits: Timeline::default() };
        rules.deficiencies.insert(DeficiencyId(row.get(0)), kind);
    }
    let columns = "deficiency_id, since, month_hours, once_hours, rate, unit_hours, required, tolerance_day,
        tolerance_night, tolerance_up, step, bound, (select s.id from cards_data.service s where s.code = priced_as) as priced_as_id";
    for row in &facts(client, columns, "claims_data.deficiency_limit").await? {
        if let Some(kind) = rules.deficiencies.get_mut(&DeficiencyId(row.get(5))) {
            kind.limits.0.push(fact(row, limit(row)));
        }
    }
    Ok(())
}

fn limit(row: &Row) -> Limit {
    let may = |at| row.get::<_, Option<Decimal>>(at).map(|number| number.normalize());
    let must = |at| row.get::<_, Decimal>(at).normalize();
    Limit {
        since: may(6),
        month_hours: may(7),
        once_hours: may(8),
        rate: must(9),
        unit_hours: must(10),
        required: may(11),
        tolerance_day: must(12),
        tolerance_night: must(13),
        tolerance_up: may(14),
        step: may(15),
        bound: may(16),
        priced_as: row.get::<_, Option<i64>>(17).map(ServiceId),
    }
}

/// A member of a closed set by its stored name. The database lets no other in, so one that is not known was written by a
/// newer program.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> Result<T, DbError> {
    let value = serde_json::Value::String(name.to_owned());
    serde_json::from_value(value).map_err(|_| {
        DbError::Unavailable(format!("слово «{name}» в базе этой программе не известно: она старше базы"))
    })
}

async fn facts<C: GenericClient>(client: &C, columns: &str, table: &str) -> Result<Vec<Row>, DbError> {
    let sql = format!(
        "select id, valid_from, valid_to, asserted, retracted, {columns} from {table} where not void order by valid_from, id"
    );
    Ok(client.query(&sql, &[]).await?)
}

fn service(row: &Row) -> (ServiceId, Service) {
    let waters: Vec<i64> = row.get(5);
    let service = Service {
        code: row.get(1),
        name: row.get(2),
        unit: row.get(3),
        scale: u32::from(row.get::<_, i16>(4).unsigned_abs()),
        heat_scale: u32::from(row.get::<_, i16>(6).unsigned_abs()),
        waters: waters.into_iter().map(ServiceId).collect(),
        is_housing: row.get(7),
    };
    (ServiceId(row.get(0)), service)
}

fn give<K: Ord, V>(rules: &mut BTreeMap<K, Timeline<V>>, key: K, row: &Row, value: V) {
    rules.entry(key).or_default().0.push(fact(row, value));
}

/// A parameter by its code; codes this program does not know belong to a newer one and are left alone.
fn parameter(code: &str) -> Option<Parameter> {
    serde_json::from_value(serde_json::Value::String(code.to_owned())).ok()
}
