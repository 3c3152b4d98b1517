//! Subsidies through the database: decided sums and the formula, spread over the bill and never above it, recalculated
//! backwards, stopped by a decision, explained, printed, listed for social protection.

use kvartal::job::door::Session as Door;
use serde_json::{Value, json};

use super::balances::broken;
use crate::common::{Clerk, Office, people, village};

/// The subsidy of ЖК 159.
async fn housing(office: &Office) -> i64 {
    office.seen("select category_id from billing.subsidy_category where code = 'housing_subsidy'").await
}

/// Flat 3 (three residents, no meters, paid by 64) without its share of the heat: maintenance 2 272.58, cold water 12.99 × 47.36 =
/// 615.21, sewage 22.56 × 38.09 = 859.31, hot water 9.57 × 47.36 + 0.62301 × 2 318.47 = 453.24 + 1 444.43: 5 644.77 together.
async fn office() -> Office {
    let office = Office::of(village().await).await;
    let off = json!({ "account_id": 41003, "service_id": 5, "from": "2020-01-01", "is_off": true });
    office.accountant.asserts("cards.account_plan", off).await;
    office
}

/// A decision for six months from March; `with` says how much.
fn decision(category: i64, with: &Value) -> Value {
    let mut args = json!({
        "account_id": 41003, "category_id": category, "person_id": 64, "from": "2026-03", "through": "2026-08", "form": "discount",
        "document": "решение № 17 от 25.02.2026",
    });
    args.as_object_mut().unwrap().extend(with.as_object().unwrap().clone());
    args
}

/// The numbers of the dossier's example for a family of three with an income.
fn formula(income: &str) -> Value {
    json!({ "persons": 3, "income": income, "share": "18", "minimum": "16903.00", "standard": "3812.40" })
}

