//! Heads of cards and lists: as of a day, as known at a mark, and nothing of another company.

use serde_json::json;

use crate::common::village::{NORTH, SOUTH};
use crate::common::{Office, village};

#[tokio::test]
async fn an_account_s_head_is_of_its_day_and_its_knowledge() {
    let office = Office::of(village().await).await;
    let head = "select concat_ws(' | ', number, address, holder, area_total, registered, temporary, state) from cards.account_head where account_id = 41001";
    let clerk = &office.accountant;
    let seen = async || -> String { clerk.query_one(head, &[]).await.unwrap().get(0) };
    let before = "41001 | Энск, улица Садовая, д. 1, кв. 1 | Берёзкина Нина Петровна | 54.30 | 2 | 0 | open";
    assert_eq!(seen().await, before);
    let known: i64 = office.value("select max(known) from admin_data.operation").await;
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "50.00", "area_living": "30.00", "area_heated": "50.00", "rooms": 2 });
    clerk.asserts("cards.premises_area", area).await;
    let guest = json!({ "person_id": 63, "premises_id": 1011, "from": "2026-03-01", "is_temporary": true });
    office.passport.asserts("passport.residence", guest).await;
    let after = before.replace("54.30 | 2 | 0", "50.00 | 2 | 1");
    assert_eq!(seen().await, after);
    clerk.batch_execute("set kvartal.as_of = '2026-02-28'").await.unwrap();
    assert_eq!(seen().await, before, "as of February");
    clerk.batch_execute(&format!("reset kvartal.as_of; set kvartal.known_at = '{known}'")).await.unwrap();
    assert_eq!(seen().await, before, "as known before");
    clerk.batch_execute("reset kvartal.known_at; set kvartal.as_of = '2019-01-01'").await.unwrap();
    assert!(seen().await.ends_with("| 0 | 0 | closed"));
}

/// What is owed: the balance of the released month, less what was paid since.
#[tokio::test]
async fn an_account_s_head_tells_what_to_pay() {
    let office = Office::of(village().await).await;
    let money = "select balance_month::text || ' ' || open_month::text, balance::text, paid_since::text, to_pay::text from cards.account_head where account_id = 41003";
    office.book("2026-03").await;
    let charged: String = office.seen("select sum(total)::text from billing.charge_list where account_id = 41003 and month = '2026-03-01'").await;
    let row = office.accountant.query_one(money, &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "2026-03-01 2026-04-01");
    assert_eq!(
        (row.get::<_, &str>(1), row.get::<_, &str>(2), row.get::<_, &str>(3)),
        (charged.as_str(), "0", charged.as_str())
    );
    let payment = json!({ "account": "41003", "amount": "100.00", "paid_on": "2026-04-02", "cash_day": "2026-04-02", "source": "касса" });
    office.accountant.does("finance.payment", json!({ "payments": [payment] })).await;
    let row = office.accountant.query_one(money, &[]).await.unwrap();
    assert_eq!((row.get::<_, &str>(1), row.get::<_, &str>(2)), (charged.as_str(), "100.00"));
    let left = "select to_pay = balance - 100 from cards.account_head where account_id = 41003";
    assert!(office.accountant.query_one(left, &[]).await.unwrap().get::<_, bool>(0));
    let totals = "select string_agg(to_char(month, 'MM') || ' ' || (opening + charged + recalculated - privilege + penalty + corrected - paid = closing), ', ' order by month) from billing.month_totals(41003)";
    assert_eq!(office.accountant.query_one(totals, &[]).await.unwrap().get::<_, &str>(0), "03 true, 04 true");
    let services = "select sum(closing) = (select closing from billing.month_totals(41003) where month = '2026-03-01') from billing.account_month_balance(41003, '2026-03-01')";
    assert!(office.accountant.query_one(services, &[]).await.unwrap().get::<_, bool>(0));
    let south = office.db.as_role(SOUTH).await;
    for sql in [
        "billing.month_totals(41003)",
        "billing.account_month_balance(41003, '2026-03-01')",
        "finance.payment_list(41003)",
    ] {
        let rows: i64 = south.query_one(&format!("select count(*) from {sql}"), &[]).await.unwrap().get(0);
        assert_eq!(rows, 0, "{sql}");
    }
}

/// The doors of a house in their order, page by page.
#[tokio::test]
async fn a_house_lists_its_doors() {
    let office = Office::of(village().await).await;
    let page = "select number, account_id, premises_id, number_order, holder, residents from cards.house_premises(101, $1, 3)";
    let (mut after, mut numbers) = (None::<serde_json::Value>, Vec::new());
    loop {
        let rows = office.accountant.query(page, &[&after]).await.unwrap();
        let Some(last) = rows.last() else { break };
        after = Some(
            json!({ "number": last.get::<_, &str>(0), "account_id": last.get::<_, i64>(1), "premises_id": last.get::<_, i64>(2), "number_order": last.get::<_, i64>(3) }),
        );
        numbers.extend(rows.iter().map(|row| row.get::<_, String>(0)));
    }
    assert_eq!(numbers, ["1", "2", "3", "4", "4/1", "4/2"]);
    let count = "select cards.house_premises_count(101)";
    assert_eq!(office.accountant.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 6);
    let meant = async |line: &str| -> Vec<String> {
        let sql = "select number from cards.house_premises(p_house => 101, p_line => $1)";
        office.accountant.query(sql, &[&line]).await.unwrap().iter().map(|row| row.get(0)).collect()
    };
    assert_eq!(meant("4").await, ["4", "4/1", "4/2"]);
    assert_eq!(meant("4/2").await, ["4/2"]);
    assert_eq!(meant("груш").await, ["2"]);
    let of_line = "select cards.house_premises_count(101, '4')";
    assert_eq!(office.accountant.query_one(of_line, &[]).await.unwrap().get::<_, i64>(0), 3);
    let south = office.db.as_role(SOUTH).await;
    assert_eq!(south.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 0);
    assert!(south.query(page, &[&None::<serde_json::Value>]).await.unwrap().is_empty());
}

/// Services come from the house's plan, except where the account has its own; a tariff's next price is told beside it.
#[tokio::test]
async fn services_and_tariffs_are_of_their_day() {
    let office = Office::of(village().await).await;
    let north = office.db.as_role(NORTH).await;
    north.batch_execute("set kvartal.as_of = '2026-06-30'").await.unwrap();
    let services = "select string_agg(service_id || origin_of || ' ' || rate::numeric(10,2), ', ' order by sort) from cards.account_services where account_id = 41001";
    assert_eq!(
        north.query_one(services, &[]).await.unwrap().get::<_, &str>(0),
        "1house 31.74, 2house 47.36, 3house 38.09, 4house 47.36, 5house 2318.47, 6account 6.21"
    );
    let water = "select rate::text || ' ' || next_rate || ' ' || next_from || ' ' || accounts from cards.tariff_list() where code = 'cold_water'";
    // Seven accounts of both houses; an operator of one company counts the own five.
    assert_eq!(
        north.query_one(water, &[]).await.unwrap().get::<_, &str>(0),
        "47.360000 51.900000 2026-07-01 5"
    );
    let history = "select string_agg(valid_from || ' ' || coalesce(through::text, 'on'), ', ' order by valid_from) from cards.tariff_history where tariff_id = 32";
    assert_eq!(
        north.query_one(history, &[]).await.unwrap().get::<_, &str>(0),
        "2020-01-01 2026-06-30, 2026-07-01 on"
    );
}
