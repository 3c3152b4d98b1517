//! Penalties a seal books: by hand, to the kopeck.
//!
//! Flat 41002 pays 120.00 a month for its antenna: a day at 9.5 % ÷ 300 costs 0.038, at 9.5 % ÷ 130 it costs 0.0876923…
//! March is due on 15.04.2026, April on 15.05, May on 15.06, June on 15.07; the 31st days of their delays are 16.05,
//! 15.06, 16.07, 15.08, the 91st day of March's is 15.07.

use kvartal::db::driver::Client;
use kvartal::job::penalty::answer::answer;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::balances::broken;
use crate::common::{Office, people, village};

const ANTENNA: i64 = 7;

/// Books and seals months in order.
pub async fn closes(office: &Office, months: &[&str]) {
    for month in months {
        office.book(month).await;
        office.seal(month).await;
    }
}

/// What the seal of the month `through` booked for a service of an account: booked in, month of the debt, debt, accrued, amount.
async fn booked(office: &Office, account: i64, service: i64, through: &str) -> Vec<String> {
    let sql = format!(
        "select to_char(month, 'MM') || ' ' || to_char(debt_month, 'MM') || ' ' || debt || ' ' || accrued || ' ' || amount
         from billing_data.penalty
         where account_id = {account} and service_id = {service} and to_char(through, 'YYYY-MM') = '{through}' order by debt_month"
    );
    office.root.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// For every account and service: what all seals booked is what is accrued through the last of them, derived anew.
pub async fn booked_is_accrued(office: &Office) {
    let Some(last) = office
        .value::<Option<chrono::NaiveDate>>("select max(through) from billing_data.penalty_month")
        .await
    else {
        return;
    };
    let mut worker: Client =
        kvartal::db::connect::connect(&office.db.address(people::WORKER), "kvartal test").await.unwrap();
    let sums = "select a.id, coalesce(s.id, 0), coalesce(sum(p.amount), 0)
        from cards_data.account a left join billing_data.penalty p on p.account_id = a.id left join cards_data.service s on s.id = p.service_id
        group by a.id, s.id order by a.id, s.id";
    let mut stored = Vec::new();
    let mut accounts = Vec::new();
    for row in office.root.query(sums, &[]).await.unwrap() {
        let (account, service, sum): (i64, i64, Decimal) = (row.get(0), row.get(1), row.get(2));
        accounts.push(account);
        if !sum.is_zero() {
            stored.push((account, service, sum));
        }
    }
    accounts.dedup();
    let mut derived = Vec::new();
    for account in accounts {
        let args = json!({ "account_id": account, "day": last, "is_booked": true });
        let answer = answer(&mut worker, &args).await.unwrap();
        let mut sums = std::collections::BTreeMap::<i64, Decimal>::new();
        for service in answer["services"].as_array().unwrap() {
            let amount: Decimal = service["amount"].as_str().unwrap().parse().unwrap();
            *sums.entry(service["service_id"].as_i64().unwrap()).or_default() += amount;
        }
        derived.extend(sums.into_iter().map(|(service, sum)| (account, service, sum)));
    }
    assert_eq!(stored, derived, "booked through {last} is not what is accrued");
}

/// Through 31.05 March is late 16 days with penalty: 0.608 → 0.61, booked in June, the first month not printed. Through 30.06:
/// 46 days, 1.748 → 1.75, 1.14 more; April 16 days, 0.61. Through 31.07: 60 days 2.28 and 17 days by 1/130 1.4908 → 1.49, 3.77
/// together, 2.02 more; April 47 days, 1.786 → 1.79, 1.18 more; May 0.61.
#[tokio::test]
async fn a_debt_accrues_month_by_month() {
    let office = Office::of(village().await).await;
    closes(&office, &["2026-03", "2026-04"]).await;
    assert_eq!(
        office.value::<i64>("select count(*) from billing_data.penalty").await,
        0,
        "thirty days are free"
    );
    closes(&office, &["2026-05", "2026-06", "2026-07"]).await;
    assert_eq!(booked(&office, 41002, ANTENNA, "2026-05").await, ["06 03 120.00 0.61 0.61"]);
    assert_eq!(
        booked(&office, 41002, ANTENNA, "2026-06").await,
        ["07 03 120.00 1.75 1.14", "07 04 120.00 0.61 0.61"]
    );
    assert_eq!(
        booked(&office, 41002, ANTENNA, "2026-07").await,
        ["08 03 120.00 3.77 2.02", "08 04 120.00 1.79 1.18", "08 05 120.00 0.61 0.61"]
    );
    // June: 120 × 3 owed before, 0.61 of penalty; July: 1.75 more.
    let balance = "select opening || ' ' || charged || ' ' || penalty || ' ' || closing || ' ' || penalty_opening || ' ' || penalty_closing
        from billing_data.balance where account_id = 41002 and service_id = 7 and month = ";
    assert_eq!(
        office.value::<String>(&format!("{balance}'2026-06-01'")).await,
        "360.00 120.00 0.61 480.61 0.00 0.61"
    );
    assert_eq!(
        office.value::<String>(&format!("{balance}'2026-07-01'")).await,
        "480.61 120.00 1.75 602.36 0.61 2.36"
    );
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    booked_is_accrued(&office).await;
}

async fn pays(
    office: &Office,
    account: &str,
    amount: &str,
    paid_on: &str,
    cash_day: &str,
    more: Value,
) -> uuid::Uuid {
    let mut payment = json!({ "account": account, "amount": amount, "paid_on": paid_on, "cash_day": cash_day, "source": "банк" });
    payment.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    office.accountant.does("finance.payment", json!({ "payments": [payment] })).await
}

/// A debt that a correction of a newer bill hides: 41002 pays March and April in full, and 50.00 of the antenna are added in April, due on
/// 15.05 with its bill. May asks 120.00 less 60.00 taken off, so May's closing, 110.00, is below what May charged; nothing else is owed but
/// May. Through 30.06 the 50.00 are late 16 days with penalty: 0.2533.
#[tokio::test]
async fn a_correction_of_the_newest_bill_hides_no_older_debt() {
    let office = Office::of(village().await).await;
    let antenna = |amount: &str, of: &str| json!({ "account_id": 41002, "service_id": ANTENNA, "contract_id": 25, "amount": amount, "source_month": of });
    let bill = async |month: &str| {
        let sql = format!(
            "select sum(l.amount)::text from billing_data.month m join billing_data.line l on l.run = m.run where m.month = '{month}-01' and account_id = 41002"
        );
        office.value::<String>(&sql).await
    };
    closes(&office, &["2026-03"]).await;
    let named = |month: &str| json!({ "month": month });
    pays(&office, "41002", &bill("2026-03").await, "2026-04-03", "2026-04-03", named("2026-03")).await;
    office.accountant.does("billing.correction", antenna("50.00", "2026-03")).await;
    closes(&office, &["2026-04"]).await;
    pays(&office, "41002", &bill("2026-04").await, "2026-05-04", "2026-05-04", named("2026-04")).await;
    office.accountant.does("billing.correction", antenna("-60.00", "2026-05")).await;
    closes(&office, &["2026-05", "2026-06"]).await;
    assert_eq!(booked(&office, 41002, ANTENNA, "2026-06").await, ["07 04 50.00 0.25 0.25"]);
    booked_is_accrued(&office).await;
}

/// Corrections done and undone leave the penalty as it would have been: March's 120.00 are let go and asked for again before any bill
/// said so, 50.00 are asked by May's bill and let go by June's. As in [`a_debt_accrues_month_by_month`] 0.61, then 1.75 are accrued for March.
#[tokio::test]
async fn a_correction_undone_leaves_the_penalty_as_it_was() {
    let office = Office::of(village().await).await;
    let corrects = async |amount: &str| {
        let args = json!({ "account_id": 41002, "service_id": ANTENNA, "contract_id": 25, "amount": amount, "source_month": "2026-03" });
        office.accountant.does("billing.correction", args).await
    };
    closes(&office, &["2026-03", "2026-04"]).await;
    let let_go = corrects("-120.00").await;
    office.accountant.undoes(let_go).await;
    let asked = corrects("50.00").await;
    closes(&office, &["2026-05"]).await;
    assert_eq!(booked(&office, 41002, ANTENNA, "2026-05").await, ["06 03 120.00 0.61 0.61"]);
    office.accountant.undoes(asked).await;
    closes(&office, &["2026-06"]).await;
    assert_eq!(
        booked(&office, 41002, ANTENNA, "2026-06").await,
        ["07 03 120.00 1.75 1.14", "07 04 120.00 0.61 0.61"]
    );
}

/// All of March was paid on 05.06, known on 03.07. Cold water of flat 41003 is 615.21: through 30.06 it was charged for 46 days,
/// 615.21 × 46 × 9.5 % ÷ 300 = 8.9616 → 8.96; 21 of them were due, 4.0911 → 4.09: July's seal gives 4.87 back.
#[tokio::test]
async fn money_known_late_brings_its_difference() {
    let office = Office::of(village().await).await;
    closes(&office, &["2026-03", "2026-04", "2026-05", "2026-06"]).await;
    assert_eq!(
        booked(&office, 41003, 2, "2026-06").await,
        ["07 03 615.21 8.96 5.84", "07 04 615.21 3.12 3.12"]
    );
    let march: String = office
        .value("select sum(l.amount)::text from billing_data.month m join billing_data.line l on l.run = m.run where m.month = '2026-03-01' and account_id = 41003")
        .await;
    pays(&office, "41003", &march, "2026-06-05", "2026-07-03", json!({})).await;
    closes(&office, &["2026-07"]).await;
    assert_eq!(booked(&office, 41003, 2, "2026-07").await[0], "08 03 0.00 4.09 -4.87");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    booked_is_accrued(&office).await;
}

/// Takes the payments of an operation back as an undo does, on a day that does not depend on today.
pub async fn takes_back(office: &Office, paid: uuid::Uuid, day: &str) {
    let undo = format!(
        "with taken as (
             insert into finance_data.payment (unit_id, scope, account_id, paid_on, cash_day, amount, source, reverses, operation)
             select unit_id, scope, account_id, paid_on, '{day}', -amount, source, id, operation from finance_data.payment where operation = '{paid}'
             returning id, reverses
         )
         insert into finance_data.payment_split (payment_id, scope, account_id, service_id, contract_id, month, part, cash_day, amount, operation)
         select t.id, s.scope, s.account_id, s.service_id, s.contract_id, s.month, s.part, '{day}', -sum(s.amount), s.operation
         from taken t join finance_data.payment_split s on s.payment_id = t.reverses
         group by t.id, s.scope, s.account_id, s.service_id, s.contract_id, s.month, s.part, s.operation having sum(s.amount) <> 0"
    );
    office.root.batch_execute(&undo).await.unwrap();
}

