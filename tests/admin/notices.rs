//! What the server announces: LISTEN is open to everybody who may log in, so a notice names a topic, an id and a version, and
//! never a datum.

use std::collections::BTreeSet;

use kvartal::db::connect::connect_listening;
use serde_json::json;
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use crate::common::{Clerk, Office, people, village};

/// What an announcement may consist of: a channel, and its payload.
fn is_bare(channel: &str, payload: &str) -> bool {
    let words: Vec<&str> = payload.split(' ').collect();
    let (id, number) = (|word: &str| Uuid::parse_str(word).is_ok(), |word: &str| word.parse::<i64>().is_ok());
    match (channel, words.as_slice()) {
        ("kvartal", ["journal", operation, known]) => id(operation) && number(known),
        ("kvartal", ["job" | "print" | "rights", one]) => id(one),
        // A house, and whatever an operation touched: an account, a meter, another operation …
        ("kvartal", [_, one, version]) => number(one) && number(version),
        ("kvartal", ["month", month]) => month.parse::<chrono::NaiveDate>().is_ok(),
        ("kvartal_preview" | "kvartal_job" | "kvartal_answer", [one]) => id(one),
        ("kvartal_queue", [""]) => true,
        _ => false,
    }
}

#[tokio::test]
async fn notices_carry_no_data() {
    let office = Office::of(village().await).await;
    let (listener, mut heard) =
        connect_listening(&office.db.address(people::CASHIER), "kvartal test").await.unwrap();
    for channel in ["kvartal", "kvartal_preview", "kvartal_job", "kvartal_answer", "kvartal_queue"] {
        listener.batch_execute(&format!("listen {channel}")).await.unwrap();
    }
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": 40, "area_living": 20, "area_heated": 40, "rooms": 1 });
    let ask = "select admin.preview_ask(gen_random_uuid(), 'cards.premises_area', $1, 'проверка')";
    office.accountant.execute(ask, &[&json!({ "facts": [area] })]).await.unwrap();
    office.charge("2026-03").await;
    office.accountant.asserts("cards.premises_area", area).await;
    let payment = json!({ "account": "41001", "amount": "77.77", "paid_on": "2026-03-02", "cash_day": "2026-03-02", "source": "касса" });
    office.accountant.does("finance.payment", json!({ "payments": [payment] })).await;
    office.release("2026-03").await;
    office.seal("2026-03").await;
    // Asked for after everything was said, so everything has arrived before the answer.
    listener.batch_execute("select").await.unwrap();
    let mut topics = BTreeSet::new();
    while let Ok(notice) = heard.try_recv() {
        assert!(is_bare(notice.channel(), notice.payload()), "{}: {}", notice.channel(), notice.payload());
        let topic = notice.payload().split(' ').next().unwrap_or_default();
        topics.insert(if notice.channel() == "kvartal" { topic } else { notice.channel() }.to_owned());
    }
    let told = [
        "account",
        "job",
        "journal",
        "kvartal_answer",
        "kvartal_job",
        "kvartal_preview",
        "kvartal_queue",
        "month",
        "premises",
        "unit",
    ];
    assert_eq!(topics, told.map(str::to_owned).into(), "what screens wait for is announced");
}

/// What the listener was told of a topic since, in its order.
async fn told_of(
    listener: &kvartal::db::connect::Client,
    heard: &mut UnboundedReceiver<tokio_postgres::Notification>,
    topic: &str,
) -> Vec<String> {
    listener.batch_execute("select").await.unwrap();
    let mut told = Vec::new();
    while let Ok(notice) = heard.try_recv() {
        told.extend(notice.payload().strip_prefix(&format!("{topic} ")).map(str::to_owned));
    }
    told
}

/// Every desk hears every notice: a thousand accounts in one operation are one notice, «all of them».
#[tokio::test]
async fn an_operation_announces_what_it_touched() {
    let db = village().await;
    let (listener, mut heard) =
        connect_listening(&db.address(people::CASHIER), "kvartal test").await.unwrap();
    listener.batch_execute("listen kvartal").await.unwrap();
    let cashier = Clerk::of(&db, people::CASHIER).await;
    let pays = async |times: usize| {
        let payment = |at: usize| {
            json!({ "account": "41001", "amount": format!("{}.00", at + 1), "paid_on": "2026-03-02",
                "cash_day": "2026-03-02", "source": "касса" })
        };
        let payments: Vec<_> = (0..times).map(payment).collect();
        cashier.does("finance.payment", json!({ "payments": payments })).await;
    };
    pays(2).await;
    let known = "select max(known)::text from admin_data.operation";
    let known: String = db.root().await.query_one(known, &[]).await.unwrap().get(0);
    assert_eq!(told_of(&listener, &mut heard, "account").await, [format!("41001 {known}")]);
    // Fifty-one things are too many to be named.
    let root = db.root().await;
    for (kind, many, told) in [("meter", 50, 50), ("person", 51, 1)] {
        root.batch_execute(&format!(
            "begin;
             insert into admin_data.operation_subject (kind, object_id, known) select '{kind}', n, {known} from generate_series(1, {many}) n;
             select admin.announce_subjects({known});
             commit"
        ))
        .await
        .unwrap();
        let things = told_of(&listener, &mut heard, kind).await;
        assert_eq!(things.len(), told, "{things:?}");
        assert_eq!(things.contains(&format!("0 {known}")), many > 50, "{things:?}");
    }
}
