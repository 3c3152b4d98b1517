//! Why each sum of an invoice is what it is: the traces of the calculation as sentences. A sum today's calculation does not
//! give is not explained by another one: the sheet says so instead.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::InvoiceError;
use crate::calc::ids::Mark;
use crate::calc::period::Month;
use crate::calc::unit::Outcome;
use crate::db::driver::{Client, Row};
use crate::db::error::DbError;
use crate::document::invoice::Reason;
use crate::document::number;
use crate::job::booked::{Agreement, Bookings};
use crate::job::worker::{Cache, asked_month, traced};
use crate::lang::Lang;

/// The reasons of all accounts of a unit, calculated once.
///
/// # Errors
/// When the database fails.
pub async fn of_unit(
    client: &mut Client,
    rules: &mut Cache,
    unit: i64,
    month: Month,
) -> Result<BTreeMap<i64, Vec<Reason>>, DbError> {
    let transaction = client.build_transaction().read_only(true).start().await?;
    let outcome = traced(&transaction, rules, unit, (month, Mark::NOW)).await?;
    let bookings = Bookings::of_unit(&transaction, unit, month).await?;
    transaction.rollback().await?;
    Ok(reasons(&outcome, &bookings))
}

/// The reasons of a house's accounts by their numbers: the answer to `billing.reasons_ask`, read back by [`of_house`].
///
/// # Errors
/// When the database fails.
pub async fn answer(client: &mut Client, rules: &mut Cache, args: &Value) -> Result<Value, DbError> {
    let (house, unit) =
        (args["house_id"].as_i64().unwrap_or_default(), args["unit_id"].as_i64().unwrap_or_default());
    let mut all = of_unit(client, rules, unit, asked_month(args)?).await?;
    let sql = "select a.id, a.number from cards_data.account a join cards_data.premises p on p.id = a.premises_id where p.house_id = $1";
    let rows = client.query(sql, &[&house]).await?;
    let of_account = |row: &Row| Some((row.get(1), all.remove(&row.get(0))?));
    let told: BTreeMap<String, Vec<Reason>> = rows.iter().filter_map(of_account).collect();
    Ok(json!(told))
}

/// The reasons by the number of the account.
///
/// # Errors
/// It is no such answer.
pub fn of_house(answer: Value) -> Result<BTreeMap<String, Vec<Reason>>, InvoiceError> {
    Ok(serde_json::from_value(answer)?)
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

fn reasons(outcome: &Outcome, bookings: &Bookings) -> BTreeMap<i64, Vec<Reason>> {
    let mut all: BTreeMap<i64, Vec<Reason>> = BTreeMap::new();
    let agreements = bookings.agreements(outcome);
    for ((line, trace), agreement) in outcome.lines.iter().zip(&outcome.traces).zip(agreements) {
        let texts: Vec<String> = trace.lines(Lang::Ru).into_iter().map(|line| line.text).collect();
        let reason = match agreement {
            Agreement::Booked(amount) => unexplained(texts.first().map_or("", String::as_str), Some(amount)),
            Agreement::Agrees | Agreement::Nothing => said(texts),
        };
        all.entry(line.key.account.0).or_default().push(reason);
    }
    for (key, booked) in bookings.unmatched(outcome) {
        let reason = unexplained(&booked.service, Some(booked.amount));
        all.entry(key.account.0).or_default().push(reason);
    }
    all
}

/// The first sentence is the formula, the rest where its numbers come from.
fn said(mut texts: Vec<String>) -> Reason {
    let rest = texts.split_off(texts.len().min(1));
    let told: Vec<String> =
        rest.iter().map(|text| without_rows(text).trim_end_matches('.').to_owned()).collect();
    Reason { head: texts.pop().unwrap_or_default(), told: told.join(". ") }
}

/// Rows of the base mean nothing on paper: «(с 01.07.2026, запись 12)» becomes «(с 01.07.2026)».
fn without_rows(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("запись ") {
        let digits = after.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(after.len());
        kept.push_str(before.trim_end_matches(", ").trim_end_matches(" ("));
        rest =
            if before.ends_with(" (") { after[digits..].trim_start_matches(')') } else { &after[digits..] };
    }
    kept + rest
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

#[cfg(test)]
mod tests {
    use super::without_rows;

    #[test]
    fn rows_of_the_base_are_not_printed() {
        for (said, printed) in [
            ("Тариф: 47,30 ₽/м³ (с 01.07.2026, запись 12)", "Тариф: 47,30 ₽/м³ (с 01.07.2026)"),
            ("Показание: 5 м³ (запись 7)", "Показание: 5 м³"),
            ("Количество: 1 шт.", "Количество: 1 шт."),
        ] {
            assert_eq!(without_rows(said), printed);
        }
    }
}