/// Paid on 05.06, in time for 16.05–05.06, 21 days: 0.798 → 0.80 through 30.06. Taken back on a day of July, the debt was never paid:
/// through 31.07 it is 3.77 as if nothing had come.
#[tokio::test]
async fn money_taken_back_was_never_there() {
    let office = Office::of(village().await).await;
    closes(&office, &["2026-03", "2026-04", "2026-05"]).await;
    let march: String = office
        .value("select sum(l.amount)::text from billing_data.month m join billing_data.line l on l.run = m.run where m.month = '2026-03-01' and account_id = 41002")
        .await;
    let paid = pays(&office, "41002", &march, "2026-06-05", "2026-06-05", json!({})).await;
    closes(&office, &["2026-06"]).await;
    assert_eq!(
        booked(&office, 41002, ANTENNA, "2026-06").await,
        ["07 03 0.00 0.80 0.19", "07 04 120.00 0.61 0.61"]
    );
    takes_back(&office, paid, "2026-07-10").await;
    closes(&office, &["2026-07"]).await;
    assert_eq!(
        booked(&office, 41002, ANTENNA, "2026-07").await,
        ["08 03 120.00 3.77 2.97", "08 04 120.00 1.79 1.18", "08 05 120.00 0.61 0.61"]
    );
    booked_is_accrued(&office).await;
}

