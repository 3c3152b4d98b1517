//! The law about meters through the database: the coefficient, the act that lifts it, a meter that failed.

use serde_json::json;

use super::balances::broken;
use crate::common::{Office, village};

/// The cold water of an account in a month: component, volume, amount.
async fn water(office: &Office, account: i64, month: &str) -> Vec<String> {
    let sql = format!(
        "select component || ' ' || round(volume, 3) || ' ' || amount from billing.lines
         where month = '{month}-01' and source_month = month and account_id = {account} and service = 'cold_water'
            and amount <> 0 order by component"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn the_norm_is_raised_until_an_act_says_that_no_meter_can_be_had() {
    let office = Office::of(village().await).await;
    let raised = json!({ "norm_id": 42, "part": 3, "from": "2025-12-06", "value": 3, "citation": "ПП РФ 25.11.2025 № 1871" });
    office.chief.asserts("cards.norm_value", raised).await;
    office.charge("2026-03").await;
    // Three residents of flat 3 without a meter: 12.99 × 47.36 = 615.21; with the coefficient 1845.62
    assert_eq!(water(&office, 41003, "2026-03").await, ["1 12.990 615.21", "35 25.980 1230.41"]);
    let act = json!({ "premises_id": 1013, "service_id": 2, "from": "2026-03-01", "act": "Акт № 7" });
    let lifted = office.accountant.asserts("meters.exemption", act).await;
    office.settle().await;
    assert_eq!(water(&office, 41003, "2026-03").await, ["1 12.990 615.21"]);
    office.accountant.undoes(lifted).await;
    office.settle().await;
    assert_eq!(water(&office, 41003, "2026-03").await.len(), 2);
}

/// March is released by a reading; then an act of the failure on 1 March is brought: the average takes the place of the reading.
#[tokio::test]
async fn a_failure_found_late_recalculates() {
    let office = Office::of(village().await).await;
    let reading = json!({ "meter_id": 51, "register": 1, "day": "2026-03-20", "value": 1022, "rolled_over": false, "source": "payer" });
    office.accountant.asserts("meters.reading", reading).await;
    office.book("2026-03").await;
    assert_eq!(water(&office, 41001, "2026-03").await, ["1 7.000 331.52"]);
    office.charge("2026-04").await;
    let act = json!({ "meter_id": 51, "from": "2026-03-01", "kind": "failure", "act": "Акт № 8" });
    let failed = office.accountant.asserts("meters.outage", act).await;
    office.settle().await;
    // November to February: 15 m³ in three months; 5 × 47.36 = 236.80 in both months; March: 236.80 − 331.52
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 5.000 236.80"]);
    let back: String = office
        .chief
        .query_one(
            "select sum(volume) || ' ' || sum(amount) from billing.lines where month = '2026-04-01' and source_month = '2026-03-01'
             and account_id = 41001 and service = 'cold_water'",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    assert_eq!(back, "-2.0000000 -94.72");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.accountant.undoes(failed).await;
    office.settle().await;
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 5.500 260.48"], "22 m³ in four months");
}
