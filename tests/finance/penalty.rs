//! Penalties are paid last, unless the payer says otherwise (dossier § 7.1–7.2); the split of the database against the
//! rule of `calc`.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use kvartal::calc::allocate::{First, Item, Order, Part, Purpose, allocate};
use kvartal::calc::ids::{ContractId, ServiceId};
use kvartal::calc::money::Money;
use kvartal::calc::period::Month;

use crate::billing::balances::broken;
use crate::billing::penalty_booked::closes;
use crate::common::office::GROUND;
use crate::common::{Clerk, Office, people, village};

/// Month of 2026, service (whose id is also its order), whether it is penalty, kopecks.
type Owed = (u32, i64, bool, i64);

fn part(is_penalty: bool) -> &'static str {
    if is_penalty { "penalty" } else { "debt" }
}

fn roubles(kopecks: i64) -> String {
    format!("{}.{:02}", kopecks / 100, kopecks % 100)
}

/// What the database pays of each sum, and what waits.
async fn by_the_door(clerk: &Clerk, owed: &[Owed], payment: Value) -> Vec<(Option<u32>, i64, bool, i64)> {
    clerk.batch_execute("begin").await.unwrap();
    let operate = "select admin.operate(gen_random_uuid(), $1, $2, $3)";
    for (month, service, is_penalty, due) in owed {
        let args = json!({
            "account_id": 41001, "service_id": service, "contract_id": 23, "source_month": format!("2026-{month:02}"), "amount": roubles(*due),
            "part": part(*is_penalty),
        });
        clerk.execute(operate, &[&"billing.correction", &args, &GROUND]).await.unwrap();
    }
    clerk.execute(operate, &[&"finance.payment", &json!({ "payments": [payment] }), &GROUND]).await.unwrap();
    let sql = "select extract(month from month)::int, service_id, part = 'penalty', (amount * 100)::bigint from finance.payment_parts
        order by month, service_id, part";
    let rows = clerk.query(sql, &[]).await.unwrap();
    clerk.batch_execute("rollback").await.unwrap();
    let month = |month: Option<i32>| month.map(|month| u32::try_from(month).unwrap());
    rows.iter().map(|row| (month(row.get(0)), row.get(1), row.get(2), row.get(3))).collect()
}

fn by_the_rule(owed: &[Owed], pay: i64, purpose: Purpose) -> Vec<(Option<u32>, i64, bool, i64)> {
    let item = |(month, service, is_penalty, due): &Owed| Item {
        month: Month::new(2026, *month).unwrap(),
        service: ServiceId(*service),
        contract: ContractId(23),
        part: if *is_penalty { Part::Penalty } else { Part::Debt },
        active: true,
        barred: false,
        amount: Money::from_kopecks(*due),
    };
    let items: Vec<Item> = owed.iter().map(item).collect();
    let order = Order { penalty_last: true, first: First::Neither };
    let (parts, rest) = allocate(Money::from_kopecks(pay), &items, purpose, order);
    let mut paid: Vec<_> = owed
        .iter()
        .zip(parts)
        .map(|((month, service, is_penalty, _), part)| (Some(*month), *service, *is_penalty, part.kopecks()))
        .chain([(None, 0, false, rest.kopecks())])
        .filter(|(_, _, _, kopecks)| *kopecks != 0)
        .collect();
    paid.sort_by_key(|(month, service, is_penalty, _)| (month.is_none(), *month, *service, *is_penalty));
    paid
}

fn owed() -> impl Strategy<Value = Vec<Owed>> {
    let due = prop_oneof![1..50_i64, 1..1_000_000_i64, Just(100)];
    // One sum a month, service and part: that is how they are owed.
    prop::collection::btree_map((1..4_u32, 1..6_i64, any::<bool>()), due, 0..8).prop_map(|sums| {
        sums.into_iter()
            .map(|((month, service, is_penalty), due)| (month, service, is_penalty, due))
            .collect()
    })
}

#[test]
fn the_database_splits_as_the_rule_says() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_db, clerk) = runtime.block_on(async {
        let db = village().await;
        let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
        (db, clerk)
    });
    let config = Config { cases: 64, failure_persistence: None, ..Config::default() };
    let pay = prop_oneof![1..100_i64, 1..3_000_000_i64];
    let cases = (owed(), pay, prop::option::of(1..5_u32), prop::option::of(any::<bool>()));
    let held = TestRunner::new(config).run(&cases, |(owed, pay, of, is_penalty)| {
        let mut payment =
            json!({ "account": "41001", "amount": roubles(pay), "paid_on": "2026-03-02", "cash_day": "2026-03-02", "source": "касса" });
        let mut purpose = Purpose::default();
        if let Some(of) = of {
            payment["month"] = json!(format!("2026-{of:02}"));
            purpose.month = Month::new(2026, of);
        }
        if let Some(is_penalty) = is_penalty {
            payment["part"] = json!(part(is_penalty));
            purpose.part = Some(if is_penalty { Part::Penalty } else { Part::Debt });
        }
        let door = runtime.block_on(by_the_door(&clerk, &owed, payment));
        prop_assert_eq!(door, by_the_rule(&owed, pay, purpose));
        Ok(())
    });
    held.unwrap_or_else(|error| panic!("{error}"));
}

