//! A full run is published while others work: what was changed since a house was calculated is calculated again, and
//! nobody's change falls between the old run and the new one.

use kvartal::db::error::DbError;
use serde_json::{Value, json};

use super::stored::stored_equals_rebuilt;
use crate::common::interleave::Session;
use crate::common::office::held_up;
use crate::common::{Office, people, until, village};

fn area(total: &str) -> Value {
    json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": total, "area_living": "20", "area_heated": total, "rooms": 2 })
}

/// A report of the first minute is planned for the rows there are: autovacuum of the test server comes much later.
#[tokio::test]
async fn a_published_run_has_statistics() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let known = "select exists (
            select from billing_data.month m join pg_stats s on s.tablename = format('line_%s', m.run) where s.attname = 'account_id'
        )";
    assert!(office.value::<bool>(known).await);
}

const MAINTENANCE: &str = "select coalesce(sum(amount), 0)::text from billing.lines where account_id = 41001 and service = 'maintenance'";

/// A change commits after its house was calculated and before the run is published; the publishing waits at a gate.
async fn changed_before_publishing(charged_before: bool) {
    let office = Office::of(village().await).await;
    if charged_before {
        office.charge("2026-03").await;
    }
    let gate = Session::of_root(&office.db).await;
    gate.run("begin; select from billing_data.month for share").await.unwrap();
    office.centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    until("the run waits to be published", async || held_up(&office.root).await == 1).await;
    office.accountant.asserts("cards.premises_area", area("60")).await;
    until("the change is computed into the old run", async || {
        office.value("select not exists (select from billing_data.queue)").await
    })
    .await;
    gate.run("commit").await.unwrap();
    office.settle().await;
    stored_equals_rebuilt(&office.db, &office.root, "publishing").await;
    // 60.00 m² × 31.74.
    assert_eq!(office.seen::<String>(MAINTENANCE).await, "1904.40");
}

#[tokio::test]
async fn a_change_before_the_first_publishing_is_computed_again() {
    changed_before_publishing(false).await;
}

#[tokio::test]
async fn a_change_before_a_later_publishing_is_computed_again() {
    changed_before_publishing(true).await;
}

/// A run of the same rows, published by a worker who has not committed yet.
async fn publishing(office: &Office) -> Session {
    let old: i32 = office.value("select run from billing_data.month").await;
    let publisher = Session::of(&office.db, people::WORKER).await;
    let run: i32 =
        publisher.run("select billing.run_start('2026-03-01', null)").await.unwrap()[0][0].parse().unwrap();
    for table in ["line", "meter_month", "house_month", "exception", "privilege_line"] {
        let columns: String = office
            .value(&format!(
                "select string_agg(attname, ', ' order by attnum) from pg_attribute
                 where attrelid = 'billing_data.{table}'::regclass and attnum > 0 and attname <> 'run'"
            ))
            .await;
        let copy = format!(
            "insert into billing_data.{table}_{run} (run, {columns}) select {run}, {columns} from billing_data.{table} where run = {old}"
        );
        publisher.run(&copy).await.unwrap();
    }
    let versions = format!(
        "insert into billing_data.run_unit (run, unit_id, version) select {run}, id, version from billing_data.unit where id <> 0"
    );
    publisher.run(&versions).await.unwrap();
    publisher
        .run(&format!("select billing.run_index({run}, t) from unnest(billing_data.run_tables()) t"))
        .await
        .unwrap();
    let moved = publisher.run(&format!("begin; select billing.run_publish({run})")).await.unwrap();
    assert_eq!(moved, [["0"]]);
    publisher
}

/// The run is being published: it has looked which houses moved, and has not committed. A change commits now, and a
/// worker takes it at once. It must not write into the run that is about to be old.
#[tokio::test]
async fn a_change_during_publishing_goes_into_the_new_run() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let publisher = publishing(&office).await;
    office.accountant.asserts("cards.premises_area", area("60")).await;
    until("a worker waits for the publishing", async || held_up(&office.root).await == 1).await;
    publisher.run("commit").await.unwrap();
    office.settle().await;
    stored_equals_rebuilt(&office.db, &office.root, "publishing").await;
    assert_eq!(office.seen::<String>(MAINTENANCE).await, "1904.40");
}

