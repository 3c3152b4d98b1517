//! Rules common to all units: every version, for they are few.

use std::collections::BTreeMap;

use tokio_postgres::{GenericClient, Row};

use super::rows::fact;
use crate::calc::facts::Timeline;
use crate::calc::grounds::PrivilegeRule;
use crate::calc::ids::{CategoryId, NormId, ServiceId, TariffId};
use crate::calc::rules::{NormValue, Parameter, Rules, Service};
use crate::db::error::DbError;

/// Services, tariffs, norms and parameters with their whole history.
///
/// # Errors
/// When the database cannot be read.
pub async fn rules<C: GenericClient>(client: &C) -> Result<Rules, DbError> {
    let services = client
        .query("select id, code, name, unit, scale, waters, heat_scale from cards_data.service", &[])
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
