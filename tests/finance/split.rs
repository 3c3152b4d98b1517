//! The split of payments (dossier § 7.1–7.3), against the rule written down a second time: oldest month first, inside
//! a month by largest remainder, the rest an advance. Debts are corrections, tried in transactions that are rolled
//! back, by an accountant.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use tokio_postgres::Client;

use crate::common::office::GROUND;
use crate::common::{Clerk, Office, people, village};

/// One debt of account 41001: month of 2026, service (whose id is also its order), kopecks.
type Debt = (u8, i64, i64);

/// A part of a payment: month and service, or none of them for the advance.
type Parts = BTreeMap<Option<(u8, i64)>, i64>;

/// The split as the rule says it (dossier § 7.3): `q = pay·due div Σdue`, the kopecks left over go to the largest
/// remainders; ties to the larger due, then in the order of services.
fn by_the_rule(debts: &[Debt], mut pay: i64) -> Parts {
    let mut months: BTreeMap<u8, BTreeMap<i64, i64>> = BTreeMap::new();
    for (month, service, due) in debts {
        *months.entry(*month).or_default().entry(*service).or_default() += due;
    }
    let mut parts = Parts::new();
    for (month, mut dues) in months {
        dues.retain(|_, due| *due > 0);
        let total: i64 = dues.values().sum();
        if total == 0 {
            continue;
        }
        let share = pay.min(total);
        pay -= share;
        let mut order: Vec<(i64, i64)> = dues.into_iter().collect();
        order.sort_by_key(|(service, due)| (-(share * due % total), -due, *service));
        let floors: i64 = order.iter().map(|(_, due)| share * due / total).sum();
        for (place, (service, due)) in (0..).zip(order) {
            let part = share * due / total + i64::from(place < share - floors);
            if part > 0 {
                parts.insert(Some((month, service)), part);
            }
        }
    }
    if pay > 0 {
        parts.insert(None, pay);
    }
    parts
}

/// The split as the database makes it, payment by payment.
async fn by_the_door(clerk: &Client, debts: &[Debt], payments: &[i64]) -> Vec<Parts> {
    clerk.batch_execute("begin").await.unwrap();
    let operate = "select admin.operate(gen_random_uuid(), $1, $2, $3)";
    for (month, service, due) in debts {
        let args = json!({
            "account_id": 41001, "service_id": service, "contract_id": 23, "source_month": format!("2026-{month:02}"), "amount": roubles(*due),
        });
        clerk.execute(operate, &[&"billing.correction", &args, &GROUND]).await.unwrap();
    }
    let rows: Vec<_> = payments
        .iter()
        .map(|pay| json!({ "account": "41001", "amount": roubles(*pay), "paid_on": "2026-03-02", "cash_day": "2026-03-02", "source": "касса" }))
        .collect();
    clerk.execute(operate, &[&"finance.payment", &json!({ "payments": rows }), &GROUND]).await.unwrap();
    let sql = "select payment_id, extract(month from month)::int, service_id, (sum(amount) * 100)::bigint from finance.payment_parts
        group by payment_id, month, service_id order by payment_id";
    let mut splits: BTreeMap<i64, Parts> = BTreeMap::new();
    for row in clerk.query(sql, &[]).await.unwrap() {
        let month: Option<i32> = row.get(1);
        let place = month.map(|month| (u8::try_from(month).unwrap(), row.get(2)));
        splits.entry(row.get(0)).or_default().insert(place, row.get(3));
    }
    clerk.batch_execute("rollback").await.unwrap();
    splits.into_values().collect()
}

fn roubles(kopecks: i64) -> String {
    format!("{}.{:02}", kopecks / 100, kopecks % 100)
}

fn debts() -> impl Strategy<Value = Vec<Debt>> {
    let due = prop_oneof![1..50_i64, 1..1_000_000_i64, Just(100)];
    prop::collection::vec((1..4_u8, 1..6_i64, due), 0..7)
}

fn payment() -> impl Strategy<Value = i64> {
    prop_oneof![1..100_i64, 1..3_000_000_i64]
}

/// Any debts, any payments one after another: each is split as the rule says against what the ones before left, the
/// parts sum to the payment, and none exceeds its due.
#[test]
fn payments_are_split_by_the_rule() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (_db, clerk) = runtime.block_on(async {
        let db = village().await;
        let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
        (db, clerk)
    });
    let config = Config { cases: 48, failure_persistence: None, ..Config::default() };
    let cases = (debts(), prop::collection::vec(payment(), 1..4));
    let held = TestRunner::new(config).run(&cases, |(mut debts, payments)| {
        let splits = runtime.block_on(by_the_door(&clerk, &debts, &payments));
        prop_assert_eq!(splits.len(), payments.len());
        for (pay, parts) in payments.iter().zip(splits) {
            prop_assert_eq!(parts.values().sum::<i64>(), *pay);
            prop_assert_eq!(&parts, &by_the_rule(&debts, *pay));
            for (place, part) in parts {
                // What is paid is owed no more: the next payment meets the rest.
                if let Some((month, service)) = place {
                    debts.push((month, service, -part));
                    let left: i64 = debts
                        .iter()
                        .filter(|debt| (debt.0, debt.1) == (month, service))
                        .map(|debt| debt.2)
                        .sum();
                    prop_assert!(part > 0 && left >= 0);
                }
            }
        }
        Ok(())
    });
    held.unwrap_or_else(|error| panic!("{error}"));
}

