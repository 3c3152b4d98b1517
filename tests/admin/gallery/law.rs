//! What provokes the refusals of privileges and acts.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use crate::common::office::GROUND;
use crate::common::{Clerk, people};

fn op(kind: &str, args: &Value) -> String {
    format!("select admin.operate('{}', '{kind}', '{args}', '{GROUND}')", Uuid::from_u128(5))
}

pub async fn of_privileges(gallery: &mut Gallery) {
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let category = "select category_id from billing.privilege_category where code = 'disabled'";
    let category: i64 = gallery.office.seen(category).await;
    for (cause, name) in [("Нет такого норматива площади", "norm"), ("Нет такого тарифа взноса", "tariff")]
    {
        let mut rule = json!({
            "category_id": category, "service_id": 1, "from": "2026-03-01", "percent": 50, "base": "full", "covers": "person",
            "funding": "federal", "form": "discount", "citation": "закон",
        });
        rule[name] = json!("нет такого");
        gallery.refuses(cause, &centre, &op("billing.privilege_rule", &rule)).await;
    }
}

/// A decision on a subsidy for account 41003, with one thing otherwise.
fn decision(category: i64, name: &str, value: Value) -> Value {
    let mut decision = json!({
        "account_id": 41003, "category_id": category, "person_id": 64, "from": "2026-06", "through": "2026-08", "form": "discount",
        "document": "решение № 17",
    });
    decision[name] = value;
    decision
}

pub async fn of_subsidies(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    let category = "select category_id from billing.subsidy_category where code = 'housing_subsidy'";
    let category: i64 = gallery.office.seen(category).await;
    let sum = |name: &str, value: Value| {
        let mut args = decision(category, name, value);
        args["amount"] = json!("100.00");
        args
    };
    let mut early = sum("from", json!("2019-10"));
    early["through"] = json!("2019-12");
    let mut both = sum("persons", json!(3));
    both["income"] = json!("41250");
    let mut share = decision(category, "share", json!("30.5"));
    for (name, value) in [("persons", "3"), ("income", "1"), ("minimum", "1"), ("standard", "1")] {
        share[name] = json!(value);
    }
    for (cause, args) in [
        ("Субсидия по неизвестному счёту", sum("account_id", json!(999))),
        ("Вида субсидии нет", sum("category_id", json!(1))),
        ("Получатель субсидии чужой", sum("person_id", json!(69))),
        ("Субсидия дольше шести месяцев", sum("through", json!("2027-01"))),
        ("Субсидия кончается раньше, чем началась", sum("through", json!("2026-05"))),
        ("Субсидия за месяцы, когда счёта не было", early),
        ("Не указано, сколько субсидии", decision(category, "form", json!("cash"))),
        ("И сумма субсидии, и числа формулы", both),
        ("Доля расходов больше наибольшей", share),
    ] {
        gallery.refuses(cause, &accountant, &op("billing.subsidy", &args)).await;
    }
    let stop = json!({ "account_id": 41003, "category_id": category, "from": "2026-06" });
    gallery.refuses("Прекращать нечего", &accountant, &op("billing.subsidy_stop", &stop)).await;
}

/// An outage of cold water in house 101, with one thing otherwise.
fn act(name: &str, value: Value) -> Value {
    let mut act = json!({
        "house_id": 101, "service_id": 2, "deficiency": "cold_interruption", "number": "А-1", "drawn_on": "2026-03-05",
        "from_day": "2026-03-03", "from_time": "08:00", "to_day": "2026-03-03", "to_time": "11:00",
    });
    act[name] = value;
    act
}

pub async fn of_acts(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    for (cause, name, value) in [
        ("Дома акта нет", "house_id", json!(999)),
        ("Вид отклонения другой услуги", "deficiency", json!("hot_pressure")),
        ("Счёта нет в доме акта", "account", json!("42001")),
        ("Подъезда нет в доме акта", "entrance", json!(99)),
        ("Окончание раньше начала", "to_time", json!("07:00")),
        ("Промежуток дольше года", "to_day", json!("2028-03-03")),
        ("Время написано иначе", "from_time", json!("25:00")),
        ("Акт составлен до нарушения", "drawn_on", json!("2026-03-02")),
    ] {
        gallery.refuses(cause, &accountant, &op("claims.act", &act(name, value))).await;
    }
    let mut both = act("account", json!("41001"));
    both["entrance"] = json!(1);
    gallery.refuses("Акт о подъезде и счёте", &accountant, &op("claims.act", &both)).await;
    let mut cold = act("deficiency", json!("hot_temperature"));
    cold["service_id"] = json!(4);
    gallery.refuses("Не указано, сколько измерено", &accountant, &op("claims.act", &cold)).await;
    gallery.refuses("Акта нет", &accountant, &op("claims.act_withdraw", &json!({ "act_id": 999 }))).await;
    accountant.does("claims.act", act("note", json!("подвал"))).await;
    let id: i64 = gallery.office.seen("select max(act_id) from claims.act_list").await;
    let over = json!({ "act_id": id, "from_day": "2026-03-03", "from_time": "10:59", "to_day": "2026-03-04", "to_time": "08:00" });
    gallery.refuses("Промежутки акта пересекаются", &accountant, &op("claims.act_interval", &over)).await;
    accountant.does("claims.act_withdraw", json!({ "act_id": id })).await;
    gallery
        .refuses("Акт уже отозван", &accountant, &op("claims.act_withdraw", &json!({ "act_id": id })))
        .await;
    let nothing = "select billing.penalty_ask(null, '41001', '2026-05-01')";
    gallery.refuses("Вопрос о пенях без номера", &accountant, nothing).await;
}
