//! Refusals of the control before printing.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use crate::common::office::GROUND;
use crate::common::{Clerk, people};

fn op(kind: &str, args: &Value) -> String {
    format!("select admin.operate('{}', '{kind}', '{args}', '{GROUND}')", Uuid::from_u128(4))
}

/// March is charged and nothing waits.
pub async fn of_control(gallery: &mut Gallery) {
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let sign = op("billing.control_sign", &json!({ "month": "2026-03" }));
    let accept = |kinds: Value| op("billing.control_accept", &json!({ "month": "2026-03", "kinds": kinds }));
    let release = op("billing.release", &json!({ "month": "2026-03" }));
    gallery.refuses("Подпись без контроля", &centre, &sign).await;
    gallery.refuses("Выпуск без контроля", &centre, &release).await;
    gallery.office.control("2026-03").await;
    gallery.refuses("Подпись поверх находок", &centre, &sign).await;
    gallery.refuses("Выпуск без подписи контроля", &centre, &release).await;
    let one =
        op("billing.control_accept", &json!({ "month": "2026-03", "kind": "payee_wrong", "number": 0 }));
    gallery.refuses("Принята находка прежнего контроля", &centre, &one).await;
    gallery.refuses("Принято неизвестно что", &centre, &accept(json!([]))).await;
    gallery.refuses("Приняты находки, которых нет", &centre, &accept(json!(["ничто"]))).await;
    let make = |month: &str| format!("select billing.control_make('{}', '{month}-01')", Uuid::from_u128(5));
    gallery.guards("Контроль нерассчитанного месяца", &make("2030-01")).await;
    gallery
        .guards("Нет порога контроля", "select billing.control_parameter('control_fold', '1990-01-01')")
        .await;
    gallery.office.dismiss().await;
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "64.00", "area_living": "32.10", "area_heated": "54.30", "rooms": 2 });
    gallery.office.accountant.asserts("cards.premises_area", area).await;
    gallery.refuses("После контроля изменили площадь", &centre, &sign).await;
    gallery.guards("Контроль поверх неучтённого изменения", &make("2026-03")).await;
    gallery.office.hire();
    gallery.office.settle().await;
}

/// March is released.
pub async fn of_a_released_month(gallery: &mut Gallery) {
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let sign = op("billing.control_sign", &json!({ "month": "2026-03" }));
    gallery.refuses("Подпись под выпущенным месяцем", &centre, &sign).await;
}
