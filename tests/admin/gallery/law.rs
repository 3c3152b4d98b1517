//! What provokes the refusals of privileges.

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
