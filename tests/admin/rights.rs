//! What each job may not do, tried with SQL as `psql` would: everything past the door, and kinds of operation that
//! belong to others.

use kvartal::db::connect::Client;
use kvartal::db::error::DbError;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::village::JOBS;
use crate::common::{Clerk, people, village};

/// Ways past the door. None is for any job.
const PAST_THE_DOOR: &[&str] = &[
    // tables
    "select * from cards_data.account",
    "select * from admin_data.operator",
    "select * from billing_data.line",
    "insert into billing_data.line select",
    "update finance_data.payment set amount = 1",
    "delete from admin_data.operation",
    "truncate finance_data.payment",
    "copy billing_data.line to stdout",
    // handlers and the machinery behind them
    "select billing.correct(null, '{}'::jsonb)",
    "select billing.release(null, '{}'::jsonb)",
    "select finance.payment_accept(null, '{}'::jsonb)",
    "select passport.arrival(null, '{}'::jsonb)",
    "select admin.undo(null, '{}'::jsonb)",
    "select admin.user_add(null, '{}'::jsonb)",
    "select admin.assert_facts(null, '{}'::jsonb)",
    "select admin.perform(gen_random_uuid(), 'billing.correction', '{}', 'x')",
    "select admin.fact_assert('premises_area', '{}', '2026-01-01', 'infinity', '{}')",
    "select admin.user_make('kv_t_thief', 'SCRAM-SHA-256$x', '{kvartal_admin}')",
    "call admin.kind('cards.theft', 'Кража', '{kvartal_operator}')",
    "call admin.protect('cards_data.account')",
    // amounts
    "select billing.run_start('2026-03-01', gen_random_uuid())",
    "select billing.run_publish(1)",
    "select billing.run_drop_old()",
    "select billing.petrify(1)",
    "select * from billing.month_balance('2026-03-01')",
    "select finance.split_waiting(gen_random_uuid())",
    "call billing.make_stone('billing_data.line', true)",
    // other people
    "set role kvartal_api",
    "set role kvartal_owner",
    "set role kvartal_worker",
    "set session authorization kvartal_worker",
    "set role kv_test_admin",
    "create role kv_t_thief login",
    "alter role kv_test_admin password 'x'",
    "alter role kv_test_admin set role kvartal_owner",
    "grant kvartal_admin to kv_t_cashier",
    "select * from pg_authid",
    // the server
    "set session_replication_role = replica",
    "set row_security = off; select * from cards.account_card; select * from cards_data.account",
    "create table public.mine ()",
    "create temporary table mine ()",
    "create schema mine",
    "create function public.mine() returns int language sql as 'select 1'",
    "copy (select 1) to program 'true'",
    "copy (select 1) to '/var/tmp/kvartal-theft'",
    "select pg_read_file('/etc/passwd')",
    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'kvartal_root' and pid <> pg_backend_pid()",
    "alter view cards.account_card owner to current_user",
    "drop view cards.account_card",
    "alter table finance_data.payment disable trigger all",
];

#[tokio::test]
async fn nobody_gets_past_the_door() {
    let db = village().await;
    for (login, _) in JOBS {
        let client = db.as_role(login).await;
        for statement in PAST_THE_DOOR {
            let code = failure(&client, statement).await;
            assert_eq!(code, "42501", "{login}: {statement}");
            client.batch_execute("rollback; reset role; reset row_security").await.unwrap();
        }
    }
}

async fn failure(client: &Client, statement: &str) -> String {
    match client.batch_execute(statement).await {
        Ok(()) => "it was done".to_owned(),
        Err(error) => error.code().map(|code| code.code().to_owned()).unwrap_or_default(),
    }
}

/// The journal knows who may do what: each job is let through exactly where it has the right, and refused with
/// KV001 elsewhere.
#[tokio::test]
async fn a_job_may_do_what_is_granted_and_nothing_else() {
    let db = village().await;
    let root = db.root().await;
    let kinds = root.query("select name from admin_data.operation_kind order by 1", &[]).await.unwrap();
    let granted = "select exists (select from admin_data.operation_grant where kind = $1 and role in ($2::text::name, 'kvartal_operator'))";
    for (login, group) in JOBS {
        let clerk = Clerk::of(&db, login).await;
        for kind in kinds.iter().map(|row| row.get::<_, &str>(0)) {
            let may: bool = root.query_one(granted, &[&kind, &group]).await.unwrap().get(0);
            // A set of arguments no operation takes: whoever has the right hears of them, whoever has not does not.
            let refusal =
                clerk.operate(Uuid::new_v4(), kind, &json!({ "чепуха": 1 }), Some("проверка")).await;
            let code =
                refusal.as_ref().map_or_else(DbError::code, |done| panic!("{login} did {kind}: {done}"));
            assert_eq!(code == "KV001", !may, "{login}: {kind}: {refusal:?}");
            assert!(code == "KV001" || code == "KV004", "{login}: {kind}: {refusal:?}");
        }
    }
}

