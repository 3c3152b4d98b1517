//! «Почему?»: the traces of an account's lines in a month, from facts as known when the month was released, or as they
//! stand for an open one; and whether today's calculation gives what was booked. Asked as known on an earlier day, it answers as it
//! would have then: of a month released since, from the facts known that day.

use crate::db::driver::{Client, Row, Transaction};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::rules::Cache;
use crate::calc::ids::{AccountId, Mark, UnitId};
use crate::calc::line::{Component, LineKey};
use crate::calc::period::Month;
use crate::calc::projection::{Input, carried};
use crate::calc::rules::Rules;
use crate::calc::trace::{Said, component};
use crate::calc::unit::{Detail, Outcome, calc};
use crate::db::book::Book;
use crate::db::error::DbError;
use crate::db::load::{self, Depth};
use crate::document::number;
use crate::job::booked::{Agreement, Booked, Bookings};
use crate::job::instalment;
use crate::job::penalty;
use crate::job::projected::Ground;
use crate::lang::Lang;
use crate::locale;

/// Explains: `{"month", "state", "lines": [{"key", "stored", "trace", "text"}], "recalculations": [{"text", "because", …}],
/// "penalties": [{"text", "tree"}], "instalments": [{"text", "tree"}]}`. `known` of the question is the mark of the day it is asked as known on, `language` the one
/// its sentences are in.
///
/// # Errors
/// When the database fails.
pub async fn answer(client: &mut Client, rules: &mut Cache, args: &Value) -> Result<Value, DbError> {
    let account = AccountId(args["account_id"].as_i64().unwrap_or_default());
    let month = asked_month(args)?;
    let lang = Lang::of_setting(args["language"].as_str().unwrap_or_default());
    let transaction = client.build_transaction().read_only(true).start().await?;
    let unit: i64 = transaction
        .query_one("select unit_id from cards_data.account where id = $1", &[&account.0])
        .await?
        .get(0);
    let seen = args["known"].as_i64().map_or(Mark::NOW, Mark);
    let known = released_known(&transaction, month, seen).await?;
    let outcome = traced(&transaction, rules, unit, (month, seen)).await?;
    let is_booked = known.is_some() || seen == Mark::NOW;
    let bookings = match is_booked {
        true => Some(Bookings::of_unit(&transaction, unit, month).await?),
        // What was calculated then is not kept: there is nothing to compare with.
        false => None,
    };
    let recalculations = recalculations(&transaction, (account, month, seen), lang).await?;
    let penalties = match is_booked {
        true => penalty::answer::booked_in(&transaction, account.0, month, lang).await?,
        false => Vec::new(),
    };
    let instalments = match is_booked {
        true => instalment::booked_in(&transaction, account.0, month, lang).await?,
        false => Vec::new(),
    };
    transaction.rollback().await?;
    Ok(json!({
        "month": month,
        "known": known,
        "lines": lines(&outcome, account, (bookings.as_ref(), lang)),
        "recalculations": recalculations,
        "penalties": penalties,
        "instalments": instalments,
        "exceptions": outcome.exceptions.iter().filter(|one| one.account == account)
            .map(|one| of_base(&one.reason.to_string(), lang)).collect::<Vec<_>>(),
    }))
}

/// The month of a question.
///
/// # Errors
/// There is none.
pub(in crate::job) fn asked_month(args: &Value) -> Result<Month, DbError> {
    let month = args["month"].as_str().and_then(|day| day.get(..7)?.parse().ok());
    month.ok_or_else(|| DbError::Unavailable("месяц вопроса не прочитан".to_owned()))
}

/// The lines of a unit in a month with their traces, as seen at a mark: a month released by then as known at its release, an
/// open one as things stood.
///
/// # Errors
/// When the database fails.
pub(in crate::job) async fn traced(
    transaction: &Transaction<'_>,
    rules: &mut Cache,
    unit: i64,
    (month, seen): (Month, Mark),
) -> Result<Outcome, DbError> {
    let rules = rules.get(transaction).await?;
    let Some(known) = released_known(transaction, month, seen).await? else {
        return open(transaction, &rules, unit, (month, seen)).await;
    };
    // Its own house quantities are read too: they are the frozen ones it was booked with.
    let mut all = load::earlier(transaction, unit, unit, Some(month.next())).await?;
    let mut earlier = all.remove(&UnitId(unit)).unwrap_or_default();
    earlier.meters.retain(|(_, _, of), _| *of < month);
    let facts = load::units(transaction, unit, unit, Depth::Whole).await?.pop().unwrap_or_default();
    Ok(calc(&facts, &rules, Mark(known), &earlier, month, Detail::Traced))
}

async fn released_known(
    transaction: &Transaction<'_>,
    month: Month,
    seen: Mark,
) -> Result<Option<i64>, DbError> {
    let sql = "select released_known from billing_data.month where month = $1 and released_known <= $2";
    Ok(transaction.query_opt(sql, &[&month.first_day(), &seen.0]).await?.and_then(|row| row.get(0)))
}

