//! «Почему?»: the traces of an account's lines in a month, from facts as known when the month was released, or as they
//! stand for an open one; and whether today's calculation gives what was booked.

use crate::db::driver::{Client, Row};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::calc::earlier::Earlier;
use crate::calc::ids::{AccountId, Mark, UnitId};
use crate::calc::line::{Component, LineKey};
use crate::calc::period::Month;
use crate::calc::projection::{Input, carried};
use crate::calc::trace::component;
use crate::calc::unit::{Detail, Outcome, calc};
use crate::db::book::Book;
use crate::db::error::DbError;
use crate::db::load::{self, Depth};
use crate::document::number;
use crate::job::booked::{Agreement, Booked, Bookings};
use crate::job::penalty;
use crate::job::projected::Ground;

/// Explains: `{"month", "state", "lines": [{"key", "stored", "trace", "text"}], "recalculations": [{"text", "because", …}],
/// "penalties": [{"text", "tree"}]}`.
///
/// # Errors
/// When the database fails.
pub async fn answer(client: &mut Client, args: &Value) -> Result<Value, DbError> {
    let account = AccountId(args["account_id"].as_i64().unwrap_or_default());
    let month: Month = args["month"]
        .as_str()
        .and_then(|day| day.get(..7)?.parse().ok())
        .ok_or_else(|| DbError::Unavailable("месяц вопроса не прочитан".to_owned()))?;
    let transaction = client.build_transaction().read_only(true).start().await?;
    let unit: i64 = transaction
        .query_one("select unit_id from cards_data.account where id = $1", &[&account.0])
        .await?
        .get(0);
    let known = released_known(&transaction, month).await?;
    let outcome = traced(&transaction, unit, month).await?;
    let bookings = Bookings::of_unit(&transaction, unit, month).await?;
    let recalculations = recalculations(&transaction, account, month).await?;
    let penalties = penalty::answer::booked_in(&transaction, account.0, month).await?;
    transaction.rollback().await?;
    Ok(json!({
        "month": month,
        "known": known,
        "lines": lines(&outcome, account, &bookings),
        "recalculations": recalculations,
        "penalties": penalties,
        "exceptions": outcome.exceptions.iter().filter(|one| one.account == account)
            .map(|one| one.reason.to_string()).collect::<Vec<_>>(),
    }))
}

/// The lines of a unit in a month with their traces: a released month as known at its release, an open one as things stand.
///
/// # Errors
/// When the database fails.
pub(in crate::job) async fn traced(
    transaction: &crate::db::driver::Transaction<'_>,
    unit: i64,
    month: Month,
) -> Result<Outcome, DbError> {
    let book = Book::read(transaction).await?;
    let known = released_known(transaction, month).await?;
    recompute(transaction, unit, &book, month, known).await
}

async fn released_known(
    transaction: &crate::db::driver::Transaction<'_>,
    month: Month,
) -> Result<Option<i64>, DbError> {
    let sql = "select released_known from billing_data.month where month = $1";
    Ok(transaction.query_opt(sql, &[&month.first_day()]).await?.and_then(|row| row.get(0)))
}

/// Calculates the month with traces: a released one as known at its release, an open one as things stand.
async fn recompute(
    transaction: &crate::db::driver::Transaction<'_>,
    unit: i64,
    book: &Book,
    month: Month,
    known: Option<i64>,
) -> Result<Outcome, DbError> {
    let rules = load::rules(transaction).await?;
    let Some(facts) = load::units(transaction, unit, unit, Depth::Whole).await?.pop() else {
        return Ok(Outcome::default());
    };
    let (mark, earlier) = match known {
        Some(known) => {
            // Its own house quantities are read too: they are the frozen ones it was booked with.
            let mut all = load::earlier(transaction, unit, unit, Some(month.next())).await?;
            let mut earlier = all.remove(&UnitId(unit)).unwrap_or_default();
            earlier.meters.retain(|(_, _, of), _| *of < month);
            (Mark(known), earlier)
        }
        None => (Mark::NOW, open_earlier(transaction, unit, book, &facts, &rules, month).await?),
    };
    Ok(calc(&facts, &rules, mark, &earlier, month, Detail::Traced))
}

/// Quantities an open month is calculated from: booked ones, recalculated, and those of open months before it.
async fn open_earlier(
    transaction: &crate::db::driver::Transaction<'_>,
    unit: i64,
    book: &Book,
    facts: &crate::calc::facts::UnitFacts,
    rules: &crate::calc::rules::Rules,
    month: Month,
) -> Result<Earlier, DbError> {
    let ground = Ground::read(transaction, unit, unit, book).await?;
    let (earlier, causes) = (ground.earlier(facts.unit), ground.causes(facts.unit));
    let input = Input { facts, rules, earlier: &earlier, released: book.released, causes: &causes };
    let before: Vec<Month> = book.open.iter().map(|open| open.month).filter(|open| *open < month).collect();
    Ok(carried(input, &before))
}

/// The account's lines with their traces, then what is booked and no longer given.
fn lines(outcome: &Outcome, account: AccountId, bookings: &Bookings) -> Vec<Value> {
    let agreements = bookings.agreements(outcome);
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
                "text": trace.to_string(),
                "tree": trace.lines(),
            })
        })
        .collect();
    let gone = bookings.unmatched(outcome).filter(|(key, _)| key.account == account);
    lines.extend(gone.map(|(key, booked)| unmatched(key, booked)));
    lines
}

/// A booked charge the calculation no longer gives: its sum is not explained by silence.
fn unmatched(key: LineKey, booked: &Booked) -> Value {
    let text = format!("{}{}: расчёт этой строки не даёт", booked.service, component(key.component));
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

/// Recalculations booked or projected in the month, each with the operation that caused it.
async fn recalculations(
    transaction: &crate::db::driver::Transaction<'_>,
    account: AccountId,
    month: Month,
) -> Result<Vec<Value>, DbError> {
    let rows = transaction
        .query(
            "select s.name, l.component, l.source_month, l.volume, l.amount, o.id::text, k.title, o.ground, o.at::date, s.id
             from billing_data.month m
             join billing_data.line l on l.run = m.run
             join cards_data.service s on s.id = l.service_id
             join admin_data.operation o on o.known = l.cause
             join admin_data.operation_kind k on k.name = o.kind
             where m.month = $1 and l.account_id = $2 and l.cause <> 0
             order by l.source_month, s.sort, l.cause, l.component",
            &[&month.first_day(), &account.0],
        )
        .await?;
    Ok(rows.iter().map(recalculation).collect())
}

/// The sentence and its cause are worded here, once, for every screen and paper that shows them.
fn recalculation(row: &Row) -> Value {
    let (service, month): (String, Month) = (row.get(0), Month::of(row.get(2)));
    let amount: Decimal = row.get(4);
    let ground = row.get::<_, Option<String>>(7);
    let told = ground.as_ref().map(|ground| format!(", {ground}")).unwrap_or_default();
    let (title, day): (String, chrono::NaiveDate) = (row.get(6), row.get(8));
    json!({
        "text": format!("Перерасчёт за {}: {service} {} ₽", number::month(month), number::quantity(amount)),
        "because": format!("{title} от {}{told}", number::day(day)),
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
    })
}
