//! «Почему?» says so when the calculation does not give what stands booked, and never explains another sum instead.

use kvartal::job::door::Session;
use serde_json::{Value, json};

use crate::common::{Office, people, village};

/// The lines of an answer that disagree: what is booked, and the first sentence.
async fn disagreeing(office: &Office) -> Vec<(Value, String)> {
    let mut door = Session::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41001", "2026-03-01".parse().unwrap()).await.unwrap();
    let lines = why["lines"].as_array().unwrap().iter().filter(|line| line["differs"] == json!(true));
    lines.map(|line| (line["booked"].clone(), line["tree"][0]["text"].as_str().unwrap().to_owned())).collect()
}

/// Whoever can write past the program booked a rouble more for one service, and a charge of a contract that does not
/// serve the account.
#[tokio::test]
async fn a_booked_sum_that_is_not_calculated_is_told() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    assert_eq!(disagreeing(&office).await, []);

    let own =
        "account_id = 41001 and service_id = (select id from cards_data.service where code = 'maintenance')";
    office
        .root
        .execute(&format!("update billing_data.line set amount = amount + 1 where {own}"), &[])
        .await
        .unwrap();
    let stray = format!(
        "insert into billing_data.line (run, unit_id, scope, account_id, service_id, contract_id, component, source_month, cause, basis, volume, rate, amount)
         select run, unit_id, scope, account_id, service_id, 0, component, source_month, cause, basis, volume, rate, 77.70
         from billing_data.line where {own} limit 1"
    );
    office.root.execute(&stray, &[]).await.unwrap();

    let told = disagreeing(&office).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].1.contains("Содержание"), "{told:?}");
    assert_eq!(told[1].0, json!("77.70"));
    assert!(told[1].1.ends_with("расчёт этой строки не даёт"), "{told:?}");
}