#[tokio::test]
async fn an_operator_is_who_logged_in() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    clerk
        .batch_execute("set kvartal.operator = 'kv_test_admin'; set kvartal.preview = 'on'; set kvartal.as_of = '2020-01-01'")
        .await
        .unwrap();
    let who = clerk.query_one("select admin.operator()::text", &[]).await.unwrap();
    assert_eq!(who.get::<_, &str>(0), people::ACCOUNTANT);
    assert_eq!(clerk.tries("admin.user_add", json!({ "login": "kv_t_thief" })).await.code, "KV001");
    let operation = clerk.asserts("cards.premises_area", area(1011, "50.00")).await;
    let journal = "select operator::text from admin_data.operation where id = $1";
    assert_eq!(
        db.root().await.query_one(journal, &[&operation]).await.unwrap().get::<_, &str>(0),
        people::ACCOUNTANT
    );
}

/// A fact is written by the operation under way, not by a setting that names one: neither a past operation nor the
/// one just made opens the machinery, even to the role that owns it.
#[tokio::test]
async fn a_forged_operation_opens_nothing() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let operation = clerk.asserts("cards.premises_area", area(1011, "50.00")).await;
    let assert = "select admin.fact_assert('premises_area', '{\"premises_id\": 1011}', '2026-01-01', 'infinity', null)";
    let root = db.root().await;
    for setting in [String::new(), operation.to_string(), Uuid::nil().to_string()] {
        let forged =
            format!("begin; set local role kvartal_api; set local kvartal.operation = '{setting}'; {assert}");
        assert_eq!(failure(&root, &forged).await, "KV008", "«{setting}»");
        root.batch_execute("rollback").await.unwrap();
    }
    let both = format!(
        "begin; select admin.operate('{}', 'cards.premises_area', '{}', 'проверка'); set local kvartal.operation = '{operation}'; {assert}",
        Uuid::new_v4(),
        json!({ "facts": [area(1011, "51.00")] })
    );
    assert_eq!(failure(&clerk, &both).await, "42501");
}

/// Previews and jobs are their owner's, and the centre's.
#[tokio::test]
async fn questions_and_jobs_of_others_are_closed() {
    let db = village().await;
    let (anna, vera) = (Clerk::of(&db, people::ACCOUNTANT).await, Clerk::of(&db, people::COLLEAGUE).await);
    let centre = Clerk::of(&db, people::CENTRE).await;
    let (question, args) = (Uuid::new_v4(), json!({ "facts": [area(1011, "50.00")] }));
    anna.execute("select admin.preview_ask($1, 'cards.premises_area', $2, 'проверка')", &[&question, &args])
        .await
        .unwrap();
    let job = centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    for (ask, id) in [("select admin.preview_result($1)", question), ("select admin.job_state($1)", job)] {
        assert_eq!(vera.query_one(ask, &[&id]).await.unwrap().get::<_, Option<Value>>(0), None, "{ask}");
    }
    let take = vera
        .execute("select admin.preview_ask($1, 'cards.premises_area', $2, 'проверка')", &[&question, &args])
        .await;
    assert_eq!(DbError::from(take.unwrap_err()).code(), "KV002");
    let cancel = vera.execute("select admin.job_cancel($1)", &[&job]).await;
    assert_eq!(DbError::from(cancel.unwrap_err()).code(), "KV003");
    for list in ["select count(*) from admin.jobs", "select count(*) from admin.journal"] {
        assert_eq!(vera.query_one(list, &[]).await.unwrap().get::<_, i64>(0), 0, "{list}");
        assert!(centre.query_one(list, &[]).await.unwrap().get::<_, i64>(0) > 0, "{list}");
    }
}

/// An area of premises from the first month of the village on.
fn area(premises: i64, total: &str) -> Value {
    json!({ "premises_id": premises, "from": "2026-03-01", "area_total": total, "area_living": "20.00", "area_heated": total, "rooms": 1 })
}
