//! Privileges through the database: on the bill and in money, recalculated backwards, ended, explained, counted for
//! the budgets.

use kvartal::job::door::Session as Door;
use serde_json::{Value, json};

use super::balances::broken;
use crate::common::{Office, people, village};

/// The id of a category.
async fn category(office: &Office, code: &str) -> i64 {
    office.seen(&format!("select category_id from billing.privilege_category where code = '{code}'")).await
}

/// Half of cold water within the norm on the federal budget, half of sewage in money on the regional one.
async fn rules(office: &Office) -> (i64, i64) {
    let (disabled, veteran) = (category(office, "disabled").await, category(office, "labour_veteran").await);
    for (category, service, base, funding, form) in [
        (disabled, 2, "norm_volume", "federal", "discount"),
        (disabled, 1, "full", "federal", "discount"),
        (veteran, 3, "full", "regional", "cash"),
    ] {
        let rule = json!({
            "category_id": category, "service_id": service, "from": "2020-01-01", "percent": "50", "base": base, "covers": "person",
            "funding": funding, "form": form, "citation": "181-ФЗ, ст. 17",
        });
        office.centre.does("billing.privilege_rule", rule).await;
    }
    (disabled, veteran)
}

fn granted(category: i64, person: i64, from: &str) -> Value {
    json!({ "premises_id": 1013, "person_id": person, "category_id": category, "from": from, "document": "МСЭ-2020 № 17" })
}

