//! What-if: a change tried on everybody gives its figures and leaves nothing behind.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::{Office, village};

/// 31.74 → 33.00 roubles a m² of maintenance, from the first day of the open month.
fn dearer() -> Value {
    let fact =
        json!({ "tariff_id": 31, "from": "2026-03-01", "rate": "33.00", "citation": "проект решения" });
    json!({ "kind": "cards.tariff_rate", "fact": fact })
}

async fn charged() -> Office {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    office
}

/// Orders a what-if of the centre and waits for it.
async fn tried(office: &Office, args: Value) -> Uuid {
    let id = office.centre.does("analytics.what_if", args).await;
    office.settle().await;
    id
}

/// One text of a question of the centre about a what-if.
async fn told(office: &Office, sql: &str, id: Uuid) -> String {
    office.centre.query_one(sql, &[&id]).await.unwrap().get(0)
}

/// Areas of the seven accounts, m²: 54.30, 38.00, 71.60, 31.00, 28.00 in house 101; 44.10, 49.90 in house 102.
/// At 31.74: 1 723.48, 1 206.12, 2 272.58, 983.94, 888.72; 1 399.73, 1 583.83. At 33.00: 1 791.90, 1 254.00, 2 362.80,
/// 1 023.00, 924.00; 1 455.30, 1 646.70. So: 68.42, 47.88, 90.22, 39.06, 35.28 make 280.86; 55.57, 62.87 make 118.44.
#[tokio::test]
async fn the_figures_are_those_of_the_change() {
    let office = charged().await;
    let id = tried(&office, dearer()).await;
    let head = "select moved || ' of ' || accounts || ', ' || change || ', unseen ' || unseen from analytics.what_if_list where id = $1";
    assert_eq!(told(&office, head, id).await, "7 of 7, 399.30, unseen 0");
    let services = "select string_agg(title || ' ' || accounts || ' ' || change, '; ' order by part_id)
        from analytics.what_if_part where what_if_id = $1 and kind = 'service' and change <> 0";
    assert_eq!(told(&office, services, id).await, "Содержание жилого помещения 7 399.30");
    let providers = "select string_agg(title || ' ' || accounts || ' ' || change, '; ' order by part_id)
        from analytics.what_if_part where what_if_id = $1 and kind = 'provider' and change <> 0";
    assert_eq!(told(&office, providers, id).await, "УК «Север» 5 280.86; УК «Юг» 2 118.44");
    let houses = "select string_agg(house_id || ' ' || change, '; ' order by house_id) from analytics.what_if_house where what_if_id = $1";
    assert_eq!(told(&office, houses, id).await, "101 280.86; 102 118.44");
    let deciles = "select count(*) || ' groups, ' || min(least) || ' … ' || max(most) || ', ' || sum(change) from analytics.what_if_decile where what_if_id = $1";
    assert_eq!(told(&office, deciles, id).await, "7 groups, 35.28 … 90.22, 399.30");
    let largest =
        "select account || ' ' || change from analytics.what_if_bill where what_if_id = $1 and place = 1";
    assert_eq!(told(&office, largest, id).await, "41003 90.22");
}

/// The change that was tried is not made; made, it gives exactly what was told.
#[tokio::test]
async fn nothing_is_written_and_what_was_told_comes_true() {
    let office = charged().await;
    let books = "select (select count(*) from cards_data.tariff_rate) || ' ' || (select count(*) from billing_data.queue) || ' '
        || (select coalesce(sum(amount), 0) from billing_data.month m join billing_data.line l on l.run = m.run)";
    let before: String = office.value(books).await;
    let id = tried(&office, dearer()).await;
    assert_eq!(office.value::<String>(books).await, before, "a trial left something");
    let journal = "select count(*) from admin_data.operation where kind = 'cards.tariff_rate'";
    assert_eq!(office.value::<i64>(journal).await, 0);
    let change = told(&office, "select after::text from analytics.what_if_list where id = $1", id).await;

    let fact = dearer()["fact"].clone();
    office.centre.asserts("cards.tariff_rate", fact).await;
    office.settle().await;
    let stored =
        "select sum(amount)::text from billing_data.month m join billing_data.line l on l.run = m.run";
    assert_eq!(office.value::<String>(stored).await, change);
}

/// A past day: the recalculation of a released month is part of what it would make of the bills. March is released, April open:
/// each of seven accounts is charged twice as much more, so 2 × 399.30.
#[tokio::test]
async fn a_past_day_brings_its_recalculation() {
    let office = charged().await;
    office.release("2026-03").await;
    office.charge("2026-04").await;
    let id = tried(&office, dearer()).await;
    let change = told(&office, "select change::text from analytics.what_if_list where id = $1", id).await;
    assert_eq!(change, "798.60");
}

