//! The control before printing: what it finds, who may sign over it, and what voids the signature.

use serde_json::{Value, json};

use super::planted::{PLANTED, RUN};
use crate::common::{Clerk, Office, people, village};

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

fn sign_order() -> Value {
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
        let spoil = spoil.replace("{run}", RUN);
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
    assert_eq!(office.centre.tries("billing.control_sign", sign_order()).await.code, "KV013");
    office.centre.does("billing.control_accept", json!({ "month": APRIL, "kinds": found })).await;
    office.centre.does("billing.control_sign", sign_order()).await;
    let head = "select is_true and signed_by is not null from billing.control_head('2026-04-01')";
    assert!(office.centre.query_one(head, &[]).await.unwrap().get::<_, bool>(0));

    let area = json!({ "premises_id": 1011, "from": "2026-04-01", "area_total": "543.00", "area_living": "32.10", "area_heated": "54.30", "rooms": 2 });
    office.accountant.asserts("cards.premises_area", area).await;
    office.settle().await;
    assert!(!office.centre.query_one(head, &[]).await.unwrap().get::<_, bool>(0));
    assert_eq!(office.centre.tries("billing.control_sign", sign_order()).await.code, "KV013");

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
        let refusal = office.centre.tries("billing.release", sign_order()).await;
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
    office.centre.does("billing.control_sign", sign_order()).await;
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
        assert_eq!(office.centre.tries("billing.control_sign", sign_order()).await.code, "KV013");
        let one = json!({ "month": APRIL, "kind": "payee_wrong", "number": number });
        office.centre.does("billing.control_accept", one).await;
    }
    office.centre.does("billing.control_sign", sign_order()).await;
    let kind = "select accepted = findings and accepted_by is not null and verdict = 'accepted' from billing.control_kinds('2026-04-01') where kind = 'payee_wrong'";
    assert!(office.seen::<bool>(kind).await);
}

