//! The job behind `kvartal charge`.

use serde_json::{Value, json};

use super::full;
use crate::calc::period::Month;
use crate::db::error::{DbError, Refusal};
use crate::job::worker::{JobContext, JobError};

/// Charges a month for everybody, or recomputes one house at once.
///
/// # Errors
/// Why it could not be done.
pub async fn charge(context: &JobContext) -> Result<Value, JobError> {
    let month: Month = context.args["month"]
        .as_str()
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| JobError::Refused(not_a_month(&context.args)))?;
    match units_asked(context).await? {
        Some(unit) => one(context, unit).await,
        None => full::run(context, month).await,
    }
}

/// The unit of the house or account asked for, if the month is not asked for everybody.
async fn units_asked(context: &JobContext) -> Result<Option<i64>, JobError> {
    let (sql, name) = match (named(context, "house"), named(context, "account")) {
        (Some(house), _) => ("select unit_id from cards_data.house where id::text = $1", house),
        (_, Some(account)) => ("select unit_id from cards_data.account where number = $1", account),
        _ => return Ok(None),
    };
    let row = context.client.query_opt(sql, &[&name]).await?;
    row.map(|row| row.get(0)).map(Some).ok_or_else(|| JobError::Refused(not_found(&name)))
}

/// An argument as text: a number may be written with quotes or without.
fn named(context: &JobContext, name: &str) -> Option<String> {
    match &context.args[name] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// One unit goes through the queue, ahead of everybody; done when its rows are gone from it.
async fn one(context: &JobContext, unit: i64) -> Result<Value, JobError> {
    let client = &context.client;
    let queue = "insert into billing_data.queue (unit_id, priority, known)
        select id, 5, version from billing_data.unit where id = $1";
    client.execute(queue, &[&unit]).await?;
    client.execute("select pg_notify('kvartal_queue', '')", &[]).await?;
    loop {
        // Waits for whoever holds the unit, then sees whether its rows are taken.
        client.execute("select from billing_data.unit where id = $1 for update", &[&unit]).await?;
        let left =
            client.query_one("select count(*) from billing_data.queue where unit_id = $1", &[&unit]).await?;
        if left.get::<_, i64>(0) == 0 {
            return Ok(json!({ "units": 1 }));
        }
        context.progress("ждём очереди дома", 0, 1).await?;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

fn not_a_month(args: &Value) -> Refusal {
    Refusal {
        code: "KV004".to_owned(),
        message: format!("«{}» — не месяц", args["month"]),
        detail: None,
        hint: Some("Месяц пишется так: 2026-09".to_owned()),
    }
}

fn not_found(name: &str) -> Refusal {
    Refusal {
        code: "KV003".to_owned(), message: format!("«{name}» не найден"), detail: None, hint: None
    }
}

impl From<Refusal> for DbError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