fn payment(amount: &str, part: Option<&str>) -> Value {
    let mut row = json!({ "account": "41002", "amount": amount, "paid_on": "2026-07-02", "cash_day": "2026-07-02", "source": "касса" });
    if let Some(part) = part {
        row["part"] = json!(part);
    }
    json!({ "payments": [row] })
}

/// Penalty of the antenna of 41002 and all it owes, as of July: «closing penalty».
async fn owes(office: &Office) -> String {
    office.value("select closing || ' ' || penalty_closing || ' ' || penalty_paid from billing.month_balance('2026-07-01') where account_id = 41002 and service_id = 7").await
}

/// Through 31.05 the antenna costs 0.61 of penalty for March's 120.00; the bill of June asks for it. A payment pays debts first; one for
/// penalties pays them; its undoing owes them again.
#[tokio::test]
async fn a_penalty_is_paid_after_the_debt_or_by_name() {
    let office = Office::of(village().await).await;
    closes(&office, &["2026-03", "2026-04", "2026-05"]).await;
    let unpaid = "select coalesce(sum(amount), 0)::text from finance.outstanding('{41002}') where part = ";
    assert_eq!(office.value::<String>(&format!("{unpaid}'penalty'")).await, "0", "no bill has asked for it");
    office.book("2026-06").await;
    let (debt, penalty): (String, String) =
        (office.value(&format!("{unpaid}'debt'")).await, office.value(&format!("{unpaid}'penalty'")).await);
    assert_eq!(owes(&office).await, "480.61 0.61 0");
    // By its name, to the kopeck: no debt is touched.
    let paid = office.accountant.does("finance.payment", payment(&penalty, Some("penalty"))).await;
    assert_eq!(owes(&office).await, "480.00 0.00 0.61");
    assert_eq!(office.value::<String>(&format!("{unpaid}'debt'")).await, debt);
    office.accountant.undoes(paid).await;
    assert_eq!(office.value::<String>(&format!("{unpaid}'penalty'")).await, penalty);
    // Without a name: a kopeck less than all debts leaves every penalty, all of it leaves none.
    let all: rust_decimal::Decimal =
        debt.parse::<rust_decimal::Decimal>().unwrap() + penalty.parse::<rust_decimal::Decimal>().unwrap();
    let paid = office.accountant.does("finance.payment", payment(&debt, None)).await;
    assert_eq!(office.value::<String>(&format!("{unpaid}'penalty'")).await, penalty);
    assert_eq!(office.value::<String>(&format!("{unpaid}'debt'")).await, "0");
    office.accountant.undoes(paid).await;
    office.accountant.does("finance.payment", payment(&all.to_string(), None)).await;
    assert_eq!(
        office
            .value::<String>("select coalesce(sum(amount), 0)::text from finance.outstanding('{41002}')")
            .await,
        "0"
    );
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// Forgiven by an order of the owner: a correction of the penalty, not of the debt; the next seal does not bring it back.
#[tokio::test]
async fn a_forgiven_penalty_stays_forgiven() {
    let office = Office::of(village().await).await;
    closes(&office, &["2026-03", "2026-04", "2026-05"]).await;
    let correction = json!({ "account_id": 41002, "service_id": 7, "contract_id": 25, "amount": "-0.61", "source_month": "2026-03", "part": "penalty" });
    office.accountant.does("billing.correction", correction).await;
    closes(&office, &["2026-06"]).await;
    let june = "select penalty || ' ' || corrected || ' ' || closing || ' ' || penalty_closing from billing_data.balance where account_id = 41002 and service_id = 7 and month = '2026-06-01'";
    assert_eq!(office.value::<String>(june).await, "0.61 -0.61 480.00 0.00");
    // Through 30.06: 46 days, 1.75 of March less 0.61 booked; 16 days of April.
    let booked = "select string_agg(amount::text, ' ' order by debt_month) from billing_data.penalty where account_id = 41002 and service_id = 7 and through = '2026-06-30'";
    assert_eq!(office.value::<String>(booked).await, "1.14 0.61");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// What is neither a debt nor a penalty is refused.
#[tokio::test]
async fn an_unknown_part_is_refused() {
    let office = Office::of(village().await).await;
    assert_eq!(office.accountant.tries("finance.payment", payment("1.00", Some("fine"))).await.code, "KV004");
    let correction =
        json!({ "account_id": 41002, "service_id": 7, "contract_id": 25, "amount": "-0.61", "part": "fine" });
    assert_eq!(office.accountant.tries("billing.correction", correction).await.code, "KV004");
}
