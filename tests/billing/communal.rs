//! A communal flat: its rooms share what one meter tells, so what is said of one room moves the bills of the others.

use serde_json::json;

use crate::common::{Office, village};

/// What a room was charged and recalculated for cold water of April, wherever it is booked.
async fn april(office: &Office, account: i64) -> String {
    let sql = format!(
        "select coalesce(sum(amount), 0)::text from billing.lines
         where account_id = {account} and service = 'cold_water' and source_month = '2026-04-01'"
    );
    office.seen(&sql).await
}

/// The meter of flat 4 ran 7 m³ a month until February, is not read in March and shows 14 m³ more in April; one person lives in
/// each of its two rooms. In March the service was off in both, so nobody was charged an average that April would have to take
/// off: 14 / 2 = 7 m³ a room, × 47.36 = 331.52. Then it turns out that the first room had it on: it pays its half of the average of
/// March, 3.5 m³, and April has 14 − 3.5 = 10.5 m³ left for both rooms: 5.25 × 47.36 = 248.64.
#[tokio::test]
async fn a_service_switched_on_in_one_room_makes_the_rooms_beside_catch_up() {
    let office = Office::of(village().await).await;
    let off = |account: i64| json!({ "account_id": account, "service_id": 2, "from": "2026-03-01", "to": "2026-04-01", "is_off": true });
    let first = office.accountant.asserts("cards.account_plan", off(41005)).await;
    office.accountant.asserts("cards.account_plan", off(41006)).await;
    office.book("2026-03").await;
    let reading = json!({ "meter_id": 56, "day": "2026-04-20", "value": "1035", "rolled_over": false, "source": "payer" });
    office.accountant.asserts("meters.reading", reading).await;
    office.book("2026-04").await;
    for room in [41005, 41006] {
        assert_eq!(april(&office, room).await, "331.52", "{room}");
    }
    office.accountant.undoes(first).await;
    office.charge("2026-05").await;
    for room in [41005, 41006] {
        assert_eq!(april(&office, room).await, "248.64", "{room}");
    }
}
