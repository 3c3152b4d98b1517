//! Owners and their shares: a new one, a share that passes, shares that are together no more than the whole.

use serde_json::{Value, json};

use crate::common::{Office, village};

/// Half of flat 1 to somebody, with one thing otherwise.
fn owner(name: &str, value: Value) -> Value {
    let mut owner = json!({
        "premises_id": 1011, "from": "2026-03-01", "numerator": 1, "denominator": 2, "owner": { "person_id": 62 },
    });
    owner[name] = value;
    owner
}

fn share(numerator: i64, denominator: i64) -> Value {
    json!({
        "premises_id": 1011, "owner_no": 1, "from": "2026-03-01", "person_id": 61, "share_numerator": numerator, "share_denominator": denominator,
    })
}

/// The owners of flat 1 on a day.
async fn owners(office: &Office, day: &str) -> String {
    office.passport.batch_execute(&format!("set kvartal.as_of = '{day}'")).await.unwrap();
    let told =
        "select coalesce(string_agg(owner_no || ' ' || owner || ' ' || share, ', ' order by owner_no), '')
        from passport.owner_list where premises_id = 1011";
    office.passport.query_one(told, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn shares_are_no_more_than_the_whole() {
    let office = Office::of(village().await).await;
    let refusal = office.passport.tries("passport.owner", owner("from", json!("2026-03-01"))).await;
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        ("KV004", "Доли собственников с 01.03.2026 вместе больше целого: 1/1 + 1/2")
    );
    let halved = office.passport.asserts("passport.ownership", share(1, 2)).await;
    office.passport.does("passport.owner", owner("to", json!("2027-01-01"))).await;
    assert_eq!(
        owners(&office, "2026-05-01").await,
        "1 Берёзкина Нина Петровна 1/2, 2 Вишнякова Нина Петровна 1/2"
    );
    // Put back, the first would own the whole beside the second's half.
    let refusal = office.passport.tries("admin.undo", json!({ "operation": halved })).await;
    assert_eq!(refusal.message, "Доли собственников с 01.03.2026 вместе больше целого: 1/1 + 1/2");
}

/// The one who sold stops the day the other begins; one operation, one undo.
#[tokio::test]
async fn a_share_passes_to_another() {
    let office = Office::of(village().await).await;
    let mut sale = owner("owner", json!({ "last_name": "Сидоров", "first_name": "Пётр" }));
    sale["owner_no"] = json!(1);
    sale["denominator"] = json!(1);
    let sold = office.passport.does("passport.owner", sale).await;
    assert_eq!(owners(&office, "2026-02-28").await, "1 Берёзкина Нина Петровна 1/1");
    assert_eq!(owners(&office, "2026-03-01").await, "1 Сидоров Пётр 1/1");
    office.passport.undoes(sold).await;
    assert_eq!(owners(&office, "2026-03-01").await, "1 Берёзкина Нина Петровна 1/1");
}

/// Two whole shares, as another program may have left them: less wrong is allowed, more wrong is not.
#[tokio::test]
async fn what_was_wrong_before_may_be_made_less_wrong() {
    let office = Office::of(village().await).await;
    let wrong = "insert into passport_data.ownership (unit_id, scope, premises_id, owner_no, valid_from, person_id, share_numerator, share_denominator, asserted, origin)
        select unit_id, scope, premises_id, 2, valid_from, 62, 1, 1, asserted, origin from passport_data.ownership where premises_id = 1011";
    office.root.batch_execute(wrong).await.unwrap();
    office.passport.asserts("passport.ownership", share(3, 4)).await;
    let refusal = office.passport.tries("passport.ownership", json!({ "facts": [share(4, 5)] })).await;
    assert_eq!(refusal.message, "Доли собственников с 01.03.2026 вместе больше целого: 4/5 + 1/1");
    let ended = json!({ "premises_id": 1011, "owner_no": 2, "from": "2026-03-01", "void": true });
    office.passport.asserts("passport.ownership", ended).await;
    assert_eq!(owners(&office, "2026-03-01").await, "1 Берёзкина Нина Петровна 3/4");
}
