//! Files of every day: registers of payments, and whose a file is.

use std::io::Write as _;
use std::process::{Command, Stdio};

use kvartal::job::brought;
use serde_json::{Value, json};

use crate::common::{Clerk, Office, people, village};

/// 41001 owes by March; the second row repeats the first, the third account is unknown, the fourth pays nothing.
const REGISTER: &str = "ЛС;Дата;Сумма\n41001;20.03.2026;100,10\n41001;20.03.2026;100,10\n99999;20.03.2026;5\n41002;20.03.2026;0\n41002;20.03.2026;7\n";

/// Holds a file for an operator; answers with its number.
async fn held(office: &Office, login: &str, text: &str) -> i64 {
    let told = brought::told("реестр.csv", text.as_bytes()).unwrap();
    let client = office.db.as_role(login).await;
    let put: Value = client.query_one("select exchange.file_put($1)", &[&told]).await.unwrap().get(0);
    put["key"].as_i64().unwrap()
}

#[tokio::test]
async fn a_register_is_taken_once_and_again_only_when_it_was_undone() {
    let office = Office::of(village().await).await;
    let cashier = Clerk::of(&office.db, people::CASHIER).await;
    let file = held(&office, people::CASHIER, REGISTER).await;
    let client = office.db.as_role(people::CASHIER).await;
    let verdicts: Vec<String> = client
        .query("select verdict from exchange.file_rows($1)", &[&file])
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(verdicts, ["take", "doubt", "refuse", "refuse", "take"]);
    // 100,10 + 7 = 107,10.
    let sum = "select take_sum::text from exchange.file_head($1)";
    let sum: String = client.query_one(sum, &[&file]).await.unwrap().get(0);
    assert_eq!(sum.trim_end_matches('0'), "107.1");
    let operation = cashier.does("exchange.payments", json!({ "file": file })).await;
    let paid = "select sum(amount)::text from finance.payments where operation = $1";
    let paid: String = client.query_one(paid, &[&operation]).await.unwrap().get(0);
    assert_eq!(paid, "107.10");
    let again = held(&office, people::CASHIER, REGISTER).await;
    let refusal = cashier.tries("exchange.payments", json!({ "file": again, "doubtful": true })).await;
    assert_eq!(refusal.code, "KV006");
    assert!(refusal.message.contains("уже загружен"), "{refusal}");
    cashier.undoes(operation).await;
    cashier.does("exchange.payments", json!({ "file": again })).await;
}

/// A day before the account was opened is a slip in the year; what is taken says in Russian where it came from.
#[tokio::test]
async fn a_payment_from_before_the_account_is_refused() {
    const DAYS: &str = "ЛС;Дата;Сумма\n41001;31.12.2019;5\n41001;01.01.2020;7\n";
    let office = Office::of(village().await).await;
    let file = held(&office, people::CASHIER, DAYS).await;
    let cashier = Clerk::of(&office.db, people::CASHIER).await;
    let rows = "select string_agg(verdict || ' ' || coalesce(reason, ''), '; ' order by line) from exchange.file_rows($1)";
    let told: String = cashier.query_one(rows, &[&file]).await.unwrap().get(0);
    assert_eq!(told, "refuse счёт открыт только с 01.01.2020; take ");
    let operation = cashier.does("exchange.payments", json!({ "file": file })).await;
    let source: String = cashier
        .query_one("select source from finance.payments where operation = $1", &[&operation])
        .await
        .unwrap()
        .get(0);
    assert_eq!(source, "реестр");
}

/// What is beyond any balance is doubted: debt and twelve of the largest bills ahead, and never up to 20 000.
#[tokio::test]
async fn a_sum_beyond_any_balance_is_doubted_until_somebody_looked() {
    const SUMS: &str =
        "ЛС;Дата;Сумма\n41001;20.03.2026;20000\n41001;20.03.2026;20000,01\n41001;20.03.2026;999999999\n";
    let office = Office::of(village().await).await;
    let cashier = Clerk::of(&office.db, people::CASHIER).await;
    let told = async |text: &str| -> Vec<(String, Option<String>)> {
        let file = held(&office, people::CASHIER, text).await;
        let rows = "select verdict, reason from exchange.file_rows($1)";
        let rows = cashier.query(rows, &[&file]).await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    };
    let rows = told(SUMS).await;
    assert_eq!(rows.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), ["take", "doubt", "doubt"]);
    assert_eq!(rows[2].1.as_deref(), Some("больше долга и счетов за 12 мес. вперёд: 20 000,00"));

    // The bill of the only booked month is the debt too: thirteen of it are believed.
    office.book("2026-03").await;
    office.root.batch_execute("update cards_data.parameter_value v set value = 0 from cards_data.parameter p where p.id = v.parameter_id and p.code = 'payment_doubt_least'").await.unwrap();
    let bill = "select sum(amount)::text from billing_data.line where account_id = 41001";
    let bill: rust_decimal::Decimal = office.value::<String>(bill).await.parse().unwrap();
    let (most, more) =
        (bill * rust_decimal::Decimal::from(13), "0.01".parse::<rust_decimal::Decimal>().unwrap());
    let rows =
        told(&format!("ЛС;Дата;Сумма\n41001;20.03.2026;{most}\n41001;20.03.2026;{}\n", most + more)).await;
    assert_eq!(rows.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), ["take", "doubt"]);
}

#[tokio::test]
async fn a_file_is_its_operators_own() {
    let office = Office::of(village().await).await;
    let file = held(&office, people::CASHIER, REGISTER).await;
    let accountant = Clerk::of(&office.db, people::ACCOUNTANT).await;
    assert_eq!(accountant.tries("exchange.payments", json!({ "file": file })).await.code, "KV003");
    let told = brought::told("a.csv", "ЛС;Дата;Показание\n41001;20.03.2026;1\n".as_bytes()).unwrap();
    let passport = office.db.as_role(people::PASSPORT).await;
    let refused = passport.query_one("select exchange.file_put($1)", &[&told]).await.unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "KV001");
}

/// The program reads standard input; answers with what it printed.
fn imported(office: &Office, words: &[&str], text: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kvartal"))
        .args(["import", "file", "-"])
        .args(words)
        .env("KVARTAL_URL", office.db.url(people::ACCOUNTANT))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr))
}

// The program waits for the worker, which lives in this process.
#[tokio::test(flavor = "multi_thread")]
async fn standard_input_is_a_file_like_any_other() {
    let office = Office::of(village().await).await;
    let text = "Прибор;Дата;Показание\nХВ-1;20.03.2026;1020\nХВ-2;20.03.2026;1\n";
    let tried = imported(&office, &["--dry-run"], text);
    assert!(tried.contains("строка 3: меньше прежнего: 1 012 от 20.02.2026"), "{tried}");
    assert!(
        tried.contains("Строк 2: принять 1 на 1020, уже записано 0, сомнительных 0, отказов 1."),
        "{tried}"
    );
    assert!(tried.contains("Ничего не записано"), "{tried}");
    let done = imported(&office, &[], text);
    assert!(done.contains("Принято строк: 1, не принято: 1."), "{done}");
    let kept = "select value::int from meters.readings where meter_id = 51 and day = '2026-03-20'";
    assert_eq!(
        office.db.as_role(people::ACCOUNTANT).await.query_one(kept, &[]).await.unwrap().get::<_, i32>(0),
        1020
    );
    let again = imported(&office, &[], text);
    assert!(again.contains("Этот файл уже загружен") && again.contains("принимать нечего"), "{again}");
}
