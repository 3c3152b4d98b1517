//! A full run: everybody's month, streamed into fresh tables while others work, then published in one short transaction.
//!
//! Units are taken in ranges of about [`BATCH`] accounts. A range is read, calculated, written by COPY and committed as a
//! whole, so a killed run resumes after the last range; no snapshot is held longer than a range. The version of each
//! unit is read before its facts: a unit that moved since is queued when the run is published.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use crate::db::config::Address;
use crate::db::driver::{Client, Transaction};
use futures_util::future::try_join_all;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use tokio::sync::mpsc::Sender;
use tokio::task::{JoinError, JoinSet};

use crate::calc::period::Month;
use crate::calc::rules::Rules;
use crate::db::book::Book;
use crate::db::connect::connect;
use crate::db::error::{DbError, Refusal};
use crate::db::load;
use crate::job::projected::ProjectedRange;
use crate::job::store::{Copied, Rows};
use crate::job::worker::{APPLICATION, JobContext, JobError};

/// Accounts in a range: large enough to keep the server busy, small enough to be lost without regret.
const BATCH: i64 = 2_000;

/// The last ranges are smaller, down to this: near the end no hand is left alone with much.
const LEAST: i64 = 500;

/// Ranges in work at the same time, each with a connection of its own: while one waits for the server others calculate.
const HANDS: usize = 3;

/// What the connection of a hand is told once. A range that a crash of the server takes back goes together with the row that says
/// it is done, so nobody waits for its commit to reach the disk: publishing does, and takes all of them along. And a range is
/// read page by page: in the order of an index every page would be visited many times.
const MANNERS: &str = "set synchronous_commit = off; set enable_indexscan = off";

/// Class of the advisory locks under which a run's ranges are written; the number of the run is the other half.
const RUN_LOCK: i32 = 4715;

/// What a run is made of, shared by its hands.
struct Plan {
    run: i32,
    book: Book,
    months: Vec<Month>,
    rules: Rules,
    /// Ranges there are to do.
    total: i64,
    ranges: Mutex<VecDeque<Range>>,
}

#[derive(Debug, Clone, Copy)]
struct Range {
    first: i64,
    last: i64,
    accounts: i64,
}

/// Runs the month.
///
/// # Errors
/// Why it could not be done; what was committed stays for a resumed run, nothing is published.
pub async fn run(context: &JobContext, month: Month) -> Result<Value, JobError> {
    // Logging in is mostly waiting: the hands come while the plan is made.
    let hands = try_join_all((0..HANDS).map(|_| hand(&context.address)));
    let (plan, hands) = tokio::try_join!(plan(context, month), hands)?;
    let hands = write(context, &plan, hands).await?;
    publish(context, &plan, &hands).await
}

async fn hand(address: &Address) -> Result<Client, JobError> {
    let hand = connect(address, APPLICATION).await?;
    hand.batch_execute(MANNERS).await?;
    Ok(hand)
}

async fn plan(context: &JobContext, month: Month) -> Result<Arc<Plan>, JobError> {
    let client = &context.client;
    let book = Book::read(client).await?;
    let months: Vec<Month> = book.open.iter().map(|open| open.month).filter(|open| *open <= month).collect();
    let run: i32 = client
        .query_one("select billing.run_start($1, $2)", &[&month.first_day(), &context.id])
        .await?
        .get(0);
    let ranges = ranges(client, run).await?;
    let total = i64::try_from(ranges.len()).unwrap_or(i64::MAX);
    let rules = load::rules(client).await?;
    Ok(Arc::new(Plan { run, book, months, rules, total, ranges: Mutex::new(ranges.into()) }))
}

/// Writes the lines of all ranges, and gives the hands back.
async fn write(context: &JobContext, plan: &Arc<Plan>, hands: Vec<Client>) -> Result<Vec<Client>, JobError> {
    let (told, mut done) = tokio::sync::mpsc::channel(HANDS);
    // Leaving this function takes the hands along: whoever resumes the run must not meet them.
    let mut working = JoinSet::new();
    for hand in hands {
        working.spawn(work(hand, Arc::clone(plan), told.clone()));
    }
    drop(told);
    let (mut free, mut finished) = (Vec::new(), 0);
    loop {
        tokio::select! {
            Some(()) = done.recv() => {
                finished += 1;
                context.progress("расчёт домов", finished, plan.total).await?;
            }
            Some(hand) = working.join_next() => free.push(hand.map_err(stopped)??),
            else => return Ok(free),
        }
    }
}

