//! A new service of the centre: shown before, charged, undone; taken back only while nobody's plan needs it.

use kvartal::job::door::{Operation, Session as Door};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::office::GROUND;
use crate::common::village::add_operator;
use crate::common::{Clerk, Office, people, village};

/// A guard for every m² at 2.50 under a contract that is made with it, from March; one thing otherwise.
pub(crate) fn guard(name: &str, value: Value) -> Value {
    let mut service = json!({
        "code": "guard", "name": "Охрана", "unit": "м²", "scale": 2, "penalty": "none", "method": "area_total", "provider": "power",
        "contract": "ОХ-1", "is_new": "yes", "rate": "2.50", "citation": "протокол собрания № 3", "from": "2026-03-01", "houses": "all",
    });
    service[name] = value;
    service
}

/// What March asks of everybody for a service.
async fn asked(office: &Office, code: &str) -> String {
    office.settle().await;
    let sql = "select coalesce(sum(amount), 0)::text from billing.lines where month = '2026-03-01'";
    office.seen(&format!("{sql} and service = '{code}'")).await
}

async fn is_listed(office: &Office, code: &str) -> bool {
    office.seen(&format!("select exists (select from cards.service_list where code = '{code}')")).await
}

/// 2.50 × (54.30, 38.00, 71.60, 31.00, 28.00, 44.10, 49.90) = 135.75 + 95.00 + 179.00 + 77.50 + 70.00 + 110.25 + 124.75.
#[tokio::test]
async fn a_service_is_begun_for_all_houses_and_taken_back() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let begin = Operation {
        id: Uuid::new_v4(),
        kind: "cards.service_new".to_owned(),
        args: guard("sort", json!(7)),
        ground: Some(GROUND.to_owned()),
    };
    let mut door = Door::open(&office.db.address(people::CENTRE), "kvartal test").await.unwrap();
    let told = door.preview(&begin).await.unwrap();
    assert_eq!((told.accounts, told.total.to_string()), (7, "792.25".to_owned()));
    assert!(!is_listed(&office, "guard").await, "a preview writes nothing");
    door.commit(&begin).await.unwrap();
    assert_eq!(asked(&office, "guard").await, "792.25");
    assert!(is_listed(&office, "guard").await);
    office.centre.undoes(begin.id).await;
    assert_eq!(asked(&office, "guard").await, "0");
    assert!(!is_listed(&office, "guard").await);
    let service: i64 = office.value("select id from cards_data.service where code = 'guard'").await;
    let plan = json!({
        "house_id": 101, "service_id": service, "from": "2026-03-01", "method": "area_total", "provider": "power", "contract": "ОХ-1",
        "tariff": "guard",
    });
    let refusal = office.centre.tries("cards.house_plan_set", plan).await;
    assert_eq!(refusal.message, "Изменение порядка начисления домам: услуга «Охрана» отменена");
}

/// Begun, taken back, begun anew under its code: the same row, called and measured as the second one says, 3.00 × 316.90 m². A month that
/// was released with it keeps its code: what was on bills does not change its name.
#[tokio::test]
async fn the_code_of_a_service_taken_back_is_free_again() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let first = office.centre.does("cards.service_new", guard("sort", json!(7))).await;
    office.centre.undoes(first).await;
    let mut anew = guard("name", json!("Консьерж"));
    (anew["rate"], anew["is_new"]) = (json!(3), json!("no"));
    let second = office.centre.does("cards.service_new", anew.clone()).await;
    assert_eq!(asked(&office, "guard").await, "950.70");
    let named = "select string_agg(name, ',') from cards_data.service where code = 'guard'";
    assert_eq!(office.value::<String>(named).await, "Консьерж");
    let busy = office.centre.tries("cards.service_new", anew.clone()).await;
    assert_eq!(busy.message, "Новая услуга центра: код «guard» занят");
    office.release("2026-03").await;
    office.centre.undoes(second).await;
    let busy = office.centre.tries("cards.service_new", anew).await;
    assert_eq!(busy.message, "Новая услуга центра: код «guard» занят");
}

