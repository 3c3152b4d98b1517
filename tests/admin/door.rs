//! The door itself: a repeat is harmless, an id is one operation, nothing is half-done.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::interleave::Session;
use crate::common::{Clerk, Db, people, village};
use kvartal::db::error::DbError;

const KIND: &str = "billing.correction";

fn correction(amount: &str) -> Value {
    json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": amount })
}

/// How many operations and corrections there are.
const EFFECTS: &str = "select (select count(*) from admin_data.operation where kind = 'billing.correction') || ' ' || (select count(*) from billing_data.correction)";

#[tokio::test]
async fn a_repeat_answers_the_same_and_does_nothing() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let id = Uuid::new_v4();
    let first = clerk.operate(id, KIND, &correction("-10.00"), Some("акт")).await.unwrap();
    let mut again = clerk.operate(id, KIND, &correction("-10.00"), Some("акт")).await.unwrap();
    assert_eq!(again.as_object_mut().unwrap().remove("repeated"), Some(json!(true)));
    assert_eq!(again, first);
    let effects: String = db.root().await.query_one(EFFECTS, &[]).await.unwrap().get(0);
    assert_eq!(effects, "1 1");
}

#[tokio::test]
async fn an_id_is_one_operation_of_one_operator() {
    let db = village().await;
    let (clerk, other) = (Clerk::of(&db, people::ACCOUNTANT).await, Clerk::of(&db, people::COLLEAGUE).await);
    let id = Uuid::new_v4();
    clerk.operate(id, KIND, &correction("-10.00"), Some("акт")).await.unwrap();
    let changed = [
        clerk.operate(id, KIND, &correction("-10.01"), Some("акт")).await,
        clerk.operate(id, KIND, &correction("-10.00"), Some("другой акт")).await,
        clerk.operate(id, "finance.payment", &correction("-10.00"), Some("акт")).await,
        other.operate(id, KIND, &correction("-10.00"), Some("акт")).await,
    ];
    for refused in changed {
        assert_eq!(refused.as_ref().map_err(DbError::code), Err("KV002"), "{refused:?}");
    }
    let effects: String = db.root().await.query_one(EFFECTS, &[]).await.unwrap().get(0);
    assert_eq!(effects, "1 1");
}

/// The line dropped, the client asks again while the first call is still under way: one effect, two answers.
#[tokio::test]
async fn the_same_id_from_two_sessions_at_once_is_one_operation() {
    let db = village().await;
    let (one, two) = (Session::of(&db, people::ACCOUNTANT).await, Session::of(&db, people::ACCOUNTANT).await);
    let sql =
        format!("select admin.operate('{}', '{KIND}', '{}', 'акт')", Uuid::new_v4(), correction("-10.00"));
    one.run(&format!("begin; {sql}")).await.unwrap();
    let second = two.start(&sql);
    second.blocked(&db).await;
    one.run("commit").await.unwrap();
    let answer: Value = serde_json::from_str(&second.done().await.unwrap()[0][0]).unwrap();
    assert_eq!(answer["repeated"], json!(true));
    let effects: String = db.root().await.query_one(EFFECTS, &[]).await.unwrap().get(0);
    assert_eq!(effects, "1 1");
}

/// The other outcome: the first call is rolled back, so the second is the operation.
#[tokio::test]
async fn the_same_id_after_a_rollback_is_done_by_the_second() {
    let db = village().await;
    let (one, two) = (Session::of(&db, people::ACCOUNTANT).await, Session::of(&db, people::ACCOUNTANT).await);
    let sql =
        format!("select admin.operate('{}', '{KIND}', '{}', 'акт')", Uuid::new_v4(), correction("-10.00"));
    one.run(&format!("begin; {sql}")).await.unwrap();
    let second = two.start(&sql);
    second.blocked(&db).await;
    one.run("rollback").await.unwrap();
    let answer: Value = serde_json::from_str(&second.done().await.unwrap()[0][0]).unwrap();
    assert_eq!(answer.get("repeated"), None);
    let effects: String = db.root().await.query_one(EFFECTS, &[]).await.unwrap().get(0);
    assert_eq!(effects, "1 1");
}

/// An operation draws its mark and waits for a house; another, with a later mark, changes the house it wants next. The
/// first draws its mark again: facts are never retracted before they were asserted, and the version of the house moves
/// with every change.
#[tokio::test]
async fn an_operation_overtaken_on_its_way_draws_its_mark_again() {
    let db = village().await;
    let area = |premises: i64, total: i32| json!({ "premises_id": premises, "from": "2026-03-01", "area_total": total, "area_living": 10, "area_heated": total, "rooms": 1 });
    let gate = "select from billing_data.unit where id = 101 for update";
    let (both, one) =
        (json!({ "facts": [area(1011, 60), area(1021, 60)] }), json!({ "facts": [area(1021, 50)] }));
    overtaken(&db, "cards.premises_area", gate, &both, &one).await;
    let state = "select string_agg(area_total::int::text, ' ' order by premises_id) || case when bool_and(u.version = f.asserted) then '' else ' and an old version' end
        from cards_data.premises_area f join billing_data.unit u on u.id = f.unit_id
        where premises_id in (1011, 1021) and f.retracted is null and f.valid_to = 'infinity'";
    assert_eq!(db.root().await.query_one(state, &[]).await.unwrap().get::<_, &str>(0), "60 60");
}

