//! Rounds: made, walked, changed and undone; the sheet tells what would be believed. The village's meters were read 1 000
//! and a step of 5, 4 … on the 20th of November to February.

use serde_json::json;

use crate::common::village::{NORTH, SOUTH};
use crate::common::{Office, village};

async fn walk(office: &Office) -> String {
    office.seen("select coalesce(string_agg(walk_no || ':' || serial, ' ' order by walk_no), '') from meters.route_sheet((select min(route_id) from meters.route_list('2026-03-01')), '2026-03-01')").await
}

#[tokio::test]
async fn a_round_is_made_changed_and_undone() {
    let office = Office::of(village().await).await;
    office
        .accountant
        .does(
            "meters.route_make",
            json!({ "name": "Садовая 1", "meters": [52, 51, 53], "from": "2026-03-01" }),
        )
        .await;
    assert_eq!(walk(&office).await, "1:ХВ-2 2:ХВ-1 3:ОДПУ-1");
    let route: i64 = office.seen("select min(route_id) from meters.route_list('2026-03-01')").await;
    let order = json!({ "route_id": route, "meters": [53, 51], "from": "2026-03-01" });
    let changed = office.accountant.does("meters.route_order", order).await;
    assert_eq!(walk(&office).await, "1:ОДПУ-1 2:ХВ-1");
    office.accountant.undoes(changed).await;
    assert_eq!(walk(&office).await, "1:ХВ-2 2:ХВ-1 3:ОДПУ-1");
    let (north, south) = (office.db.as_role(NORTH).await, office.db.as_role(SOUTH).await);
    let sheet = "select count(*) from meters.route_sheet($1, '2026-03-01')";
    assert_eq!(north.query_one(sheet, &[&route]).await.unwrap().get::<_, i64>(0), 3);
    assert_eq!(south.query_one(sheet, &[&route]).await.unwrap().get::<_, i64>(0), 0);
    assert!(south.query("select * from meters.route_list('2026-03-01')", &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_sheet_knows_what_to_believe() {
    let office = Office::of(village().await).await;
    let make = json!({ "name": "Садовая 1", "meters": [51, 54], "from": "2026-03-01" });
    office.accountant.does("meters.route_make", make).await;
    let row = "select concat_ws(' | ', serial, register, account, flat, last_value::int, last_day, average_use, lower_bound::int, upper_bound, has_reading, value::int, no_access)
        from meters.route_sheet((select min(route_id) from meters.route_list('2026-03-01')), '2026-03-01') where meter_id = 51";
    // 15 m³ in 92 days is 4.963 a month; five of them for the 1.3 months to the 1st of April are 32.6, less than the 100 of the server.
    let before = "ХВ-1 | 1 | 41001 | 1 | 1015 | 2026-02-20 | 4.963 | 1015 | 1115.00000 | f | f";
    assert_eq!(office.seen::<String>(row).await, before);
    let limit = json!({ "service_id": 2, "from": "2026-01-01", "factor": 5, "floor": 10 });
    office.centre.asserts("meters.reading_limit", limit).await;
    // 5 × 4.963 × 40 days / 30.4375 = 32.611.
    assert_eq!(office.seen::<String>(row).await, before.replace("1115.00000", "1047.61100"));
    office.accountant.asserts("meters.no_access", json!({ "meter_id": 51, "day": "2026-03-18" })).await;
    let reading = json!({ "meter_id": 51, "day": "2026-03-20", "value": "1020", "rolled_over": false, "source": "route" });
    office.accountant.asserts("meters.reading", reading).await;
    assert_eq!(
        office.seen::<String>(row).await,
        before.replace("1115.00000 | f | f", "1047.61100 | t | 1020 | t")
    );
    let list = "select stops || ' ' || read || ' ' || no_access from meters.route_list('2026-03-01')";
    assert_eq!(office.seen::<String>(list).await, "2 1 1");
}

/// Meters of an account: its own, those of the house; as of a day and with the use between readings.
#[tokio::test]
async fn an_account_shows_its_meters() {
    let office = Office::of(village().await).await;
    office
        .accountant
        .asserts("meters.verified", json!({ "meter_id": 51, "from": "2024-01-20", "to": "2030-01-20" }))
        .await;
    let meters = "select string_agg(concat_ws(' ', serial, register, last_value::int, used::int, verify_by), ', ' order by serial, register) from meters.account_meters where account_id = 41001";
    office.chief.batch_execute("set kvartal.as_of = '2026-01-31'").await.unwrap();
    assert_eq!(
        office.seen::<String>(meters).await,
        "ОДПУ-1 1 1012 6, СЭ-1 1 1200 100, СЭ-1 2 1400 200, ХВ-1 1 1010 5 2030-01-20"
    );
    let history = "select string_agg(concat_ws(' ', day, value::int, used::int), ', ' order by day) from meters.reading_history where meter_id = 51";
    assert_eq!(office.seen::<String>(history).await, "2025-11-20 1000, 2025-12-20 1005 5, 2026-01-20 1010 5");
    let south = office.db.as_role(SOUTH).await;
    for sql in [
        "select * from meters.account_meters where account_id = 41001",
        "select * from meters.reading_history where meter_id = 51",
        "select * from meters.meter_head where meter_id = 51",
    ] {
        assert!(south.query(sql, &[]).await.unwrap().is_empty(), "{sql}");
    }
}

#[tokio::test]
async fn rounds_are_read_page_by_page() {
    let office = Office::of(village().await).await;
    for (name, meter) in [("Садовая, чётная", 52), ("Садовая, нечётная", 51)] {
        let make = json!({ "name": name, "meters": [meter], "from": "2026-03-01" });
        office.accountant.does("meters.route_make", make).await;
    }
    let first = "select name || ' ' || stops from meters.route_list('2026-03-01', null, 1)";
    assert_eq!(office.seen::<String>(first).await, "Садовая, нечётная 1");
    let next =
        "select string_agg(n.name || ' ' || n.stops, ';') from meters.route_list('2026-03-01', null, 1) f,
        meters.route_list('2026-03-01', jsonb_build_object('name', f.name, 'route_id', f.route_id)) n";
    assert_eq!(office.seen::<String>(next).await, "Садовая, чётная 1");
}
