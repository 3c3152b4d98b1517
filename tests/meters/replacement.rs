//! A meter is replaced within a month as one operation, and put back as one.

use serde_json::{Value, json};

use crate::common::{Office, village};

async fn water(office: &Office) -> String {
    office.seen("select volume::numeric(10,3) || ' ' || amount from billing.lines where account_id = 41001 and service = 'cold_water'").await
}

#[tokio::test]
async fn a_replacement_is_one_operation_and_one_undo() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let before = water(&office).await;
    let args = json!({ "meter_id": 51, "day": "2026-03-12", "final": ["1018"], "serial": "ХВ-1н", "digits": 5, "initial": ["0.5"] });
    let replaced = office.accountant.does("meters.replacement", args).await;
    office.accountant.asserts("meters.reading", json!({ "meter_id": new_meter(&office).await, "day": "2026-03-25", "value": "3.235", "rolled_over": false, "source": "payer" })).await;
    office.settle().await;
    // 1 018 − 1 015 = 3 by the old one, 3.235 − 0.5 = 2.735 by the new: 5.735 × 47.36 = 271.6096.
    assert_eq!(water(&office).await, "5.735 271.61");
    let result: Value = {
        let undo = office.accountant.undoes(replaced).await;
        let sql = "select result from admin_data.operation_args where operation = $1";
        office.root.query_one(sql, &[&undo]).await.unwrap().get(0)
    };
    office.settle().await;
    assert_eq!(water(&office).await, before, "{result}");
    let in_place = "select string_agg(serial, ', ') from meters.meter_card where premises_id = 1011 and service = 'cold_water' and installed_on is not null";
    assert_eq!(office.accountant.query_one(in_place, &[]).await.unwrap().get::<_, &str>(0), "ХВ-1");
}

async fn new_meter(office: &Office) -> i64 {
    office.value("select id from meters_data.meter where serial = 'ХВ-1н'").await
}
