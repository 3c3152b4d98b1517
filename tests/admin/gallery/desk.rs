//! What provokes the refusals of the desk: sessions, settings, people's cards, rounds.

use serde_json::{Value, json};
use tokio_postgres::Client;
use uuid::Uuid;

use super::Gallery;
use crate::common::office::GROUND;
use crate::common::village::NORTH;
use crate::common::{Clerk, people};

fn op(kind: &str, args: &Value) -> String {
    format!("select admin.operate('{}', '{kind}', '{args}', '{GROUND}')", Uuid::from_u128(2))
}

pub async fn of_the_desk(gallery: &mut Gallery) {
    of_sessions(gallery).await;
    of_marks(gallery).await;
    let db = &gallery.office.db;
    let (north, chief) = (Clerk::of(db, NORTH).await, Clerk::of(db, crate::common::village::CHIEF).await);
    let accountant = Clerk::of(db, people::ACCOUNTANT).await;
    gallery.refuses("Такой настройки нет", &north, "select admin.setting_put('font', 'большой')").await;
    gallery.refuses("Такого выбора нет", &north, "select admin.setting_put('lang', 'de')").await;
    let soon = "select admin.settings_put('ru', 'auto', 'default', 5)";
    gallery.refuses("Такой задержки Esc не бывает", &north, soon).await;
    gallery
        .refuses("Карточку читает не паспортистка", &accountant, "select * from passport.card_open(61)")
        .await;
    let phone = json!({ "facts": [{ "person_id": 69, "from": "2026-03-01", "number": "+79000000001" }] });
    gallery.refuses("Человек чужого участка", &north, &op("passport.phone", &phone)).await;
    let route = |meters: Value| json!({ "name": "Обход", "meters": meters, "from": "2026-03-01" });
    for (cause, meters) in [
        ("Нет списка приборов", json!([])),
        ("Прибора нет", json!([999])),
        ("Приборы двух участков", json!([51, 55])),
    ] {
        gallery.refuses(cause, &chief, &op("meters.route_make", &route(meters))).await;
    }
    let order = |route: i64| json!({ "route_id": route, "meters": [51], "from": "2026-03-01" });
    gallery.refuses("Обхода нет", &chief, &op("meters.route_order", &order(999))).await;
    let foreign = "insert into meters_data.route (id, scope, name, origin)
        select 77, scope, 'Южный', origin from cards_data.house where id = 102";
    gallery.office.root.batch_execute(foreign).await.unwrap();
    gallery.refuses("Прибор не этого обхода", &chief, &op("meters.route_order", &order(77))).await;
    let stop = json!({ "facts": [{ "meter_id": 51, "from": "2026-03-01", "route_id": 77, "walk_no": 1 }] });
    gallery.refuses("Обход чужого участка", &chief, &op("meters.route_stop", &stop)).await;
}

/// What was marked in a list, and what is done with it.
async fn of_marks(gallery: &mut Gallery) {
    let accountant = Clerk::of(&gallery.office.db, people::ACCOUNTANT).await;
    let plan =
        json!({ "facts": [{ "account_id": 41003, "service_id": 8, "from": "2026-03-01", "is_off": true }] });
    accountant.does("cards.account_plan", plan).await;
    let row = |service: i64| json!({ "rows": [{ "account_id": 41003, "service_id": service }] });
    let told = json!({ "all": { "p_house": 101, "p_line": "содержание" }, "told": { "count": 3 } });
    for (cause, chosen, state) in [
        ("Отобрано уже не то, что подтвердили", told, "off"),
        ("Ничего не отмечено", json!({}), "off"),
        ("Не включить и не выключить", row(1), "да"),
        ("Отмечен чужой счёт", json!({ "rows": [{ "account_id": 999, "service_id": 1 }] }), "off"),
        ("У всех уже так", row(1), "on"),
        ("Услуги у дома нет и у счёта не было", row(8), "on"),
    ] {
        let args = json!({ "chosen": chosen, "state": state, "from": "2026-03-01" });
        gallery.refuses(cause, &accountant, &op("cards.service_switch", &args)).await;
    }
}

async fn of_sessions(gallery: &mut Gallery) {
    let north = Clerk::of(&gallery.office.db, NORTH).await;
    let admin = Clerk::of(&gallery.office.db, people::ADMIN).await;
    let begin = |version: &str| format!("select admin.session_begin('pts/1', 'узел', '{version}')");
    gallery.guards("Вход сделан мимо программы", &begin("1.0.0")).await;
    let least = "update admin_data.setting set value = '0.9.0' where name = 'least_version'";
    gallery.office.root.batch_execute(least).await.unwrap();
    gallery.refuses("Программу забыли обновить", &north, &begin("0.8.12")).await;
    let nil = Uuid::nil();
    let resume = format!("select admin.session_resume('{nil}')");
    gallery.refuses("Сеанс закончен или чужой", &north, &resume).await;
    let other = gallery.office.db.as_role(NORTH).await;
    let begun = async |client: &Client| -> Uuid {
        let sql = "select (admin.session_begin('pts/1', 'узел', '1.0.0')->>'session')::uuid";
        client.query_one(sql, &[]).await.unwrap().get(0)
    };
    // A connection that begins anew has left the session it began before.
    let (left, theirs) = (begun(&other).await, begun(&other).await);
    let take = |by: Uuid| format!("select admin.session_take('{left}', '{by}')");
    other.batch_execute(&take(theirs)).await.unwrap();
    let mine = begun(&north).await;
    gallery.refuses("Сеанс продолжают с двух мест", &north, &take(mine)).await;
    let keep = format!("select admin.session_keep('{nil}', to_jsonb(repeat('я', 1000000)))");
    gallery.refuses("Начато слишком много", &north, &keep).await;
    let end = op("admin.session_end", &json!({ "session": nil, "login": NORTH }));
    gallery.refuses("Сеанс уже закончен", &admin, &end).await;
    let again = gallery.office.db.as_role(NORTH).await;
    admin.does("admin.session_end", json!({ "session": mine, "login": NORTH })).await;
    gallery
        .refuses("Администратор завершил сеанс", &again, &format!("select admin.session_join('{mine}')"))
        .await;
    let north = again;
    gallery.refuses("Пароль передан открыто", &north, "select admin.password_changed('секрет')").await;
    gallery.guards("Вход не из тех, что заводит программа", "select admin.own_password('x')").await;
}
