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
        "billing.correction billing.executor_fine billing.instalment billing.invoice billing.overcharge billing.print_run billing.print_run_print billing.privilege billing.recalculate_whole billing.subsidy billing.subsidy_stop"
    );
    assert!(member(&db, "kvartal_operator").await && !member(&db, "kvartal_centre").await);

    let again = admin.tries("admin.user_add", newcomer(&json!(["kvartal_cashier"]))).await;
    assert!(again.message.contains("уже есть: Новикова Нонна"), "{again:?}");
    let change = json!({
        "login": LOGIN, "full_name": "Новикова Нонна", "job": "Кассир",
        "groups": { "kvartal_cashier": true, "kvartal_accountant": false },
    });
    admin.does("admin.user_change", change).await;
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

/// A login of one test: logins belong to the server.
fn login_of(test: &str) -> String {
    format!("kv_t_{test}_{}", &uuid::Uuid::new_v4().simple().to_string()[..8])
}

/// What an operator may see of the village: number of accounts.
async fn sees(db: &Db, login: &str) -> i64 {
    let sql = "select count(*) from cards.account_card";
    db.as_role(login).await.query_one(sql, &[]).await.unwrap().get(0)
}

/// House 1 is of the company north and the district Заречный with five accounts, house 2 of south and Горный with two.
#[tokio::test]
async fn whose_houses_are_seen_is_given_beside_or_instead() {
    let db = crate::common::village().await;
    let admin = Clerk::of(&db, people::ADMIN).await;
    let login = login_of("scope");
    let mut args = newcomer(&json!(["kvartal_accountant"]));
    args["login"] = json!(login);
    args.as_object_mut().unwrap().remove("scopes");
    args["company"] = json!("north");
    admin.does("admin.user_add", args).await;
    assert_eq!(sees(&db, &login).await, 5);
    let scope = |company: Value, district: Value, keep: &str| {
        let mut scope = json!({ "login": login, "company": company, "district": district, "keep": keep });
        scope.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        scope
    };
    admin.does("admin.user_scope", scope(Value::Null, json!("горный"), "yes")).await;
    assert_eq!(sees(&db, &login).await, 7);
    admin.does("admin.user_scope", scope(json!("south"), Value::Null, "no")).await;
    assert_eq!(sees(&db, &login).await, 2);
    for (scope, told) in [
        (scope(json!("nobody"), Value::Null, "no"), "организации «nobody» нет"),
        (scope(Value::Null, json!("Дальний"), "no"), "участка «Дальний» нет"),
    ] {
        let refusal = admin.tries("admin.user_scope", scope).await;
        assert!(refusal.code == "KV003" && refusal.message.contains(told), "{refusal:?}");
    }
    admin.does("admin.user_scope", scope(Value::Null, Value::Null, "no")).await;
    assert_eq!(sees(&db, &login).await, 7);
    db.root().await.batch_execute(&format!("drop role {login}")).await.unwrap();
}

/// A new one-time password: the old one lets nobody in, nothing is done before it is changed, and the journal holds nothing of it.
#[tokio::test]
async fn a_forgotten_password_is_replaced() {
    let db = Db::fresh().await;
    let admin = Clerk::of(&db, people::ADMIN).await;
    let login = login_of("forgot");
    let mut args = newcomer(&json!(["kvartal_cashier"]));
    args["login"] = json!(login);
    admin.does("admin.user_add", args).await;
    let root = db.root().await;
    root.execute(
        "update admin_data.operator set must_change_password = false where login = $1::text::name",
        &[&login],
    )
    .await
    .unwrap();
    let verifier = scram_sha_256("одноразовый-2".as_bytes());
    let given = admin.does("admin.user_password", json!({ "login": login, "verifier": verifier })).await;
    assert_eq!(
        admin.tries("admin.user_password", json!({ "login": login, "verifier": "открыто" })).await.code,
        "KV004"
    );
    let kept: (String, bool) = {
        let sql = "select r.rolpassword, o.must_change_password from pg_authid r join admin_data.operator o on o.login = r.rolname where o.login = $1::text::name";
        let row = root.query_one(sql, &[&login]).await.unwrap();
        (row.get(0), row.get(1))
    };
    assert_eq!(kept, (verifier, true));
    let args = "select args::text from admin_data.operation_args where operation = $1";
    assert_eq!(
        root.query_one(args, &[&given]).await.unwrap().get::<_, String>(0),
        format!("{{\"login\": \"{login}\"}}")
    );
    root.batch_execute(&format!("drop role {login}")).await.unwrap();
}

#[tokio::test]
async fn a_login_is_switched_off_and_on_but_never_the_own() {
    let db = Db::fresh().await;
    let admin = Clerk::of(&db, people::ADMIN).await;
    let other = json!({ "login": people::COLLEAGUE });
    admin.does("admin.user_block", other.clone()).await;
    let clerk = Clerk::of(&db, people::COLLEAGUE).await;
    let refusal = clerk.tries("finance.payment", json!({})).await;
    assert_eq!(
        (refusal.code.as_str(), refusal.message),
        ("KV001", format!("Вход {} отключён", people::COLLEAGUE))
    );
    assert!(admin.tries("admin.user_block", other.clone()).await.message.contains("уже отключён"));
    admin.does("admin.user_unblock", other.clone()).await;
    assert_ne!(clerk.tries("finance.payment", json!({})).await.code, "KV001");
    assert!(admin.tries("admin.user_unblock", other).await.message.contains("уже работает"));
    let own = json!({ "login": people::ADMIN });
    assert!(admin.tries("admin.user_block", own).await.message.contains("себя не отключают"));
    let change =
        json!({ "login": people::ADMIN, "full_name": "Н", "job": "Н", "groups": ["kvartal_cashier"] });
    assert!(admin.tries("admin.user_change", change).await.message.contains("у себя не снимают"));
    // Operators are the administrator's reading.
    let all = "select count(*) from admin.user_list";
    assert_eq!(clerk.query_one(all, &[]).await.unwrap().get::<_, i64>(0), 0);
    assert!(admin.query_one(all, &[]).await.unwrap().get::<_, i64>(0) >= 6);
}
