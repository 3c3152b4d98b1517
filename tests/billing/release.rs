//! A release freezes what the lines say: so it waits for every operation and every worker under way, and is refused
//! while a change is not in the lines yet.

use serde_json::{Value, json};

use super::stored::stored;
use crate::common::interleave::Session;
use crate::common::office::held_up;
use crate::common::{Clerk, Office, people, until, village};

fn area(total: &str) -> Value {
    json!({ "facts": [{ "premises_id": 1011, "from": "2026-03-01", "area_total": total, "area_living": "20", "area_heated": total, "rooms": 2 }] })
}

fn operate(kind: &str, args: &Value) -> String {
    format!("select admin.operate(gen_random_uuid(), '{kind}', '{args}', 'проверка')")
}

fn release() -> String {
    operate("billing.release", &json!({ "month": "2026-03", "cash_day": "2026-04-01" }))
}

async fn state(office: &Office) -> String {
    office.value("select state from billing_data.month where month = '2026-03-01'").await
}

/// Nobody computes: the change stays in the queue, and the month is not released over it.
#[tokio::test]
async fn a_month_is_not_released_over_a_waiting_change() {
    let mut office = Office::of(village().await).await;
    office.charge("2026-03").await;
    office.dismiss().await;
    office.accountant.does("cards.premises_area", area("60")).await;
    let refusal = office.centre.tries("billing.release", json!({ "month": "2026-03" })).await;
    assert_eq!(refusal.code, "KV007");
    office.hire();
    office.release("2026-03").await;
    let line = "select amount::text from billing.lines where account_id = 41001 and service = 'maintenance'";
    assert_eq!(office.seen::<String>(line).await, "1904.40");
}

/// An operation under way: the release waits for its end, finds its change waiting, and is refused.
#[tokio::test]
async fn a_release_waits_for_an_operation_under_way() {
    let mut office = Office::of(village().await).await;
    office.charge("2026-03").await;
    office.dismiss().await;
    let (change, centre) =
        (Session::of(&office.db, people::ACCOUNTANT).await, Session::of(&office.db, people::CENTRE).await);
    change.run(&format!("begin; {}", operate("cards.premises_area", &area("60")))).await.unwrap();
    let step = centre.start(&release());
    step.blocked(&office.db).await;
    change.run("commit").await.unwrap();
    assert_eq!(step.done().await.unwrap_err().code().unwrap().code(), "KV007");
    assert_eq!(state(&office).await, "charged");

    // One that touches no bill is waited for too, and does not stand in the way, nor does it void the signature.
    office.hire();
    office.sign("2026-03").await;
    office.dismiss().await;
    let payment = json!({ "payments": [{ "account": "41001", "amount": "1.00", "paid_on": "2026-04-01", "cash_day": "2026-04-01", "source": "касса" }] });
    change.run(&format!("begin; {}", operate("finance.payment", &payment))).await.unwrap();
    let step = centre.start(&release());
    step.blocked(&office.db).await;
    change.run("commit").await.unwrap();
    step.done().await.unwrap();
    assert_eq!(state(&office).await, "released");
    // It was taken before the bills were out, so it was an advance, and the release has put it to the bill.
    let advance =
        "select coalesce(sum(amount), 0)::text from finance_data.payment_split where service_id = 0";
    assert_eq!(office.value::<String>(advance).await, "0.00");
}

/// A worker in the middle of a house: the release waits until its lines are written, and is refused, as the bills are no longer those
/// that were signed.
#[tokio::test]
async fn a_release_waits_for_a_worker_under_way() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    office.sign("2026-03").await;
    let gate = Session::of_root(&office.db).await;
    gate.run("begin; select from billing_data.line where unit_id = 101 for update").await.unwrap();
    office.accountant.does("cards.premises_area", area("60")).await;
    until("a worker stands at the gate", async || held_up(&office.root).await == 1).await;
    let session = Session::of(&office.db, people::CENTRE).await;
    let step = session.start(&release());
    step.blocked(&office.db).await;
    gate.run("commit").await.unwrap();
    assert_eq!(step.done().await.unwrap_err().code().unwrap().code(), "KV013");
    office.release("2026-03").await;
    let line = "select amount::text from billing.lines where account_id = 41001 and service = 'maintenance'";
    assert_eq!(office.seen::<String>(line).await, "1904.40");
    assert_eq!(state(&office).await, "released");
}

/// An operation that waits behind a release is of the next month: it moves nothing released.
#[tokio::test]
async fn an_operation_behind_a_release_belongs_to_the_next_month() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    office.sign("2026-03").await;
    let (first, second) =
        (Session::of(&office.db, people::CENTRE).await, Session::of(&office.db, people::ACCOUNTANT).await);
    first.run(&format!("begin; {}", release())).await.unwrap();
    let step = second.start(&operate("cards.premises_area", &area("60")));
    step.blocked(&office.db).await;
    first.run("commit").await.unwrap();
    step.done().await.unwrap();
    let march = "2026-03".parse().unwrap();
    let printed = stored(&office.root, march).await;
    office.settle().await;
    office.charge("2026-04").await;
    assert_eq!(stored(&office.root, march).await, printed);
    // 60.00 × 31.74 = 1 904.40, printed were 54.30 × 31.74 = 1 723.48.
    let back = "select sum(amount)::text from billing.lines where month = '2026-04-01' and source_month = '2026-03-01' and service = 'maintenance' and account_id = 41001";
    assert_eq!(office.seen::<String>(back).await, "180.92");
}

/// What is released stays as it was printed, whatever is changed in its days afterwards.
#[tokio::test]
async fn what_is_released_stays() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let march = "2026-03".parse().unwrap();
    let printed = stored(&office.root, march).await;
    office.accountant.does("cards.premises_area", area("60")).await;
    office
        .centre
        .asserts(
            "cards.tariff_rate",
            json!({ "tariff_id": 32, "from": "2026-03-01", "rate": "50", "citation": "приказ" }),
        )
        .await;
    office.accountant.asserts("meters.reading", json!({ "meter_id": 51, "day": "2026-03-20", "value": "1019", "rolled_over": false, "source": "payer" })).await;
    Clerk::of(&office.db, people::PASSPORT)
        .await
        .asserts(
            "passport.residence",
            json!({ "premises_id": 1013, "person_id": 66, "from": "2026-03-10", "void": true }),
        )
        .await;
    office.settle().await;
    office.book("2026-04").await;
    assert_eq!(stored(&office.root, march).await, printed);
}