/// The example of dossier § 7.3: 2 500.00 on 1 723.48, 318.97, 3 166.09, 806.36 and 380.37.
#[tokio::test]
async fn the_example_of_the_dossier() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let debts = [(2, 1, 172_348), (2, 2, 31_897), (2, 3, 316_609), (2, 4, 80_636), (2, 5, 38_037)];
    let parts = [(1, 67_373), (2, 12_469), (3, 123_767), (4, 31_522), (5, 14_869)];
    let expected: Parts = parts.into_iter().map(|(service, part)| (Some((2, service)), part)).collect();
    assert_eq!(by_the_door(&clerk, &debts, &[250_000]).await, [expected]);
}

/// The same split whatever the order in which the debts came about, and each time anew.
#[tokio::test]
async fn the_same_debts_split_the_same() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let mut debts = vec![(1, 1, 100), (1, 2, 100), (1, 3, 100), (2, 1, 100), (2, 4, 100)];
    // A third of 100 kopecks each, the odd kopeck to the first service.
    let expected: Parts = [(Some((1, 1)), 34), (Some((1, 2)), 33), (Some((1, 3)), 33)].into();
    for _ in 0..debts.len() {
        assert_eq!(by_the_door(&clerk, &debts, &[100]).await, std::slice::from_ref(&expected));
        debts.rotate_left(1);
    }
}

/// A month whose sum is negative is nobody's debt: credit is netted by an operation, not by a payment.
#[tokio::test]
async fn credit_is_not_netted_by_a_payment() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    let debts = [(1, 1, 500), (1, 2, 300)];
    clerk.does("billing.correction", json!({ "account_id": 41001, "service_id": 3, "contract_id": 23, "source_month": "2026-01", "amount": "-7.00" })).await;
    let expected: Parts = [(Some((1, 1)), 500), (Some((1, 2)), 300), (None, 200)].into();
    assert_eq!(by_the_door(&clerk, &debts, &[1000]).await, [expected]);
}

/// What is too old for a court is paid only where the payer named its month (Plenum 22 of 27.06.2017 п. 32). On 02.03.2026 the
/// bill of January 2023, due 10.02.2023, is too old; that of February, due 10.03.2023, is not.
#[tokio::test]
async fn what_is_too_old_is_paid_only_by_name() {
    let db = village().await;
    let clerk = Clerk::of(&db, people::ACCOUNTANT).await;
    for month in ["2023-01", "2023-02", "2026-01"] {
        let debt = json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "source_month": month, "amount": "10.00" });
        clerk.does("billing.correction", debt).await;
    }
    let pay = async |named: Option<&str>| {
        let mut row = json!({ "account": "41001", "amount": "15.00", "paid_on": "2026-03-02", "cash_day": "2026-03-02", "source": "касса" });
        if let Some(month) = named {
            row["month"] = json!(month);
        }
        clerk.does("finance.payment", json!({ "payments": [row] })).await;
    };
    let parts = async || {
        let sql = "select coalesce(string_agg(to_char(month, 'YYYY-MM') || ' ' || amount, ', ' order by month), '') from
            (select month, sum(amount) as amount from finance.payment_parts where month is not null group by month) p";
        clerk.query_one(sql, &[]).await.unwrap().get::<_, String>(0)
    };
    pay(None).await;
    assert_eq!(parts().await, "2023-02 10.00, 2026-01 5.00");
    pay(Some("2023-01")).await;
    assert_eq!(parts().await, "2023-01 10.00, 2023-02 10.00, 2026-01 10.00");
}

/// February asks 60.00 for maintenance, 40.00 for cold water and 30.00 for an antenna that 41001 has no more; 80.00 are paid (dossier
/// § 7.2). Those still rendered first: 80 on 100, 48 and 32. Those that ended first: 30, and 50 on 100, 30 and 20. All alike: 80 on 130,
/// 36.923, 24.615 and 18.462, the kopeck to the water. What is paid whole waits for nobody.
#[tokio::test]
async fn services_that_ended_wait_as_the_centre_says() {
    let office = Office::of(village().await).await;
    let debts = [(2, 1, 6_000), (2, 2, 4_000), (2, 7, 3_000)];
    let parts = |parts: [i64; 3]| -> Parts {
        let places = [1, 2, 7].map(|service| Some((2, service)));
        places.into_iter().zip(parts).filter(|(_, part)| *part > 0).collect()
    };
    let expected = [("1", [4_800, 3_200, 0]), ("2", [3_000, 2_000, 3_000]), ("0", [3_692, 2_462, 1_846])];
    for (strategy, [upkeep, water, antenna]) in expected {
        let parameter: i64 =
            office.value("select id from cards_data.parameter where code = 'split_strategy'").await;
        let value = json!({ "parameter_id": parameter, "from": "2026-01-01", "value": strategy, "citation": "приказ" });
        office.centre.asserts("cards.parameter_value", value).await;
        assert_eq!(
            by_the_door(&office.accountant, &debts, &[8_000]).await,
            [parts([upkeep, water, antenna])],
            "strategy {strategy}"
        );
        assert_eq!(by_the_door(&office.accountant, &debts, &[13_000]).await, [parts([6_000, 4_000, 3_000])]);
    }
}