/// Days 20.05–24.05 are suspended: of the 16 days through 31.05 there are 11, 0.152 for 16.05–19.05 and 0.266 for 25.05–31.05, rounded
/// each: 0.15 + 0.27 = 0.42. The delay goes on being counted: April's 31st day is still 15.06.
#[tokio::test]
async fn a_moratorium_costs_nothing() {
    let office = Office::of(village().await).await;
    let parameter: i64 =
        office.value("select id from cards_data.parameter where code = 'penalty_moratorium'").await;
    let fact = json!({ "parameter_id": parameter, "from": "2026-05-20", "to": "2026-05-25", "value": "1", "citation": "проверка" });
    office.centre.asserts("cards.parameter_value", fact).await;
    closes(&office, &["2026-03", "2026-04", "2026-05", "2026-06"]).await;
    assert_eq!(booked(&office, 41002, ANTENNA, "2026-05").await, ["06 03 120.00 0.42 0.42"]);
    assert_eq!(booked(&office, 41002, ANTENNA, "2026-06").await[1], "07 04 120.00 0.61 0.61");
    booked_is_accrued(&office).await;
}

/// A moratorium that becomes law after the fact takes back what was booked, from those too who owe nothing any more: 0.61 less 0.42.
#[tokio::test]
async fn law_known_late_reaches_everybody() {
    let office = Office::of(village().await).await;
    closes(&office, &["2026-03", "2026-04", "2026-05"]).await;
    let owed: String = office.seen("select to_pay::text from billing.owed(array[41002]::bigint[])").await;
    pays(&office, "41002", &owed, "2026-06-01", "2026-06-01", json!({})).await;
    closes(&office, &["2026-06"]).await;
    // 01.06 is the 17th day: 0.646 → 0.65.
    assert_eq!(booked(&office, 41002, ANTENNA, "2026-06").await, ["07 03 0.00 0.65 0.04"]);
    let parameter: i64 =
        office.value("select id from cards_data.parameter where code = 'penalty_moratorium'").await;
    let fact = json!({ "parameter_id": parameter, "from": "2026-05-20", "to": "2026-05-25", "value": "1", "citation": "проверка" });
    office.centre.asserts("cards.parameter_value", fact).await;
    closes(&office, &["2026-07"]).await;
    // 0.15 + 8 days of 25.05–01.06, 0.304 → 0.30.
    assert_eq!(booked(&office, 41002, ANTENNA, "2026-07").await[0], "08 03 0.00 0.45 -0.20");
    booked_is_accrued(&office).await;
}

