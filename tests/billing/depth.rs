//! How far back released months are recalculated: what is too old is told before it is written, stays in a list, and is recalculated only
//! where somebody orders it.

use kvartal::job::door::{Operation, Session as Door};
use serde_json::json;
use uuid::Uuid;

use super::balances::broken;
use crate::common::office::GROUND;
use crate::common::{Office, people, village};

/// Two released months, and one month back is recalculated.
async fn office() -> Office {
    let office = Office::of(village().await).await;
    office
        .root
        .batch_execute(
            "update cards_data.parameter_value v set value = 1 from cards_data.parameter p
             where p.id = v.parameter_id and p.code = 'recalculation_depth_months'",
        )
        .await
        .unwrap();
    for month in ["2026-03", "2026-04"] {
        office.book(month).await;
    }
    office.charge("2026-05").await;
    office
}

/// Flat 1 of house 101 is 60 m², not 54.30, from March.
fn area() -> Operation {
    let fact = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "60.00", "area_living": "32.10", "area_heated": "54.30", "rooms": 2 });
    let args = json!({ "facts": [fact] });
    Operation {
        id: Uuid::new_v4(),
        kind: "cards.premises_area".to_owned(),
        args,
        ground: Some(GROUND.to_owned()),
    }
}

async fn recalculated(office: &Office) -> String {
    office.settle().await;
    let sql = "select coalesce(string_agg(told, ' ' order by told), '') from (
        select to_char(source_month, 'MM') || ' ' || sum(amount) as told from billing.lines
        where month = '2026-05-01' and account_id = 41001 and service = 'maintenance' and source_month < month group by source_month) t";
    office.seen(sql).await
}

async fn listed(office: &Office) -> String {
    let sql = "select coalesce(string_agg(concat_ws(' ', title, to_char(from_month, 'MM'), to_char(through_month, 'MM'), months, accounts, state), '; '), '')
        from billing.depth_list()";
    office.seen(sql).await
}

/// 60.00 × 31.74 = 1 904.40, 54.30 × 31.74 = 1 723.48: 180.92 a month.
#[tokio::test]
async fn what_is_too_old_is_told_and_waits_for_an_order() {
    let office = office().await;
    let change = area();
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let beyond = door.preview(&change).await.unwrap().beyond.unwrap();
    assert_eq!((beyond.before.as_str(), beyond.months, beyond.accounts), ("2026-04", 1, 1));
    door.commit(&change).await.unwrap();
    assert_eq!(recalculated(&office).await, "04 180.92");
    assert_eq!(listed(&office).await, "Изменение площади 03 03 1 1 waiting");

    let order = Operation {
        id: Uuid::new_v4(),
        kind: "billing.recalculate_whole".to_owned(),
        args: json!({ "operation": change.id }),
        ground: Some("Решение суда № 7".to_owned()),
    };
    let shown = door.preview(&order).await.unwrap();
    assert_eq!((shown.beyond, shown.accounts), (None, 1));
    let maintenance = shown.rows.iter().find(|row| row.service == "Содержание жилого помещения").unwrap();
    assert_eq!((maintenance.month.as_str(), maintenance.after.to_string()), ("2026-03", "180.92".to_owned()));
    door.commit(&order).await.unwrap();
    assert_eq!(recalculated(&office).await, "03 180.92 04 180.92");
    assert_eq!(listed(&office).await, "Изменение площади 03 03 1 1 ordered");
    office.charge("2026-05").await;
    assert_eq!(recalculated(&office).await, "03 180.92 04 180.92", "a full run finds the same");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// What nobody ordered stays in the list when the month is out, and can be ordered no longer; undone and written again it can.
#[tokio::test]
async fn what_was_released_without_it_is_said_to_be_left() {
    let office = office().await;
    let args = area().args;
    let first = office.accountant.does("cards.premises_area", args.clone()).await;
    office.release("2026-05").await;
    assert_eq!(listed(&office).await, "Изменение площади 03 03 1 1 left");
    let order = |operation: Uuid| json!({ "operation": operation });
    let refusal = office.centre.tries("billing.recalculate_whole", order(first)).await;
    assert_eq!(refusal.message, "Перерасчёт глубже срока: месяц 05.2026 выпущен без него");
    office.charge("2026-06").await;
    office.accountant.undoes(first).await;
    let again = office.accountant.does("cards.premises_area", args).await;
    office.centre.does("billing.recalculate_whole", order(again)).await;
    office.settle().await;
    // May itself was charged for 60 m² and is now undone and done again: nothing. March and April come from the new one.
    let sql = "select string_agg(told, ' ' order by told) from (
        select to_char(source_month, 'MM') || ' ' || sum(amount) as told from billing.lines
        where month = '2026-06-01' and account_id = 41001 and service = 'maintenance' and source_month < month
        group by source_month having sum(amount) <> 0) t";
    assert_eq!(office.seen::<String>(sql).await, "03 180.92 04 180.92");
}

/// Who does not see the house does not see the row.
#[tokio::test]
async fn a_foreign_row_is_not_found() {
    let office = office().await;
    office.accountant.does("cards.premises_area", area().args).await;
    people::narrow(&office.root, people::ACCOUNTANT, Some(12), None).await;
    let count: i64 =
        office.accountant.query_one("select count(*) from billing.depth_list()", &[]).await.unwrap().get(0);
    assert_eq!(count, 0);
}
