//! The control before printing: what it finds, who may sign over it, and what voids the signature.

use serde_json::{Value, json};

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

/// A mass mistake, how it is made in the books of April, and the kind of finding that stops it.
const PLANTED: [(&str, &str, &str); 11] = [
    (
        "тариф без акта вдесятеро",
        "update billing_data.line set amount = amount * 10 where run = (select run from billing_data.month where month = '2026-04-01') and service_id = 1",
        "service_total",
    ),
    (
        "все суммы обнулены",
        "update billing_data.line set amount = 0 where run = (select run from billing_data.month where month = '2026-04-01')",
        "bill_zero",
    ),
    (
        "минус вместо плюса",
        "update billing_data.line set amount = -amount where run = (select run from billing_data.month where month = '2026-04-01') and service_id = 1",
        "charge_negative",
    ),
    (
        "дом потерял услугу",
        "delete from billing_data.line l using cards_data.account a where l.account_id = a.id and a.unit_id = 101 and l.service_id = 1
             and run = (select run from billing_data.month where month = '2026-04-01')",
        "service_missing",
    ),
    (
        "счета пропали",
        "delete from billing_data.line where account_id = 41001 and run = (select run from billing_data.month where month = '2026-04-01')",
        "bill_vanished",
    ),
    (
        "услуга начислена по двум договорам",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, 25, component, source_month, cause, basis, volume, rate, amount
             from billing_data.line where run = (select run from billing_data.month where month = '2026-04-01') and service_id = 1",
        "line_doubled",
    ),
    (
        "счёт в пять раз больше",
        "update billing_data.line set amount = amount * 5 where account_id = 41001 and run = (select run from billing_data.month where month = '2026-04-01')",
        "bill_fold",
    ),
    (
        "перерасчёт больше начисления",
        "insert into billing_data.line select run, unit_id, scope, account_id, service_id, contract_id, component, '2026-03-01', 1, basis, volume, rate, -3 * amount
             from billing_data.line where run = (select run from billing_data.month where month = '2026-04-01')",
        "bill_negative",
    ),
    (
        "площади вдвое",
        "update cards_data.premises_area set valid_to = '2026-04-01' where valid_to = 'infinity';
         insert into cards_data.premises_area (unit_id, scope, premises_id, valid_from, area_total, area_living, area_heated, rooms, asserted, origin)
         select unit_id, scope, premises_id, '2026-04-01', area_total * 2, area_living, area_heated, rooms, asserted, origin from cards_data.premises_area",
        "area_jump",
    ),
    (
        "тариф изменён без акта",
        "update cards_data.tariff_rate set valid_to = '2026-04-01' where tariff_id = 31;
         insert into cards_data.tariff_rate (tariff_id, part, valid_from, rate, asserted, origin)
         select 31, 0, '2026-04-01', 32.00, asserted, origin from cards_data.tariff_rate where tariff_id = 31",
        "tariff_unordered",
    ),
    (
        "реквизиты подменены",
        "update cards_data.settlement_account set valid_to = '2026-04-10' where organisation_id = 11;
         insert into cards_data.settlement_account (organisation_id, valid_from, account, bank_name, bic, asserted, origin)
         select 11, '2026-04-10', '40702810200000000001', 'Другой банк', '044525225', asserted, origin from cards_data.settlement_account where organisation_id = 11",
        "payee_changed",
    ),
];

/// Every planted mistake stops a month that is not stopped by it otherwise.
#[tokio::test]
async fn mass_mistakes_stop_the_month() {
    let office = second_month().await;
    let before = stops(&office).await;
    for (told, _, kind) in PLANTED {
        assert!(!before.contains(&kind.to_owned()), "{told}: {kind} is found in the unspoilt village");
    }
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
        assert!(found.contains(&kind.to_owned()), "{told}: {kind} is not among {found:?}");
    }
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