/// A norm: 4.33 → 5 m³ a person. Flat 3 of house 101 has no meter and three persons: 615.21 → 710.40 for 15 m³ and with 9.57 of hot water
/// 859.31 → 935.87 of sewage; flat 2 of house 102 has one owner: 205.07 → 236.80, with 3.19 286.44 → 311.96. 95.19 + 76.56 + 31.73 + 25.52.
#[tokio::test]
async fn a_norm_is_tried() {
    let office = charged().await;
    let fact =
        json!({ "norm_id": 42, "part": 0, "rooms": 0, "persons": 0, "from": "2026-03-01", "value": "5" });
    let id = tried(&office, json!({ "kind": "cards.norm_value", "fact": fact })).await;
    let head = "select title || ': ' || moved || ', ' || change from analytics.what_if_list where id = $1";
    assert_eq!(told(&office, head, id).await, "Изменение норматива: Вода с 01.03.2026, 5: 2, 229.00");
}

/// What a category is given: half of the upkeep of the disabled person of flat 1, one of two: 1 723.48 ÷ 2 × 50 % = 430.87. Written so, it comes to that.
#[tokio::test]
async fn a_rule_of_a_privilege_is_tried() {
    let office = charged().await;
    let category = "select category_id from billing.privilege_category where code = 'disabled'";
    let category: i64 = office.seen(category).await;
    let holder = json!({ "premises_id": 1011, "person_id": 61, "category_id": category, "from": "2026-03-01", "document": "справка" });
    office.centre.asserts("billing.privilege", holder).await;
    office.settle().await;
    let rule = json!({
        "category_id": category, "service_id": 1, "from": "2026-03-01", "to": null, "percent": "50", "base": "full", "covers": "person",
        "funding": "federal", "form": "discount", "norm": null, "tariff": null, "citation": "181-ФЗ, ст. 17",
    });
    let id = tried(&office, json!({ "kind": "billing.privilege_rule", "args": rule })).await;
    let head = "select title || ': ' || moved || ', ' || change from analytics.what_if_list where id = $1";
    let title = "Правило льготы: Инвалиды I–III групп, Содержание жилого помещения с 01.03.2026, 50 %";
    assert_eq!(told(&office, head, id).await, format!("{title}: 1, -430.87"));
    office.centre.does("billing.privilege_rule", rule).await;
    office.settle().await;
    let cost = "select string_agg(service || ' ' || people || ' ' || total, '; ') from billing.privilege_cost('2026-03-01')";
    assert_eq!(office.seen::<String>(cost).await, "Содержание жилого помещения 1 430.87");
}

/// What the door would refuse is refused at once, and money is no assumption.
#[tokio::test]
async fn nonsense_is_refused_before_the_work() {
    let office = charged().await;
    let fact = json!({ "tariff_id": 31, "from": "2026-03-01", "rate": "-5" });
    let refusals = [
        (json!({ "kind": "cards.tariff_rate", "fact": fact }), "цена меньше нуля"),
        (json!({ "kind": "finance.payment", "fact": {} }), "«Приём платежей» не пробуют"),
        (json!({ "kind": "billing.charge", "fact": {} }), "«Расчёт месяца» не пробуют"),
        (
            json!({ "kind": "cards.tariff_rate", "fact": { "tariff_id": 31, "from": "2026-04-01", "rate": "40" } }),
            "проба считает 03.2026, а изменение начинается 01.04.2026",
        ),
        (json!({ "changes": [] }), "нет списка «changes»"),
        (json!({ "changes": [{ "kind": "cards.nothing", "args": {} }] }), "Нет операции «cards.nothing»"),
    ];
    for (args, sentence) in refusals {
        let refused = office.centre.tries("analytics.what_if", args.clone()).await;
        assert_eq!(refused.code, "KV004", "{args}: {refused}");
        assert!(refused.message.contains(sentence), "{args}: {refused}");
    }
    assert_eq!(
        office.value::<i64>("select count(*) from admin_data.job where kind = 'analytics.what_if'").await,
        0
    );
}

/// Who sees one house is told of the other only how much it comes to; and nobody reads a colleague's trial.
#[tokio::test]
async fn out_of_sight_stays_out_of_sight() {
    let office = charged().await;
    let north = crate::common::Clerk::of(&office.db, village::NORTH).await;
    let id = north.does("analytics.what_if", north_area()).await;
    office.settle().await;
    let head = "select accounts || ' ' || moved || ' ' || unseen from analytics.what_if_list where id = $1";
    let row: String = north.query_one(head, &[&id]).await.unwrap().get(0);
    // One flat is larger, so the others take less of the heat of the house: all five bills move.
    assert_eq!(row, "5 5 0");
    let foreign =
        office.centre.query("select from analytics.what_if_bill where what_if_id = $1", &[&id]).await;
    assert!(foreign.unwrap().is_empty());
    let own = north.query("select from analytics.what_if_bill where what_if_id = $1", &[&id]).await;
    assert_eq!(own.unwrap().len(), 5);
}

fn north_area() -> Value {
    let fact = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": 60, "area_living": 32, "area_heated": 54.3, "rooms": 2 });
    json!({ "kind": "cards.premises_area", "fact": fact })
}
