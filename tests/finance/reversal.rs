//! Mistakes with money are put right by reversal: the same split with the opposite sign, once.

use serde_json::{Value, json};

use crate::billing::balances::broken;
use crate::common::interleave::Session;
use crate::common::{Office, people, village};

fn payment(account: &str, amount: &str) -> Value {
    json!({ "account": account, "amount": amount, "paid_on": "2026-04-03", "cash_day": "2026-04-03", "source": "касса" })
}

/// Every closing balance of today, and what is owed, waits and was withheld.
const BALANCES: &str = "select coalesce(string_agg(account_id || ' ' || service_id || ' ' || contract_id || ' ' || closing, ', ' order by account_id, service_id, contract_id) filter (where closing <> 0), '')
    || ' / ' || (select coalesce(sum(amount), 0) from finance_data.payment_fee)
    from billing.month_balance(date_trunc('month', current_date)::date)";

#[tokio::test]
async fn a_reversal_gives_every_balance_back() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.accountant.does("finance.payment", json!({ "payments": [payment("41001", "777.77")] })).await;
    let before: String = office.value(BALANCES).await;
    // Two of one account, one of another, one that overpays.
    let list = json!({ "payments": [payment("41001", "1000.01"), payment("41001", "0.01"), payment("41003", "333.33"), payment("41002", "99999.99")] });
    let paid = office.accountant.does("finance.payment", list).await;
    assert_ne!(office.value::<String>(BALANCES).await, before);
    office.accountant.undoes(paid).await;
    assert_eq!(office.value::<String>(BALANCES).await, before);
    let mirrored = "select count(*) from (
            select s.account_id, s.service_id, s.contract_id, s.month, coalesce(p.reverses, p.id)
            from finance_data.payment_split s join finance_data.payment p on p.id = s.payment_id
            where coalesce(p.reverses, p.id) in (select reverses from finance_data.payment)
            group by 1, 2, 3, 4, 5 having sum(s.amount) <> 0
        ) unmatched";
    assert_eq!(office.value::<i64>(mirrored).await, 0);
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_payment_is_reversed_once() {
    let office = Office::of(village().await).await;
    let paid =
        office.accountant.does("finance.payment", json!({ "payments": [payment("41001", "10.00")] })).await;
    let undo = office.accountant.undoes(paid).await;
    for operation in [paid, undo] {
        assert_eq!(
            office.accountant.tries("admin.undo", json!({ "operation": operation })).await.code,
            "KV010"
        );
    }
    assert_eq!(office.value::<String>("select sum(amount)::text from finance_data.payment").await, "0.00");
}

/// Two at once: the second waits for the first and finds nothing left.
#[tokio::test]
async fn nor_twice_at_once() {
    let office = Office::of(village().await).await;
    let paid =
        office.accountant.does("finance.payment", json!({ "payments": [payment("41001", "10.00")] })).await;
    let sql = format!(
        "select admin.operate(gen_random_uuid(), 'admin.undo', '{{\"operation\": \"{paid}\"}}', 'проверка')"
    );
    let (one, two) =
        (Session::of(&office.db, people::ACCOUNTANT).await, Session::of(&office.db, people::COLLEAGUE).await);
    one.run(&format!("begin; {sql}")).await.unwrap();
    let step = two.start(&sql);
    step.blocked(&office.db).await;
    one.run("commit").await.unwrap();
    assert_eq!(step.done().await.unwrap_err().code().unwrap().code(), "KV010");
    assert_eq!(office.value::<String>("select sum(amount)::text from finance_data.payment").await, "0.00");
}

/// A manual correction is put right by its opposite in the month now open, also after its own month was sealed.
#[tokio::test]
async fn a_correction_is_reversed_in_the_open_month() {
    let office = Office::of(village().await).await;
    let correction = json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": "-50.00", "source_month": "2026-03" });
    let wrong = office.accountant.does("billing.correction", correction).await;
    office.book("2026-03").await;
    office.seal("2026-03").await;
    office.accountant.undoes(wrong).await;
    let booked = "select string_agg(to_char(month, 'YYYY-MM') || ' ' || to_char(source_month, 'YYYY-MM') || ' ' || amount, ', ' order by id) from billing_data.correction";
    assert_eq!(office.value::<String>(booked).await, "2026-03 2026-03 -50.00, 2026-04 2026-03 50.00");
    assert_eq!(office.accountant.tries("admin.undo", json!({ "operation": wrong })).await.code, "KV010");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}
