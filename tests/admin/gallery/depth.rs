//! What provokes the refusals of recalculations beyond the depth.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Gallery;
use super::cases::op;
use crate::common::{Clerk, people};

fn area(premises: i64, total: &str) -> Value {
    json!({ "premises_id": premises, "from": "2026-03-01", "area_total": total, "area_living": "28.10", "area_heated": total, "rooms": 2 })
}

/// March and April are released; nothing further back than April is recalculated for a while.
pub async fn of_depth(gallery: &mut Gallery) {
    let depth = |months: i32| {
        format!(
            "update cards_data.parameter_value v set value = {months} from cards_data.parameter p
             where p.id = v.parameter_id and p.code = 'recalculation_depth_months'"
        )
    };
    let centre = Clerk::of(&gallery.office.db, people::CENTRE).await;
    let order = |operation: Uuid| op(81, "billing.recalculate_whole", &json!({ "operation": operation }));
    gallery.refuses("Глубже срока ничего нет", &centre, &order(Uuid::from_u128(80))).await;
    gallery.office.root.batch_execute(&depth(1)).await.unwrap();
    let both = json!({ "facts": [area(1011, "55.00"), area(1021, "45.00")] });
    let both = gallery.office.accountant.does("cards.premises_area", both).await;
    gallery.office.settle().await;
    people::narrow(&gallery.office.root, people::CENTRE, Some(11), Some(1)).await;
    gallery.refuses("Пересчитать глубже срока и чужие дома", &centre, &order(both)).await;
    people::narrow(&gallery.office.root, people::CENTRE, None, None).await;
    centre.does("billing.recalculate_whole", json!({ "operation": both })).await;
    gallery.refuses("Пересчёт глубже срока назначен дважды", &centre, &order(both)).await;
    gallery.office.settle().await;
    let left = format!(
        "update billing_data.due set booked = '2026-05-01', ordered_known = null where operation = '{both}'"
    );
    gallery.office.root.batch_execute(&left).await.unwrap();
    gallery.refuses("Месяц выпущен без пересчёта глубже срока", &centre, &order(both)).await;
    let reading = json!({ "facts": [{ "meter_id": 51, "register": 1, "day": "2026-03-25", "value": "1100", "rolled_over": false, "source": "operator" }] });
    gallery.refuses("Показание старше срока перерасчёта", &centre, &op(82, "meters.reading", &reading)).await;
    let back = format!("update billing_data.due set booked = null where operation = '{both}'");
    gallery.office.root.batch_execute(&back).await.unwrap();
    gallery.office.root.batch_execute(&depth(36)).await.unwrap();
    gallery.office.accountant.undoes(both).await;
    gallery.office.settle().await;
}
