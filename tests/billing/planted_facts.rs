//! Mistakes of data that come to the bills as they do in a centre: somebody enters a fact, the worker recalculates, the control is made.
//! With those of the books (`planted`) there are more than forty, no two alike.

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

/// Who enters a mistake, by which operations, and what must be found.
struct Mistake<'a> {
    told: &'static str,
    clerk: &'a Clerk,
    orders: Vec<(&'static str, Value)>,
    finding: &'static str,
}

/// A mistake of facts: one operation.
fn facts<'a>(
    told: &'static str,
    clerk: &'a Clerk,
    kind: &'static str,
    facts: Vec<Value>,
    finding: &'static str,
) -> Mistake<'a> {
    Mistake { told, clerk, orders: vec![(kind, json!({ "facts": Value::Array(facts) }))], finding }
}

/// The same order given twice.
fn twice<'a>(
    told: &'static str,
    clerk: &'a Clerk,
    kind: &'static str,
    args: &Value,
    finding: &'static str,
) -> Mistake<'a> {
    Mistake { told, clerk, orders: vec![(kind, args.clone()), (kind, args.clone())], finding }
}

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
    let away = |person: i64| json!({ "premises_id": 1013, "person_id": person, "from": "2026-04-01", "to": "2026-05-01", "reason": "вахта" });
    let living = [(1011, "32.10"), (1012, "19.50"), (1013, "44.00")].map(|(premises, area)| {
        json!({ "premises_id": premises, "from": "2026-04-01", "area_total": area, "area_living": area, "area_heated": area, "rooms": 1 })
    });
    let share = json!({ "account_id": 41003, "from": "2026-04-01", "numerator": 1, "denominator": 2 });
    let clerk = &office.accountant;
    let passport = &office.passport;
    vec![
        // 5 430.00 × 31.74 = 172 348.20 instead of 54.30 × 31.74 = 1 723.48.
        facts("площадь в дм²", clerk, "cards.premises_area", vec![area], "bill_fold 41001"),
        // Three live in flat 3, three more are written down there.
        facts(
            "люди вдвое",
            passport,
            "passport.residence",
            [61, 62, 63].map(guest).into(),
            "persons_jump 41003",
        ),
        // 71.60 → 44.00 is 38.5 % less.
        facts("жилая площадь вместо общей", clerk, "cards.premises_area", living.into(), "area_jump 41003"),
        // A half of the bill is nobody's.
        facts(
            "доля половина у единственного плательщика",
            clerk,
            "cards.account_share",
            vec![share],
            "bill_changed 41003",
        ),
        // Waters by norm are charged for nobody.
        facts(
            "отсутствуют все",
            passport,
            "passport.temporary_absence",
            [64, 65, 66].map(away).into(),
            "bill_changed 41003",
        ),
    ]
}

/// Mistakes about meters and what is counted or brought ready.
fn of_volumes(office: &Office) -> Vec<Mistake<'_>> {
    let reading = |value: i64, rolled_over: bool| json!({ "meter_id": 51, "register": 1, "day": "2026-04-20", "value": value, "rolled_over": rolled_over, "source": "payer" });
    let heat = json!({ "meter_id": 53, "register": 1, "day": "2026-04-20", "value": 10300, "rolled_over": false, "source": "route" });
    let outage = json!({ "meter_id": 51, "from": "2026-04-01", "kind": "tampering", "act": "акт" });
    let antennas = json!({ "account_id": 41002, "service_id": 7, "from": "2026-04-01", "quantity": 100 });
    let waste = json!({ "account_id": 42001, "service_id": 8, "from": "2026-04-01", "to": "2026-05-01", "amount": "38037.00" });
    let clerk = &office.accountant;
    let entered = |told, kind, fact, finding| facts(told, clerk, kind, vec![fact], finding);
    vec![
        // Told to have passed its end: from 1 015 to 100 014, 98 999 m³.
        entered("показание меньше прежнего", "meters.reading", reading(14, true), "bill_fold 41001"),
        // The night of the electric meter stands at 1 600: 1 650 − 1 015 = 635 m³ of water.
        entered("показание света записано воде", "meters.reading", reading(1_650, false), "bill_fold 41001"),
        // 10 300 instead of 1 030.0: 9 276 Gcal and not 6.
        entered("показание дома без запятой", "meters.reading", heat, "service_total Отопление"),
        // 2 × 4.33 × 10 = 86.6 m³ instead of five.
        entered(
            "вмешательство в прибор всем прибором",
            "meters.outage",
            outage,
            "service_total Холодное водоснабжение",
        ),
        // 100 × 120.00 = 12 000.00.
        entered("сто антенн вместо одной", "cards.service_quantity", antennas, "bill_fold 41002"),
        entered("сумма ТКО без запятой", "cards.ready_amount", waste, "bill_fold 42001"),
    ]
}

