//! Previews: they show what the change will make, leave nothing behind, and what was shown must still be true when
//! it is done.

use kvartal::job::door::{DoorError, Operation, Session as Door};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::interleave::Session;
use crate::common::office::held_up;
use crate::common::{Clerk, Office, Worker, people, until, village};

/// An area of flat 1 or 2 of house 101, or of flat 1 of house 102.
fn area(premises: i64, total: i32) -> Operation {
    let fact = json!({ "premises_id": premises, "from": "2026-03-01", "area_total": total, "area_living": 10, "area_heated": total, "rooms": 1 });
    operation("cards.premises_area", json!({ "facts": [fact] }))
}

fn rate(kopecks: i32) -> Operation {
    let fact = json!({ "tariff_id": 31, "from": "2026-03-01", "rate": format!("{}.{:02}", kopecks / 100, kopecks % 100), "citation": "приказ" });
    operation("cards.tariff_rate", json!({ "facts": [fact] }))
}

fn operation(kind: &str, args: Value) -> Operation {
    Operation { id: Uuid::new_v4(), kind: kind.to_owned(), args, ground: Some("проверка".to_owned()) }
}

async fn door(office: &Office, login: &str) -> Door {
    Door::open(&office.db.address(login), "kvartal test").await.unwrap()
}

/// Commits what is expected to be refused, and gives the code.
async fn refused(door: &Door, operation: &Operation) -> String {
    match door.commit(operation).await {
        Err(DoorError::Db(error)) => error.code().to_owned(),
        other => panic!("not refused: {other:?}"),
    }
}

/// All that is stored for the open month.
const LINES: &str = "select coalesce(sum(amount), 0)::text from billing_data.month m join billing_data.line l on l.run = m.run";

async fn charged_office() -> Office {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    office
}

/// The difference shown is the one that comes true, account by account: 31.74 a m² more for each of ten.
#[tokio::test]
async fn what_is_shown_comes_true_and_nothing_before() {
    let office = charged_office().await;
    let mut door = door(&office, people::ACCOUNTANT).await;
    let state = "select (select count(*) from admin_data.operation) || ' ' || (select count(*) from cards_data.premises_area) || ' ' || (select count(*) from billing_data.queue)";
    let (before, stored): (String, String) = (office.value(LINES).await, office.value(state).await);
    let change = area(1021, 54);

    let difference = door.preview(&change).await.unwrap();
    // House 102, flat 1 was 44.10 m²: 54.00 × 31.74 = 1 713.96 against 44.10 × 31.74 = 1 399.73 (1 399.734).
    let row = difference.rows.iter().find(|row| row.service == "Содержание жилого помещения").unwrap();
    assert_eq!(
        (row.account.as_str(), row.before.to_string(), row.after.to_string()),
        ("42001", "1399.73".into(), "1713.96".into())
    );
    assert_eq!(
        (office.value::<String>(LINES).await, office.value::<String>(state).await),
        (before.clone(), stored),
        "a preview left something"
    );

    door.commit(&change).await.unwrap();
    office.settle().await;
    let after: String = office.value(LINES).await;
    let moved =
        after.parse::<rust_decimal::Decimal>().unwrap() - before.parse::<rust_decimal::Decimal>().unwrap();
    assert_eq!(moved, difference.total + difference.unseen_total);
}

#[tokio::test]
async fn a_preview_is_refused_as_the_change_would_be() {
    let office = charged_office().await;
    let mut door = door(&office, people::ACCOUNTANT).await;
    for operation in [
        area(9999, 50),
        operation("cards.tariff_rate", json!({})),
        operation("cards.premises_area", json!({ "facts": [{ "premises_id": 1011, "from": "x" }] })),
    ] {
        let shown = match door.preview(&operation).await {
            Err(DoorError::Refused(refusal)) => refusal,
            // The right is asked for before the question is even taken.
            Err(DoorError::Db(error)) => error.refusal().unwrap().clone(),
            other => panic!("{other:?}"),
        };
        let Err(DoorError::Db(done)) = door.commit(&operation).await else {
            panic!("{operation:?} was done")
        };
        assert_eq!(Some(&shown), done.refusal());
    }
}

