//! The control before printing: what it finds, who may sign over it, and what voids the signature.

use serde_json::{Value, json};

use super::planted::PLANTED;
use crate::common::{Office, village};

const APRIL: &str = "2026-04";

/// April charged after a released March.
async fn second_month() -> Office {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge(APRIL).await;
    office
}

/// Kinds found that stop the month, in the order of their codes.
async fn stops(office: &Office) -> Vec<String> {
    office.control(APRIL).await;
    let sql = "select kind from billing.control_kinds('2026-04-01') where stops order by kind";
    office.centre.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

fn sign() -> Value {
    json!({ "month": APRIL })
}

/// Every planted mistake stops a month that is not stopped by it otherwise.
#[tokio::test]
async fn mass_mistakes_stop_the_month() {
    let office = second_month().await;
    let before = stops(&office).await;
    for (told, _, kind) in PLANTED {
        assert!(!before.contains(&kind.to_owned()), "{told}: {kind} is found in the unspoilt village");
    }
    let mut missed = Vec::new();
    let counts = "select array_agg(c.kind) from billing_data.control_count c where c.stops
        and c.control_id = 'aaaaaaaa-0000-4000-8000-000000000000'";
    for (told, spoil, kind) in PLANTED {
        let plant = format!(
            "begin; set local session_replication_role = replica; {spoil};
             select billing.control_make('aaaaaaaa-0000-4000-8000-000000000000', '2026-04-01')"
        );
        office.root.batch_execute(&plant).await.unwrap_or_else(|error| panic!("{told}: {error:?}"));
        let found: Option<Vec<String>> = office.value(counts).await;
        office.root.batch_execute("rollback").await.unwrap();
        let found = found.unwrap_or_default();
        if !found.contains(&kind.to_owned()) {
            missed.push(format!("{told}: {kind} is not among {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A control is signed only after what stops it is accepted, and any change afterwards voids it.
#[tokio::test]
async fn a_signature_is_of_one_state() {
    let office = second_month().await;
    let found = stops(&office).await;
    // The banks of the village are made up: no key fits.
    assert!(found.contains(&"payee_wrong".to_owned()), "{found:?}");
    assert_eq!(office.centre.tries("billing.control_sign", sign()).await.code, "KV013");
    office.centre.does("billing.control_accept", json!({ "month": APRIL, "kinds": found })).await;
    office.centre.does("billing.control_sign", sign()).await;
    let head = "select is_true and signed_by is not null from billing.control_head('2026-04-01')";
    assert!(office.centre.query_one(head, &[]).await.unwrap().get::<_, bool>(0));

    let area = json!({ "premises_id": 1011, "from": "2026-04-01", "area_total": "543.00", "area_living": "32.10", "area_heated": "54.30", "rooms": 2 });
    office.accountant.asserts("cards.premises_area", area).await;
    office.settle().await;
    assert!(!office.centre.query_one(head, &[]).await.unwrap().get::<_, bool>(0));
    assert_eq!(office.centre.tries("billing.control_sign", sign()).await.code, "KV013");

    // 543.00 m² × 31.74 = 17 234.82 instead of 54.30 m² × 31.74 = 1 723.48.
    office.control(APRIL).await;
    let total = "select difference::text from billing.control_totals('2026-04-01') where service_id = 1";
    assert_eq!(office.centre.query_one(total, &[]).await.unwrap().get::<_, &str>(0), "15511.34");
    let bill =
        "select count(*) from billing.control_findings('2026-04-01', 'bill_fold') where account = '41001'";
    assert_eq!(office.centre.query_one(bill, &[]).await.unwrap().get::<_, i64>(0), 1);
}

/// Nothing is released that was not signed as it is: each way of trying has its sentence.
#[tokio::test]
async fn a_month_is_released_only_under_a_signature() {
    let office = second_month().await;
    let release = async || {
        let refusal = office.centre.tries("billing.release", sign()).await;
        assert_eq!(refusal.code, "KV013", "{refusal:?}");
        (refusal.message, refusal.detail.unwrap_or_default())
    };
    assert_eq!(release().await.0, "Контроль месяца 04.2026 ещё не проведён");

    // The banks of the village are made up: what that stops is not accepted, so nobody could sign.
    let found = stops(&office).await;
    let (told, left) = release().await;
    assert_eq!(told, "Контроль месяца 04.2026 не подписан");
    assert!(left.contains("Реквизиты получателя неверны"), "{left}");
    office.centre.does("billing.control_accept", json!({ "month": APRIL, "kinds": found })).await;
    assert_eq!(release().await, ("Контроль месяца 04.2026 не подписан".to_owned(), String::new()));

    // Signed, and then the bills move.
    office.centre.does("billing.control_sign", sign()).await;
    let area = json!({ "premises_id": 1011, "from": "2026-04-01", "area_total": "55.00", "area_living": "32.10", "area_heated": "54.30", "rooms": 2 });
    office.accountant.asserts("cards.premises_area", area).await;
    office.settle().await;
    assert_eq!(release().await.0, "После контроля месяца 04.2026 данные изменились");
    // A new control takes the old acceptances with it.
    office.control(APRIL).await;
    assert!(release().await.1.contains("Реквизиты получателя неверны"));
    office.release(APRIL).await;
    let head = "select state from billing.control_head('2026-04-01')";
    assert_eq!(office.seen::<String>(head).await, "signed", "a released month stays as it was signed");
}

/// Findings are accepted one by one as well: the last of a kind opens the way, and not before.
#[tokio::test]
async fn findings_are_accepted_one_by_one() {
    let office = second_month().await;
    let found = stops(&office).await;
    let others: Vec<&String> = found.iter().filter(|kind| *kind != "payee_wrong").collect();
    if !others.is_empty() {
        office.centre.does("billing.control_accept", json!({ "month": APRIL, "kinds": others })).await;
    }
    let rows = "select number from billing.control_findings('2026-04-01', 'payee_wrong') order by number";
    let numbers: Vec<i64> =
        office.centre.query(rows, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    assert!(numbers.len() > 1, "{numbers:?}");
    for number in numbers {
        assert_eq!(office.centre.tries("billing.control_sign", sign()).await.code, "KV013");
        let one = json!({ "month": APRIL, "kind": "payee_wrong", "number": number });
        office.centre.does("billing.control_accept", one).await;
    }
    office.centre.does("billing.control_sign", sign()).await;
    let kind = "select accepted = findings and accepted_by is not null and verdict = 'accepted' from billing.control_kinds('2026-04-01') where kind = 'payee_wrong'";
    assert!(office.seen::<bool>(kind).await);
}

/// The key of a bank's account: 225 4070 2810 2 0000 0000 001 weighted 7, 1, 3 sums to 40 by last digits (4+2+5+8+1+2+4+7+6+1).
#[tokio::test]
async fn the_key_of_an_account_is_checked() {
    let office = Office::of(village().await).await;
    for (account, bic, fits) in [
        ("40702810200000000001", "044525225", true),
        ("40702810300000000001", "044525225", false),
        ("4070281020000000001", "044525225", false),
        ("40702810200000000001", "04452522", false),
    ] {
        let sql = format!("select billing.bank_account_fits('{account}', '{bic}')");
        assert_eq!(office.value::<bool>(&sql).await, fits, "{account} {bic}");
    }
}
