//! The hand-over of touched units: a change that comes while a worker has the house in hand is not lost, at whatever
//! step it comes. The worker is stopped at a gate: a row it is about to delete or to write.

use serde_json::json;

use super::stored::stored_equals_rebuilt;
use crate::common::interleave::Session;
use crate::common::office::held_up;
use crate::common::{Office, Worker, people, until, village};

/// A queue row of house 101: the worker has locked the house and is about to take its rows.
const BEFORE_THE_DELETE: &str = "select from billing_data.queue where unit_id = 101 for update";
/// The lines of house 101: the worker has read the facts and is about to write.
const AFTER_THE_READ: &str = "select from billing_data.line where unit_id = 101 for update";

/// Shuts the gate. House 101 is held meanwhile, so that no worker runs past.
async fn shut(office: &Office, at: &str) -> Session {
    let (house, gate) = (Session::of_root(&office.db).await, Session::of_root(&office.db).await);
    house.run("begin; select from billing_data.unit where id = 101 for update").await.unwrap();
    // Only what differs is written: lines that do not stand as they should make the worker come to the second gate.
    let touch = "update billing_data.line set amount = amount + 1 where unit_id = 101;
        insert into billing_data.queue (unit_id, priority, known) values (101, 1, 0)";
    office.root.batch_execute(touch).await.unwrap();
    gate.run(&format!("begin; {at}")).await.unwrap();
    house.run("commit").await.unwrap();
    gate
}

/// Touches house 101 behind a gate, changes the tariff (which does not wait for the house) while the worker is
/// stopped there, and lets it go. Nothing touches the house again: a row that was lost stays lost.
async fn changed_while_the_worker_stands(at: &str, workers: usize) {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let _more: Vec<Worker> = (1..workers).map(|_| Worker::start(&office.db)).collect();
    let gate = shut(&office, at).await;
    until("a worker stands at the gate", async || held_up(&office.root).await >= 1).await;
    let rate = json!({ "tariff_id": 31, "from": "2026-03-01", "rate": "100", "citation": "приказ" });
    office.centre.asserts("cards.tariff_rate", rate).await;
    if workers > 1 {
        // The others spread it over the houses, so that its row of house 101 waits while the house is in hand.
        until("the change waits for house 101", async || {
            let waits =
                "select exists (select from billing_data.queue where unit_id = 101 and priority = 70)";
            office.value(waits).await
        })
        .await;
    }
    gate.run("commit").await.unwrap();
    office.settle().await;
    stored_equals_rebuilt(&office.db, &office.root, at).await;
    // 54.30 m² × 100.
    let line = "select amount::text from billing.lines where account_id = 41001 and service = 'maintenance'";
    assert_eq!(office.seen::<String>(line).await, "5430.00");
}

#[tokio::test]
async fn a_change_between_lock_and_delete_is_not_lost() {
    changed_while_the_worker_stands(BEFORE_THE_DELETE, 1).await;
}

#[tokio::test]
async fn nor_with_two_workers() {
    changed_while_the_worker_stands(BEFORE_THE_DELETE, 2).await;
}

#[tokio::test]
async fn a_change_after_the_read_is_not_lost() {
    changed_while_the_worker_stands(AFTER_THE_READ, 1).await;
}

#[tokio::test]
async fn nor_that_with_two_workers() {
    changed_while_the_worker_stands(AFTER_THE_READ, 2).await;
}

/// A change of the very house the worker has in hand waits for it, and is computed next.
#[tokio::test]
async fn a_change_of_the_house_in_hand_waits() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let gate = Session::of_root(&office.db).await;
    gate.run(&format!("begin; {AFTER_THE_READ}")).await.unwrap();
    let area = |total: &str| json!({ "facts": [{ "premises_id": 1011, "from": "2026-03-01", "area_total": total, "area_living": "20", "area_heated": total, "rooms": 2 }] });
    office.accountant.does("cards.premises_area", area("60")).await;
    until("a worker stands at the gate", async || held_up(&office.root).await == 1).await;
    let second = Session::of(&office.db, people::COLLEAGUE).await;
    let step = second.start(&format!(
        "select admin.operate(gen_random_uuid(), 'cards.premises_area', '{}', 'проверка')",
        area("70")
    ));
    step.blocked(&office.db).await;
    gate.run("commit").await.unwrap();
    step.done().await.unwrap();
    office.settle().await;
    stored_equals_rebuilt(&office.db, &office.root, "both changes").await;
    // 70.00 m² × 31.74.
    let line = "select amount::text from billing.lines where account_id = 41001 and service = 'maintenance'";
    assert_eq!(office.seen::<String>(line).await, "2221.80");
}

/// An order to charge a month is done by one of two workers, once.
#[tokio::test]
async fn one_job_is_done_by_one_worker() {
    let office = Office::of(village().await).await;
    let _more = Worker::start(&office.db);
    office.charge("2026-03").await;
    assert_eq!(office.value::<i64>("select count(*) from billing_data.run").await, 1);
    stored_equals_rebuilt(&office.db, &office.root, "the job").await;
}
