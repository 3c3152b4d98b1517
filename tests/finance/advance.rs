//! Advances: money that came before its bill waits on the account, and meets the bill when it is released.

use serde_json::{Value, json};

use crate::billing::balances::broken;
use crate::common::{Office, village};

fn payment(account: &str, amount: &str, day: &str) -> Value {
    json!({ "payments": [{ "account": account, "amount": amount, "paid_on": day, "cash_day": day, "source": "касса" }] })
}

/// Money of an account that waits.
async fn waits(office: &Office, account: i64) -> String {
    office.value(&format!("select coalesce(sum(amount), 0)::text from finance_data.payment_split where account_id = {account} and service_id = 0")).await
}

/// What an account owes under released bills.
async fn owed(office: &Office, account: i64) -> String {
    office
        .value(&format!("select coalesce(sum(amount), 0)::text from finance.outstanding('{{{account}}}')"))
        .await
}

/// Account 42002: nobody lives there, one owner; its March bill is 49.90 × 31.74 = 1 583.83 and three services by norm.
#[tokio::test]
async fn an_advance_meets_the_bill_it_was_paid_for() {
    let office = Office::of(village().await).await;
    office.accountant.does("finance.payment", payment("42002", "10000.00", "2026-03-05")).await;
    office.accountant.does("finance.payment", payment("42001", "10.00", "2026-03-05")).await;
    assert_eq!(
        (waits(&office, 42002).await, waits(&office, 42001).await),
        ("10000.00".into(), "10.00".into())
    );
    office.charge("2026-03").await;
    assert_eq!(waits(&office, 42002).await, "10000.00", "an advance met a bill that is not out");
    office.release("2026-03").await;
    let bill: rust_decimal::Decimal =
        office.seen("select sum(amount) from billing.lines where account_id = 42002").await;
    assert_eq!(waits(&office, 42002).await, (rust_decimal::Decimal::new(1_000_000, 2) - bill).to_string());
    assert_eq!((owed(&office, 42002).await, waits(&office, 42001).await), ("0".into(), "0.00".into()));
    assert_eq!(broken(&office.root).await, Vec::<String>::new());

    // The rest meets the next bill, under the same payment.
    office.book("2026-04").await;
    let both: rust_decimal::Decimal =
        office.seen("select sum(amount) from billing.lines where account_id = 42002").await;
    assert_eq!(waits(&office, 42002).await, (rust_decimal::Decimal::new(1_000_000, 2) - both).to_string());
    let payments =
        "select count(distinct payment_id) from finance_data.payment_split where account_id = 42002";
    assert_eq!(office.value::<i64>(payments).await, 1);
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// The fee is withheld when the money goes to a payee, at the day of the release, not when it came.
#[tokio::test]
async fn a_fee_is_withheld_when_the_advance_is_used() {
    let office = Office::of(village().await).await;
    office.accountant.does("finance.payment", payment("42002", "10000.00", "2026-03-05")).await;
    let fees =
        "select coalesce(string_agg(distinct cash_day::text, ' '), 'none') from finance_data.payment_fee";
    assert_eq!(office.value::<String>(fees).await, "none");
    office.book("2026-03").await;
    assert_eq!(office.value::<String>(fees).await, "2026-04-01");
}

/// A payment whose advance was used is reversed whole: the bill is owed again, nothing waits, no fee is left.
#[tokio::test]
async fn a_used_advance_is_reversed_whole() {
    let office = Office::of(village().await).await;
    let paid = office.accountant.does("finance.payment", payment("42002", "10000.00", "2026-03-05")).await;
    office.book("2026-03").await;
    let bill: rust_decimal::Decimal =
        office.seen("select sum(amount) from billing.lines where account_id = 42002").await;
    office.accountant.undoes(paid).await;
    assert_eq!((waits(&office, 42002).await, owed(&office, 42002).await), ("0.00".into(), bill.to_string()));
    assert_eq!(
        office.value::<String>("select coalesce(sum(amount), 0)::text from finance_data.payment_fee").await,
        "0.00"
    );
    // A reversed advance does not come back to life at the next release.
    office.book("2026-04").await;
    assert_eq!(waits(&office, 42002).await, "0.00");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}