/// Privileges on the bill of flat 3 (three residents, no meters) in a run of a month, all causes together.
async fn on_the_bill(office: &Office, month: &str) -> Vec<String> {
    let sql = format!(
        "select service || ' ' || component || ' ' || to_char(source_month, 'MM') || ' ' || round(sum(volume), 3) || ' ' || sum(amount)
         from billing.lines where month = '{month}-01' and account_id = 41003 and component > 50
         group by service, sort, component, source_month having sum(amount) <> 0 order by source_month, sort"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// What the cost report says of a month, as the operator sees it.
async fn cost(office: &Office, month: &str) -> Vec<String> {
    let sql = format!(
        "select service || ' ' || funding || ' ' || form || ' ' || people || ' ' || amount || ' ' || recalculated || ' ' || total
         from billing.privilege_cost('{month}-01')"
    );
    office.accountant.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// One of three: maintenance 71.60 × 31.74 = 2272.584, its third 757.528, half 378.76; cold water 4.33 × 47.36 × 50 % = 102.53.
const ONE_OF_THREE: [&str; 2] = ["maintenance 51 03 -23.870 -378.76", "cold_water 51 03 -4.330 -102.53"];

#[tokio::test]
async fn a_privilege_lowers_the_bill_and_money_does_not() {
    let office = Office::of(village().await).await;
    let (disabled, veteran) = rules(&office).await;
    office.passport.asserts("billing.privilege", granted(disabled, 66, "2026-01-01")).await;
    office.accountant.asserts("billing.privilege", granted(veteran, 65, "2026-01-01")).await;
    office.charge("2026-03").await;
    assert_eq!(on_the_bill(&office, "2026-03").await, ONE_OF_THREE);

    // In money: 3 × (4.33 + 3.19) m³ × 38.09 = 859.31, its third of a half: 143.22. It is in no balance.
    let report = cost(&office, "2026-03").await;
    assert!(report.contains(&"Водоотведение regional cash 1 143.22 0 143.22".to_owned()), "{report:?}");
    assert!(
        report.contains(&"Холодное водоснабжение federal discount 1 102.53 0 102.53".to_owned()),
        "{report:?}"
    );
    let balance = "select charged || ' ' || privilege || ' ' || closing from billing.account_balance(41003, '2026-03-01') where service_id = ";
    // 12.99 × 47.36 = 615.21 less 102.53
    assert_eq!(office.seen::<String>(&format!("{balance}2")).await, "615.21 102.53 512.68");
    assert_eq!(office.seen::<String>(&format!("{balance}3")).await, "859.31 0 859.31");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());

    // «Почему?» ends at the right, and the right at the operation with its ground.
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41003", "2026-03-01".parse().unwrap()).await.unwrap();
    assert!(why["lines"].as_array().unwrap().iter().all(|line| line["differs"] == json!(false)), "{why}");
    let row: i64 = office.value("select id from billing_data.privilege where person_id = 66").await;
    assert!(why.to_string().contains(&format!("право на льготу, с 01.01.2026, запись {row}")), "{why}");
    let card = "select title || ': ' || told || ' — ' || ground from admin.fact_card('privilege', $1)";
    let card: String = office.accountant.query_one(card, &[&row]).await.unwrap().get(0);
    assert_eq!(
        card,
        "Льгота человека: человек: Жасминова Нина Петровна; категория: Инвалиды I–III групп; документ: МСЭ-2020 № 17 — проверка"
    );
}

/// Two persons of one category: the bill has their sum, the report both people.
#[tokio::test]
async fn two_persons_are_one_line_and_two_rows() {
    let office = Office::of(village().await).await;
    let (disabled, _) = rules(&office).await;
    for person in [64, 66] {
        office.accountant.asserts("billing.privilege", granted(disabled, person, "2026-01-01")).await;
    }
    office.charge("2026-03").await;
    let shown = on_the_bill(&office, "2026-03").await;
    assert!(shown.contains(&"cold_water 51 03 -8.660 -205.06".to_owned()), "{shown:?}");
    let report = cost(&office, "2026-03").await;
    assert!(
        report.contains(&"Холодное водоснабжение federal discount 2 205.06 0 205.06".to_owned()),
        "{report:?}"
    );
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41003", "2026-03-01".parse().unwrap()).await.unwrap();
    assert!(why["lines"].as_array().unwrap().iter().all(|line| line["differs"] == json!(false)), "{why}");
}

/// The certificate comes when March is released: April brings it back; ended in the middle of March only its days count; undone nothing is left.
#[tokio::test]
async fn a_privilege_brought_late_recalculates() {
    let office = Office::of(village().await).await;
    let (disabled, veteran) = rules(&office).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    let late = office.passport.asserts("billing.privilege", granted(disabled, 66, "2026-03-01")).await;
    office.passport.asserts("billing.privilege", granted(veteran, 65, "2026-03-01")).await;
    office.settle().await;
    assert_eq!(on_the_bill(&office, "2026-03").await, [""; 0]);
    let april = on_the_bill(&office, "2026-04").await;
    assert!(april.contains(&"cold_water 51 03 -4.330 -102.53".to_owned()), "{april:?}");
    assert!(april.contains(&"cold_water 51 04 -4.330 -102.53".to_owned()), "{april:?}");
    let report = cost(&office, "2026-04").await;
    assert!(
        report.contains(&"Холодное водоснабжение federal discount 1 102.53 102.53 205.06".to_owned()),
        "{report:?}"
    );
    assert!(report.contains(&"Водоотведение regional cash 1 143.22 143.22 286.44".to_owned()), "{report:?}");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    let mut end = json!({ "premises_id": 1013, "person_id": 66, "category_id": disabled, "from": "2026-03-11", "void": true });
    end.as_object_mut().unwrap().remove("document");
    office.passport.asserts("billing.privilege", end).await;
    office.settle().await;
    // Ten days of 31: 12.99 × 10 ÷ 31 = 4.190 m³, its third × 47.36 × 50 % = 33.07.
    let april = on_the_bill(&office, "2026-04").await;
    let cold: Vec<&String> = april.iter().filter(|line| line.starts_with("cold_water")).collect();
    assert_eq!(cold.len(), 1, "{april:?}");
    assert!(cold[0].ends_with(" -33.07"), "{cold:?}");
    office.passport.undoes(late).await;
    office.settle().await;
    assert_eq!(on_the_bill(&office, "2026-04").await, [""; 0]);
}

/// Who does not see a house does not see its privileges, nor their cost.
#[tokio::test]
async fn anothers_privileges_are_not_seen() {
    let office = Office::of(village().await).await;
    let (disabled, _) = rules(&office).await;
    office.accountant.asserts("billing.privilege", granted(disabled, 66, "2026-01-01")).await;
    office.charge("2026-03").await;
    let south = crate::common::Clerk::of(&office.db, village::SOUTH).await;
    for sql in [
        "select count(*) from billing.privilege_list",
        "select count(*) from billing.privilege_cost('2026-03-01')",
    ] {
        assert_eq!(south.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 0, "{sql}");
    }
    let north = crate::common::Clerk::of(&office.db, village::NORTH).await;
    let sql = "select count(*) from billing.privilege_cost('2026-03-01')";
    assert_eq!(north.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), 2);
    let refused =
        south.tries("billing.privilege", json!({ "facts": [granted(disabled, 65, "2026-01-01")] })).await;
    assert_eq!(refused.code, "KV003");
}

/// Of three by norm (12.99 m³) one pays in full, 100.00 instead of 47.36: 4.33 × 52.64 = 227.93, beside the charge and no privilege.
#[tokio::test]
async fn one_of_three_pays_the_full_tariff() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let category = json!({ "code": "unemployed", "title": "Незанятые", "citation": "Декрет № 1" });
    office.centre.does("billing.privilege_category", category).await;
    let category: i64 =
        office.seen("select category_id from billing.privilege_category where code = 'unemployed'").await;
    let full = json!({ "tariff_id": 32, "part": 20, "from": "2026-01-01", "rate": "100" });
    office.centre.asserts("cards.tariff_rate", full).await;
    let rule = json!({
        "category_id": category, "service_id": 2, "from": "2026-01-01", "percent": "100", "base": "full_rate", "covers": "person",
        "funding": "regional", "form": "discount", "citation": "Декрет № 1",
    });
    office.centre.does("billing.privilege_rule", rule).await;
    let who = json!({ "premises_id": 1013, "person_id": 64, "category_id": category, "from": "2026-03-01", "document": "справка" });
    let recorded = office.centre.asserts("billing.privilege", who).await;
    office.settle().await;
    let told = "select coalesce(string_agg(component || ' ' || amount, ', ' order by component), '') from billing_data.line l
        join billing_data.month m on m.run = l.run and m.month = '2026-03-01' where l.account_id = 41003 and l.service_id = 2";
    assert_eq!(office.value::<String>(told).await, "1 615.21, 37 227.93");
    let told_as_privilege = "select count(*) from billing_data.privilege_line";
    assert_eq!(office.value::<i64>(told_as_privilege).await, 0);
    office.centre.undoes(recorded).await;
    office.settle().await;
    assert_eq!(office.value::<String>(told).await, "1 615.21");
}