/// Both approved, one house: only one may be true.
#[tokio::test]
async fn two_approved_previews_of_one_house_do_not_both_commit() {
    let office = charged_office().await;
    let (mut anna, mut vera) =
        (door(&office, people::ACCOUNTANT).await, door(&office, people::COLLEAGUE).await);
    let (one, two) = (area(1011, 60), area(1012, 40));
    anna.preview(&one).await.unwrap();
    vera.preview(&two).await.unwrap();
    anna.commit(&one).await.unwrap();
    assert_eq!(refused(&vera, &two).await, "KV005");
    // Looked at again, it is true again.
    office.settle().await;
    vera.preview(&two).await.unwrap();
    vera.commit(&two).await.unwrap();
}

/// The same while the first is still under way: the second waits and is refused then.
#[tokio::test]
async fn nor_when_both_commit_at_once() {
    let office = charged_office().await;
    let (mut anna, mut vera) =
        (door(&office, people::ACCOUNTANT).await, door(&office, people::COLLEAGUE).await);
    let (one, two) = (area(1011, 60), area(1012, 40));
    anna.preview(&one).await.unwrap();
    vera.preview(&two).await.unwrap();
    let (first, second) =
        (Session::of(&office.db, people::ACCOUNTANT).await, Session::of(&office.db, people::COLLEAGUE).await);
    first.run(&format!("begin; {}", sql(&one))).await.unwrap();
    let step = second.start(&sql(&two));
    step.blocked(&office.db).await;
    first.run("commit").await.unwrap();
    assert_eq!(step.done().await.unwrap_err().code().unwrap().code(), "KV005");
}

/// Two houses do not wait for each other, a change of rules for all counts for every house, and whoever did not look
/// is not asked.
#[tokio::test]
async fn only_what_was_shown_must_stand_still() {
    let office = charged_office().await;
    let mut anna = door(&office, people::ACCOUNTANT).await;
    let (mine, other) = (area(1011, 60), area(1021, 50));
    anna.preview(&mine).await.unwrap();
    let vera = Clerk::of(&office.db, people::COLLEAGUE).await;
    vera.operate(other.id, &other.kind, &other.args, Some("проверка")).await.unwrap();
    anna.commit(&mine).await.unwrap();

    let mine = area(1011, 61);
    anna.preview(&mine).await.unwrap();
    let rules = rate(3200);
    office.centre.operate(rules.id, &rules.kind, &rules.args, Some("приказ")).await.unwrap();
    assert_eq!(refused(&anna, &mine).await, "KV005");
    anna.commit(&area(1011, 62)).await.unwrap();
}

/// What was approved is what was shown: other arguments under the same number are not.
#[tokio::test]
async fn another_change_under_a_shown_number_is_refused() {
    let office = charged_office().await;
    let mut anna = door(&office, people::ACCOUNTANT).await;
    let shown = area(1011, 60);
    anna.preview(&shown).await.unwrap();
    let other = Operation { id: shown.id, ..area(1011, 600) };
    assert_eq!(refused(&anna, &other).await, "KV005");
}

/// Two changes of rules, both approved, commit at once: they share nothing they both want whole, so neither waits for
/// ever; the second is refused because the first moved the rules.
#[tokio::test]
async fn two_changes_of_rules_do_not_deadlock() {
    let office = charged_office().await;
    let (mut one, mut two) = (door(&office, people::CENTRE).await, door(&office, people::CENTRE).await);
    let (first, second) = (rate(3200), rate(3300));
    one.preview(&first).await.unwrap();
    two.preview(&second).await.unwrap();
    let gate = Session::of_root(&office.db).await;
    gate.run("begin; select from billing_data.unit where id in (0, 101, 102) for update").await.unwrap();
    let (a, b) =
        (Session::of(&office.db, people::CENTRE).await, Session::of(&office.db, people::CENTRE).await);
    let (a, b) = (a.start(&sql(&first)), b.start(&sql(&second)));
    a.blocked(&office.db).await;
    b.blocked(&office.db).await;
    gate.run("commit").await.unwrap();
    let codes = [a.done().await, b.done().await]
        .map(|done| done.map_err(|error| error.code().unwrap().code().to_owned()).err());
    assert!(codes.contains(&None) && codes.contains(&Some("KV005".to_owned())), "{codes:?}");
}