/// What an operator may not do is said beside it: by right, by houses unseen, by what was done already.
#[tokio::test]
async fn a_finding_says_why_it_is_not_mine_to_accept() {
    let office = Office::of(village().await).await;
    let may = "select string_agg(distinct concat_ws(' ', can_accept, refusal), '; ') from billing.control_kinds('2026-04-01')";
    let head = "select concat_ws(' ', state, accounts, refusal) from billing.control_head('2026-04-01')";
    office.book("2026-03").await;
    office.charge(APRIL).await;
    office.control(APRIL).await;
    let by_right = "Это делает оператор центра: у вас нет такого права";
    let said = async |clerk: &Clerk, sql: &str| {
        let row = clerk.query_one(sql, &[]).await.unwrap();
        row.get::<_, Option<String>>(0).unwrap_or_default()
    };
    let north = Clerk::of(&office.db, village::NORTH).await;
    assert_eq!(said(&north, may).await, format!("f {by_right}"));
    // The state of the control is for everybody, the figures of the town are not.
    assert_eq!(said(&north, head).await, format!("made {by_right}"));
    let months = "select string_agg(to_char(month, 'MM'), ' ' order by month) from billing.control_list()";
    assert_eq!(said(&north, months).await, "03 04");
    let one = "select string_agg(distinct concat_ws(' ', can_accept, refusal), '; ') from billing.control_findings('2026-04-01')";
    assert_eq!(said(&north, one).await, format!("f {by_right}"));
    // Nobody else's findings are counted.
    let counted = "select sum(k.findings) = (select count(*) from billing.control_findings('2026-04-01')) from billing.control_kinds('2026-04-01') k";
    assert!(north.query_one(counted, &[]).await.unwrap().get::<_, bool>(0));

    assert_eq!(said(&office.centre, may).await, "t");
    let sign = "select sign_refusal from billing.control_head('2026-04-01')";
    let left = said(&office.centre, sign).await;
    assert!(left.starts_with("Найдено и никем не принято: Реквизиты получателя неверны — "), "{left}");
    let found = stops(&office).await;
    office.centre.does("billing.control_accept", json!({ "month": APRIL, "kinds": found })).await;
    let accepted = "select string_agg(distinct refusal, '; ') from billing.control_kinds('2026-04-01') where verdict = 'accepted'";
    assert_eq!(said(&office.centre, accepted).await, "Уже принято");
    assert_eq!(said(&office.centre, sign).await, "");
    office.centre.does("billing.control_sign", sign_order()).await;
    assert_eq!(said(&office.centre, sign).await, "Контроль уже подписан");

    people::narrow(&office.root, people::CENTRE, Some(11), None).await;
    let by_houses = "Вам видны не все дома: это делает оператор центра, которому видны все";
    assert_eq!(said(&office.centre, may).await, format!("f {by_houses}"));
    people::narrow(&office.root, people::CENTRE, None, None).await;
    office.release(APRIL).await;
    assert_eq!(said(&office.centre, may).await, "f Месяц уже выпущен");
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

/// Six houses of five accounts: three pay by the meter of the house (basis 7), three by area (basis 1). What each account paid in March and pays in
/// April is put into the lines of a service of its own.
async fn unlike(office: &Office, by_meter: [(i64, i64); 3], by_area: [(i64, i64); 3]) -> Vec<i64> {
    let march = "select run from billing_data.month where month = '2026-03-01'";
    let march: i32 = office.value(march).await;
    // March is released and refuses every line: the plant is rolled back.
    let mut plant = format!(
        "begin; alter table billing_data.line_{march} disable trigger all; set local session_replication_role = replica;"
    );
    let houses = by_meter.map(|paid| (7, paid)).into_iter().chain(by_area.map(|paid| (1, paid)));
    for (house, (basis, (march, april))) in (901..).zip(houses) {
        plant += &format!(
            "insert into cards_data.house (id, unit_id, scope, street_id, district_id, company_id, number, kind, origin)
                 select {house}, unit_id, scope, street_id, district_id, company_id, '{house}', kind, origin from cards_data.house where id = 101;
             insert into cards_data.premises (id, unit_id, scope, house_id, kind, number, origin)
                 select {house}0 + n, unit_id, scope, {house}, kind, n::text, origin from cards_data.premises, generate_series(1, 5) n where id = 1011;
             insert into cards_data.account (id, unit_id, scope, premises_id, number, origin)
                 select {house}0 + n, unit_id, scope, {house}0 + n, ({house}0 + n)::text, origin from cards_data.account, generate_series(1, 5) n where id = 41001;
             insert into billing_data.line (run, unit_id, scope, account_id, service_id, contract_id, component, source_month, basis, volume, rate, amount)
                 select m.run, h.unit_id, h.scope, {house}0 + n, 77, 1, 1, m.month, {basis}, 1, 1, case m.month when '2026-03-01' then {march} else {april} end
                 from billing_data.month m, generate_series(1, 5) n, cards_data.house h
                 where m.month in ('2026-03-01', '2026-04-01') and h.id = 101;"
        );
    }
    plant += "select billing.control_make('aaaaaaaa-0000-4000-8000-000000000000', '2026-04-01')";
    office.root.batch_execute(&plant).await.unwrap();
    let found = "select coalesce(array_agg(house_id order by house_id), '{}') from billing_data.control_finding
        where kind = 'house_unlike' and service_id = 77 and control_id = 'aaaaaaaa-0000-4000-8000-000000000000'";
    let found = office.value(found).await;
    office.root.batch_execute("rollback").await.unwrap();
    found
}

/// A house is compared with those whose service is charged the same way. Beside the whole town the first house would stand out: the others went from
/// 5 × (400 + 600 + 3 × 1000) = 20 000 to 5 × 3 × 1000 = 15 000, so 5 × 200 = 1 000 should have become 750 and became 0.
#[tokio::test]
async fn the_end_of_the_season_is_no_mistake() {
    let office = second_month().await;
    let even = [(1000, 1000); 3];
    assert_eq!(unlike(&office, [(200, 0), (400, 0), (600, 0)], even).await, Vec::<i64>::new());
    // One house without heat in the season: 5 × 100 should have stayed by the others, and is 0. For the last the others went from 2 500 to 2 000:
    // 3 000 should have become 2 400, which is 20 % off.
    assert_eq!(unlike(&office, [(100, 0), (400, 400), (600, 600)], even).await, [901]);
    // An area typed wrong in the last house: by the others, 10 000 still, its 5 000 should have stayed and became 2 000, 60 % less. For each of those
    // the others went from 10 000 to 7 000: 5 000 should have become 3 500, which is 30 % off and not more.
    let one = [(1000, 1000), (1000, 1000), (1000, 400)];
    assert_eq!(unlike(&office, [(200, 0), (400, 0), (600, 0)], one).await, [906]);
}
