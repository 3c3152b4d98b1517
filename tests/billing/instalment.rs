//! Payment by instalments through the database: a charge stays whole, what is put off is due month by month with interest and
//! costs no penalty, an agreement is ended, a bill offers what the law offers (354 пп. 72, 75; dossier § 4.3).

use kvartal::job::door::Session as Door;
use serde_json::{Value, json};

use super::balances::broken;
use crate::common::{Clerk, Office, people, village};

/// Flat 3 without heat: maintenance 2 272.58, cold water 615.21, sewage 859.31, hot water 1 897.67; 5 644.77 together. March is out.
async fn office() -> Office {
    let office = Office::of(village().await).await;
    let off = json!({ "account_id": 41003, "service_id": 5, "from": "2020-01-01", "is_off": true });
    office.accountant.asserts("cards.account_plan", off).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    office
}

/// The maintenance of March in twelve parts at 18 %: the key rate of 02.04.2026, 15 %, and 3 points.
fn agreement() -> Value {
    json!({
        "account_id": 41003, "service_id": 1, "contract_id": 23, "month": "2026-03", "percent": "18", "agreed_on": "2026-04-02",
        "document": "соглашение № 1",
    })
}

/// Maintenance in a month: opening, charged, corrected, closing.
async fn maintenance(office: &Office, month: &str) -> String {
    let sql = format!(
        "select opening || ' ' || charged || ' ' || corrected || ' ' || closing from billing.account_balance(41003, '{month}-01') where service_id = 1"
    );
    office.seen(&sql).await
}

/// 2 272.58 ÷ 12: two parts of 189.39 and ten of 189.38. Put off 2 083.19, interest of April 2 083.19 × 18 % ÷ 12 = 31.25, of May
/// 1 893.80 × 1.5 % = 28.41.
#[tokio::test]
async fn what_is_put_off_is_due_month_by_month_with_interest() {
    let office = office().await;
    office.accountant.does("billing.instalment", agreement()).await;
    // −2 083.19 + 189.39 + 31.25
    assert_eq!(maintenance(&office, "2026-04").await, "2272.58 2272.58 -1862.55 2682.61");
    let parts = "select string_agg(part || ' ' || interest || ' ' || rest, ', ' order by place) from billing.instalment_part_list where place <= 3";
    assert_eq!(
        office.seen::<String>(parts).await,
        "189.39 0 2083.19, 189.39 31.25 1893.80, 189.38 28.41 1704.42"
    );
    // 5 644.77 − 2 083.19 is asked for March; a payment of it pays every service whole.
    let owed = "select balance || ' ' || to_pay from billing.owed(array[41003]::bigint[])";
    assert_eq!(office.seen::<String>(owed).await, "5644.77 3561.58");
    let pay = json!({ "payments": [{ "account": "41003", "amount": "3561.58", "paid_on": "2026-04-10", "cash_day": "2026-04-10", "source": "касса" }] });
    office.accountant.does("finance.payment", pay).await;
    let split = "select string_agg(service || ' ' || amount, ', ' order by service_id) from finance.payment_parts where account_id = 41003";
    assert_eq!(
        office.seen::<String>(split).await,
        "maintenance 189.39, cold_water 615.21, sewage 859.31, hot_water 1897.67"
    );
    office.release("2026-04").await;
    office.charge("2026-05").await;
    // What is left of March (nothing due), the whole of April, the second part with its interest; then the third.
    assert_eq!(maintenance(&office, "2026-05").await, "2493.22 2272.58 217.79 4983.59");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());

    // The bill of April was due on 15.05: 2 272.58 + 189.39 are late, the interest and the parts to come are not.
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let penalty = door.penalty("41003", "2026-07-31".parse().unwrap()).await.unwrap();
    let services = penalty["services"].as_array().unwrap();
    let upkeep = services.iter().find(|one| one["service_id"] == json!(1)).unwrap();
    let months: Vec<&Value> =
        upkeep["months"].as_array().unwrap().iter().map(|month| &month["month"]).collect();
    assert_eq!(months, ["2026-04"], "{upkeep}");
    assert_eq!(upkeep["months"][0]["rows"][0]["balance"], json!("2461.97"), "{upkeep}");

    let told = door.explain("41003", "2026-04-01".parse().unwrap()).await.unwrap()["instalments"].to_string();
    for words in [
        "Рассрочка платы за март 2026 г.: Содержание жилого помещения -2083,19 ₽ отложено",
        "Часть 2 из 12 платы за март 2026 г.: Содержание жилого помещения 189,39 ₽",
        "отложено 2083,19 ₽ × 18 % ÷ 12 месяцев",
        "соглашение № 1",
    ] {
        assert!(told.replace('\u{a0}', "").contains(words), "{words}: {told}");
    }
    let bill = "select billing.invoice_data('41003', '2026-04-01')->'instalments'";
    let bill: Value = office.seen(bill).await;
    assert_eq!(bill[0]["earlier"], json!("189.39"));
    assert_eq!(bill[0]["interest"], json!("31.25"));
    assert_eq!(bill[0]["current"], json!("2272.58"));
    assert_eq!(bill[0]["payable"], json!("2493.22"));
}

