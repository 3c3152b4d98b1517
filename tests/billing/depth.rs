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

/// Meter ХВ-1 of flat 1, read 1 045 in March and told in May: 1 015 on the 20th of February was the last, March and April went by the
/// average of (1 015 − 1 000) ÷ 3 = 5 m³.
fn late() -> Operation {
    let fact = json!({ "meter_id": 51, "register": 1, "day": "2026-03-20", "value": "1045", "rolled_over": false, "source": "обход" });
    Operation {
        id: Uuid::new_v4(),
        kind: "meters.reading".to_owned(),
        args: json!({ "facts": [fact], "twice": true }),
        ground: Some("Фотография прибора".to_owned()),
    }
}

const TOLD: &str = "показание прибора № ХВ-1 от 20.03.2026: месяцы 02.2026–03.2026 старше срока перерасчёта, не учтённый за них расход — в 04.2026 (354 п. 61)";

/// Of the 30 m³ March was charged 5: 25 are April's, whose average is (1 045 − 1 000) ÷ 4 = 11.25 now. 36.25 × 47.36 = 1 716.80 and not
/// 236.80. With 2 × 3.19 = 6.38 of hot water the sewage is 42.63 × 38.09 = 1 623.78 and not 433.46. Who shows it says which reading it is.
#[tokio::test]
async fn a_reading_that_is_too_old_says_what_it_adds_where() {
    let office = office().await;
    let change = late();
    let mut door = Door::open(&office.db.address(people::CENTRE), "kvartal test").await.unwrap();
    let beyond = door.preview(&change).await.unwrap().beyond.unwrap();
    assert_eq!(
        (beyond.before.as_str(), beyond.months, beyond.accounts, beyond.readings),
        ("2026-04", 1, 1, 1)
    );
    // A single reading is written without a difference: whoever did not see one is asked.
    let once = json!({ "facts": change.args["facts"] });
    let asked = office.centre.tries("meters.reading", once).await;
    assert_eq!((asked.code.as_str(), asked.message.contains("расход по нему — в 04.2026")), ("KV014", true));
    door.commit(&change).await.unwrap();
    office.settle().await;
    let mut desk = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = desk.explain("41001", "2026-05-01".parse().unwrap()).await.unwrap();
    let told = |entry: &serde_json::Value| {
        let word = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        (word("service"), word("amount"), word("beyond"))
    };
    let told: Vec<_> = why["recalculations"].as_array().unwrap().iter().map(told).collect();
    let row = |service: &str, amount: &str| (service.to_owned(), amount.to_owned(), TOLD.to_owned());
    assert_eq!(told, [row("Холодное водоснабжение", "1480.00"), row("Водоотведение", "1190.32")]);
    let printed = "select string_agg(g.value->>'beyond', ' | ') from billing_data.month m,
        billing.invoice_grounds('{41001}', m) i, jsonb_array_elements(i.data) g where m.month = '2026-05-01'";
    assert_eq!(office.value::<String>(printed).await, [TOLD, TOLD].join(" | "));
}

/// The account that was open in March is closed from April on: what it used and was not charged for is on nobody's bill, and is told.
#[tokio::test]
async fn what_a_closed_account_used_is_told_and_nobodys() {
    let office = Office::of(village().await).await;
    let depth = "update cards_data.parameter_value v set value = 1 from cards_data.parameter p
        where p.id = v.parameter_id and p.code = 'recalculation_depth_months'";
    office.root.batch_execute(depth).await.unwrap();
    let closed = json!({ "account_id": 41001, "from": "2026-04-01", "void": true });
    office.accountant.asserts("cards.account_open", closed).await;
    office.book("2026-03").await;
    office.book("2026-04").await;
    office.charge("2026-05").await;
    let mut door = Door::open(&office.db.address(people::CENTRE), "kvartal test").await.unwrap();
    let shown = door.preview(&late()).await.unwrap();
    let told = "прибор № ХВ-1: 25 м³ до 04.2026 не учтены, счёт закрыт раньше: исправьте сальдо с основанием";
    assert_eq!((shown.accounts, shown.exceptions), (0, vec![format!("Счёт 41001: {told}")]));
    door.commit(&late()).await.unwrap();
    office.settle().await;
    let listed = "select string_agg(account || ' ' || code || ' ' || sentence, '; ') from billing.exception_list('2026-05-01', 'nobodys_volume')";
    assert_eq!(office.seen::<String>(listed).await, format!("41001 nobodys_volume {told}"));
}
