//! A street a year back: `cargo bench --bench street -- --accounts 1000`.
//!
//! A town of one street lives twelve released months; then a tariff that everybody has turns out to have been another one
//! for all of them. Timed from the call of the operator to the last house recomputed: twelve months of every account twice,
//! as known then and as known now, and the differences booked. The yardstick is the reading of the very lines that are
//! recalculated, and a bare COPY of as many lines as come out.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to whoever runs it")]

mod support;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use kvartal::calc::period::Month;
use kvartal::job::door::Operation;
use serde_json::{Value, json};
use support::{Bench, Figures, Outcome};
use uuid::Uuid;

/// Released months behind the change.
const YEAR: i32 = 12;

/// The tariff that changes: maintenance, which every flat pays by its area.
const TARIFF: &str = "select min(id) from cards_data.tariff where id in (select tariff_id from cards_data.house_plan where method = 'area_total')";

fn main() -> Outcome<()> {
    let accounts = support::argument("--accounts").unwrap_or(1_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(u32::try_from(accounts)?))
}

async fn measure(accounts: u32) -> Outcome<()> {
    let bench = Bench::start(accounts).await?;
    let mut figures = Figures::default();
    year(&bench, &mut figures).await?;
    let run = change(&bench, &mut figures).await?;
    let bare = bare(&bench, &mut figures).await?;
    figures.ratio("a year back / bare reading and COPY", run, bare);
    figures.print(accounts);
    bench.stop().await
}

/// Twelve months charged and released, one after another, and the thirteenth charged.
async fn year(bench: &Bench, figures: &mut Figures) -> Outcome<()> {
    let begun = Instant::now();
    for passed in 0..YEAR {
        let month = bench.month.plus(passed);
        bench.charge(month).await?;
        bench.release(month).await?;
    }
    bench.charge(bench.month.plus(YEAR)).await?;
    figures.time("twelve months charged and released", begun.elapsed());
    Ok(())
}

/// The tariff of a year ago is corrected; done when every house has told that it is recomputed.
async fn change(bench: &Bench, figures: &mut Figures) -> Outcome<Duration> {
    let root = bench.root().await?;
    let tariff: i64 = root.query_one(TARIFF, &[]).await?.get(0);
    let units: HashSet<i64> = root
        .query("select distinct unit_id from cards_data.house", &[])
        .await?
        .iter()
        .map(|row| row.get(0))
        .collect();
    let session = bench.operator().await?;
    let (_listener, mut notices) = bench.listen("kvartal").await?;
    let order = correction(bench, tariff);
    let begun = Instant::now();
    session.commit(&order).await?;
    let committed = begun.elapsed();
    let mut left = units.clone();
    while !left.is_empty() {
        let Some(notice) = notices.recv().await else { break };
        if let Some(unit) = recomputed(notice.payload()) {
            left.remove(&unit);
        }
    }
    let run = begun.elapsed();
    figures.say("houses", units.len());
    figures.time("a year back, until the operator has the answer", committed);
    figures.time("a year back, until all new amounts stand", run);
    figures.say("lines of recalculation", lines(&root, "cause <> 0").await?);
    Ok(run)
}

fn correction(bench: &Bench, tariff: i64) -> Operation {
    let until = bench.month.plus(YEAR).first_day();
    let fact = json!({ "tariff_id": tariff, "part": 0, "from": bench.month.first_day(), "to": until, "rate": "35.10", "citation": "решение суда" });
    Operation {
        id: Uuid::new_v4(),
        kind: "cards.tariff_rate".to_owned(),
        args: json!({ "facts": [fact] }),
        ground: Some("решение суда".to_owned()),
    }
}

/// The unit that a notice says is recomputed.
fn recomputed(payload: &str) -> Option<i64> {
    payload.strip_prefix("unit ")?.split(' ').next()?.parse().ok()
}

async fn lines(root: &tokio_postgres::Client, which: &str) -> Outcome<Value> {
    let query = format!("select count(*) from billing_data.line where {which}");
    Ok(json!(root.query_one(&query, &[]).await?.get::<_, i64>(0)))
}

/// All lines of the year read, and as many as were recalculated copied into a bare table with its key.
async fn bare(bench: &Bench, figures: &mut Figures) -> Outcome<Duration> {
    let root = bench.root().await?;
    let begun = Instant::now();
    let read = root.query("select * from billing_data.line where cause = 0", &[]).await?.len();
    let reading = begun.elapsed();
    let copy = support::bare_copy(&root, "where cause <> 0").await?;
    figures.say("lines of the year", read);
    figures.time("bare reading of them", reading);
    figures.time("bare COPY of the recalculation with key", copy);
    Ok(reading + copy)
}

/// The month the town begins with.
#[must_use]
pub fn first_month() -> Month {
    Month::new(2025, 10).unwrap_or_else(|| Month::of(chrono::NaiveDate::MIN))
}