/// Capital repair has one step: March through 31.08 is 108 days, 4.104 → 4.10; of utilities it would be 2.28 and 48 days by 1/130, 4.21.
#[tokio::test]
async fn capital_repair_never_comes_to_the_second_step() {
    let office = Office::of(village().await).await;
    office.root.batch_execute("update cards_data.service set penalty = 'repair' where id = 7; update cards_data.service set penalty = 'none' where id = 2").await.unwrap();
    closes(&office, &["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"]).await;
    let accrued = "select max(accrued)::text from billing_data.penalty where account_id = 41002 and service_id = 7 and debt_month = '2026-03-01'";
    assert_eq!(office.value::<String>(accrued).await, "4.10");
    assert_eq!(
        office.value::<i64>("select count(*) from billing_data.penalty where service_id = 2").await,
        0,
        "a service of another law"
    );
    booked_is_accrued(&office).await;
}

/// The first seal of a base that was sealed without penalties charges from its own month on: of the delay of March only the days of
/// June, 30 × 0.038 = 1.14.
#[tokio::test]
async fn days_before_the_first_accrual_are_nobodys() {
    let office = Office::of(village().await).await;
    closes(&office, &["2026-03", "2026-04", "2026-05"]).await;
    office.root.batch_execute("set session_replication_role = replica; alter table billing_data.penalty disable trigger all; alter table billing_data.penalty_month disable trigger all; delete from billing_data.penalty; delete from billing_data.penalty_month; alter table billing_data.penalty enable always trigger stone; alter table billing_data.penalty enable always trigger in_time; alter table billing_data.penalty_month enable always trigger stone; set session_replication_role = origin").await.unwrap();
    closes(&office, &["2026-06"]).await;
    assert_eq!(
        booked(&office, 41002, ANTENNA, "2026-06").await,
        ["07 03 120.00 1.14 1.14", "07 04 120.00 0.61 0.61"]
    );
    booked_is_accrued(&office).await;
}

/// While a sealed month is not finished, no other goes out: its penalties have their place in the first that is not printed.
#[tokio::test]
async fn a_month_waits_for_the_penalties_of_the_one_before() {
    let mut office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    office.dismiss().await;
    office.centre.does("billing.seal", json!({ "month": "2026-03" })).await;
    let refused = office.centre.tries("billing.release", json!({ "month": "2026-04" })).await;
    assert_eq!(refused.code, "KV007");
    office.hire();
    office.settle().await;
    office.release("2026-04").await;
}
