//! Nonsense in arguments: whatever comes, the answer is one Russian sentence of the program, never the server's own
//! words, and nothing is written.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::common::{Clerk, people, village};
use kvartal::db::error::{DbError, Refusal};

/// A good fact, with one value replaced.
fn with(mut good: Value, name: &str, bad: Value) -> Value {
    good[name] = bad;
    json!({ "facts": [good] })
}

fn area() -> Value {
    json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "54.30", "area_living": "20.00", "area_heated": "54.30", "rooms": 2 })
}

fn reading() -> Value {
    json!({ "meter_id": 51, "day": "2026-03-20", "value": "1100", "rolled_over": false, "source": "payer" })
}

fn payment(name: &str, bad: Value) -> Value {
    let mut good = json!({ "account": "41001", "amount": "10.00", "paid_on": "2026-03-02", "cash_day": "2026-03-02", "source": "касса" });
    good[name] = bad;
    json!({ "payments": [good] })
}

fn plan(name: &str, bad: Value) -> Value {
    let good = json!({ "account_id": 41001, "service_id": 1, "from": "2026-03-01", "is_off": false, "contract_id": 23, "method": "area_total", "tariff_id": 31 });
    with(good, name, bad)
}

/// A kind, arguments that are wrong in one way, and a part of the sentence that says so.
type Nonsense = (&'static str, Value, &'static str);

fn nonsense() -> Vec<Nonsense> {
    [shapes(), days(), numbers(), money(), references(), handlers()].concat()
}

/// No arguments at all, or not a set of them; names nobody knows; what must be there.
fn shapes() -> Vec<Nonsense> {
    vec![
        ("cards.premises_area", json!([]), "нет номера или сведений"),
        ("cards.premises_area", json!(5), "нет номера или сведений"),
        ("cards.premises_area", Value::Null, "нет номера или сведений"),
        ("cards.premises_area", json!({}), "нет списка «facts»"),
        ("cards.premises_area", json!({ "facts": {} }), "нет списка «facts»"),
        ("cards.premises_area", json!({ "facts": [] }), "нет списка «facts»"),
        ("cards.premises_area", json!({ "facts": [1, "два"] }), "не набор сведений"),
        ("finance.payment", json!({ "payments": "все" }), "нет списка «payments»"),
        // names nobody knows
        ("cards.premises_area", json!({ "fact": [area()] }), "«fact»"),
        ("cards.premises_area", with(area(), "aria_total", json!(1)), "«aria_total»"),
        ("meters.reading", with(reading(), "to", json!("2026-03-30")), "«to»"),
        ("finance.payment", payment("summa", json!(1)), "«summa»"),
        // what must be there
        ("cards.premises_area", with(area(), "area_total", Value::Null), "не указано «общая площадь»"),
        ("cards.premises_area", with(area(), "from", Value::Null), "не указана дата «from»"),
        ("cards.premises_area", with(area(), "premises_id", Value::Null), "premises_id"),
    ]
}

/// Days and months.
fn days() -> Vec<Nonsense> {
    vec![
        ("cards.premises_area", with(area(), "from", json!("вчера")), "«вчера» — не дата"),
        ("cards.premises_area", with(area(), "from", json!("today")), "«today» — не дата"),
        ("cards.premises_area", with(area(), "from", json!("-infinity")), "— не дата"),
        ("cards.premises_area", with(area(), "to", json!("infinity")), "— не дата"),
        ("cards.premises_area", with(area(), "from", json!("2026-02-30")), "«2026-02-30» — не дата"),
        ("cards.premises_area", with(area(), "from", json!("01.03.2026")), "«01.03.2026» — не дата"),
        ("cards.premises_area", with(area(), "from", json!("9999-01-01")), "«9999-01-01» — не дата"),
        ("cards.premises_area", with(area(), "from", json!([2026, 3, 1])), "— не дата"),
        ("cards.premises_area", with(area(), "to", json!("2026-03-01")), "не раньше окончания"),
        ("meters.reading", with(reading(), "day", json!("2026-13-01")), "«2026-13-01» — не дата"),
        ("finance.payment", payment("paid_on", json!("1 марта")), "«1 марта» — не дата"),
        ("finance.payment", payment("cash_day", json!("now")), "«now» — не дата"),
        ("billing.release", json!({ "month": "2026-03", "cash_day": "завтра" }), "«завтра» — не дата"),
        // months
        ("billing.charge", json!({ "month": "2026-13" }), "«2026-13» — не месяц"),
        ("billing.charge", json!({ "month": "2026-03-15" }), "«2026-03-15» — не месяц"),
        ("billing.charge", json!({ "month": ["2026-03"] }), "— не месяц"),
        ("billing.seal", json!({}), "не указано «month»"),
        (
            "billing.correction",
            json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": 1, "source_month": "март" }),
            "«март» — не месяц",
        ),
    ]
}

