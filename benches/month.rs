//! The month run against the bare database: `cargo bench --bench month -- --accounts 100000`.
//!
//! In one run, on one server: the whole month of a seeded town as the worker does it, from the order to the published
//! run; then a binary COPY of the very same rows into a bare table, with the primary key built afterwards; and their ratio.
//! After that what an operator waits for: one edit until the new amounts stand, and the one-line search.
//! `--rounds N` runs the month and its yardstick N times; `--brief` ends with them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench speaks to whoever runs it")]

mod support;

use std::time::{Duration, Instant};

use kvartal::calc::period::Month;
use kvartal::job::door::{JobState, Operation};
use serde_json::json;
use support::{Bench, Figures, Outcome, per_cent, percentile};
use uuid::Uuid;

/// The stage of the job in which its keys are built.
const INDEXING: &str = "построение индексов";

/// Edits and searches that are timed.
const SAMPLES: usize = 200;

fn main() -> Outcome<()> {
    let accounts = support::argument("--accounts").unwrap_or(20_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(measure(u32::try_from(accounts)?))
}

async fn measure(accounts: u32) -> Outcome<()> {
    let bench = Bench::start(accounts).await?;
    let mut figures = Figures::default();
    support::shares(&bench.root().await?, bench.month, &mut figures).await?;
    let begun = Instant::now();
    bench.settled().await?;
    figures.time(
        "pictures of all houses drawn and their balances added up, by one quiet worker",
        begun.elapsed(),
    );
    let run = rounds(&bench, &mut figures).await?;
    if support::asked("--brief") {
        figures.print(accounts);
        return bench.stop().await;
    }
    one_statement(&bench, &mut figures, run).await?;
    without_pictures(&bench, &mut figures).await?;
    edits(&bench, &mut figures).await?;
    searches(&bench, &mut figures).await?;
    close(&bench, &mut figures).await?;
    figures.print(accounts);
    bench.stop().await
}

/// The month and its yardstick, one after the other, as many times as asked: a run differs from the next by a tenth, so a ratio that is
/// to be believed is that of medians.
async fn rounds(bench: &Bench, figures: &mut Figures) -> Outcome<Duration> {
    let (mut runs, mut bares) = (Vec::new(), Vec::new());
    for _ in 0..support::argument("--rounds").unwrap_or(1) {
        let run = month(bench, figures).await?;
        if runs.is_empty() {
            // Later this process holds the rows of a yardstick too.
            figures.memory()?;
        }
        bench.settled().await?;
        bares.push(bare_copy(bench, figures, run).await?);
        runs.push(run);
    }
    let (run, bare) = (percentile(&mut runs, per_cent(50)), percentile(&mut bares, per_cent(50)));
    figures.ratio("month run / bare COPY, medians", run, bare);
    Ok(run)
}

/// The month of everybody, from the order to the published run.
async fn month(bench: &Bench, figures: &mut Figures) -> Outcome<Duration> {
    let mut session = bench.operator().await?;
    let order = bench.operation("billing.charge", json!({ "month": bench.month }));
    let begun = Instant::now();
    session.commit(&order).await?;
    let mut written = None;
    let told = |state: &JobState| {
        if state.stage.as_deref() == Some(INDEXING) {
            written.get_or_insert_with(|| begun.elapsed());
        }
    };
    let result = session.follow(order.id, told).await?;
    let run = begun.elapsed();
    figures.time("month run", run);
    figures.time("of it, until all lines are written", written.unwrap_or(run));
    figures.say("lines", &result["lines"]);
    figures.say("accounts", &result["accounts"]);
    figures.say("exceptions", &result["exceptions"]);
    Ok(run)
}

/// The same month once more by a worker that finds no picture and reads every row.
async fn without_pictures(bench: &Bench, figures: &mut Figures) -> Outcome<()> {
    bench.root().await?.batch_execute("truncate billing_data.unit_picture").await?;
    let begun = Instant::now();
    bench.charge(bench.month).await?;
    figures.time("month run again, without pictures", begun.elapsed());
    bench.settled().await
}

/// The same rows, read into memory once and copied into a bare table with its key built afterwards.
async fn bare_copy(bench: &Bench, figures: &mut Figures, run: Duration) -> Outcome<Duration> {
    let bare = support::bare_copy(&bench.root().await?, "").await?;
    figures.time("bare COPY with key", bare);
    figures.ratio("month run / bare COPY", run, bare);
    Ok(bare)
}

/// What a program without a calculation of its own would do: the month simplified to one statement of the database.
async fn one_statement(bench: &Bench, figures: &mut Figures, run: Duration) -> Outcome<()> {
    let (statement, lines) = support::one_statement(&bench.root().await?, bench.month).await?;
    figures.time("the month simplified to one SQL statement, with key", statement);
    figures.say("its lines", lines);
    figures.ratio("month run / one statement", run, statement);
    Ok(())
}

/// One flat's area is corrected; timed from the call to the notice that the house is recomputed.
async fn edits(bench: &Bench, figures: &mut Figures) -> Outcome<()> {
    let session = bench.operator().await?;
    let (_listener, mut notices) = bench.listen("kvartal").await?;
    let flats = bench
        .sample(
            "select id, unit_id from cards_data.premises where kind = 'flat' and parent_id is null",
            SAMPLES,
        )
        .await?;
    let mut times = Vec::new();
    for (premises, unit) in flats {
        let from = bench.month.first_day() + chrono::Days::new(9);
        let fact = json!({ "premises_id": premises, "from": from, "area_total": "50.00", "area_living": "30.00", "area_heated": "50.00", "rooms": 2 });
        let edit = Operation {
            id: Uuid::new_v4(),
            kind: "cards.premises_area".to_owned(),
            args: json!({ "facts": [fact] }),
            ground: Some("замер".to_owned()),
        };
        let begun = Instant::now();
        session.commit(&edit).await?;
        let recomputed = format!("unit {unit} ");
        while let Some(notice) = notices.recv().await {
            if notice.payload().starts_with(&recomputed) {
                break;
            }
        }
        times.push(begun.elapsed());
    }
    figures.time("edit to new amounts, median", percentile(&mut times, per_cent(50)));
    figures.time("edit to new amounts, p95", percentile(&mut times, per_cent(95)));
    Ok(())
}

/// Searches by surname and address, by number, by surname alone, as an operator.
async fn searches(bench: &Bench, figures: &mut Figures) -> Outcome<()> {
    let session = bench.operator().await?;
    let mut times = Vec::new();
    for line in bench.search_lines(SAMPLES).await? {
        let begun = Instant::now();
        session.client.query("select * from cards.search($1, null, 20)", &[&line]).await?;
        times.push(begun.elapsed());
    }
    figures.time("one-line search, median", percentile(&mut times, per_cent(50)));
    figures.time("one-line search, p95", percentile(&mut times, per_cent(95)));
    Ok(())
}

/// Release and seal: balances of everybody, and the hash over the stone; against the bare reading of what is hashed.
async fn close(bench: &Bench, figures: &mut Figures) -> Outcome<()> {
    let begun = Instant::now();
    bench.release(bench.month).await?;
    figures.time("control, signature and release", begun.elapsed());
    let begun = Instant::now();
    let sealed = bench.job("billing.seal", json!({ "month": bench.month })).await?;
    let seal = begun.elapsed();
    figures.time("seal with balances and hash", seal);
    figures.say("balances", &sealed["balances"]);
    let bare = support::bare_seal(&bench.root().await?).await?;
    figures.time("bare reading of the lines in order and COPY of the balances with key", bare);
    figures.ratio("seal / bare", seal, bare);
    Ok(())
}

/// The month the town begins with.
#[must_use]
pub fn first_month() -> Month {
    Month::new(2026, 5).unwrap_or_else(|| Month::of(chrono::NaiveDate::MIN))
}
