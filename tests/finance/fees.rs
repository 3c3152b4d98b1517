//! What is withheld from the transfer: per payment and payee, each rounded by itself (dossier § 7.5).

use serde_json::json;

use crate::common::{Clerk, people, village};

/// 612.44, 1 287.31 and 95.07 to three payees, 1 % to the agent and 1.5 % to the centre. 6.12 + 9.19, 12.87 + 19.31
/// and 0.95 + 1.43 are withheld, 1 944.95 is transferred; the centre has 29.93, not the 29.92 of the total.
#[tokio::test]
async fn the_example_of_the_dossier() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    for (service, contract, due) in [(1, 23, "612.44"), (2, 21, "1287.31"), (4, 22, "95.07")] {
        clerk.does("billing.correction", json!({ "account_id": 41001, "service_id": service, "contract_id": contract, "source_month": "2026-02", "amount": due })).await;
    }
    let payment = json!({ "account": "41001", "amount": "1994.82", "paid_on": "2026-03-02", "cash_day": "2026-03-02", "source": "касса" });
    clerk.does("finance.payment", json!({ "payments": [payment] })).await;
    let sheet = "select code || ' ' || takings || ' − ' || fee_agent || ' − ' || fee_centre || ' = ' || to_transfer from finance.transfers order by organisation_id";
    let rows = clerk.query(sheet, &[]).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.get(0)).collect::<Vec<&str>>(),
        [
            "north 612.44 − 6.12 − 9.19 = 597.13",
            "water 1287.31 − 12.87 − 19.31 = 1255.13",
            "heat 95.07 − 0.95 − 1.43 = 92.69"
        ]
    );
    let total = clerk
        .query_one(
            "select sum(to_transfer)::text || ' ' || sum(fee_centre)::text from finance.transfers",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(total.get::<_, &str>(0), "1944.95 29.93");
}

/// Who has no rate is charged no fee, and a rate counts from its day.
#[tokio::test]
async fn a_fee_counts_from_its_day() {
    let db = village().await;
    let (clerk, centre) = (Clerk::of(&db, people::ACCOUNTANT).await, Clerk::of(&db, people::CENTRE).await);
    centre
        .asserts(
            "finance.fee_rate",
            json!({ "organisation_id": 15, "fee": "agent", "from": "2026-03-10", "percent": "2" }),
        )
        .await;
    for (day, amount) in [("2026-03-09", "100.00"), ("2026-03-10", "50.25")] {
        clerk.does("billing.correction", json!({ "account_id": 41001, "service_id": 6, "contract_id": 25, "source_month": "2026-02", "amount": amount })).await;
        let payment = json!({ "account": "41001", "amount": amount, "paid_on": day, "cash_day": day, "source": "касса" });
        clerk.does("finance.payment", json!({ "payments": [payment] })).await;
    }
    let sheet = "select cash_day || ' ' || takings || ' ' || fee_agent || ' ' || to_transfer from finance.transfers order by cash_day";
    let rows = clerk.query(sheet, &[]).await.unwrap();
    // 2 % of 50.25 are 1.005, half a kopeck goes up.
    assert_eq!(
        rows.iter().map(|row| row.get(0)).collect::<Vec<&str>>(),
        ["2026-03-09 100.00 0 100.00", "2026-03-10 50.25 1.01 49.24"]
    );
}