/// Numbers.
fn numbers() -> Vec<Nonsense> {
    vec![
        ("cards.premises_area", with(area(), "area_total", json!("много")), "«много» — не число"),
        ("cards.premises_area", with(area(), "area_total", json!([54.3])), "— не число"),
        ("cards.premises_area", with(area(), "area_total", json!({})), "— не число"),
        ("cards.premises_area", with(area(), "area_total", json!(true)), "— не число"),
        ("cards.premises_area", with(area(), "area_total", json!("NaN")), "«NaN» — не число"),
        ("cards.premises_area", with(area(), "area_total", json!("Infinity")), "«Infinity» — не число"),
        ("cards.premises_area", with(area(), "area_total", json!("1e99")), "велико"),
        ("cards.premises_area", with(area(), "area_total", json!(1e30)), "велико"),
        ("cards.premises_area", with(area(), "area_heated", json!(-1)), "меньше нуля"),
        ("cards.premises_area", with(area(), "rooms", json!(100_000)), "велико"),
        ("cards.premises_area", with(area(), "rooms", json!(1.5)), "— не целое число"),
        ("cards.premises_area", with(area(), "area_living", json!(60)), "Жилая площадь больше общей"),
        (
            "cards.premises_area",
            with(area(), "premises_id", json!("1011'; drop table x; --")),
            "— не целое число",
        ),
        ("cards.premises_area", with(area(), "premises_id", json!(1e25)), "велико"),
        ("cards.premises_area", with(area(), "void", json!("может быть")), "— не true и не false"),
        ("meters.reading", with(reading(), "value", json!("-5")), "меньше нуля"),
        ("meters.reading", with(reading(), "value", json!("100000")), "больше, чем вмещает прибор"),
        ("meters.reading", with(reading(), "value", json!("NaN")), "NaN"),
        ("meters.reading", with(reading(), "register", json!(-1)), "нет регистра -1"),
        ("meters.reading", with(reading(), "register", json!(0)), "нет регистра 0"),
        ("meters.reading", with(reading(), "register", json!(2)), "нет регистра 2"),
        ("meters.reading", with(reading(), "register", json!("второй")), "— не целое число"),
        ("meters.reading", with(reading(), "day", json!("2020-01-01")), "не установлен"),
        ("meters.reading", with(reading(), "rolled_over", json!("нет")), "— не true и не false"),
    ]
}

/// Money.
fn money() -> Vec<Nonsense> {
    vec![
        ("finance.payment", payment("amount", json!("NaN")), "«NaN» — не число"),
        ("finance.payment", payment("amount", json!("10.005")), "сумма 10,005 не годится"),
        ("finance.payment", payment("amount", json!(0)), "не больше нуля"),
        ("finance.payment", payment("amount", json!(-5)), "не больше нуля"),
        ("finance.payment", payment("amount", json!("1e20")), "не годится"),
        ("finance.payment", payment("amount", json!([1])), "— не число"),
        ("finance.payment", payment("source", json!("   ")), "не указано «source»"),
        (
            "billing.correction",
            json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": "0.001" }),
            "сумма 0,001 не годится",
        ),
        (
            "billing.correction",
            json!({ "account_id": "мой", "service_id": 1, "contract_id": 23, "amount": 1 }),
            "«мой» — не число",
        ),
    ]
}

