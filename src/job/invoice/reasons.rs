//! Why each sum of an invoice is what it is: the traces of the calculation as sentences. A sum today's calculation does not
//! give is not explained by another one: the sheet says so instead.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::calc::ids::AccountId;
use crate::calc::line::LineKey;
use crate::calc::period::Month;
use crate::calc::unit::Outcome;
use crate::db::driver::{Client, Transaction};
use crate::db::error::DbError;
use crate::document::invoice::Reason;
use crate::document::number;
use crate::job::worker::traced;

/// Stored amounts by account, service, contract and component.
type Stored = BTreeMap<(i64, i64, i64, i16), Decimal>;

/// The reasons of all accounts of a unit, calculated once.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(
    client: &mut Client,
    unit: i64,
    month: Month,
) -> Result<BTreeMap<i64, Vec<Reason>>, DbError> {
    let transaction = client.build_transaction().read_only(true).start().await?;
    let outcome = traced(&transaction, unit, month).await?;
    let stored = stored(&transaction, unit, month).await?;
    transaction.rollback().await?;
    Ok(reasons(&outcome, &stored))
}

/// The reasons of an answer to «Почему?», as a workstation and the command line get it.
#[must_use]
pub fn of_answer(answer: &Value) -> Vec<Reason> {
    let lines = answer["lines"].as_array().into_iter().flatten();
    lines.map(|line| of_line(line, &line["tree"])).collect()
}

fn of_line(line: &Value, tree: &Value) -> Reason {
    let texts = tree.as_array().into_iter().flatten().filter_map(|one| one["text"].as_str());
    let texts: Vec<String> = texts.map(str::to_owned).collect();
    match line["differs"].as_bool() {
        Some(true) => unexplained(texts.first().map_or("", String::as_str), None),
        _ => said(texts),
    }
}

fn reasons(outcome: &Outcome, stored: &Stored) -> BTreeMap<i64, Vec<Reason>> {
    let mut all: BTreeMap<i64, Vec<Reason>> = BTreeMap::new();
    for (line, trace) in outcome.lines.iter().zip(&outcome.traces) {
        let texts: Vec<String> = trace.lines().into_iter().map(|line| line.text).collect();
        let AccountId(account) = line.key.account;
        let reason = match stored.get(&place(&line.key)) {
            Some(booked) if *booked != line.amount.roubles() => {
                unexplained(texts.first().map_or("", String::as_str), Some(*booked))
            }
            _ => said(texts),
        };
        all.entry(account).or_default().push(reason);
    }
    all
}

fn place(key: &LineKey) -> (i64, i64, i64, i16) {
    (key.account.0, key.service.0, key.contract.0, key.component.code())
}

/// The first sentence is the formula, the rest where its numbers come from.
fn said(mut texts: Vec<String>) -> Reason {
    let rest = texts.split_off(texts.len().min(1));
    Reason { head: texts.pop().unwrap_or_default(), told: rest.join(". ") }
}

fn unexplained(head: &str, booked: Option<Decimal>) -> Reason {
    let service = head.split(": ").next().unwrap_or(head);
    let sum = booked.map(|booked| format!(" {} ₽", number::quantity(booked))).unwrap_or_default();
    Reason {
        head: format!("{service}: начислено{sum}"),
        told: "Сумма рассчитана по правилам, которые с тех пор изменились; её разъяснят в расчётном центре"
            .to_owned(),
    }
}

async fn stored(transaction: &Transaction<'_>, unit: i64, month: Month) -> Result<Stored, DbError> {
    let sql = "select l.account_id, l.service_id, l.contract_id, l.component, l.amount
        from billing_data.month m
        join billing_data.line l on l.run = m.run
        join cards_data.account a on a.id = l.account_id
        where m.month = $1 and a.unit_id = $2 and l.cause = 0";
    let rows = transaction.query(sql, &[&month.first_day(), &unit]).await?;
    Ok(rows.iter().map(|row| ((row.get(0), row.get(1), row.get(2), row.get(3)), row.get(4))).collect())
}
