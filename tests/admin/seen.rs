//! Two operators on one card: the second is told what the first did, and overwrites nothing unseen.

use serde_json::{Value, json};

use crate::common::village::{CHIEF, NORTH};
use crate::common::{Clerk, village};

const AREA: &str = "cards.premises_area";

/// What a form that is opened now has seen.
async fn seen(clerk: &Clerk) -> String {
    clerk.query_one("select mark from admin.seen", &[]).await.unwrap().get(0)
}

fn change(premises: i64, from: &str, area: &str, seen: &str) -> Value {
    json!({ "facts": [{ "premises_id": premises, "from": from, "area_total": area, "area_living": "30.00", "area_heated": area, "rooms": 2 }], "seen": seen })
}

#[tokio::test]
async fn what_was_changed_meanwhile_is_not_overwritten_unseen() {
    let db = village().await;
    let (north, chief) = (Clerk::of(&db, NORTH).await, Clerk::of(&db, CHIEF).await);
    let first = "select min(premises_id) from cards.premises_area";
    let premises: i64 = north.query_one(first, &[]).await.unwrap().get(0);
    let was: String = {
        let sql = "select replace(trim_scale(area_total)::text, '.', ',') from cards.premises_area where premises_id = $1";
        north.query_one(sql, &[&premises]).await.unwrap().get(0)
    };
    let (opened, also) = (seen(&north).await, seen(&chief).await);
    chief.does(AREA, change(premises, "2026-03-01", "50.25", &also)).await;
    let refusal = north.tries(AREA, change(premises, "2026-03-01", "61.50", &opened)).await;
    assert_eq!(refusal.code, "KV005");
    let told = refusal.to_string();
    assert!(told.contains(&format!("{was} → 50,25")) && told.contains("Набранное осталось"), "{told}");
    let name = "select full_name from admin_data.operator where login = $1::text::name";
    let name: String = db.root().await.query_one(name, &[&CHIEF]).await.unwrap().get(0);
    assert!(told.contains(&name), "{told}");
    // Who has looked again may write.
    let looked = seen(&north).await;
    north.does(AREA, change(premises, "2026-03-01", "61.50", &looked)).await;
    // Days before the change were nobody's but what was shown.
    let mut before = change(premises, "2026-02-01", "60.00", &opened);
    before["facts"][0]["to"] = json!("2026-03-01");
    north.does(AREA, before).await;
}

/// The mark is of what is visible: an operation under way when the form opened counts as unseen, though its number is smaller.
#[tokio::test]
async fn an_operation_under_way_was_not_seen() {
    let db = village().await;
    let (north, chief) = (Clerk::of(&db, NORTH).await, Clerk::of(&db, CHIEF).await);
    let first = "select min(premises_id) from cards.premises_area";
    let premises: i64 = north.query_one(first, &[]).await.unwrap().get(0);
    chief.batch_execute("begin").await.unwrap();
    chief
        .asserts(AREA, json!({ "premises_id": premises, "from": "2026-03-01", "area_total": "50.25", "area_living": "30.00", "area_heated": "50.25", "rooms": 2 }))
        .await;
    let opened = seen(&north).await;
    chief.batch_execute("commit").await.unwrap();
    assert_eq!(north.tries(AREA, change(premises, "2026-03-01", "61.50", &opened)).await.code, "KV005");
}

/// A change that was undone meanwhile left what was shown.
#[tokio::test]
async fn what_is_the_same_again_is_let_pass() {
    let db = village().await;
    let (north, chief) = (Clerk::of(&db, NORTH).await, Clerk::of(&db, CHIEF).await);
    let first = "select min(premises_id) from cards.premises_area";
    let premises: i64 = north.query_one(first, &[]).await.unwrap().get(0);
    let opened = seen(&north).await;
    let fact = json!({ "premises_id": premises, "from": "2026-03-01", "area_total": "50.25", "area_living": "30.00", "area_heated": "50.25", "rooms": 2 });
    let done = chief.asserts(AREA, fact).await;
    chief.undoes(done).await;
    north.does(AREA, change(premises, "2026-03-01", "61.50", &opened)).await;
    let nonsense = north.tries(AREA, change(premises, "2026-03-01", "61.50", "вчера")).await;
    assert_eq!(nonsense.code, "KV004");
}
