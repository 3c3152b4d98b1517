//! What the server announces: LISTEN is open to everybody who may log in, so a notice names a topic, an id and a version, and
//! never a datum.

use kvartal::db::connect::connect_listening;
use serde_json::json;
use uuid::Uuid;

use crate::common::{Office, people, village};

/// What an announcement may consist of: a channel, and its payload.
fn is_bare(channel: &str, payload: &str) -> bool {
    let words: Vec<&str> = payload.split(' ').collect();
    let (id, number) = (|word: &str| Uuid::parse_str(word).is_ok(), |word: &str| word.parse::<i64>().is_ok());
    match (channel, words.as_slice()) {
        ("kvartal", ["operation", operation, known]) => id(operation) && number(known),
        ("kvartal", ["unit", unit, version]) => number(unit) && number(version),
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
    let mut topics = std::collections::BTreeSet::new();
    while let Ok(notice) = heard.try_recv() {
        assert!(is_bare(notice.channel(), notice.payload()), "{}: {}", notice.channel(), notice.payload());
        topics.insert((
            notice.channel().to_owned(),
            notice.payload().split(' ').next().unwrap_or_default().len(),
        ));
    }
    assert!(topics.len() >= 5, "too little was heard: {topics:?}");
}
