//! The single statements of the door: whoever waits in between, waits in their own way.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{DoorError, JobState, Operation};
use crate::db::driver::Client;
use crate::db::driver::types::{ToSql, Type};
use crate::db::error::{DbError, Refusal};
use crate::lang::Lang;

/// The parts of an operation with their types: sent in one round trip, without asking the server what they are.
fn parts(operation: &Operation) -> [(&(dyn ToSql + Sync), Type); 4] {
    [
        (&operation.id, Type::UUID),
        (&operation.kind, Type::TEXT),
        (&operation.args, Type::JSONB),
        (&operation.ground, Type::TEXT),
    ]
}

/// Makes the change.
///
/// # Errors
/// The refusal of the door, or the lost line.
pub async fn commit(client: &Client, operation: &Operation) -> Result<Value, DbError> {
    let rows = client.query_typed("select admin.operate($1, $2, $3, $4)", &parts(operation)).await?;
    Ok(rows.first().and_then(|row| row.get(0)).unwrap_or_default())
}

/// Asks the worker what the change would make of the bills.
///
/// # Errors
/// The refusal of the door.
pub async fn ask_preview(client: &Client, operation: &Operation) -> Result<(), DbError> {
    client.query_typed("select admin.preview_ask($1, $2, $3, $4)", &parts(operation)).await?;
    Ok(())
}

/// Asks the worker to explain the amounts of an account in a language, as known on a day or now.
///
/// # Errors
/// The refusal.
pub async fn ask_explanation(
    client: &Client,
    id: Uuid,
    account: &str,
    (month, known_on): (NaiveDate, Option<NaiveDate>),
    lang: Lang,
) -> Result<(), DbError> {
    let language = lang.code();
    let parts: [(&(dyn ToSql + Sync), Type); 5] = [
        (&id, Type::UUID),
        (&account, Type::TEXT),
        (&month, Type::DATE),
        (&known_on, Type::DATE),
        (&language, Type::TEXT),
    ];
    client.query_typed("select billing.explain_ask($1, $2, $3, $4, $5)", &parts).await?;
    Ok(())
}

/// Asks the worker why the sums of a house are what they are.
///
/// # Errors
/// The refusal.
pub async fn ask_reasons(client: &Client, id: Uuid, house: i64, month: NaiveDate) -> Result<(), DbError> {
    let parts: [(&(dyn ToSql + Sync), Type); 3] =
        [(&id, Type::UUID), (&house, Type::INT8), (&month, Type::DATE)];
    client.query_typed("select billing.reasons_ask($1, $2, $3)", &parts).await?;
    Ok(())
}

/// Asks the worker what penalty an account owes as of a day.
///
/// # Errors
/// What the database refused.
pub async fn ask_penalty(client: &Client, id: Uuid, account: &str, day: NaiveDate) -> Result<(), DbError> {
    let parts: [(&(dyn ToSql + Sync), Type); 3] =
        [(&id, Type::UUID), (&account, Type::TEXT), (&day, Type::DATE)];
    client.query_typed("select billing.penalty_ask($1, $2, $3)", &parts).await?;
    Ok(())
}

/// What became of a question to the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// The answer.
    Told(Value),
    /// None yet: so many questions were asked before it and wait too.
    Waits {
        /// How many.
        before: i64,
    },
}

/// The worker's answer to a preview or an explanation, if it is there.
///
/// # Errors
/// The refusal the change met when it was tried.
pub async fn answer(client: &Client, id: Uuid) -> Result<Asked, DoorError> {
    let rows = client.query_typed("select admin.preview_result($1)", &[(&id, Type::UUID)]).await?;
    let mut state: Value = rows.first().and_then(|row| row.get::<_, Option<Value>>(0)).unwrap_or_default();
    match state["state"].as_str() {
        Some("shown") => Ok(Asked::Told(state["difference"].take())),
        Some("refused") => Err(DoorError::Refused(serde_json::from_value(state["refusal"].take())?)),
        _ => Ok(Asked::Waits { before: state["before"].as_i64().unwrap_or_default() }),
    }
}

/// How far a job is.
///
/// # Errors
/// There is no such job, or it is somebody else's.
pub async fn job(client: &Client, job: Uuid) -> Result<JobState, DoorError> {
    let rows = client.query_typed("select admin.job_state($1)", &[(&job, Type::UUID)]).await?;
    let state = rows.first().and_then(|row| row.get::<_, Option<Value>>(0));
    Ok(serde_json::from_value(state.ok_or_else(|| DoorError::Refused(no_such_job(job)))?)?)
}

/// Whether a worker is connected.
///
/// # Errors
/// The lost line.
pub async fn worker_alive(client: &Client) -> Result<bool, DbError> {
    let rows = client.query_typed("select admin.worker_alive()", &[]).await?;
    Ok(rows.first().is_some_and(|row| row.get(0)))
}

/// Whether an operation was made, once nothing of the session can still be making it: `None` while a connection that was lost
/// is at the door yet.
///
/// # Errors
/// KV003 when it was not made.
pub async fn settle(client: &Client, id: Uuid, session: Uuid) -> Result<Option<Value>, DbError> {
    // The journal is read after the list of statements: what ended in between is in it.
    let busy = "select exists (select from pg_stat_activity where application_name = 'kvartal ' || $1
        and pid <> pg_backend_pid() and state <> 'idle' and query like '%admin.operate(%')";
    let session = session.to_string();
    let rows = client.query_typed(busy, &[(&session, Type::TEXT)]).await?;
    if rows.first().is_some_and(|row| row.get(0)) {
        return Ok(None);
    }
    let made = "select j.known, exists (select from admin.jobs b where b.id = j.id)
        from admin.journal j where j.id = $1 and j.operator = session_user";
    let rows = client.query_typed(made, &[(&id, Type::UUID)]).await?;
    let Some(row) = rows.first() else { return Err(DbError::Refused(not_made(id))) };
    let mut result = json!({ "operation": id, "known": row.get::<_, i64>(0), "repeated": true });
    if row.get(1) {
        result["job"] = json!(id);
    }
    Ok(Some(result))
}

fn not_made(id: Uuid) -> Refusal {
    Refusal {
        code: "KV003".to_owned(),
        message: "Операция не проведена: связь прервалась раньше".to_owned(),
        detail: Some(format!("Номер операции {id}")),
        hint: Some("Проведите её ещё раз".to_owned()),
    }
}

fn no_such_job(job: Uuid) -> Refusal {
    Refusal {
        code: "KV003".to_owned(),
        message: format!("Задание {job} не найдено или не ваше"),
        detail: None,
        hint: Some("Номера заданий показывает kvartal job".to_owned()),
    }
}