/// What a run of a month has of subsidies on the bill, by source month and service, all causes together.
async fn on_the_bill(office: &Office, month: &str) -> Vec<String> {
    let sql = format!(
        "select to_char(source_month, 'MM') || ' ' || service || ' ' || sum(amount) from billing.lines
         where month = '{month}-01' and account_id = 41003 and component = 54
         group by service, sort, source_month having sum(amount) <> 0 order by source_month, sort"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// The sums of an account in a month: charged, recalculated, taken off, closing.
async fn sums(office: &Office, month: &str) -> String {
    let sql = format!(
        "select sum(charged) || ' ' || sum(recalculated) || ' ' || sum(privilege) || ' ' || sum(closing)
         from billing.account_balance(41003, '{month}-01')"
    );
    office.seen(&sql).await
}

/// 1 198.80 in the proportion of the bill, 119 880 kopecks × 227 258 ÷ 564 477 = 48 263 and the largest rest, and so on: the two
/// kopecks left over go to maintenance and hot water.
const SPREAD: [&str; 4] =
    ["maintenance -482.64", "cold_water -130.65", "sewage -182.49", "hot_water -403.02"];

fn of(month: &str) -> Vec<String> {
    SPREAD.iter().map(|line| format!("{month} {line}")).collect()
}

#[tokio::test]
async fn a_decided_sum_is_spread_over_the_bill_and_explained() {
    let office = office().await;
    let category = housing(&office).await;
    office.passport.does("billing.subsidy", decision(category, &json!({ "amount": "1198.80" }))).await;
    office.charge("2026-03").await;
    assert_eq!(on_the_bill(&office, "2026-03").await, of("03"));
    assert_eq!(sums(&office, "2026-03").await, "5644.77 0 1198.80 4445.97");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());

    let cost = "select string_agg(form || ' ' || funding || ' ' || people, ',') || ' ' || sum(amount)
        from billing.privilege_cost('2026-03-01') where category like 'Субсидия на%' group by category";
    assert_eq!(
        office.seen::<String>(cost).await,
        "discount regional 1,discount regional 1,discount regional 1,discount regional 1 1198.80"
    );
    let month = "select account || ' ' || full_name || ' ' || granted || ' ' || given || ' ' || charged || ' ' || to_char(last_month, 'MM.YYYY')
        from billing.subsidy_month('2026-03-01')";
    assert_eq!(
        office.seen::<String>(month).await,
        "41003 Дубова Нина Петровна 1198.80 1198.80 5644.77 08.2026"
    );

    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41003", "2026-03-01".parse().unwrap()).await.unwrap();
    assert!(why["lines"].as_array().unwrap().iter().all(|line| line["differs"] == json!(false)), "{why}");
    let row: i64 = office.value("select id from billing_data.subsidy where retracted is null").await;
    let told = why.to_string();
    assert!(
        told.contains(&format!(
            "1\u{a0}198,80 ₽ (решение о субсидии, с 01.03.2026 по 31.08.2026, запись {row})"
        )),
        "{told}"
    );
    assert!(told.contains("Содержание жилого помещения (субсидия), март 2026: −482,64 ₽"), "{told}");
    assert!(told.contains("ЖК ст. 159; ПП РФ 14.12.2005 № 761"), "{told}");
    let card = "select object_title || ': ' || told from admin.fact_card('subsidy', $1)";
    let card: String = office.accountant.query_one(card, &[&row]).await.unwrap().get(0);
    assert_eq!(
        card,
        "счёт 41003: вид субсидии: Субсидия на оплату жилья и коммунальных услуг; получатель субсидии: Дубова Нина Петровна; форма: в квитанции; \
         сумма в месяц, ₽: 1 198,8; решение: решение № 17 от 25.02.2026"
    );
}

/// The dossier's families of three: above the minimum the same 1 198.80; below it 5 397.22; with too much income nothing. When one
/// of them turns out to have left, the bill of March is 2 272.58 + 410.14 + 572.87 + 302.16 + 962.95 = 4 520.70, and the subsidy no more.
#[tokio::test]
async fn the_formula_gives_what_the_bill_lets_it() {
    let office = office().await;
    let category = housing(&office).await;
    office.accountant.does("billing.subsidy", decision(category, &formula("56880"))).await;
    office.charge("2026-03").await;
    assert_eq!(on_the_bill(&office, "2026-03").await, of("03"));
    office.accountant.does("billing.subsidy", decision(category, &formula("66000"))).await;
    office.settle().await;
    assert_eq!(on_the_bill(&office, "2026-03").await, [""; 0]);
    office.accountant.does("billing.subsidy", decision(category, &formula("41250"))).await;
    office.settle().await;
    assert_eq!(sums(&office, "2026-03").await, "5644.77 0 5397.22 247.55");

    office.book("2026-03").await;
    office.charge("2026-04").await;
    let gone = json!({ "premises_id": 1013, "person_id": 66, "from": "2026-03-01", "void": true });
    office.passport.asserts("passport.residence", gone).await;
    office.settle().await;
    // The charges of March fall by 5 644.77 − 4 520.70 = 1 124.07, the subsidy by 5 397.22 − 4 520.70 = 876.52.
    assert_eq!(sums(&office, "2026-04").await, "4520.70 -247.55 4520.70 0.00");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// The decision comes when March is released, ends one with April, and is undone with its end: each month gets its own.
#[tokio::test]
async fn a_decision_brought_late_recalculates_and_another_stops_it() {
    let office = office().await;
    let category = housing(&office).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    let granted =
        office.accountant.does("billing.subsidy", decision(category, &json!({ "amount": "1198.80" }))).await;
    office.settle().await;
    assert_eq!(on_the_bill(&office, "2026-04").await, [of("03"), of("04")].concat());
    assert_eq!(sums(&office, "2026-04").await, "5644.77 -1198.80 1198.80 8891.94");

    let stop =
        json!({ "account_id": 41003, "category_id": category, "from": "2026-04", "through": "2026-05" });
    let stopped = office.accountant.does("billing.subsidy_stop", stop).await;
    office.settle().await;
    assert_eq!(on_the_bill(&office, "2026-04").await, of("03"));
    let stands = "select string_agg(to_char(first_month, 'MM') || '-' || to_char(last_month, 'MM'), ' ' order by first_month)
        from billing.subsidy_list where account_id = 41003";
    assert_eq!(office.seen::<String>(stands).await, "03-03 06-08");
    // Suspended and given again.
    office.accountant.undoes(stopped).await;
    office.settle().await;
    assert_eq!(on_the_bill(&office, "2026-04").await, [of("03"), of("04")].concat());
    office.accountant.undoes(granted).await;
    office.settle().await;
    assert_eq!(on_the_bill(&office, "2026-04").await, [""; 0]);
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// In money: no bill and no balance knows of it, the report and the paper name it. A second decision of a region takes what is left.
#[tokio::test]
async fn money_is_named_and_two_subsidies_take_no_more_than_the_bill() {
    let office = office().await;
    let category = housing(&office).await;
    let in_money = decision(category, &json!({ "amount": "1198.80", "form": "cash" }));
    office.accountant.does("billing.subsidy", in_money).await;
    office.charge("2026-03").await;
    assert_eq!(sums(&office, "2026-03").await, "5644.77 0 0 5644.77");
    let totals =
        "select accounts || ' ' || on_bill || ' ' || in_money from billing.subsidy_totals('2026-03-01')";
    assert_eq!(office.seen::<String>(totals).await, "1 0 1198.80");
    let support = "select billing.invoice_data('41003', '2026-03-01', true)->'support'";
    let named = json!([{ "title": "Субсидия на оплату жилья и коммунальных услуг", "in_money": true, "amount": "1198.80" }]);
    assert_eq!(office.seen::<Value>(support).await, named);

    office.accountant.does("billing.subsidy", decision(category, &json!({ "amount": "5000" }))).await;
    let regional = "select category_id from billing.subsidy_category where code = 'regional_subsidy'";
    let regional: i64 = office.seen(regional).await;
    office.accountant.does("billing.subsidy", decision(regional, &json!({ "amount": "5000" }))).await;
    office.settle().await;
    // 5 000.00 and the 644.77 that are left.
    assert_eq!(sums(&office, "2026-03").await, "5644.77 0 5644.77 0.00");
    let given =
        "select string_agg(given::text, ' ' order by category_id) from billing.subsidy_month('2026-03-01')";
    assert_eq!(office.seen::<String>(given).await, "5000.00 644.77");
}

/// Each wrong decision is told in a sentence, and nothing is written.
#[tokio::test]
async fn what_no_decision_says_is_refused() {
    let office = office().await;
    let category = housing(&office).await;
    let sum = json!({ "amount": "1198.80" });
    let with = |name: &str, value: Value| {
        let mut args = decision(category, &sum);
        args[name] = value;
        args
    };
    let mut both = formula("41250");
    both["amount"] = json!("1.00");
    let mut share = formula("41250");
    share["share"] = json!("22.5");
    for (args, told) in [
        (with("through", json!("2026-09")), "срок 7 мес., а назначают не больше чем на 6"),
        (with("through", json!("2026-02")), "последний месяц раньше первого"),
        (with("person_id", json!(69)), "Субсидия: Калинина Нина Петровна не живёт в помещении счёта 41003"),
        // Who is not to be seen is not named.
        (with("person_id", json!(999)), "Субсидия: человек не живёт в помещении счёта 41003"),
        (with("category_id", json!(1)), "такого вида субсидии нет"),
        (with("account_id", json!(99)), "лицевой счёт не найден"),
        (with("form", json!("чек")), "форма бывает discount"),
        (with("amount", json!("0")), "сумма субсидии — больше нуля"),
        (decision(category, &json!({})), "не указано, сколько"),
        (decision(category, &both), "указана и сумма, и числа формулы"),
        (decision(category, &share), "доля расходов 22,5 больше наибольшей — 22"),
    ] {
        let refused = office.accountant.tries("billing.subsidy", args).await;
        let whole = format!("{} {}", refused.message, refused.detail.unwrap_or_default());
        assert!(whole.contains(told), "{told}: {whole}");
    }
    let stop = json!({ "account_id": 41003, "category_id": category, "from": "2026-04" });
    let refused = office.accountant.tries("billing.subsidy_stop", stop).await;
    assert!(refused.message.contains("с 04.2026 субсидии по счёту 41003 и так нет"), "{}", refused.message);
    let rows: i64 = office.value("select count(*) from billing_data.subsidy").await;
    assert_eq!(rows, 0);
}

/// Who does not see a house neither sees nor grants its subsidies.
#[tokio::test]
async fn anothers_subsidies_are_not_seen() {
    let office = office().await;
    let category = housing(&office).await;
    let granted = decision(category, &json!({ "amount": "1198.80" }));
    office.accountant.does("billing.subsidy", granted.clone()).await;
    office.charge("2026-03").await;
    let (south, north) =
        (Clerk::of(&office.db, village::SOUTH).await, Clerk::of(&office.db, village::NORTH).await);
    for (clerk, seen) in [(&south, 0_i64), (&north, 1)] {
        for sql in [
            "select count(*) from billing.subsidy_list",
            "select count(*) from billing.subsidy_month('2026-03-01')",
            "select accounts from billing.subsidy_totals('2026-03-01')",
        ] {
            assert_eq!(clerk.query_one(sql, &[]).await.unwrap().get::<_, i64>(0), seen, "{sql}");
        }
    }
    assert_eq!(south.tries("billing.subsidy", granted).await.code, "KV003");
}
