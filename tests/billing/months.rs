//! The way of a month: collecting, charged, released, sealed, each in its turn and none twice.

use serde_json::json;

use crate::common::{Office, village};

/// Every step that is out of turn is refused with KV006 and changes nothing.
#[tokio::test]
async fn months_go_their_way_in_order() {
    let office = Office::of(village().await).await;
    let refused = async |kind: &str, args: serde_json::Value| {
        let states = "select string_agg(to_char(month, 'YYYY-MM') || ' ' || state, ', ' order by month) from billing_data.month";
        let before: String = office.value(states).await;
        let refusal = office.centre.tries(kind, args.clone()).await;
        assert_eq!(refusal.code, "KV006", "{kind} {args}: {refusal:?}");
        assert_eq!(office.value::<String>(states).await, before);
    };
    refused("billing.charge", json!({ "month": "2026-04" })).await;
    refused("billing.charge", json!({ "month": "2026-03", "house": 101 })).await;
    refused("billing.release", json!({ "month": "2026-03" })).await;
    refused("billing.seal", json!({ "month": "2026-03" })).await;
    office.charge("2026-03").await;
    refused("billing.seal", json!({ "month": "2026-03" })).await;
    office.release("2026-03").await;
    refused("billing.charge", json!({ "month": "2026-03" })).await;
    refused("billing.release", json!({ "month": "2026-03" })).await;
    office.book("2026-04").await;
    refused("billing.seal", json!({ "month": "2026-04" })).await;
    office.seal("2026-03").await;
    refused("billing.seal", json!({ "month": "2026-03" })).await;
    refused("billing.release", json!({ "month": "2026-03" })).await;
    office.seal("2026-04").await;
}

/// Two open months: the second waits for the first to be charged, and releases go in order.
#[tokio::test]
async fn a_later_month_waits_for_the_one_before() {
    let office = Office::of(village().await).await;
    office.root.batch_execute("insert into billing_data.month (month) values ('2026-04-01')").await.unwrap();
    let early = office.centre.tries("billing.charge", json!({ "month": "2026-04" })).await;
    assert_eq!(early.code, "KV006");
    office.charge("2026-03").await;
    office.charge("2026-04").await;
    assert_eq!(office.centre.tries("billing.release", json!({ "month": "2026-04" })).await.code, "KV006");
    office.release("2026-03").await;
    office.release("2026-04").await;
}

/// One house or account of a charged month is computed anew without touching the others.
#[tokio::test]
async fn a_house_is_charged_alone() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let lines = "select coalesce(string_agg(account_id || ' ' || service_id || ' ' || amount, ', ' order by account_id, service_id, component), '') from billing.lines";
    let before: String = office.seen(lines).await;
    for only in [
        json!({ "month": "2026-03", "house": 101 }),
        json!({ "month": "2026-03", "house": "102" }),
        json!({ "month": "2026-03", "account": "42001" }),
    ] {
        let run = "select run from billing_data.month where month = '2026-03-01'";
        let was: i32 = office.value(run).await;
        office.centre.does("billing.charge", only).await;
        office.settle().await;
        assert_eq!(
            (office.seen::<String>(lines).await, office.value::<i32>(run).await),
            (before.clone(), was)
        );
    }
}

/// The bills of March are due on Wednesday the 15th of April; those of July, whose 15th of August is a Saturday, on
/// Monday the 17th (ЖК 155 ч. 1, ГК 193). January's, under the old law, on Tuesday the 10th of February.
#[tokio::test]
async fn bills_are_due_on_a_working_day() {
    let office = Office::of(village().await).await;
    for (month, due) in
        [("2026-03-01", "2026-04-15"), ("2026-07-01", "2026-08-17"), ("2026-01-01", "2026-02-10")]
    {
        let sql = format!("select billing.due_date('{month}')::text");
        assert_eq!(office.value::<String>(&sql).await, due);
    }
    // The 15th of June 2026 is a Monday. Were it a day off by the calendar, and Tuesday too, bills would be due on Wednesday; and
    // the 15th of August, a Saturday, is kept where the calendar says that it is worked.
    let calendar = "select id from cards_data.parameter where code = 'day_off'";
    let day_off: i64 = office.value(calendar).await;
    for (day, next, value) in [("2026-06-15", "2026-06-17", 1), ("2026-08-15", "2026-08-16", 0)] {
        let fact = json!({ "parameter_id": day_off, "from": day, "to": next, "value": value, "citation": "постановление" });
        office.centre.asserts("cards.parameter_value", fact).await;
    }
    for (month, due) in [("2026-05-01", "2026-06-17"), ("2026-07-01", "2026-08-15")] {
        let sql = format!("select billing.due_date('{month}')::text");
        assert_eq!(office.value::<String>(&sql).await, due);
    }
}

/// A change that reaches back never hears "closed period": it is booked in the first month not yet released, under
/// its own cause, and undone there too.
#[tokio::test]
async fn what_reaches_back_is_booked_in_the_first_open_month() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    let recalculated = "select coalesce(string_agg(account_id || ' ' || to_char(source_month, 'YYYY-MM') || ' ' || amount, ', ' order by account_id, source_month), '')
        from billing.lines where month = '2026-04-01' and cause <> 0 and service = 'maintenance'";
    assert_eq!(office.seen::<String>(recalculated).await, "");
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "64.30", "area_living": "32.10", "area_heated": "64.30", "rooms": 2 });
    let correction = office.accountant.asserts("cards.premises_area", area).await;
    office.settle().await;
    // 64.30 × 31.74 = 2 040.882 → 2 040.88; 54.30 × 31.74 = 1 723.482 → 1 723.48; the difference is 317.40.
    assert_eq!(office.seen::<String>(recalculated).await, "41001 2026-03 317.40");
    office.accountant.undoes(correction).await;
    office.settle().await;
    let sums =
        "select coalesce(sum(amount), 0)::text from billing.lines where month = '2026-04-01' and cause <> 0";
    assert_eq!(office.seen::<String>(sums).await, "0.00");
}
