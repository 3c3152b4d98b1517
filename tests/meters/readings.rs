//! Readings through the door. Flat 1 has a water meter that was read 1 000, 1 005, 1 010 and 1 015 on the 20th of the
//! months before March 2026; water costs 47.36 a m³.

use serde_json::{Value, json};

use crate::common::{Office, village};

fn reading(day: &str, value: &str) -> Value {
    json!({ "meter_id": 51, "day": day, "value": value, "rolled_over": false, "source": "payer" })
}

/// Volume and amount of cold water of flat 1 in March, and how it came about.
async fn water(office: &Office) -> String {
    office
        .seen("select volume::numeric(10,3) || ' × ' || rate::numeric(10,2) || ' = ' || amount || ' by ' || basis from billing.lines where account_id = 41001 and service = 'cold_water'")
        .await
}

#[tokio::test]
async fn a_reading_is_given_corrected_and_undone() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    // No reading in March: the average of December to February, 5 m³ a month (354 п. 59); basis 4.
    assert_eq!(water(&office).await, "5.000 × 47.36 = 236.80 by 4");
    let given = office.accountant.asserts("meters.reading", reading("2026-03-20", "1021.735")).await;
    office.settle().await;
    // 1 021.735 − 1 015 = 6.735; × 47.36 = 318.9696.
    assert_eq!(water(&office).await, "6.735 × 47.36 = 318.97 by 3");
    let corrected = office.accountant.asserts("meters.reading", reading("2026-03-20", "1019")).await;
    office.settle().await;
    assert_eq!(water(&office).await, "4.000 × 47.36 = 189.44 by 3");
    office.accountant.undoes(corrected).await;
    office.settle().await;
    assert_eq!(water(&office).await, "6.735 × 47.36 = 318.97 by 3");
    office.accountant.undoes(given).await;
    office.settle().await;
    assert_eq!(water(&office).await, "5.000 × 47.36 = 236.80 by 4");
}

/// On one day one reading stands; what it replaced is still known.
#[tokio::test]
async fn a_day_has_one_reading() {
    let office = Office::of(village().await).await;
    office.accountant.asserts("meters.reading", reading("2026-03-20", "1021")).await;
    office.accountant.asserts("meters.reading", reading("2026-03-20", "1022")).await;
    let rows = "select string_agg(value::int || case when retracted is null then '' else ' once' end, ', ' order by id) from meters_data.meter_reading where meter_id = 51 and valid_from = '2026-03-20'";
    assert_eq!(office.value::<String>(rows).await, "1021 once, 1022");
    let shown = "select count(*) from meters.readings where meter_id = 51 and day = '2026-03-20'";
    assert_eq!(office.accountant.query_one(shown, &[]).await.unwrap().get::<_, i64>(0), 1);
}

/// Two registers of one meter are two timelines.
#[tokio::test]
async fn registers_are_read_apart() {
    let office = Office::of(village().await).await;
    let zone = |register: i32, value: &str| json!({ "meter_id": 54, "register": register, "day": "2026-03-20", "value": value, "rolled_over": false, "source": "payer" });
    office.accountant.does("meters.reading", json!({ "facts": [zone(1, "1387"), zone(2, "1694")] })).await;
    office.charge("2026-03").await;
    let light = "select string_agg(component || ': ' || volume::int || ' ' || amount, ', ' order by component) from billing.lines where account_id = 41001 and service = 'electricity'";
    // Day 1 387 − 1 300 = 87 × 6.21 = 540.27, night 1 694 − 1 600 = 94 × 3.05 = 286.70.
    assert_eq!(office.seen::<String>(light).await, "11: 87 540.27, 12: 94 286.70");
}

/// The dial went past its end, and the operator says so: 99 999 − 1 015 … 10⁵ − 1 015 + 3 = 98 988 m³.
#[tokio::test]
async fn a_dial_passes_its_end_only_when_somebody_says_so() {
    let office = Office::of(village().await).await;
    let mut rolled = reading("2026-03-20", "3");
    office.accountant.asserts("meters.reading", rolled.clone()).await;
    office.charge("2026-03").await;
    let exceptions = "select count(*) from billing.exceptions where account_id = 41001";
    let complaints: i64 = office.seen(exceptions).await;
    rolled["rolled_over"] = json!(true);
    office.accountant.asserts("meters.reading", rolled).await;
    office.settle().await;
    assert_eq!(water(&office).await, "98988.000 × 47.36 = 4688071.68 by 3");
    assert!(
        office.seen::<i64>(exceptions).await < complaints,
        "a reading below the last is not complained of"
    );
}

/// Between two readings a value is no more than the next one, unless the dial passed its end before that.
#[tokio::test]
async fn a_reading_before_the_dial_passed_its_end_is_not_bound_by_the_next() {
    let office = Office::of(village().await).await;
    let bound = "select upper_bound::text from meters.reading_bounds(51, 1, '2026-02-05')";
    assert_eq!(office.seen::<String>(bound).await, "1015.00000");
    let mut passed = reading("2026-02-20", "3");
    passed["rolled_over"] = json!(true);
    office.accountant.asserts("meters.reading", passed).await;
    // 1 010 of 20.01 and the greatest use that is believed: 100 m³.
    assert_eq!(office.seen::<String>(bound).await, "1110.00000");
}
