//! Operators of the program: made through the door by an administrator, with the rights named and no others.

use postgres_protocol::password::scram_sha_256;
use serde_json::{Value, json};

use crate::common::{Clerk, Db, people};

/// Logins belong to the server and outlive a test's database: this one is only of these tests.
const LOGIN: &str = "kv_t_newcomer";

fn newcomer(groups: &Value) -> Value {
    json!({
        "login": LOGIN, "verifier": scram_sha_256(people::PASSWORD.as_bytes()), "full_name": "Новикова Нонна",
        "job": "Бухгалтер", "groups": groups, "scopes": [{ "company_id": 11 }],
    })
}

async fn member(db: &Db, group: &str) -> bool {
    let sql = "select pg_has_role($1::text::name, $2::text::name, 'member')";
    db.root().await.query_one(sql, &[&LOGIN, &group]).await.unwrap().get(0)
}

/// The whole way: made, logs in, works, gets another job and loses the rights of the first.
#[tokio::test]
async fn an_operator_is_made_and_changes_jobs() {
    let db = Db::fresh().await;
    let admin = Clerk::of(&db, people::ADMIN).await;
    admin.does("admin.user_add", newcomer(&json!(["kvartal_accountant"]))).await;
    let session = db.as_role(LOGIN).await;
    let may = "select string_agg(name, ' ' order by name) from admin.operation_list where may and name like 'billing.%'";
    assert_eq!(
        session.query_one(may, &[]).await.unwrap().get::<_, &str>(0),
        "billing.correction billing.executor_fine billing.instalment billing.invoice billing.overcharge billing.print_run billing.print_run_print billing.privilege billing.subsidy billing.subsidy_stop"
    );
    assert!(member(&db, "kvartal_operator").await && !member(&db, "kvartal_centre").await);

    admin.does("admin.user_add", newcomer(&json!(["kvartal_cashier"]))).await;
    assert!(
        member(&db, "kvartal_cashier").await && !member(&db, "kvartal_accountant").await,
        "the old job's rights stayed"
    );
    // At the desk bills are asked for: nothing else of billing is a cashier's.
    assert_eq!(session.query_one(may, &[]).await.unwrap().get::<_, Option<&str>>(0), Some("billing.invoice"));
}

#[tokio::test]
async fn nobody_is_made_who_could_do_harm() {
    let db = Db::fresh().await;
    let admin = Clerk::of(&db, people::ADMIN).await;
    let with = |name: &str, value: Value| {
        let mut args = newcomer(&json!(["kvartal_accountant"]));
        args["login"] = json!("kv_t_nobody");
        args[name] = value;
        args
    };
    for (args, told) in [
        (with("login", json!("postgres")), "Имя входа «postgres»"),
        (with("login", json!("kv_X; drop role kvartal_owner")), "Имя входа"),
        (with("login", json!("kvartal_worker")), "Имя входа"),
        (with("verifier", json!("пароль")), "свёрткой SCRAM"),
        (with("groups", json!(["kvartal_owner"])), "Нет группы «kvartal_owner»"),
        (with("groups", json!(["kvartal_accountant", "pg_execute_server_program"])), "Нет группы"),
        (with("groups", json!("kvartal_admin")), "не в том виде"),
        (with("superuser", json!(true)), "«superuser»"),
        (with("scopes", json!([{ "company_id": "все" }])), "не целое число"),
        (with("full_name", json!("")), "не указано «full_name»"),
    ] {
        let refusal = admin.tries("admin.user_add", args).await;
        assert!(refusal.code == "KV004" && refusal.message.contains(told), "{refusal:?}");
    }
    let made = "select count(*) from pg_roles where rolname = 'kv_t_nobody'";
    assert_eq!(db.root().await.query_one(made, &[]).await.unwrap().get::<_, i64>(0), 0);
}

/// A switched-off operator may log in, but do and see nothing.
#[tokio::test]
async fn a_switched_off_operator_does_nothing() {
    let db = crate::common::village().await;
    db.root()
        .await
        .execute(
            "update admin_data.operator set active = false where login = $1::text::name",
            &[&people::COLLEAGUE],
        )
        .await
        .unwrap();
    let clerk = Clerk::of(&db, people::COLLEAGUE).await;
    assert_eq!(clerk.tries("finance.payment", json!({})).await.code, "KV001");
    let cards = clerk.query_one("select count(*) from cards.account_card", &[]).await.unwrap();
    assert_eq!(cards.get::<_, i64>(0), 0);
}