fn stopped(_: JoinError) -> DbError {
    DbError::Unavailable("расчёт остановился".to_owned())
}

/// Ranges of units not yet done by this run, in order of id; none reaches over units that are done.
async fn ranges(client: &Client, run: i32) -> Result<Vec<Range>, DbError> {
    // The server may still be committing the last ranges of a worker that was killed.
    client.execute("select pg_advisory_lock($1, $2)", &[&RUN_LOCK, &run]).await?;
    client.execute("select pg_advisory_unlock($1, $2)", &[&RUN_LOCK, &run]).await?;
    let rows = client
        .query(
            "select h.unit_id, count(a.id), exists (
                 select from billing_data.run_batch b where b.run = $1 and h.unit_id between b.from_unit and b.to_unit
             )
             from (select distinct unit_id from cards_data.house) h
             left join cards_data.account a on a.unit_id = h.unit_id
             group by h.unit_id order by h.unit_id",
            &[&run],
        )
        .await?;
    let mut ranges: Vec<Range> = Vec::new();
    let mut left: i64 = rows.iter().map(|row| row.get::<_, i64>(1)).sum();
    let mut goes_on = false;
    for row in &rows {
        let (unit, accounts, done): (i64, i64, bool) = (row.get(0), row.get(1), row.get(2));
        let most = (left / (2 * HANDS as i64)).clamp(LEAST, BATCH);
        left -= accounts;
        if done {
            goes_on = false;
            continue;
        }
        match ranges.last_mut() {
            Some(last) if goes_on && last.accounts < most => {
                last.last = unit;
                last.accounts += accounts;
            }
            _ => ranges.push(Range { first: unit, last: unit, accounts }),
        }
        goes_on = true;
    }
    Ok(ranges)
}

/// Takes ranges until none is left or nobody listens; tells of each that is done.
async fn work(mut hand: Client, plan: Arc<Plan>, told: Sender<()>) -> Result<Client, JobError> {
    let mut rows = Rows::<Copied>::new(plan.run);
    loop {
        let Some(range) = plan.ranges.lock().await.pop_front() else { return Ok(hand) };
        batch(&mut hand, &mut rows, &plan, range).await?;
        if told.send(()).await.is_err() {
            return Ok(hand);
        }
    }
}

