//! A seal freezes payments and balances: whatever drew its mark before the seal is in the sealed balance, whatever
//! comes after is of the next month.

use serde_json::{Value, json};

use super::balances::broken;
use crate::common::interleave::Session;
use crate::common::{Office, people, village};

fn payment(day: &str) -> Value {
    json!({ "payments": [{ "account": "41001", "amount": "100.00", "paid_on": day, "cash_day": day, "source": "касса" }] })
}

fn operate(kind: &str, args: &Value) -> String {
    format!("select admin.operate(gen_random_uuid(), '{kind}', '{args}', 'проверка')")
}

const PAID: &str = "select coalesce(sum(paid), 0)::text from billing_data.balance where month = '2026-03-01'";

/// An operation draws its mark, a seal begins, the operation commits: without the lock between them its money would
/// be before the seal and not in the sealed sum.
#[tokio::test]
async fn a_payment_under_way_is_in_the_sealed_balance() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let (cashier, centre) =
        (Session::of(&office.db, people::CASHIER).await, Session::of(&office.db, people::CENTRE).await);
    cashier.run(&format!("begin; {}", operate("finance.payment", &payment("2026-03-31")))).await.unwrap();
    let seal = centre.start(&operate("billing.seal", &json!({ "month": "2026-03" })));
    seal.blocked(&office.db).await;
    cashier.run("commit").await.unwrap();
    seal.done().await.unwrap();
    office.settle().await;
    assert_eq!(office.value::<String>(PAID).await, "100.00");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// The other order: the payment waits behind the seal and is refused, for its cash day is stone.
#[tokio::test]
async fn a_payment_behind_a_seal_is_of_another_day() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let (cashier, centre) =
        (Session::of(&office.db, people::CASHIER).await, Session::of(&office.db, people::CENTRE).await);
    centre.run(&format!("begin; {}", operate("billing.seal", &json!({ "month": "2026-03" })))).await.unwrap();
    let late = cashier.start(&operate("finance.payment", &payment("2026-03-31")));
    late.blocked(&office.db).await;
    centre.run("commit").await.unwrap();
    assert_eq!(late.done().await.unwrap_err().code().unwrap().code(), "KV009");
    for (day, code) in [("2026-03-01", Some("KV009")), ("2026-02-15", Some("KV009")), ("2026-04-01", None)] {
        let paid = cashier.run(&operate("finance.payment", &payment(day))).await;
        assert_eq!(paid.err().map(|error| error.code().unwrap().code().to_owned()).as_deref(), code, "{day}");
    }
    office.settle().await;
    assert_eq!(office.value::<String>(PAID).await, "0.00");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// The hash is of the stone: a month sealed twice from the same facts has the same, and one kopeck makes another.
#[tokio::test]
async fn the_hash_is_of_the_lines() {
    let hash = async |total: &str| {
        let office = Office::of(village().await).await;
        office.accountant.asserts("cards.premises_area", json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": total, "area_living": "20", "area_heated": "54.30", "rooms": 2 })).await;
        office.book("2026-03").await;
        office.seal("2026-03").await;
        office.value::<String>("select sealed_hash from billing_data.month where month = '2026-03-01'").await
    };
    let (one, same, other) = (hash("54.30").await, hash("54.30").await, hash("54.31").await);
    assert_eq!(one, same);
    assert_ne!(one, other);
}