/// The same where no house stands between them: the fees of two payees.
#[tokio::test]
async fn also_where_no_house_is_concerned() {
    let db = village().await;
    let fee = |payee: i64, percent: i32| json!({ "organisation_id": payee, "fee": "agent", "from": "2026-03-01", "percent": percent });
    let gate = "select from finance_data.fee_rate where organisation_id = 13 for update";
    let (both, one) = (json!({ "facts": [fee(13, 3), fee(14, 3)] }), json!({ "facts": [fee(14, 2)] }));
    overtaken(&db, "finance.fee_rate", gate, &both, &one).await;
    let state =
        "select string_agg(percent::int::text, ' ' order by organisation_id) from finance_data.fee_rate
        where organisation_id in (13, 14) and fee = 'agent' and retracted is null and valid_to = 'infinity'";
    assert_eq!(db.root().await.query_one(state, &[]).await.unwrap().get::<_, &str>(0), "3 3");
}

/// Lets `first` draw its mark and wait at the gate, while `second` goes by.
async fn overtaken(db: &Db, kind: &str, gate: &str, first: &Value, second: &Value) {
    let operate =
        |args: &Value| format!("select admin.operate(gen_random_uuid(), '{kind}', '{args}', 'проверка')");
    let known = |answer: &str| serde_json::from_str::<Value>(answer).unwrap()["known"].as_i64().unwrap();
    let keeper = Session::of_root(db).await;
    keeper.run(&format!("begin; {gate}")).await.unwrap();
    let (one, two) = (Session::of(db, people::CENTRE).await, Session::of(db, people::CENTRE).await);
    let step = one.start(&operate(first));
    step.blocked(db).await;
    let second = known(&two.run(&operate(second)).await.unwrap()[0][0]);
    keeper.run("commit").await.unwrap();
    let first = known(&step.done().await.unwrap()[0][0]);
    assert!(first > second, "{first} was asserted over {second}");
}

/// Two say the same of one payee at once: the second waits, and says it after the first.
#[tokio::test]
async fn two_who_say_the_same_at_once_are_both_heard() {
    let db = village().await;
    let fee = |percent: i32| json!({ "facts": [{ "organisation_id": 13, "fee": "agent", "from": "2026-03-01", "percent": percent }] });
    let operate = |args: Value| {
        format!("select admin.operate(gen_random_uuid(), 'finance.fee_rate', '{args}', 'проверка')")
    };
    let (one, two) = (Session::of(&db, people::CENTRE).await, Session::of(&db, people::CENTRE).await);
    one.run(&format!("begin; {}", operate(fee(2)))).await.unwrap();
    let step = two.start(&operate(fee(3)));
    step.blocked(&db).await;
    one.run("commit").await.unwrap();
    step.done().await.unwrap();
    let state = "select string_agg(percent::int || case when retracted is null then '' else ' once' end, ', ' order by asserted)
        from finance_data.fee_rate where organisation_id = 13 and fee = 'agent' and valid_from = '2026-03-01'";
    assert_eq!(db.root().await.query_one(state, &[]).await.unwrap().get::<_, &str>(0), "2 once, 3");
}

/// A list is done as a whole or not at all, and a refused operation leaves no trace in the journal.
#[tokio::test]
async fn a_refused_operation_leaves_nothing() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let root = db.root().await;
    let state = "select (select count(*) from admin_data.operation) || ' ' || (select count(*) from finance_data.payment)
        || ' ' || (select count(*) from finance_data.payment_split) || ' ' || (select count(*) from billing_data.queue)";
    let before: String = root.query_one(state, &[]).await.unwrap().get(0);
    let payment = |account: &str| json!({ "account": account, "amount": "5.00", "paid_on": "2026-03-02", "source": "касса" });
    let refusal =
        clerk.tries("finance.payment", json!({ "payments": [payment("41001"), payment("99999")] })).await;
    assert_eq!(refusal.code, "KV003");
    assert_eq!(root.query_one(state, &[]).await.unwrap().get::<_, String>(0), before);
}

#[tokio::test]
async fn a_ground_is_asked_for_where_the_law_asks() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    for ground in [None, Some(""), Some("  ")] {
        let refused = clerk.operate(Uuid::new_v4(), KIND, &correction("1"), ground).await;
        assert_eq!(refused.as_ref().map_err(DbError::code), Err("KV004"), "{ground:?}");
    }
}

/// What was done is in the journal with its arguments; a password's verifier is not.
#[tokio::test]
async fn the_journal_tells_what_was_done_and_no_secret() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let id = clerk.does(KIND, correction("-10.00")).await;
    let row = clerk
        .query_one("select operator::text, kind, ground, args from admin.journal where id = $1", &[&id])
        .await
        .unwrap();
    assert_eq!(
        (row.get::<_, &str>(0), row.get::<_, &str>(1), row.get::<_, &str>(2)),
        (people::ACCOUNTANT, KIND, "проверка")
    );
    assert_eq!(row.get::<_, Value>(3), correction("-10.00"));
    let verifiers = "select count(*) from admin_data.operation_args where args::text ~ 'SCRAM'";
    assert_eq!(db.root().await.query_one(verifiers, &[]).await.unwrap().get::<_, i64>(0), 0);
}

/// Money is told with its kopecks and as text: whoever reads a JSON number reads a float.
#[tokio::test]
async fn an_answer_tells_money_with_its_kopecks() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let payment = json!({ "account": "41001", "amount": 3000, "paid_on": "2026-03-02", "source": "касса" });
    let args = json!({ "payments": [payment] });
    let answer = clerk.operate(Uuid::new_v4(), "finance.payment", &args, None).await.unwrap();
    assert_eq!(answer["amount"], json!("3000.00"));
}
