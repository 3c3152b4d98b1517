//! Acts of undersupply and quality through the database: they lower the bills of all accounts concerned, backwards too,
//! are explained to the minute, withdrawn and undone.

use kvartal::job::door::Session as Door;
use serde_json::{Value, json};

use super::balances::broken;
use crate::common::{Clerk, Office, people, village};

/// A cold-water outage of house 101 in March, from an hour to an hour of one day.
fn outage(number: &str, day: &str, from: &str, to: &str) -> Value {
    json!({
        "house_id": 101, "service_id": 2, "deficiency": "cold_interruption", "number": number, "drawn_on": "2026-03-25",
        "from_day": day, "from_time": from, "to_day": day, "to_time": to,
    })
}

/// What undersupply takes off the services of accounts in a run of a month.
async fn taken_off(office: &Office, month: &str) -> Vec<String> {
    let sql = format!(
        "select account_id || ' ' || service || ' ' || to_char(source_month, 'MM') || ' ' || sum(amount) from billing.lines
         where month = '{month}-01' and account_id in (41001, 41003, 42001) and component = 41
         group by account_id, service, sort, source_month having sum(amount) <> 0 order by account_id, source_month, sort"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// 3 + 9 + 11 = 23 h, permitted 3 + 4 + 1 = 8 h, 15 h × 0.15 % = 2.25 %: of 236.80 (5 m³ by the average) 5.33, of 615.21 (12.99 m³ by the norm) 13.84.
const THREE_OUTAGES: [&str; 2] = ["41001 cold_water 03 -5.33", "41003 cold_water 03 -13.84"];

#[tokio::test]
async fn an_outage_lowers_the_bills_of_the_house() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let dispatcher = Clerk::of(&office.db, "kv_t_dispatcher").await;
    dispatcher.does("claims.act", outage("А-1", "2026-03-03", "08:00", "11:00")).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-03").await, [""; 0], "three hours are permitted");
    dispatcher.does("claims.act", outage("А-2", "2026-03-10", "9:00", "18.00")).await;
    let last = dispatcher.does("claims.act", outage("А-3", "2026-03-20", "10:00", "21:00")).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-03").await, THREE_OUTAGES);
    assert_eq!(broken(&office.root).await, Vec::<String>::new());

    // «Почему?» counts the hours and ends at the act.
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41003", "2026-03-01".parse().unwrap()).await.unwrap().to_string();
    assert!(why.contains("354 п. 98") && why.contains("23 − 8 = 15"), "{why}");
    let row: i64 = office.value("select max(id) from claims_data.undersupply").await;
    let card = "select title || ': ' || told || ' — ' || ground from admin.fact_card('undersupply', $1)";
    let card: String = office.accountant.query_one(card, &[&row]).await.unwrap().get(0);
    assert!(
        card.starts_with("Акт о перерыве или качестве: акт: А-3; промежуток №: 1; начало: 20.03.2026 10:00"),
        "{card}"
    );

    // Without the last one: 12 − 7 = 5 h × 0.15 % = 0.75 % of 615.21 is 4.61; the list says which acts stand.
    let act: i64 = office.seen("select act_id from claims.act_list where number = 'А-3'").await;
    office.accountant.does("claims.act_withdraw", json!({ "act_id": act })).await;
    office.settle().await;
    assert!(taken_off(&office, "2026-03").await.contains(&"41003 cold_water 03 -4.61".to_owned()));
    let states = "select string_agg(number || ' ' || state, ', ' order by number) from claims.act_list";
    assert_eq!(office.seen::<String>(states).await, "А-1 stands, А-2 stands, А-3 withdrawn");
    let again = office.accountant.tries("claims.act_withdraw", json!({ "act_id": act })).await;
    assert_eq!(again.code, "KV010");
    let undo = json!({ "operation": last });
    assert!(
        office.chief.operate(uuid::Uuid::new_v4(), "admin.undo", &undo, Some("проверка")).await.is_err(),
        "nothing of it stands"
    );
}

/// Hot water of one account at 51 °C for 22 hours of the day: (60 − 3 − 51) ÷ 3 = 2 steps × 22 h × 0.1 % = 4.4 % of 1 897.67 (9.57 m³ ×
/// 47.36 = 453.24 and 0.62301 Гкал × 2 318.47 = 1 444.43) is 83.50. March is released: April brings it back, and undo takes it away.
#[tokio::test]
async fn an_act_brought_late_recalculates_one_account() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    let act = json!({
        "house_id": 101, "service_id": 4, "deficiency": "hot_temperature", "account": "41003", "number": "Т-1", "drawn_on": "2026-03-12",
        "from_day": "2026-03-10", "from_time": "06:00", "to_day": "2026-03-10", "to_time": "17:00", "measured": "51",
    });
    let first = office.accountant.does("claims.act", act).await;
    let id: i64 = office.seen("select act_id from claims.act_list where number = 'Т-1'").await;
    let more = json!({ "act_id": id, "from_day": "2026-03-11", "from_time": "06:00", "to_day": "2026-03-11", "to_time": "17:00", "measured": "51" });
    let second = office.accountant.does("claims.act_interval", more).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-04").await, ["41003 hot_water 03 -83.50"]);
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.accountant.undoes(second).await;
    office.accountant.undoes(first).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-04").await, [""; 0]);
}

/// What does not fit is refused by a sentence; another company's house is not found.
#[tokio::test]
async fn an_act_that_makes_no_sense_is_refused() {
    let office = Office::of(village().await).await;
    let tries = async |name: &str, value: Value| {
        let mut act = outage("А-1", "2026-03-03", "08:00", "11:00");
        act[name] = value;
        office.accountant.tries("claims.act", act).await
    };
    assert_eq!(tries("to_time", json!("07:00")).await.code, "KV004");
    assert_eq!(tries("from_time", json!("25:00")).await.code, "KV004");
    assert_eq!(tries("deficiency", json!("hot_pressure")).await.code, "KV004");
    assert_eq!(tries("account", json!("42001")).await.code, "KV003");
    let mut hot = outage("А-1", "2026-03-03", "08:00", "11:00");
    (hot["service_id"], hot["deficiency"]) = (json!(4), json!("hot_temperature"));
    assert!(office.accountant.tries("claims.act", hot).await.message.contains("измерено"));
    let south = Clerk::of(&office.db, village::SOUTH).await;
    assert_eq!(south.tries("claims.act", outage("А-1", "2026-03-03", "08:00", "11:00")).await.code, "KV003");
}

/// Charged too much: half of it comes off the bill, 615.21 × 50 % = 307.61 (ЖК 157 ч. 6).
#[tokio::test]
async fn the_executor_is_fined() {
    let office = Office::of(village().await).await;
    let excess = json!({
        "account_id": 41003, "service_id": 2, "from": "2026-03-01", "to": "2026-04-01", "excess": "615.21", "citation": "акт сверки № 3",
    });
    office.accountant.asserts("billing.overcharge", excess).await;
    office.charge("2026-03").await;
    let fine = "select amount::text from billing.lines where account_id = 41003 and component = 43";
    assert_eq!(office.seen::<String>(fine).await, "-307.61");
}
