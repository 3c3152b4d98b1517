//! Asking: questions and calls on one connection, in one round trip once their statements are prepared.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use bytes::BytesMut;
use chrono::NaiveDate;
use deadpool_postgres::ClientWrapper;
use futures_util::future::join5;
use serde_json::{Map, Value as Json};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Row, Statement as Prepared};

use super::cell::Cell;
use super::question::{Question, Signature, Statement, call};
use crate::db::error::{DbError, Refusal};

/// Rows as they came.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Values in the order of the asked columns.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there are more behind the last.
    pub more: bool,
    /// How many there are in all, where it was asked; counted in the same snapshot.
    pub total: Option<u64>,
    /// How long it took, in milliseconds.
    pub millis: u32,
}

/// What the catalogue said about functions.
#[derive(Debug, Default)]
pub struct Signatures(Mutex<HashMap<String, Signature>>);

/// The two times, for this transaction only.
const TIMES: &str = "select set_config('kvartal.as_of', coalesce($1::date::text, ''), true),
    set_config('kvartal.known_at', coalesce(admin.known_on($2)::text, ''), true)";

const SIGNATURE: &str = "select coalesce(p.proargnames::text[], '{}'), p.proretset
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = split_part($1, '.', 1)::name and p.proname = split_part($1, '.', 2)::name";

/// Reads the rows of a question.
///
/// # Errors
/// The refusal, or the lost line.
pub async fn rows(
    client: &ClientWrapper,
    signatures: &Signatures,
    question: &Question,
) -> Result<Rows, DbError> {
    let begun = Instant::now();
    let signature = match question.is_function {
        true => signature(client, signatures, &question.relation).await?,
        false => Signature::default(),
    };
    let (statement, prepared) = prepared_rows(client, question, &signature).await?;
    let counted = match question.counted()? {
        Some(counted) => Some((prepare(client, &counted).await?, counted.parameters)),
        None => None,
    };
    let dated = question.as_of.is_some() || question.known_on.is_some();
    let (mut found, total) = if dated || counted.is_some() {
        together(client, question, (&prepared, &statement.parameters), counted.as_ref()).await?
    } else {
        (client.query(&prepared, &borrowed(&statement.parameters)).await?, None)
    };
    let more = question.limit.is_some_and(|limit| found.len() > limit);
    found.truncate(question.limit.unwrap_or(usize::MAX));
    Ok(Rows {
        rows: found.iter().map(cells).collect(),
        more,
        total,
        millis: u32::try_from(begun.elapsed().as_millis()).unwrap_or(u32::MAX),
    })
}

/// Rows and their count in one snapshot, as of the two times. All parts are sent before the first answer is awaited; a part that
/// fails makes the end a rollback.
async fn together(
    client: &ClientWrapper,
    question: &Question,
    (prepared, parameters): (&Prepared, &[Cell]),
    counted: Option<&(Prepared, Vec<Cell>)>,
) -> Result<(Vec<Row>, Option<u64>), DbError> {
    let dated = question.as_of.is_some() || question.known_on.is_some();
    let times = if dated { Some(client.prepare_cached(TIMES).await?) } else { None };
    let set = async {
        match &times {
            Some(times) => client.query(times, &[&question.as_of, &question.known_on]).await.map(drop),
            None => Ok(()),
        }
    };
    let parameters = borrowed(parameters);
    let count = async {
        let Some((counted, parameters)) = counted else { return Ok(None) };
        Ok(Some(client.query_one(counted, &borrowed(parameters)).await?.get::<_, Option<i64>>(0)))
    };
    let (began, set, rows, count, ended) = join5(
        client.batch_execute("begin isolation level repeatable read"),
        set,
        client.query(prepared, &parameters),
        count,
        client.batch_execute("commit"),
    )
    .await;
    began?;
    set?;
    let (rows, count): (_, Result<_, tokio_postgres::Error>) = (rows?, count);
    let count = count?.flatten();
    ended?;
    Ok((rows, count.and_then(|count| u64::try_from(count).ok())))
}

