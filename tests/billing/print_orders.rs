//! A month's run brought to paper: in the order of delivery, once, and again from the place where the paper jammed.

use std::path::Path;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::{Clerk, Office, people, village};

const MARCH: &str = "2026-03";

/// A released March printed into the archive: house 102 has place 1, house 101 place 2, then the control sheet.
async fn printed() -> (Office, Uuid) {
    let office = Office::of(village().await).await;
    office.book(MARCH).await;
    let run = office.accountant.does("billing.print_run", json!({ "month": MARCH })).await;
    office.settle().await;
    (office, run)
}

async fn folder(office: &Office, path: &Path) {
    let admin = Clerk::of(&office.db, people::ADMIN).await;
    admin.does("admin.printer", json!({ "name": "Типография № 1", "way": "folder", "target": path })).await;
}

/// Number of the document and whether it is marked as a copy, in the order in which they are to come out.
async fn ordered(office: &Office) -> Vec<(String, bool)> {
    let sql =
        "select document_number, as_copy from admin.print_list where state <> 'cancelled' order by number";
    let rows = office.accountant.query(sql, &[]).await.unwrap();
    rows.iter().map(|row| (row.get::<_, String>(0)[..7].to_owned(), row.get(1))).collect()
}

fn named(run: Uuid, more: &Value) -> Value {
    let mut args = json!({ "print_run": run, "printer": "Типография № 1" });
    args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    args
}

#[tokio::test]
async fn a_run_goes_to_a_printer_in_the_order_of_delivery_and_a_second_time_as_copies() {
    let (office, run) = printed().await;
    let home = tempfile::tempdir().unwrap();
    folder(&office, home.path()).await;
    let offer = "select printer, houses, told from billing.print_run_offer($1)";
    let row = office.accountant.query_one(offer, &[&run]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "Типография № 1");
    assert_eq!((row.get::<_, i64>(1), row.get::<_, &str>(2)), (2, "ещё не печатали"));

    office.accountant.does("billing.print_run_print", named(run, &json!({}))).await;
    let told = |number: &str, is_copy: bool| (number.to_owned(), is_copy);
    let numbers: Vec<String> = ordered(&office).await.into_iter().map(|(number, _)| number).collect();
    let sql = "select number from billing.print_bundle_list where print_run_id = $1 order by place";
    let houses = office.accountant.query(sql, &[&run]).await.unwrap();
    let mut expected: Vec<String> =
        houses.iter().map(|row| row.get::<_, String>(0)[..7].to_owned()).collect();
    let control = "select control_number from billing.print_run_list where id = $1";
    let control: String = office.accountant.query_one(control, &[&run]).await.unwrap().get(0);
    expected.push(control[..7].to_owned());
    assert_eq!(numbers, expected);
    assert!(ordered(&office).await.iter().all(|(_, is_copy)| !is_copy));
    office.delivers().await;
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 3);

    // The paper jammed at the second house: from there again, marked; then originals, because those sheets were spoilt.
    let row = office.accountant.query_one(offer, &[&run]).await.unwrap();
    assert!(row.get::<_, &str>(2).starts_with("напечатано домов: 2"), "{}", row.get::<_, &str>(2));
    office.accountant.does("billing.print_run_print", named(run, &json!({ "from": 2 }))).await;
    office
        .accountant
        .does("billing.print_run_print", named(run, &json!({ "from": 2, "through": 2, "original": true })))
        .await;
    assert_eq!(ordered(&office).await[3..], [told(&expected[1], true), told(&expected[1], false)]);
    office.delivers().await;
    let copies = std::fs::read_dir(home.path())
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("-копия-"));
    assert_eq!(copies.count(), 1);
}

#[tokio::test]
async fn a_run_is_not_sent_where_it_cannot_come_out() {
    let (office, run) = printed().await;
    let home = tempfile::tempdir().unwrap();
    folder(&office, home.path()).await;
    let tries = async |args: Value| office.accountant.tries("billing.print_run_print", args).await.message;
    let outbox = json!({ "print_run": run, "printer": "Папка исходящих" });
    assert!(tries(outbox).await.starts_with("Печать целиком на «Папка исходящих» не отправить"));
    assert!(tries(named(run, &json!({ "from": 3 }))).await.ends_with("на этих местах нет готовых домов"));
    assert!(tries(named(Uuid::nil(), &json!({}))).await.starts_with("Такой печати нет"));
    let refusal = office.passport.tries("billing.print_run_print", named(run, &json!({}))).await;
    assert_eq!(refusal.code, "KV001");
    assert_eq!(ordered(&office).await, []);
}