/// Mistakes about rates and norms.
fn of_rates(office: &Office) -> Vec<Mistake<'_>> {
    let rate = json!({ "tariff_id": 31, "from": "2026-04-01", "rate": "317.40", "citation": "приказ" });
    let norm =
        json!({ "norm_id": 42, "part": 0, "from": "2026-04-01", "value": "43.3", "citation": "приказ" });
    let no_rate =
        json!({ "tariff_id": 32, "part": 0, "from": "2026-04-01", "to": "2026-07-01", "void": true });
    let no_norm = json!({ "norm_id": 44, "part": 0, "from": "2026-04-01", "void": true });
    let centre = &office.centre;
    let entered = |told, kind, fact, finding| facts(told, centre, kind, vec![fact], finding);
    vec![
        entered("тариф вдесятеро", "cards.tariff_rate", rate, "tariff_jump Содержание жилого помещения"),
        // Flat 3 has no meter: 3 × 43.3 = 129.900 m³ instead of 12.990.
        entered("норматив вдесятеро", "cards.norm_value", norm, "volume_jump 41003 Холодное водоснабжение"),
        entered("тариф кончился", "cards.tariff_rate", no_rate, "rule_missing 41001 Холодное водоснабжение"),
        entered("норматив кончился", "cards.norm_value", no_norm, "rule_missing 41003 Горячее водоснабжение"),
    ]
}

/// Mistakes about a house: its plans, its accounts, its privileges.
fn of_houses(office: &Office, category: i64) -> Vec<Mistake<'_>> {
    let plan = |method: &str, tariff: i64| json!({ "house_id": 101, "service_id": 1, "from": "2026-04-01", "contract_id": 23, "method": method, "tariff_id": tariff });
    let no_water = json!({ "house_id": 101, "service_id": 2, "from": "2026-04-01", "void": true });
    let people = [(1011, 61), (1012, 63), (1013, 64), (1015, 67), (1016, 68), (1021, 69)];
    let privileges = people.map(|(premises, person)| granted(category, premises, person)).into();
    let accounts = [41001, 41002, 41003, 41005, 41006];
    let closed = accounts.map(|account| json!({ "account_id": account, "from": "2026-04-01", "void": true }));
    let (centre, clerk) = (&office.centre, &office.accountant);
    let maintenance = "service_total Содержание жилого помещения";
    vec![
        // Maintenance by the rate of heat: 2 318.47 a m² instead of 31.74.
        facts("тариф другой услуги", centre, "cards.house_plan", vec![plan("area_total", 35)], maintenance),
        // 135.60 m² of living area instead of 222.90, 39 % less; the other house stays.
        facts(
            "дом начислен другим способом",
            centre,
            "cards.house_plan",
            vec![plan("area_living", 31)],
            "house_unlike Содержание жилого помещения",
        ),
        facts(
            "поставщик исчез",
            centre,
            "cards.house_plan",
            vec![no_water],
            "service_missing Холодное водоснабжение",
        ),
        // The heat of the house is switched off for its five accounts.
        facts(
            "дом без отопления",
            centre,
            "cards.account_plan",
            accounts.map(unheated).into(),
            "service_missing Отопление",
        ),
        facts(
            "счета дома закрыты",
            clerk,
            "cards.account_open",
            closed.into(),
            "service_missing Содержание жилого помещения",
        ),
        // Maintenance is free for one resident of every dwelling: nothing is left where one lives alone, a half or two thirds elsewhere.
        facts("льгота всем", clerk, "billing.privilege", privileges, maintenance),
    ]
}

/// Mistakes about money: whom it goes to, what was taken or corrected.
fn of_money(office: &Office) -> Vec<Mistake<'_>> {
    let clerk = &office.accountant;
    let none = json!({ "organisation_id": 13, "from": "2026-04-01", "void": true });
    // 225 4070 2810 5 0000 0000 099 by 7, 1, 3: a good account of the same bank.
    let other = bank(11, "2026-04-30", "40702810500000000099", "044525225");
    let correction = json!({ "account_id": 41001, "service_id": 1, "contract_id": 23, "amount": "-500.00" });
    let payment = json!({ "account": "41001", "amount": "100.00", "paid_on": "2026-04-02", "cash_day": "2026-04-02", "source": "банк" });
    let register = json!({ "payments": [payment] });
    let entered = |told, fact, finding| facts(told, clerk, "cards.settlement_account", vec![fact], finding);
    vec![
        entered("у получателя нет счёта в банке", none, "payee_wrong"),
        entered("реквизиты сменены в последний день", other, "payee_changed"),
        twice(
            "корректировка дважды",
            clerk,
            "billing.correction",
            &correction,
            "correction_twice 41001 Содержание жилого помещения",
        ),
        twice("реестр оплат загружен дважды", clerk, "finance.payment", &register, "payment_twice 41001"),
    ]
}

/// Every mistake is found by its kind and place, and is gone when the operation is undone.
#[tokio::test]
async fn mistakes_of_data_stop_the_month() {
    let office = second_month().await;
    let category = free_maintenance(&office).await;
    let clean = stops(&office).await;
    let mut missed = Vec::new();
    let all = [
        of_dwellings(&office),
        of_volumes(&office),
        of_rates(&office),
        of_houses(&office, category),
        of_money(&office),
    ];
    for Mistake { told, clerk, orders, finding } in all.into_iter().flatten() {
        assert!(!clean.contains(&finding.to_owned()), "{told}: {finding} is found in the unspoilt village");
        let mut done = Vec::new();
        for (kind, args) in orders {
            done.push(clerk.does(kind, args).await);
        }
        let found = stops(&office).await;
        if !found.contains(&finding.to_owned()) {
            missed.push(format!("{told}: {finding} is not among {found:?}"));
        }
        for operation in done.into_iter().rev() {
            clerk.undoes(operation).await;
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert_eq!(stops(&office).await, clean);
}