/// Begun for nobody, given to house 2 by its plan: 110.25 + 124.75; the worker, which has read the rules before, knows it. Then it is not
/// taken back under the plan.
#[tokio::test]
async fn a_service_somebody_pays_for_is_not_taken_back() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let area = json!({ "premises_id": 1012, "from": "2026-03-01", "area_total": "38.00", "area_living": "19", "area_heated": "38.00", "rooms": 1 });
    office.centre.asserts("cards.premises_area", area).await;
    office.settle().await;
    let begun = office.centre.does("cards.service_new", guard("houses", json!("none"))).await;
    assert_eq!(asked(&office, "guard").await, "0");
    assert_eq!(
        office.value::<i64>("select count(*) from billing_data.queue").await,
        0,
        "nobody is charged otherwise"
    );
    let service: i64 = office.value("select id from cards_data.service where code = 'guard'").await;
    let plan = json!({
        "house_id": 102, "service_id": service, "from": "2026-03-01", "method": "area_total", "provider": "power", "contract": "ОХ-1",
        "tariff": "guard",
    });
    let given = office.centre.does("cards.house_plan_set", plan).await;
    assert_eq!(asked(&office, "guard").await, "235.00");
    let refusal = office.centre.tries("admin.undo", json!({ "operation": begun })).await;
    assert_eq!(
        (refusal.code.as_str(), refusal.message.as_str()),
        ("KV010", "Услуга «Охрана» начисляется: домов 1, счетов со своим порядком 0")
    );
    office.centre.undoes(given).await;
    office.centre.undoes(begun).await;
    assert!(!is_listed(&office, "guard").await);
}

/// Hot water in two components: 3 m³ a person at 40 and 0.06 Гкал a m³ at 2 000, where persons live and no meter stands. Flat 1 has two:
/// 6 × 40 = 240.00 and 0.36 × 2 000 = 720.00.
#[tokio::test]
async fn water_in_two_components_has_both_prices() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let mut water = guard("method", json!("two_component"));
    let parts = json!({
        "code": "spring", "name": "Горячий источник", "unit": "м³", "scale": 3, "penalty": "utilities", "rate": "40", "norm": "3",
        "heat_rate": "2000", "heat_norm": "0.06",
    });
    water.as_object_mut().unwrap().extend(parts.as_object().unwrap().clone());
    office.centre.does("cards.service_new", water).await;
    office.settle().await;
    let lines = "select string_agg(l.component || ' ' || l.amount, ', ' order by l.component) from billing_data.line l
        join cards_data.service s on s.id = l.service_id and s.code = 'spring' where l.account_id = 41001";
    assert_eq!(office.value::<String>(lines).await, "21 240.00, 22 720.00");
}

/// An operator of the centre who sees house 102 alone.
const PART: &str = "kv_t_part";

/// Who sees one district begins a service there alone; a price the other district is charged by moves its bills all the same, and a service
/// the other district pays for is not taken back.
#[tokio::test]
async fn whoever_sees_a_part_moves_the_whole_town() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    add_operator(&office.root, PART, &["kvartal_centre"], json!([{ "company_id": 12 }])).await;
    let south = Clerk::of(&office.db, PART).await;
    let begun = south.does("cards.service_new", guard("houses", json!("all"))).await;
    // 2.50 × (44.10 + 49.90)
    assert_eq!(asked(&office, "guard").await, "235.00");
    south.undoes(begun).await;
    let mut other = guard("houses", json!("none"));
    other["code"] = json!("guard_two");
    other["contract"] = json!("ОХ-2");
    let begun = south.does("cards.service_new", other).await;
    let service: i64 = office.value("select id from cards_data.service where code = 'guard_two'").await;
    let plan = json!({
        "house_id": 101, "service_id": service, "from": "2026-03-01", "method": "area_total", "provider": "power", "contract": "ОХ-2",
        "tariff": "guard_two",
    });
    office.centre.does("cards.house_plan_set", plan).await;
    // 2.50 × 222.90, then 3.00 × 222.90
    assert_eq!(asked(&office, "guard_two").await, "557.25");
    let tariff: i64 = office.value("select id from cards_data.tariff where code = 'guard_two'").await;
    let dearer = json!({ "tariff_id": tariff, "part": 0, "from": "2026-03-01", "rate": "3", "citation": "протокол № 4" });
    south.asserts("cards.tariff_rate", dearer).await;
    assert_eq!(asked(&office, "guard_two").await, "668.70");
    let refusal = south.tries("admin.undo", json!({ "operation": begun })).await;
    assert_eq!(refusal.message, "Услуга «Охрана» начисляется: домов 1, счетов со своим порядком 0");
}