/// An open month, from booked quantities, recalculated, and those of open months before it. Where nothing of that is due it is asked
/// of what stands now, and a picture tells it.
async fn open(
    transaction: &Transaction<'_>,
    rules: &Rules,
    unit: i64,
    (month, seen): (Month, Mark),
) -> Result<Outcome, DbError> {
    let book = Book::as_known(transaction, seen).await?;
    let ground = Ground::as_known(transaction, (unit, unit), &book, seen).await?;
    let (earlier, causes) = (ground.earlier(UnitId(unit)), ground.causes(UnitId(unit)));
    let before: Vec<Month> = book.open.iter().map(|open| open.month).filter(|open| *open < month).collect();
    let stands = seen == Mark::NOW && before.is_empty() && causes.is_empty();
    let depth = if stands { Depth::Month(month) } else { Depth::Whole };
    let facts = load::units(transaction, unit, unit, depth).await?.pop().unwrap_or_default();
    let input = Input { facts: &facts, rules, earlier: &earlier, released: book.released, causes: &causes };
    let earlier = carried(input, seen, &before);
    Ok(calc(&facts, rules, seen, &earlier, month, Detail::Traced))
}

/// The account's lines with their traces, then what is booked and no longer given.
fn lines(outcome: &Outcome, account: AccountId, (bookings, lang): (Option<&Bookings>, Lang)) -> Vec<Value> {
    let nothing = || vec![Agreement::Nothing; outcome.lines.len()];
    let agreements = bookings.map_or_else(nothing, |bookings| bookings.agreements(outcome));
    let traced = outcome.lines.iter().zip(&outcome.traces).zip(agreements);
    let own = traced.filter(|((line, _), _)| line.key.account == account);
    let mut lines: Vec<Value> = own
        .map(|((line, trace), agreement)| {
            let booked = match agreement {
                Agreement::Agrees => Some(line.amount.roubles()),
                Agreement::Booked(amount) => Some(amount),
                Agreement::Nothing => None,
            };
            json!({
                "component": line.key.component,
                "amount": line.amount,
                "booked": booked,
                "differs": matches!(agreement, Agreement::Booked(_)),
                "trace": trace,
                "text": trace.text(lang),
                "tree": trace.lines(lang),
            })
        })
        .collect();
    let gone = bookings.into_iter().flat_map(|bookings| bookings.unmatched(outcome));
    let gone = gone.filter(|(key, _)| key.account == account);
    lines.extend(gone.map(|(key, booked)| unmatched(key, booked, lang)));
    lines
}

/// A booked charge the calculation no longer gives: its sum is not explained by silence.
fn unmatched(key: LineKey, booked: &Booked, lang: Lang) -> Value {
    let line = format!("{}{}", booked.service, component(key.component, lang));
    let text = Said::Gone(&line).told(lang);
    json!({
        "component": key.component,
        "amount": Decimal::ZERO,
        "booked": booked.amount,
        "differs": true,
        "trace": { "key": key },
        "text": text,
        "tree": [{ "depth": 0, "text": text }],
    })
}

/// Recalculations booked or projected in the month, each with the operation that caused it and was known.
async fn recalculations(
    transaction: &Transaction<'_>,
    (account, month, seen): (AccountId, Month, Mark),
    lang: Lang,
) -> Result<Vec<Value>, DbError> {
    let rows = transaction
        .query(
            "select s.name, l.component, l.source_month, l.volume, l.amount, o.id::text, k.title, o.ground, o.at::date, s.id,
                 case when l.source_month = billing.depth_floor(m.month, l.cause)
                     then billing.beyond_depth_told(l.account_id, s.id, l.source_month, l.cause) end
             from billing_data.month m
             join billing_data.line l on l.run = m.run
             join cards_data.service s on s.id = l.service_id
             join admin_data.operation o on o.known = l.cause
             join admin_data.operation_kind k on k.name = o.kind
             where m.month = $1 and l.account_id = $2 and l.cause <> 0 and l.cause <= $3
             order by l.source_month, s.sort, l.cause, l.component",
            &[&month.first_day(), &account.0, &seen.0],
        )
        .await?;
    Ok(rows.iter().map(|row| recalculation(row, lang)).collect())
}

/// The sentence and its cause are worded here, once, for every screen and paper that shows them.
fn recalculation(row: &Row, lang: Lang) -> Value {
    let (service, month): (String, Month) = (row.get(0), Month::of(row.get(2)));
    let amount: Decimal = row.get(4);
    let ground = row.get::<_, Option<String>>(7);
    let (title, day): (String, chrono::NaiveDate) = (row.get(6), row.get(8));
    let sum = format!("{service} {}", number::quantity(amount));
    let because = Said::Because { title: &of_base(&title, lang), on: day, ground: ground.as_deref() };
    json!({
        "text": Said::Recalculation { of: month, sum: &sum }.told(lang),
        "because": because.told(lang),
        "service": service,
        "component": Component::from_code(row.get(1)),
        "month": month,
        "volume": row.get::<_, Decimal>(3),
        "amount": amount,
        "operation": row.get::<_, String>(5),
        "title": title,
        "ground": ground,
        "day": day,
        "service_id": row.get::<_, i64>(9),
        "beyond": row.get::<_, Option<String>>(10).map(|text| of_base(&text, lang)),
    })
}

/// What the base calls a thing of its own, in a language.
fn of_base(text: &str, lang: Lang) -> String {
    match lang {
        Lang::Ru => text.to_owned(),
        Lang::En => locale::said(text),
    }
}
