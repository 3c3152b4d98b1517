//! Stone: what was released or moved as money does not change, whoever tries.

use kvartal::db::connect::Client;

use crate::common::{Office, people, village};

/// Tries that must fail, with the code they fail with.
async fn fails(client: &Client, statement: &str, code: &str) {
    let error = client.batch_execute(statement).await.expect_err(statement);
    assert_eq!(error.code().map(tokio_postgres::error::SqlState::code), Some(code), "{statement}: {error:?}");
    client.batch_execute("rollback").await.unwrap();
}

async fn sealed_office() -> Office {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let payment = serde_json::json!({ "account": "41001", "amount": "500.00", "paid_on": "2026-04-02", "cash_day": "2026-04-02", "source": "касса" });
    office.accountant.does("finance.payment", serde_json::json!({ "payments": [payment] })).await;
    office
        .accountant
        .does(
            "billing.correction",
            serde_json::json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": "-1.00" }),
        )
        .await;
    office.seal("2026-03").await;
    office.charge("2026-04").await;
    let penalty = "insert into billing_data.penalty select '2026-04-01', '2026-04-30', scope, id, 1, 23, '2026-03-01', '2026-04-15', 1, 1, 1
        from cards_data.account where id = 41001";
    office.root.batch_execute(penalty).await.unwrap();
    office
}

/// Statements against what is stone; `{run}` is the run of the sealed month.
const AGAINST_STONE: &[&str] = &[
    "update billing_data.line set amount = 0 where run = {run}",
    "delete from billing_data.line where run = {run}",
    "insert into billing_data.line select {run}, unit_id, scope, account_id, service_id, contract_id, 99, source_month, cause, basis, volume, rate, amount from billing_data.line where run <> {run} limit 1",
    "update billing_data.line set run = {run}, component = 99 where run <> {run}",
    "delete from billing_data.meter_month where run = {run}",
    "insert into billing_data.house_month select {run}, unit_id, scope, house_id, service_id, '2020-01-01', basis, volume, area from billing_data.house_month limit 1",
    "delete from billing_data.exception where run = {run}",
    "update billing_data.balance set paid = 0, closing = closing + paid",
    "delete from billing_data.balance",
    "insert into billing_data.balance select month, scope, account_id, 99, contract_id, 0, 0, 0, 0, 0, 0, 0, 0 from billing_data.balance limit 1",
    "update billing_data.penalty set amount = 1",
    "delete from billing_data.penalty",
    "insert into billing_data.penalty values ('2026-03-01', '2026-05-31', 1, 41001, 1, 23, '2026-03-01', '2026-04-15', 1, 1, 1)",
    "insert into billing_data.penalty values ('2026-04-01', '2026-03-31', 1, 41001, 1, 23, '2026-03-01', '2026-04-15', 1, 1, 1)",
    "update billing_data.penalty_month set amount = 1",
    "truncate billing_data.penalty",
    "update billing_data.month set state = 'collecting' where month = '2026-03-01'",
    "update billing_data.month set sealed_sum = 0 where month = '2026-03-01'",
    "update billing_data.month set run = null, state = 'sealed' where month = '2026-03-01'",
    "delete from billing_data.month where month = '2026-03-01'",
    "update finance_data.payment set amount = 1",
    "delete from finance_data.payment_split",
    "update finance_data.payment_fee set amount = 0",
    "update billing_data.correction set amount = 0",
    "update admin_data.operation set operator = 'kv_test_cashier'",
    "truncate finance_data.payment_split",
    "truncate billing_data.correction",
    "truncate billing_data.line_{run}",
    "truncate billing_data.balance cascade",
    "truncate billing_data.month cascade",
];

/// The superuser himself meets the triggers, as an ordinary session and as the replication role.
#[tokio::test]
async fn stone_does_not_move_for_a_superuser_either() {
    let office = sealed_office().await;
    let run: i32 = office.value("select run from billing_data.month where month = '2026-03-01'").await;
    for role in ["origin", "replica"] {
        office.root.batch_execute(&format!("set session_replication_role = {role}")).await.unwrap();
        for statement in AGAINST_STONE {
            fails(&office.root, &statement.replace("{run}", &run.to_string()), "KV009").await;
        }
        let payment = "insert into finance_data.payment (unit_id, scope, account_id, paid_on, cash_day, amount, source, operation)
            select unit_id, scope, account_id, paid_on, '{day}', 1, source, operation from finance_data.payment limit 1";
        for day in ["2026-03-31", "2026-03-01", "2026-02-10", "2001-01-01"] {
            fails(&office.root, &payment.replace("{day}", day), "KV009").await;
        }
    }
}

/// The worker writes amounts of open months and nothing else.
#[tokio::test]
async fn the_worker_writes_open_months_only() {
    let office = sealed_office().await;
    let run: i32 = office.value("select run from billing_data.month where month = '2026-03-01'").await;
    let worker = office.db.as_role(people::WORKER).await;
    let denied = [
        "truncate",
        "set session_replication_role",
        "finance_data",
        "admin_data.operation",
        "billing_data.correction",
        "billing_data.month set state",
        "billing_data.month set run",
        "delete from billing_data.month ",
        "update billing_data.balance",
        "delete from billing_data.balance",
        "update billing_data.penalty",
        "delete from billing_data.penalty",
    ];
    for statement in AGAINST_STONE {
        let statement = statement.replace("{run}", &run.to_string());
        let code = if denied.iter().any(|part| statement.contains(part)) { "42501" } else { "KV009" };
        fails(&worker, &statement, code).await;
    }
    for statement in [
        "set session_replication_role = replica",
        "alter table billing_data.line disable trigger all",
        "alter table billing_data.line_1 disable trigger all",
        "drop table billing_data.line_1",
        "update cards_data.premises_area set area_total = 1",
        "insert into admin_data.operator_scope (login) values ('kv_test_cashier')",
        "set role kvartal_owner",
        "set role kvartal_api",
    ] {
        fails(&worker, statement, "42501").await;
    }
    // An open month it may write, and a released run it may not start again.
    worker.batch_execute("begin; delete from billing_data.line where run = (select run from billing_data.month where month = '2026-04-01'); rollback").await.unwrap();
    fails(&worker, "select billing.run_start('2026-03-01', gen_random_uuid())", "KV006").await;
    fails(&worker, &format!("select billing.run_publish({run})"), "KV006").await;
}