/// Opposite orders of two houses: both sessions are let go at the same moment, each having asked for its houses.
#[tokio::test]
async fn opposite_orders_of_houses_do_not_deadlock() {
    let db = village().await;
    let fact = |premises: i64| json!({ "premises_id": premises, "from": "2026-03-01", "area_total": 40, "area_living": 10, "area_heated": 40, "rooms": 1 });
    let gate = Session::of_root(&db).await;
    gate.run("begin; select from billing_data.unit where id in (101, 102) for update").await.unwrap();
    let (a, b) = (Session::of(&db, people::ACCOUNTANT).await, Session::of(&db, people::COLLEAGUE).await);
    let there = operation("cards.premises_area", json!({ "facts": [fact(1011), fact(1021)] }));
    let back = operation("cards.premises_area", json!({ "facts": [fact(1021), fact(1011)] }));
    let (a, b) = (a.start(&sql(&there)), b.start(&sql(&back)));
    a.blocked(&db).await;
    b.blocked(&db).await;
    gate.run("commit").await.unwrap();
    a.done().await.unwrap();
    b.done().await.unwrap();
}

/// One question, two workers: while the first is held up in the house the question is about, the second passes it by
/// and answers the next one.
#[tokio::test]
async fn one_question_is_answered_by_one_worker() {
    let office = charged_office().await;
    let gate = Session::of_root(&office.db).await;
    gate.run("begin; select from billing_data.unit where id = 101 for update").await.unwrap();
    let (first, second) = (area(1011, 60), area(1021, 50));
    ask(&office.accountant, &first).await;
    until("a worker is held up in house 101", async || held_up(&office.root).await == 1).await;
    let _more = Worker::start(&office.db);
    ask(&office.accountant, &second).await;
    until("the second question is answered", async || state(&office, &second).await == "shown").await;
    assert_eq!(held_up(&office.root).await, 1);
    gate.run("commit").await.unwrap();
    until("the first question is answered", async || state(&office, &first).await != "asked").await;
}

/// Asked anew with other arguments while the first answer is being computed: what is shown belongs to what was asked
/// last, or the approval would be of something else.
#[tokio::test]
async fn an_answer_belongs_to_its_question() {
    let office = charged_office().await;
    let gate = Session::of_root(&office.db).await;
    gate.run("begin; select from billing_data.unit where id = 101 for update").await.unwrap();
    let first = area(1011, 60);
    ask(&office.accountant, &first).await;
    until("a worker is held up in house 101", async || held_up(&office.root).await == 1).await;
    let again = Operation { id: first.id, ..area(1021, 54) };
    ask(&office.accountant, &again).await;
    gate.run("commit").await.unwrap();
    until("the question is answered", async || state(&office, &again).await == "shown").await;
    let accounts = "select coalesce(string_agg(distinct r->>'account', ' '), '') from admin_data.preview, jsonb_array_elements(difference->'rows') r where id = $1";
    let row = office.root.query_one(accounts, &[&again.id]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "42001");
}

async fn ask(clerk: &Clerk, operation: &Operation) {
    let sql = "select admin.preview_ask($1, $2, $3, $4)";
    clerk.execute(sql, &[&operation.id, &operation.kind, &operation.args, &operation.ground]).await.unwrap();
}

async fn state(office: &Office, operation: &Operation) -> String {
    let sql = "select state from admin_data.preview where id = $1";
    office.root.query_one(sql, &[&operation.id]).await.unwrap().get(0)
}

/// The commit of an operation as a statement for a session that is told step by step.
fn sql(operation: &Operation) -> String {
    format!(
        "select admin.operate('{}', '{}', '{}', '{}')",
        operation.id,
        operation.kind,
        operation.args,
        operation.ground.as_deref().unwrap_or_default()
    )
}

/// No bill moves when a correction of 500.00 is taken back, the balance does: the preview says whose and by how much.
#[tokio::test]
async fn an_undone_correction_shows_the_balance_that_moves() {
    let office = charged_office().await;
    let args = json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": "500.00" });
    let corrected = office.accountant.does("billing.correction", args).await;
    let mut door = door(&office, people::ACCOUNTANT).await;
    let undo = operation("admin.undo", json!({ "operation": corrected }));
    let told = door.preview(&undo).await.unwrap();
    let moved: Vec<_> = told
        .balances
        .iter()
        .map(|one| (one.account.as_str(), one.service.as_str(), one.change.to_string()))
        .collect();
    assert_eq!(told.accounts, 0);
    assert_eq!(moved, [("41001", "Содержание жилого помещения", "-500.00".to_owned())]);
}