/// Calls a function with named arguments: its value, an object where it has several, a list where it returns rows.
///
/// # Errors
/// The refusal, or the lost line.
pub async fn function(
    client: &ClientWrapper,
    signatures: &Signatures,
    name: &str,
    arguments: &[(String, Cell)],
) -> Result<Json, DbError> {
    let signature = signature(client, signatures, name).await?;
    let mut statement = Statement::default();
    let called = call(&mut statement, name, arguments)?;
    statement.sql = format!("select * from {called}");
    let prepared = prepare(client, &statement).await?;
    let rows = client.query(&prepared, &borrowed(&statement.parameters)).await?;
    let mut values = rows.iter().map(object);
    Ok(if signature.is_set { values.collect() } else { values.next().unwrap_or_default() })
}

/// The day, and what was known by the end of a day; nothing = now.
pub type Times = (Option<NaiveDate>, Option<NaiveDate>);

/// As [`function`], read as of two times.
///
/// # Errors
/// As [`function`].
pub async fn function_as_of(
    client: &ClientWrapper,
    signatures: &Signatures,
    name: &str,
    arguments: &[(String, Cell)],
    (as_of, known_on): Times,
) -> Result<Json, DbError> {
    if as_of.is_none() && known_on.is_none() {
        return function(client, signatures, name, arguments).await;
    }
    let times = client.prepare_cached(TIMES).await?;
    client.batch_execute("begin").await?;
    let asked = async {
        client.query(&times, &[&as_of, &known_on]).await?;
        function(client, signatures, name, arguments).await
    };
    let asked = asked.await;
    // A refusal leaves the transaction failed: its end is a rollback then, and the connection is free again.
    client.batch_execute("commit").await?;
    asked
}

async fn signature(
    client: &ClientWrapper,
    signatures: &Signatures,
    name: &str,
) -> Result<Signature, DbError> {
    let known = signatures.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let row = client.query_opt(SIGNATURE, &[&name]).await?;
    let signature =
        row.map(|row| Signature { arguments: row.get(0), is_set: row.get(1) }).unwrap_or_default();
    let mut known = signatures.0.lock().unwrap_or_else(PoisonError::into_inner);
    known.insert(name.to_owned(), signature.clone());
    Ok(signature)
}

/// The statement of a question; where it has moments with a zone, the one that asks for them in the server's own time.
async fn prepared_rows(
    client: &ClientWrapper,
    question: &Question,
    signature: &Signature,
) -> Result<(Statement, Prepared), DbError> {
    let statement = question.rows(signature, &[])?;
    let prepared = prepare(client, &statement).await?;
    let zoned = |column: &(usize, &tokio_postgres::Column)| *column.1.type_() == Type::TIMESTAMPTZ;
    let moments: Vec<usize> =
        prepared.columns().iter().enumerate().filter(zoned).map(|(place, _)| place).collect();
    if moments.is_empty() {
        return Ok((statement, prepared));
    }
    let statement = question.rows(signature, &moments)?;
    let prepared = prepare(client, &statement).await?;
    Ok((statement, prepared))
}

/// Prepares a statement once a connection, and makes sure that every value can become what its parameter is: the driver's
/// own refusal would look like a lost line.
async fn prepare(client: &ClientWrapper, statement: &Statement) -> Result<Prepared, DbError> {
    let prepared = client.prepare_cached(&statement.sql).await?;
    for (value, ty) in statement.parameters.iter().zip(prepared.params()) {
        if value.to_sql(ty, &mut BytesMut::new()).is_err() {
            return Err(DbError::Refused(Refusal {
                code: "KV004".to_owned(),
                message: format!("Значение «{}» не годится: здесь нужно {}", value.word(), needed(ty)),
                detail: None,
                hint: Some("Исправьте и повторите".to_owned()),
            }));
        }
    }
    Ok(prepared)
}

fn needed(ty: &Type) -> &'static str {
    match *ty {
        Type::INT2 | Type::INT4 | Type::INT8 => "целое число",
        Type::NUMERIC => "число",
        Type::DATE => "дата",
        Type::BOOL => "да или нет",
        _ => "значение другого вида",
    }
}

fn borrowed(parameters: &[Cell]) -> Vec<&(dyn ToSql + Sync)> {
    parameters.iter().map(|one| one as &(dyn ToSql + Sync)).collect()
}

fn cells(row: &Row) -> Vec<Cell> {
    (0..row.len()).map(|column| row.get(column)).collect()
}

fn object(row: &Row) -> Json {
    if let [_] = row.columns() {
        return row.get::<_, Cell>(0).json();
    }
    let names = row.columns().iter().map(|column| column.name().to_owned());
    Json::Object(names.zip(cells(row).iter().map(Cell::json)).collect::<Map<_, _>>())
}