/// References to what there is not.
fn references() -> Vec<Nonsense> {
    vec![
        (
            "billing.correction",
            json!({ "account_id": 41001, "service_id": 99, "contract_id": 23, "amount": 1 }),
            "нет такого: услуга",
        ),
        (
            "billing.correction",
            json!({ "account_id": 41001, "service_id": 1, "contract_id": 99, "amount": 1 }),
            "нет такого: договор",
        ),
        ("cards.account_plan", plan("tariff_id", json!(99)), "нет такого: тариф"),
        ("cards.account_plan", plan("norm_id", json!(99)), "нет такого: норматив"),
        ("cards.account_plan", plan("method", json!("на глаз")), "нет способа «на глаз»"),
        ("cards.account_plan", plan("method", Value::Null), "нужны договор, способ и тариф"),
        (
            "cards.account_holder",
            json!({ "facts": [{ "account_id": 41001, "from": "2026-03-01", "person_id": 999 }] }),
            "нет такого: человек",
        ),
        (
            "cards.account_holder",
            json!({ "facts": [{ "account_id": 41001, "from": "2026-03-01" }] }),
            "либо человек, либо организация",
        ),
    ]
}

/// Forms of handlers of their own.
fn handlers() -> Vec<Nonsense> {
    vec![
        (
            "meters.replacement",
            json!({ "meter_id": 51, "day": "2026-03-10", "final": 5, "serial": "Н", "initial": [0] }),
            "нужны показания каждого регистра",
        ),
        (
            "meters.replacement",
            json!({ "meter_id": 51, "day": "2026-03-10", "final": [], "serial": "Н", "initial": [0] }),
            "нужны показания каждого регистра",
        ),
        (
            "meters.replacement",
            json!({ "meter_id": 51, "day": "2026-03-10", "final": [null], "serial": "Н", "initial": [0] }),
            "не указано",
        ),
        (
            "meters.replacement",
            json!({ "meter_id": 51, "day": "2026-03-10", "final": [1100], "serial": "Н", "digits": 50, "initial": [0] }),
            "от 1 до 12 цифр",
        ),
        (
            "meters.replacement",
            json!({ "meter_id": 51, "day": "2026-03-10", "final": [1100], "serial": "", "initial": [0] }),
            "не указано «serial»",
        ),
        ("admin.undo", json!({ "operation": "последнюю" }), "Операция последнюю не найдена"),
    ]
}

#[tokio::test]
async fn nonsense_is_told_in_one_sentence() {
    let db = village().await;
    let (accountant, centre) =
        (Clerk::of(&db, people::ACCOUNTANT).await, Clerk::of(&db, people::CENTRE).await);
    let root = db.root().await;
    let state = "select (select count(*) from admin_data.operation) || ' ' || (select coalesce(max(id), 0) from cards_data.premises_area)";
    let before: String = root.query_one(state, &[]).await.unwrap().get(0);
    for (kind, args, told) in nonsense() {
        let clerk = if kind.starts_with("billing.") { &centre } else { &accountant };
        let refusal = clerk.tries(kind, args.clone()).await;
        assert!(refusal.message.contains(told), "{kind} {args}: {}", refusal.message);
        assert!(["KV003", "KV004"].contains(&&*refusal.code), "{kind} {args}: {refusal:?}");
        in_plain_russian(&refusal);
    }
    assert_eq!(root.query_one(state, &[]).await.unwrap().get::<_, String>(0), before);
}

