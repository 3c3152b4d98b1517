//! What a sheet says of a dial stands instead of what was read of it in the month before. The meter of flat 1 was read 1 015 on
//! the 20th of February; water costs 47.36 a m³.

use serde_json::{Value, json};

use crate::common::{Office, village};

fn line(day: &str, value: &str) -> Value {
    json!({ "meter_id": 51, "register": 1, "period": "2026-03-01", "day": day, "value": value, "rolled_over": false, "source": "inspector" })
}

/// The readings of March that stand.
async fn march(office: &Office) -> String {
    let rows = "select coalesce(string_agg(extract(day from day)::int || ': ' || value::numeric(10,3) || ' ' || source, ', ' order by day), 'none')
        from meters.readings where meter_id = 51 and day >= '2026-03-01' and day < '2026-04-01'";
    office.seen(rows).await
}

#[tokio::test]
async fn a_line_of_a_sheet_is_corrected_and_never_doubled() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let given = json!({ "meter_id": 51, "day": "2026-03-20", "value": "1021.735", "rolled_over": false, "source": "payer" });
    office.accountant.asserts("meters.reading", given).await;
    let typed = office.accountant.does("meters.sheet_reading", line("2026-03-30", "1019")).await;
    assert_eq!(march(&office).await, "30: 1019.000 inspector");
    office.settle().await;
    // 1 019 − 1 015 = 4 m³; × 47.36 = 189.44: the reading of the 20th is in no bill.
    let water = "select volume::int || ' ' || amount from billing.lines where account_id = 41001 and service = 'cold_water'";
    assert_eq!(office.seen::<String>(water).await, "4 189.44");
    // Typed over once more with another day on top of the sheet, then both taken back.
    let again = office.accountant.does("meters.sheet_reading", line("2026-03-29", "1020")).await;
    assert_eq!(march(&office).await, "29: 1020.000 inspector");
    office.accountant.undoes(again).await;
    assert_eq!(march(&office).await, "30: 1019.000 inspector");
    office.accountant.undoes(typed).await;
    assert_eq!(march(&office).await, "20: 1021.735 payer");
}

/// What a meter showed when it was put up is a bound of its use: the sheet counts from it and leaves it.
#[tokio::test]
async fn what_a_new_meter_showed_stays() {
    let office = Office::of(village().await).await;
    let route = json!({ "name": "Садовая 1", "meters": [51], "from": "2026-03-01" });
    office.accountant.does("meters.route_make", route).await;
    let initial = json!({ "meter_id": 51, "day": "2026-03-10", "value": "7", "rolled_over": false, "source": "initial" });
    office.accountant.asserts("meters.reading", initial).await;
    let row = "select last_value::int || ' ' || lower_bound::int || ' ' || coalesce(value::int::text, 'none') from meters.route_sheet((select min(route_id) from meters.route_list('2026-03-01')), '2026-03-01')";
    assert_eq!(office.seen::<String>(row).await, "7 7 none");
    office.accountant.does("meters.sheet_reading", line("2026-03-30", "9")).await;
    assert_eq!(march(&office).await, "10: 7.000 initial, 30: 9.000 inspector");
    assert_eq!(office.seen::<String>(row).await, "7 7 9");
}

/// A day of another month would be seen on no sheet; what does not fit the dial is refused here too.
#[tokio::test]
async fn a_line_is_of_the_month_of_its_sheet() {
    let office = Office::of(village().await).await;
    let refused = [
        (line("2026-04-01", "1019"), "День 01.04.2026 не из месяца ведомости 03.2026"),
        (line("2026-02-28", "1019"), "не из месяца ведомости"),
        (line("2026-03-30", "100000"), "больше, чем вмещает прибор"),
        (line("2026-03-30", "-1"), "меньше нуля"),
        (
            json!({ "meter_id": 4, "register": 1, "period": "2026-03-01", "day": "2026-03-30", "value": "1" }),
            "не найден",
        ),
    ];
    for (args, why) in refused {
        let told = office.accountant.tries("meters.sheet_reading", args).await;
        assert!(told.message.contains(why), "{told:?}");
    }
    assert_eq!(march(&office).await, "none");
}
