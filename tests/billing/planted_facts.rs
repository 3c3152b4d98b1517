//! Mistakes of data that come to the bills as they do in a centre: somebody enters a fact, the worker recalculates, the control is made.

use serde_json::{Value, json};

use crate::common::{Clerk, Office, village};

const APRIL: &str = "2026-04";

/// Accounts of the village's five organisations at a bank whose key fits them: 225 and the account by 7, 1, 3 end in 0.
const GOOD: [(i64, &str); 5] = [
    (11, "40702810300000000011"),
    (12, "40702810600000000012"),
    (13, "40702810900000000013"),
    (14, "40702810200000000014"),
    (15, "40702810500000000015"),
];

/// Requisites of an organisation from a day.
fn bank(organisation: i64, from: &str, account: &str, bic: &str) -> Value {
    json!({ "organisation_id": organisation, "from": from, "account": account, "bank_name": "Банк", "bic": bic,
        "correspondent_account": "30101810400000000225" })
}

/// April charged after a released March, with payees whose requisites are good.
async fn second_month() -> Office {
    let office = Office::of(village().await).await;
    for (organisation, account) in GOOD {
        office
            .accountant
            .asserts("cards.settlement_account", bank(organisation, "2026-01-01", account, "044525225"))
            .await;
    }
    let heat = json!({ "meter_id": 53, "register": 1, "day": "2026-03-20", "value": 1024, "rolled_over": false, "source": "route" });
    office.accountant.asserts("meters.reading", heat).await;
    office.book("2026-03").await;
    let heat = json!({ "meter_id": 53, "register": 1, "day": "2026-04-20", "value": 1030, "rolled_over": false, "source": "route" });
    office.accountant.asserts("meters.reading", heat).await;
    office.charge(APRIL).await;
    office
}

/// Kinds and scopes of what the control finds now and stops the month for: `kind account service`.
async fn stops(office: &Office) -> Vec<String> {
    office.control(APRIL).await;
    let sql = "select distinct concat_ws(' ', f.kind, f.account, f.service) from billing.control_kinds('2026-04-01') k
        cross join lateral billing.control_findings('2026-04-01', k.kind) f where k.stops order by 1";
    office.centre.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Who enters a mistake, by which operation, its facts, and what must be found.
type Mistake<'a> = (&'static str, &'a Clerk, &'static str, Vec<Value>, &'static str);

/// Heat switched off for an account.
fn unheated(account: i64) -> Value {
    json!({ "account_id": account, "service_id": 5, "from": "2026-04-01", "is_off": true })
}

/// A privilege of a resident from April.
fn granted(category: i64, premises: i64, person: i64) -> Value {
    json!({ "premises_id": premises, "person_id": person, "category_id": category, "from": "2026-04-01", "document": "МСЭ-2020 № 17" })
}

/// The whole of maintenance off for whoever is of a category; its id.
async fn free_maintenance(office: &Office) -> i64 {
    let category: i64 =
        office.seen("select category_id from billing.privilege_category where code = 'disabled'").await;
    let rule = json!({
        "category_id": category, "service_id": 1, "from": "2020-01-01", "percent": "100", "base": "full", "covers": "person",
        "funding": "federal", "form": "discount", "citation": "181-ФЗ, ст. 17",
    });
    office.centre.does("billing.privilege_rule", rule).await;
    category
}

/// Mistakes about one dwelling: its area, its people, its meter.
fn of_dwellings(office: &Office) -> Vec<Mistake<'_>> {
    let area = json!({ "premises_id": 1011, "from": "2026-04-01", "area_total": "5430.00", "area_living": "32.10", "area_heated": "54.30", "rooms": 2 });
    let guest = |person: i64| json!({ "person_id": person, "premises_id": 1013, "from": "2026-04-01", "is_temporary": true });
    let reading = json!({ "meter_id": 51, "register": 1, "day": "2026-04-20", "value": 14, "rolled_over": true, "source": "payer" });
    let clerk = &office.accountant;
    vec![
        // 5 430.00 × 31.74 = 172 348.20 instead of 54.30 × 31.74 = 1 723.48.
        ("площадь в дм²", clerk, "cards.premises_area", vec![area], "bill_fold 41001"),
        // Three live in flat 3, three more are written down there.
        (
            "люди вдвое",
            &office.passport,
            "passport.residence",
            [61, 62, 63].map(guest).into(),
            "persons_jump 41003",
        ),
        // Told to have passed its end: from 1 015 to 100 014, 98 999 m³.
        ("показание меньше прежнего", clerk, "meters.reading", vec![reading], "bill_fold 41001"),
    ]
}

/// Mistakes about a house or the town: rates, plans, privileges, requisites.
fn of_rules(office: &Office, category: i64) -> Vec<Mistake<'_>> {
    let rate = json!({ "tariff_id": 31, "from": "2026-04-01", "rate": "317.40", "citation": "приказ" });
    let norm =
        json!({ "norm_id": 42, "part": 0, "from": "2026-04-01", "value": "43.3", "citation": "приказ" });
    let plan = json!({ "house_id": 101, "service_id": 1, "from": "2026-04-01", "contract_id": 23, "method": "area_total", "tariff_id": 35 });
    let people = [(1011, 61), (1012, 63), (1013, 64), (1015, 67), (1016, 68), (1021, 69)];
    let privileges = people.map(|(premises, person)| granted(category, premises, person)).into();
    let unheated = [41001, 41002, 41003, 41005, 41006].map(unheated).into();
    let bic = bank(11, "2026-04-01", GOOD[0].1, "044030001");
    let (centre, clerk) = (&office.centre, &office.accountant);
    vec![
        (
            "тариф вдесятеро",
            centre,
            "cards.tariff_rate",
            vec![rate],
            "tariff_jump Содержание жилого помещения",
        ),
        // Flat 3 has no meter: 3 × 43.3 = 129.900 m³ instead of 12.990.
        (
            "норматив вдесятеро",
            centre,
            "cards.norm_value",
            vec![norm],
            "volume_jump 41003 Холодное водоснабжение",
        ),
        // Maintenance by the rate of heat: 2 318.47 a m² instead of 31.74.
        (
            "тариф другой услуги",
            centre,
            "cards.house_plan",
            vec![plan],
            "service_total Содержание жилого помещения",
        ),
        // The heat of the house is switched off for its five accounts.
        ("дом без отопления", centre, "cards.account_plan", unheated, "service_missing Отопление"),
        // Maintenance is free for one resident of every dwelling: nothing is left where one lives alone, a half or two thirds elsewhere.
        ("льгота всем", clerk, "billing.privilege", privileges, "service_total Содержание жилого помещения"),
        // 044030001 is not the bank whose key the account has.
        ("БИК другого банка", clerk, "cards.settlement_account", vec![bic], "payee_wrong"),
    ]
}

/// Every mistake is found by its kind and place, and is gone when the operation is undone.
#[tokio::test]
async fn mistakes_of_data_stop_the_month() {
    let office = second_month().await;
    let category = free_maintenance(&office).await;
    let clean = stops(&office).await;
    let mut missed = Vec::new();
    for (told, clerk, kind, facts, finding) in
        of_dwellings(&office).into_iter().chain(of_rules(&office, category))
    {
        assert!(!clean.contains(&finding.to_owned()), "{told}: {finding} is found in the unspoilt village");
        let mistake = clerk.does(kind, json!({ "facts": facts })).await;
        let found = stops(&office).await;
        if !found.contains(&finding.to_owned()) {
            missed.push(format!("{told}: {finding} is not among {found:?}"));
        }
        clerk.undoes(mistake).await;
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert_eq!(stops(&office).await, clean);
}