#[tokio::test]
async fn texts_may_hold_anything_a_text_may_hold() {
    let db = village().await;
    let passport = Clerk::of(&db, people::PASSPORT).await;
    let name = "О'Нил «Ня\"; drop table cards_data.account; --\u{1b}[31m\\ %s $1";
    passport.does("passport.arrival", json!({ "person": { "last_name": name, "first_name": "Ия", "sex": "female" }, "premises_id": 1011, "from": "2026-03-01", "twice": true })).await;
    let kept = "select last_name from passport_data.person_name order by id desc limit 1";
    assert_eq!(db.root().await.query_one(kept, &[]).await.unwrap().get::<_, &str>(0), name);
    // The server takes no zero byte for a text, before any function is called.
    let args = json!({ "person": { "last_name": "а\u{0}б" }, "premises_id": 1011, "from": "2026-03-01" });
    in_plain_russian(&passport.tries("passport.arrival", args).await);
}

#[tokio::test]
async fn without_a_number_or_a_kind_nothing_is_asked() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    for ask in [
        "select admin.operate(null, 'billing.correction', '{}', 'акт')",
        "select admin.operate(gen_random_uuid(), null, '{}', 'акт')",
        "select admin.operate(gen_random_uuid(), 'billing.correction', null, 'акт')",
        "select admin.operate(gen_random_uuid(), 'billing.theft', '{}', 'акт')",
        "select admin.preview_ask(null, 'billing.correction', '{}', 'акт')",
        "select admin.preview_ask(gen_random_uuid(), 'billing.correction', '[]', 'акт')",
        "select billing.explain_ask(null, '41001', '2026-03-01')",
        "select billing.reasons_ask(null, 101, '2026-03-01')",
    ] {
        match DbError::from(clerk.execute(ask, &[]).await.unwrap_err()) {
            DbError::Refused(refusal) => {
                assert_eq!(refusal.code, "KV004", "{ask}");
                in_plain_russian(&refusal);
            }
            other => panic!("{ask}: {other:?}"),
        }
    }
    let unknown = clerk.operate(Uuid::new_v4(), "cards.premise_area", &json!({}), None).await;
    assert!(unknown.unwrap_err().to_string().contains("«cards.premise_area»"));
}

/// One sentence that tells an operator something: Russian, whole, without the words of the server.
pub fn in_plain_russian(refusal: &Refusal) {
    let told = refusal.to_string();
    for word in [
        "ERROR",
        "invalid",
        "constraint",
        "violates",
        "relation",
        "syntax",
        "null value",
        "out of range",
        "_check",
        "_fkey",
    ] {
        assert!(!told.contains(word), "{told}");
    }
    assert!(!has_point(&told), "{told}");
    let begins = told.trim_start_matches(['«', '»']).chars().next().unwrap_or_default();
    assert!(begins.is_uppercase() || begins.is_numeric(), "{told}");
    assert!(told.chars().filter(|letter| ('а'..='я').contains(letter)).count() > 10, "{told}");
}

/// Whether a number is written with a point, as computers do. Days, months, versions and points of laws have theirs.
fn has_point(told: &str) -> bool {
    // What was typed is quoted as it was typed.
    let own: String = told.split('«').map(|part| part.rsplit('»').next().unwrap_or_default()).collect();
    let words = own.split(|letter: char| !(letter.is_ascii_digit() || letter == '.'));
    words.filter(|word| word.len() > 2).any(|word| {
        let parts: Vec<&str> = word.trim_end_matches('.').split('.').collect();
        let is_month = parts.len() == 2 && parts[0].len() == 2 && parts[1].len() == 4;
        parts.len() == 2 && !is_month && parts.iter().all(|part| !part.is_empty())
    })
}

#[test]
fn a_point_in_a_number_is_seen() {
    for told in ["осталось 631.94 ₽", "проценты 17.5 больше", "показание 1304.75"]
    {
        assert!(has_point(told), "{told}");
    }
    for told in ["с 01.03.2026", "за 03.2026", "версии 0.8.12", "по п. 72.", "10,5 м²; 3.", "(ЖК 159)."]
    {
        assert!(!has_point(told), "{told}");
    }
}
