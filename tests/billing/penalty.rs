//! Penalty from the ledger as of a day.

use kvartal::job::door::Session as Door;
use serde_json::{Value, json};

use crate::common::{Office, people, village};

async fn asked(office: &Office, day: &str) -> Value {
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    door.penalty("41003", day.parse().unwrap()).await.unwrap()
}

fn amount_of(answer: &Value, service: &str) -> String {
    let services = answer["services"].as_array().unwrap();
    let one = services.iter().find(|one| one["service"] == json!(service));
    one.map_or_else(|| "0".to_owned(), |one| one["amount"].as_str().unwrap().to_owned())
}

/// March is due on 15.04.2026. Cold water 615.21: days 31–90 of the delay are 16.05–14.07, day 91 is 15.07. As of 31.05 it is 16 days:
/// 615.21 × 16 × 9.5 % ÷ 300 = 3.1171 → 3.12. As of 31.07: 60 days × 615.21 × 9.5 % ÷ 300 = 11.689 → 11.69 and 17 days × 615.21 ×
/// 9.5 % ÷ 130 = 7.6428 → 7.64, together 19.33.
#[tokio::test]
async fn a_debt_grows_by_day_and_stops_when_paid() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    assert_eq!(asked(&office, "2026-05-15").await["total"], json!("0.00"), "thirty days are free");
    let may = asked(&office, "2026-05-31").await;
    assert_eq!(amount_of(&may, "Холодное водоснабжение"), "3.12");
    let july = asked(&office, "2026-07-31").await;
    assert_eq!(amount_of(&july, "Холодное водоснабжение"), "19.33");
    let told = july.to_string();
    assert!(
        told.contains("16.05.2026–14.07.2026: 60 дн., долг 615,21 ₽ × 60 × 9,5 % ÷ 300 = 11,69 ₽"),
        "{told}"
    );

    // All of it is paid on 05.06: the day of payment counts, 21 days: 615.21 × 21 × 9.5 % ÷ 300 = 4.0911 → 4.09, and no more.
    let owed: String = office.seen("select to_pay::text from billing.owed(array[41003]::bigint[])").await;
    let pay = json!({ "payments": [{ "account": "41003", "amount": owed, "paid_on": "2026-06-05", "cash_day": "2026-06-05", "source": "касса" }] });
    let paid = office.accountant.does("finance.payment", pay).await;
    assert_eq!(amount_of(&asked(&office, "2026-07-31").await, "Холодное водоснабжение"), "4.09");
    // Before the day of payment nothing is known of it.
    assert_eq!(amount_of(&asked(&office, "2026-05-31").await, "Холодное водоснабжение"), "3.12");
    // Reversed, the debt was never paid.
    office.accountant.undoes(paid).await;
    assert_eq!(amount_of(&asked(&office, "2026-07-31").await, "Холодное водоснабжение"), "19.33");
}

/// Another company's account is not found.
#[tokio::test]
async fn it_is_refused_with_a_sentence() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    let mut south = Door::open(&office.db.address(village::SOUTH), "kvartal test").await.unwrap();
    let refused = south.penalty("41003", "2026-07-31".parse().unwrap()).await.unwrap_err();
    assert!(refused.to_string().contains("не найден"), "{refused}");
}

/// What seals booked, as lists show it: of everybody in a month, by words of an address, of an account, each operator his own; and why.
#[tokio::test]
async fn what_was_booked_is_listed_and_explained() {
    let office = Office::of(village().await).await;
    super::penalty_booked::closes(&office, &["2026-03", "2026-04", "2026-05", "2026-06"]).await;
    let totals = "select accounts || ' ' || (amount = (select sum(amount) from billing.penalty_list where month = '2026-07-01'))
        from billing.penalty_totals('2026-07-01')";
    assert_eq!(office.seen::<String>(totals).await, "7 true");
    let rows = |line: &str| {
        format!(
            "select coalesce(string_agg(account, ' '), '') from billing.penalty_accounts('2026-07-01', {line})"
        )
    };
    assert_eq!(office.seen::<String>(&rows("'садовая 41002'")).await, "41002");
    assert_eq!(office.seen::<String>(&rows("'4100'")).await, "41001 41002 41003 41005 41006");
    assert_eq!(
        office.seen::<String>(&rows("'4100', null, '{\"account_id\": 41002}', 2")).await,
        "41003 41005"
    );
    assert_eq!(office.seen::<i64>("select billing.penalty_account_count('2026-07-01', '100%')").await, 0);
    let south = office.db.as_role(village::SOUTH).await;
    assert_eq!(south.query_one(&rows("null"), &[]).await.unwrap().get::<_, &str>(0), "42001 42002");
    let one = "select count(*) from billing.penalty_list where account_id = 41002";
    assert_eq!(south.query_one(one, &[]).await.unwrap().get::<_, i64>(0), 0);

    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41002", "2026-07-01".parse().unwrap()).await.unwrap();
    let antenna: Vec<&Value> =
        why["penalties"].as_array().unwrap().iter().filter(|one| one["service_id"] == json!(7)).collect();
    assert_eq!(
        antenna[0]["text"],
        json!(
            "Пени на долг за март 2026 г.: Антенна 1,14 ₽ — начислено по 30.06.2026 1,75 ₽, учтено раньше 0,61 ₽"
        )
    );
    assert_eq!(
        antenna[0]["tree"][1],
        json!("16.05.2026–30.06.2026: 46 дн., долг 120,00 ₽ × 46 × 9,5 % ÷ 300 = 1,75 ₽")
    );
}