/// Ended in May: ten parts of 189.38 are due with the bill of May at once, without interest; ended before anything was out, nothing is left.
#[tokio::test]
async fn an_agreement_is_ended() {
    let office = office().await;
    let first = office.accountant.does("billing.instalment", agreement()).await;
    office.accountant.undoes(first).await;
    assert_eq!(maintenance(&office, "2026-04").await, "2272.58 2272.58 0.00 4545.16");
    let second = office.accountant.does("billing.instalment", agreement()).await;
    office.release("2026-04").await;
    office.charge("2026-05").await;
    assert_eq!(maintenance(&office, "2026-05").await, "2682.61 2272.58 217.79 5172.98");
    office.accountant.undoes(second).await;
    assert_eq!(maintenance(&office, "2026-05").await, "2682.61 2272.58 1893.80 6848.99");
    let refused = office.accountant.tries("admin.undo", json!({ "operation": second })).await;
    assert_eq!(refused.code, "KV010", "{}", refused.message);
    office.release("2026-05").await;
    let owed = "select balance = to_pay from billing.owed(array[41003]::bigint[])";
    assert!(office.seen::<bool>(owed).await);
    let states =
        "select string_agg(state, ' ' order by state) from billing.instalment_list where account_id = 41003";
    assert_eq!(office.seen::<String>(states).await, "ended ended");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_may_not_be_agreed_is_refused() {
    let office = office().await;
    let with = |name: &str, value: Value| {
        let mut args = agreement();
        args[name] = value;
        args
    };
    for (args, told) in [
        (with("month", json!("2026-04")), "месяц 04.2026 не выпущен"),
        (with("percent", json!("18.5")), "проценты 18,5 больше наибольших — 18"),
        (with("percent", json!("-1")), "проценты за рассрочку не меньше нуля"),
        (with("parts", json!(13)), "частей 13, а дают не больше чем на 12 мес."),
        (with("parts", json!(1)), "все части (1) уже должны быть внесены"),
        (with("amount", json!("3000")), "плата за 03.2026 — 2 272,58 ₽, рассрочить просят 3 000,00 ₽"),
        (with("service_id", json!(6)), "плата за 03.2026 — 0,00 ₽"),
        (with("account_id", json!(99)), "лицевой счёт не найден или вам не виден"),
        (with("agreed_on", json!("1999-01-01")), "на 01.01.1999 не задана ключевая ставка"),
    ] {
        let refused = office.accountant.tries("billing.instalment", args).await;
        let whole = format!("{} {}", refused.message, refused.detail.unwrap_or_default());
        assert!(whole.contains(told), "{told}: {whole}");
    }
    office.accountant.does("billing.instalment", agreement()).await;
    let twice = office.accountant.tries("billing.instalment", agreement()).await;
    assert!(twice.message.contains("плата за 03.2026 уже рассрочена"), "{}", twice.message);
    let pay = json!({ "payments": [{ "account": "41003", "amount": "5000", "paid_on": "2026-04-10", "cash_day": "2026-04-10", "source": "касса" }] });
    office.accountant.does("finance.payment", pay).await;
    let mut water = agreement();
    (water["service_id"], water["contract_id"]) = (json!(2), json!(21));
    let paid = office.accountant.tries("billing.instalment", water).await;
    assert!(paid.message.contains("за 03.2026 осталось оплатить 0,00 ₽"), "{}", paid.message);
    let offers =
        "select string_agg(distinct offer, ' ' order by offer) from billing.instalment_choice(41003)";
    assert_eq!(office.seen::<String>(offers).await, "agreed paid");
    let south = Clerk::of(&office.db, village::SOUTH).await;
    assert_eq!(south.tries("billing.instalment", agreement()).await.code, "KV003");
    let seen = "select (select count(*) from billing.instalment_list) + (select count(*) from billing.instalment_part_list)
        + (select count(*) from billing.instalment_choice(41003))";
    assert_eq!(south.query_one(seen, &[]).await.unwrap().get::<_, i64>(0), 0);
}

/// A year later the rate of maintenance is 40 instead of 31.74: 71.60 m² × 40 = 2 864.00, by 26.02 % more than 2 272.58; cold water grew by
/// 9.59 % only. The first of twelve parts is 238.67; the key rate is still 14 %, so at most 17 % may be asked.
#[tokio::test]
async fn a_bill_offers_what_the_law_offers() {
    let office = office().await;
    let dearer = json!({ "tariff_id": 31, "part": 0, "from": "2027-01-01", "rate": "40" });
    office.centre.asserts("cards.tariff_rate", dearer).await;
    let mut month = "2026-04".to_owned();
    while month != "2027-03" {
        office.book(&month).await;
        month = crate::common::office::next(&month);
    }
    office.charge("2027-03").await;
    let bill: Value =
        office.seen("select billing.invoice_data('41003', '2027-03-01', true)->'instalments'").await;
    let told = (&bill[0]["current"], &bill[0]["growth"], &bill[0]["parts"], &bill[0]["percent"]);
    assert_eq!(told, (&json!("238.67"), &json!("26.02"), &json!(12), &Value::Null), "{bill}");
    assert_eq!(bill.as_array().unwrap().len(), 1, "{bill}");
    assert!(bill[0]["percent_most"].as_str().unwrap().starts_with("17"), "{bill}");
    office.release("2027-03").await;
    let offers = "select string_agg(service || ' ' || before || ' ' || now || ' ' || growth || ' ' || offer, ', ' order by service_id)
        from billing.instalment_offers('2027-03-01') where account_id = 41003";
    assert_eq!(office.seen::<String>(offers).await, "Содержание жилого помещения 2272.58 2864.00 26.02 must");
    let choice = "select string_agg(offer, ' ' order by sort) from billing.instalment_choice(41003) where month = '2027-03-01'";
    assert_eq!(office.seen::<String>(choice).await, "must may may may");
    // 354 п. 72 is of utilities: in the group of housing nothing has to be offered, though it may be agreed.
    office.root.execute("update cards_data.service set penalty = 'housing' where id = 1", &[]).await.unwrap();
    assert_eq!(office.seen::<String>(choice).await, "may may may may");
}
