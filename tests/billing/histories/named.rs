//! Steps done and undone: what histories cannot know beforehand is put in, what may be refused is.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::Office;

/// Undoes an operation where any of its days still stand.
pub async fn undo(office: &Office, id: Uuid) -> bool {
    let args = json!({ "operation": id });
    match office.chief.operate(Uuid::new_v4(), "admin.undo", &args, Some("проверка")).await {
        Ok(_) => true,
        Err(error) => {
            assert_eq!(error.code(), "KV010", "{error}");
            false
        }
    }
}

/// The arguments with the id of the only category histories know of their kind, and of the newest group meter.
pub async fn named(office: &Office, kind: &str, mut args: Value) -> Value {
    let id = if kind == "billing.subsidy" {
        "select category_id from billing.subsidy_category where code = 'housing_subsidy'"
    } else {
        "select category_id from billing.privilege_category where code = 'disabled'"
    };
    for at in ["/category_id", "/facts/0/category_id"] {
        if let Some(place) = args.pointer_mut(at) {
            *place = json!(office.seen::<i64>(id).await);
        }
    }
    if let Some(code) = args.pointer("/facts/0/parameter").cloned() {
        let sql = format!(
            "select id from cards_data.parameter where code = '{}'",
            code.as_str().unwrap_or_default()
        );
        args["facts"][0]["parameter_id"] = json!(office.value::<i64>(&sql).await);
        args["facts"][0].as_object_mut().unwrap().remove("parameter");
    }
    if let Some(place) = args.pointer_mut("/facts/0/meter_id").filter(|meter| meter.is_null()) {
        let newest = "select coalesce(max(id), 0) from meters_data.meter where kind = 'group'";
        *place = json!(office.value::<i64>(newest).await);
    }
    args
}
