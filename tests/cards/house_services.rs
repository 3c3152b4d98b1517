//! Services of a house's accounts: the list with its filter, what it lets through counted, and the switch of many at once with one undo.

use kvartal::job::door::{Operation, Session as Door};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::office::GROUND;
use crate::common::village::SOUTH;
use crate::common::{Clerk, Office, people, village};

const SWITCH: &str = "cards.service_switch";

/// What the list says of itself under a typed line.
async fn marked(office: &Office, line: &str) -> Value {
    let sql = format!("select cards.house_service_marked(101, '{line}')");
    office.accountant.query_one(&sql, &[]).await.unwrap().get(0)
}

/// Everything under a line, as the workstation sends it once it was confirmed.
async fn all(office: &Office, line: &str) -> Value {
    json!({ "all": { "p_house": 101, "p_line": line }, "told": marked(office, line).await })
}

fn rows(of: &[(i64, i64)]) -> Value {
    let row = |(account, service): &(i64, i64)| json!({ "account_id": account, "service_id": service });
    json!({ "rows": of.iter().map(row).collect::<Vec<_>>() })
}

fn switch(chosen: &Value, state: &str) -> Value {
    json!({ "chosen": chosen, "state": state, "from": "2026-03-01" })
}

/// Accounts of house 101 that are charged for a service on a day of March.
async fn charged_for(office: &Office, service: i64) -> String {
    let sql = format!(
        "select coalesce(string_agg(s.account_id::text || ' ' || s.method, ', ' order by s.account_id), '') from cards.account_services s
         join cards.account_card a using (account_id) where a.house_id = 101 and s.service_id = {service}"
    );
    office.accountant.batch_execute("set kvartal.as_of = '2026-03-15'").await.unwrap();
    let found = office.accountant.query_one(&sql, &[]).await.unwrap().get(0);
    office.accountant.batch_execute("reset kvartal.as_of").await.unwrap();
    found
}

/// Five accounts by five services of the house, the light of flat 1 and the antenna of flat 2. A short number is a flat's, a word
/// may stand in any part, and all words must be found.
#[tokio::test]
async fn the_list_is_filtered_and_counted_by_the_server() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    office.settle().await;
    for (line, count) in [
        ("", 27),
        ("содержание", 5),
        ("водо", 15),
        ("1", 6),
        ("4", 10),
        ("4/1", 5),
        ("2 антенна", 1),
        ("включена", 27),
        ("выключена", 0),
    ] {
        assert_eq!(marked(&office, line).await["count"], count, "{line}");
    }
    // 31.74 × (54.30 + 38.00 + 71.60 + 31.00 + 28.00), each line rounded:
    // 1723.48 + 1206.12 + 2272.58 + 983.94 + 888.72.
    assert_eq!(marked(&office, "содержание").await["sum"], "7074.84");
    let page = "select account_id, service_id, number_order, number, sort from cards.house_service_list(101, null, null, $1, 10)";
    let (mut after, mut seen) = (None::<Value>, 0);
    loop {
        let rows = office.accountant.query(page, &[&after]).await.unwrap();
        let Some(last) = rows.last() else { break };
        after = Some(json!({
            "account_id": last.get::<_, i64>(0), "service_id": last.get::<_, i64>(1), "number_order": last.get::<_, i64>(2),
            "number": last.get::<_, &str>(3), "sort": last.get::<_, i16>(4),
        }));
        seen += rows.len();
    }
    assert_eq!(seen, 27, "pages lose rows or show them twice");
    let south = office.db.as_role(SOUTH).await;
    let count = "select cards.house_service_count(101)";
    assert_eq!(south.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 0, "a foreign house");
}

/// All of a filter is one operation with one undo, which puts four back and leaves the one that was changed since.
#[tokio::test]
async fn many_are_switched_at_once_and_undone_but_for_what_changed_since() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let was = charged_for(&office, 1).await;
    assert_eq!(
        was,
        "41001 area_total, 41002 area_total, 41003 area_total, 41005 area_total, 41006 area_total"
    );
    let off = office.accountant.does(SWITCH, switch(&all(&office, "содержание").await, "off")).await;
    assert_eq!(charged_for(&office, 1).await, "");
    office.settle().await;
    assert_eq!(
        marked(&office, "содержание выключена").await,
        json!({
            "count": 5, "sum": "0", "digest": marked(&office, "содержание").await["digest"],
        })
    );
    office.accountant.does(SWITCH, switch(&rows(&[(41001, 1)]), "on")).await;
    assert_eq!(charged_for(&office, 1).await, "41001 area_total");
    let undo = Operation {
        id: Uuid::new_v4(),
        kind: "admin.undo".to_owned(),
        args: json!({ "operation": off }),
        ground: Some(GROUND.to_owned()),
    };
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let told = door.preview(&undo).await.unwrap();
    assert_eq!((told.put_back, told.kept), (4, 1));
    // 1206.12 + 2272.58 + 983.94 + 888.72 come back.
    assert_eq!((told.accounts, told.total.to_string()), (4, "5351.36".to_owned()));
    door.commit(&undo).await.unwrap();
    assert_eq!(charged_for(&office, 1).await, was);
}

/// Whoever confirmed five rows does not switch four.
#[tokio::test]
async fn another_number_than_was_confirmed_is_refused() {
    let office = Office::of(village().await).await;
    let confirmed = all(&office, "содержание включена").await;
    office.accountant.does(SWITCH, switch(&rows(&[(41003, 1)]), "off")).await;
    let refusal = office.accountant.tries(SWITCH, switch(&confirmed, "off")).await;
    assert_eq!(refusal.code, "KV005");
    assert_eq!(refusal.message, "Отбор изменился: подтверждено строк 5, теперь их 4");
    // As many rows, but others.
    office.accountant.does(SWITCH, switch(&rows(&[(41003, 1)]), "on")).await;
    office.accountant.does(SWITCH, switch(&confirmed, "off")).await;
}

/// Switched on again it is charged as it was: by the account's own plan, or by the house's.
#[tokio::test]
async fn switched_on_again_it_is_as_it_was() {
    let office = Office::of(village().await).await;
    let chosen = rows(&[(41002, 7), (41002, 1), (41003, 7)]);
    let off = office.accountant.does(SWITCH, switch(&chosen, "off")).await;
    let result = |id: Uuid| format!("select result from admin_data.operation_args where operation = '{id}'");
    let told: Value = office.root.query_one(&result(off), &[]).await.unwrap().get(0);
    // Flat 3 has no antenna: nothing to switch off.
    assert_eq!((&told["switched"], &told["left"]), (&json!(2), &json!(1)));
    assert_eq!(charged_for(&office, 7).await, "");
    office.accountant.does(SWITCH, switch(&chosen, "on")).await;
    assert_eq!(charged_for(&office, 7).await, "41002 quantity");
    assert!(charged_for(&office, 1).await.contains("41002 area_total"));
    let again = office.accountant.tries(SWITCH, switch(&chosen, "on")).await;
    assert_eq!(again.message, "У отмеченных счетов услуга в эти дни уже включена");
    let foreign = Clerk::of(&office.db, SOUTH).await.tries(SWITCH, switch(&rows(&[(41001, 1)]), "off")).await;
    assert_eq!(
        (foreign.code.as_str(), foreign.message.as_str()),
        ("KV003", "Отмеченные строки: лицевой счёт не найден или вам не виден")
    );
}