async fn batch(
    client: &mut Client,
    rows: &mut Rows<Copied>,
    plan: &Plan,
    range: Range,
) -> Result<(), JobError> {
    let transaction = client.transaction().await?;
    transaction.execute("select pg_advisory_xact_lock_shared($1, $2)", &[&RUN_LOCK, &plan.run]).await?;
    note_versions(&transaction, plan.run, range).await?;
    rows.clear();
    let mut accounts = 0;
    let ids = (range.first, range.last);
    let units = ProjectedRange::find(&transaction, &plan.rules, &plan.book, ids, &plan.months).await?;
    if let Some(mut units) = units {
        while let Some(unit) = units.next(&transaction).await? {
            accounts += unit.accounts();
            // The run is of the last month asked for; the ones before it are only what it is calculated from.
            if let Some(month) = unit.months.last() {
                rows.add(&unit, month);
            }
            // A range is one long calculation: lines of other hands would wait for it to be sent.
            tokio::task::yield_now().await;
        }
    }
    let accounts = i32::try_from(accounts).unwrap_or(i32::MAX);
    let seen = i64::from(accounts);
    if seen < range.accounts && seen + joined(&transaction, range).await? < range.accounts {
        return Err(JobError::Refused(fewer(range.accounts, seen)));
    }
    rows.copy(&transaction).await?;
    transaction
        .execute(
            "insert into billing_data.run_batch (run, from_unit, to_unit, accounts) values ($1, $2, $3, $4)",
            &[&plan.run, &range.first, &range.last, &accounts],
        )
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Accounts that became part of other units: those have moved, and are queued when the run is published.
async fn joined(transaction: &Transaction<'_>, range: Range) -> Result<i64, DbError> {
    let sql =
        "select count(*) from billing_data.unit_joined j join cards_data.account a on a.unit_id = j.unit_id
        where j.was between $1 and $2 and j.unit_id not between $1 and $2";
    Ok(transaction.query_one(sql, &[&range.first, &range.last]).await?.get(0))
}

async fn note_versions(transaction: &Transaction<'_>, run: i32, range: Range) -> Result<(), DbError> {
    let sql = "insert into billing_data.run_unit (run, unit_id, version)
        select $1, u.id, u.version from billing_data.unit u
        where u.id between $2 and $3 and exists (select from cards_data.house h where h.unit_id = u.id)";
    transaction.execute(sql, &[&run, &range.first, &range.last]).await?;
    Ok(())
}

/// A run that sees fewer accounts than there are must not become a month without them.
fn fewer(expected: i64, seen: i64) -> Refusal {
    Refusal {
        code: "KV011".to_owned(),
        message: format!("Расчёт увидел {seen} счетов из {expected} и остановлен"),
        detail: Some("Часть строк скрыта правами или удалена во время расчёта".to_owned()),
        hint: Some("Проверьте, под какой ролью запущен обработчик".to_owned()),
    }
}

/// Builds the keys of all tables: while those of the first, the lines, are sorted, another session sees to the rest.
async fn index(run: i32, hands: &[Client], client: &Client) -> Result<(), DbError> {
    let tables: Vec<String> = client.query_one("select billing_data.run_tables()", &[]).await?.get(0);
    let (lines, rest) = tables.split_at(1);
    tokio::try_join!(index_each(client, run, lines), index_each(hands.first().unwrap_or(client), run, rest))?;
    Ok(())
}

async fn index_each(client: &Client, run: i32, tables: &[String]) -> Result<(), DbError> {
    for table in tables {
        client.execute("select billing.run_index($1, $2)", &[&run, table]).await?;
    }
    Ok(())
}

/// Publishes as soon as the short locks it needs can be had: it gives up quickly rather than hold readers up, and asks again.
async fn attach(context: &JobContext, run: i32) -> Result<i64, JobError> {
    loop {
        let published = context.client.query_one("select billing.run_publish($1)", &[&run]).await;
        match published.map_err(DbError::from) {
            Ok(row) => return Ok(row.get(0)),
            Err(error) if error.code() == "55P03" => {}
            Err(error) => return Err(error.into()),
        }
        context.progress("ждём тех, кто держит таблицы месяца", 0, 1).await?;
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn publish(context: &JobContext, plan: &Plan, hands: &[Client]) -> Result<Value, JobError> {
    let client = &context.client;
    context.progress("построение индексов", 0, 1).await?;
    index(plan.run, hands, client).await?;
    let moved = attach(context, plan.run).await?;
    if let Err(error) = client.execute("select billing.run_drop_old()", &[]).await.map_err(DbError::from) {
        // Somebody reads an old run; it is dropped after a later one. The month is published already.
        tracing::warn!(%error, run = plan.run, "old runs stay for now");
    }
    client.execute("select pg_notify('kvartal_queue', '')", &[]).await?;
    let sums = client
        .query_one(
            "select (select coalesce(sum(accounts), 0)::bigint from billing_data.run_batch where run = $1),
                 coalesce(sum(lines), 0)::bigint, coalesce(sum(amount), 0)
             from billing_data.run_total where run = $1",
            &[&plan.run],
        )
        .await?;
    let exceptions: i64 = client
        .query_one("select count(*) from billing_data.exception where run = $1", &[&plan.run])
        .await?
        .get(0);
    Ok(json!({
        "run": plan.run,
        "accounts": sums.get::<_, i64>(0),
        "lines": sums.get::<_, i64>(1),
        "amount": sums.get::<_, Decimal>(2),
        "exceptions": exceptions,
        "moved": moved,
    }))
}