/// Whoever reads while a run is being published reads the old run and waits for nobody, even behind a long report.
#[tokio::test]
async fn nobody_waits_to_read_while_a_run_is_published() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let report = Session::of(&office.db, people::ACCOUNTANT).await;
    report.run("begin; select count(*) from billing.lines").await.unwrap();
    let publisher = publishing(&office).await;
    let reader = Session::of(&office.db, people::COLLEAGUE).await;
    // Whoever would have to wait fails at once.
    reader.run("set lock_timeout = 1").await.unwrap();
    for table in [
        "billing.lines where account_id = 41001",
        "billing.exceptions",
        "billing.account_balance(41001, '2026-03-01')",
    ] {
        reader.run(&format!("select count(*) from {table}")).await.unwrap();
    }
    publisher.run("commit").await.unwrap();
    reader.run("select count(*) from billing.lines").await.unwrap();
    report.run("commit").await.unwrap();
}

/// A report that reads the old run for long neither stops the new one nor turns a published month into a failed job.
#[tokio::test]
async fn a_long_reader_does_not_spoil_a_run() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let report = Session::of(&office.db, people::ACCOUNTANT).await;
    report.run("begin; select count(*) from billing.lines").await.unwrap();
    office.charge("2026-03").await;
    let runs = "select string_agg(state, ' ' order by id) from billing_data.run";
    assert_eq!(office.value::<String>(runs).await, "old current");
    report.run("commit").await.unwrap();
    office.charge("2026-03").await;
    assert_eq!(office.value::<String>(runs).await, "current");
}

/// A run that was cancelled publishes nothing and leaves nothing behind.
#[tokio::test]
async fn a_cancelled_run_leaves_the_month_as_it_was() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let gate = Session::of_root(&office.db).await;
    gate.run("begin; select from billing_data.month for share").await.unwrap();
    let job = office.centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    until("the run waits to be published", async || held_up(&office.root).await == 1).await;
    office.centre.execute("select admin.job_cancel($1)", &[&job]).await.unwrap();
    office.settle().await;
    gate.run("commit").await.unwrap();
    let row = office.root.query_one("select state from admin_data.job where id = $1", &[&job]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "cancelled");
    stored_equals_rebuilt(&office.db, &office.root, "a cancelled run").await;
    office.charge("2026-03").await;
    let runs = "select string_agg(state, ' ' order by id) from billing_data.run";
    assert_eq!(office.value::<String>(runs).await, "current");
}

/// A run that sees fewer accounts than there are stops: here a flat has lost its house.
#[tokio::test]
async fn a_run_that_misses_an_account_stops() {
    let office = Office::of(village().await).await;
    office.root.batch_execute("update cards_data.premises set unit_id = 0 where id = 1011").await.unwrap();
    let job = office.centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    office.settle().await;
    let row = office
        .root
        .query_one("select state, failure from admin_data.job where id = $1", &[&job])
        .await
        .unwrap();
    let failure: Value = row.get(1);
    assert_eq!(
        (row.get::<_, &str>(0), &failure["message"]),
        ("failed", &json!("Расчёт увидел 6 счетов из 7 и остановлен"))
    );
    assert_eq!(office.value::<String>("select state from billing_data.month").await, "collecting");
}

/// A job that failed is done again under its own number, by whoever ordered it and nobody else.
#[tokio::test]
async fn a_failed_job_is_done_again() {
    let office = Office::of(village().await).await;
    let job = office.centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    office.settle().await;
    let again = "select admin.job_again($1)";
    let done = office.centre.execute(again, &[&job]).await.unwrap_err();
    assert_eq!(DbError::from(done).code(), "KV003", "what is done is not done again");

    let fails = "update admin_data.job set state = 'failed', failure = '{}' where id = $1";
    office.root.execute(fails, &[&job]).await.unwrap();
    let foreign = office.accountant.execute(again, &[&job]).await.unwrap_err();
    assert_eq!(DbError::from(foreign).code(), "KV003", "nor by a colleague");
    office.centre.execute(again, &[&job]).await.unwrap();
    office.settle().await;
    let state = "select state from admin_data.job where kind = 'billing.charge'";
    assert_eq!(office.value::<String>(state).await, "done");
}
