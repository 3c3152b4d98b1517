//! Between the engine's words and the database's: neither knows the other.

use crate::db::desk::question::Wanted;
use crate::db::desk::stop::Ended;
use crate::db::desk::{Cell, Question, read};
use crate::db::error::DbError;
use crate::engine::effect::{Operation, Query};
use crate::engine::example::Is;
use crate::engine::msg::{Answer, NO_WORKER, Progress, Refusal, Rows};
use crate::engine::value::Value;
use crate::job::door::{self, DoorError, JobState};

/// A value of the engine for a parameter.
#[must_use]
pub fn cell(value: Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Text(text) => Cell::Text(text),
        Value::Int(number) => Cell::Int(number),
        Value::Dec(number) => Cell::Dec(number),
        Value::Bool(yes) => Cell::Bool(yes),
        Value::Day(day) => Cell::Day(day),
        Value::Moment(moment) => Cell::Moment(moment),
        Value::Id(id) => Cell::Id(id),
        Value::Json(json) => Cell::Json(json),
    }
}

/// A value of a row for the engine.
#[must_use]
pub fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Text(text) => Value::Text(text),
        Cell::Int(number) => Value::Int(number),
        Cell::Dec(number) => Value::Dec(number),
        Cell::Bool(yes) => Value::Bool(yes),
        Cell::Day(day) => Value::Day(day),
        Cell::Moment(moment) => Value::Moment(moment),
        Cell::Id(id) => Value::Id(id),
        Cell::Json(json) => Value::Json(json),
    }
}

/// Named arguments.
#[must_use]
pub fn arguments(args: Vec<(String, Value)>) -> Vec<(String, Cell)> {
    args.into_iter().map(|(name, one)| (name, cell(one))).collect()
}

/// A query of the engine as a question to the database.
#[must_use]
pub fn question(query: Query) -> Question {
    Question {
        relation: query.relation,
        is_function: query.is_function,
        columns: query.columns,
        by: arguments(query.by),
        filter: query.filter,
        example: query.example.into_iter().map(|one| (one.column, wanted(one.is))).collect(),
        order: query.order.into_iter().map(|order| (order.column, order.down)).collect(),
        after: query.after.map(|after| after.into_iter().map(cell).collect()),
        limit: query.limit,
        count: query.count,
        as_of: query.times.as_of,
        known_on: query.times.known_on,
    }
}

/// What a column must be.
fn wanted(is: Is) -> Wanted {
    match is {
        Is::Like(text) => Wanted::Like(text),
        Is::OneOf(codes) => Wanted::OneOf(codes),
        Is::Between(from, to) => Wanted::Between(cell(from), cell(to)),
    }
}

/// Rows for the engine.
#[must_use]
pub fn rows(found: read::Rows) -> Rows {
    Rows {
        rows: found.rows.into_iter().map(|row| row.into_iter().map(value).collect()).collect(),
        more: found.more,
        total: found.total,
        millis: found.millis,
    }
}

/// An operation for the door. What was typed in secret goes as the verifier of a password: the password itself never travels.
#[must_use]
pub fn operation(operation: Operation) -> door::Operation {
    let Operation { id, kind, mut args, ground, secrets } = operation;
    for (name, secret) in secrets {
        args[name] = crate::job::setup::verifier(&secret.0).into();
    }
    door::Operation { id, kind, args, ground }
}

/// Any failure of the database as a refusal.
#[must_use]
pub fn failure(error: DbError) -> Refusal {
    match error {
        DbError::Refused(refused) => refused,
        other => Refusal { code: other.code().to_owned(), message: other.to_string(), ..Refusal::default() },
    }
}

/// A sentence as a refusal.
#[must_use]
pub fn sentence(code: &str, message: &str) -> Refusal {
    Refusal { code: code.to_owned(), message: message.to_owned(), ..Refusal::default() }
}

/// Why there is no answer, as an answer.
#[must_use]
pub fn ended(ended: Ended) -> Answer {
    match ended {
        Ended::Cancelled => Answer::Cancelled,
        Ended::Failed(error) => Answer::Refused(failure(error)),
    }
}

/// What the door said instead of opening.
#[must_use]
pub fn shut(error: DoorError) -> Answer {
    Answer::Refused(match error {
        DoorError::Db(error) => failure(error),
        DoorError::Refused(refused) | DoorError::Failed(refused) => refused,
        absent @ DoorError::NoWorker => sentence(NO_WORKER, &absent.to_string()),
        other => sentence("", &other.to_string()),
    })
}

/// How far a job is.
#[must_use]
pub fn progress(state: &JobState) -> Progress {
    Progress { stage: state.stage.clone().unwrap_or_default(), done: state.done, total: state.total }
}
