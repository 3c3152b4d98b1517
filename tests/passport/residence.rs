//! Registration moves the bill of those who pay by persons: flat 3 has no meter, three residents, a norm of 4.33 m³
//! a person and a price of 47.36.

use serde_json::json;

use crate::common::{Office, village};

async fn water(office: &Office) -> String {
    office.seen("select volume::numeric(10,3) || ' ' || amount from billing.lines where account_id = 41003 and service = 'cold_water'").await
}

#[tokio::test]
async fn arrivals_and_departures_move_the_bill() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    // 3 × 4.33 = 12.990; × 47.36 = 615.2064.
    assert_eq!(water(&office).await, "12.990 615.21");
    let person =
        json!({ "last_name": "Новосёлова", "first_name": "Инна", "sex": "female", "born_on": "1990-05-01" });
    let arrived = office
        .passport
        .does("passport.arrival", json!({ "person": person, "premises_id": 1013, "from": "2026-03-01" }))
        .await;
    office.settle().await;
    // 4 × 4.33 = 17.320; × 47.36 = 820.2752.
    assert_eq!(water(&office).await, "17.320 820.28");
    let left = office
        .passport
        .asserts(
            "passport.residence",
            json!({ "premises_id": 1013, "person_id": 66, "from": "2026-03-01", "void": true }),
        )
        .await;
    office.settle().await;
    assert_eq!(water(&office).await, "12.990 615.21");
    office.passport.undoes(left).await;
    office.passport.undoes(arrived).await;
    office.settle().await;
    assert_eq!(water(&office).await, "12.990 615.21");
    let living = "select count(*) from passport.residents where premises_id = 1013";
    assert_eq!(office.passport.query_one(living, &[]).await.unwrap().get::<_, i64>(0), 3);
}

/// A person who lives in two places on one day lives in both; one place twice is one stay.
#[tokio::test]
async fn one_stay_is_one_timeline() {
    let office = Office::of(village().await).await;
    for premises in [1013, 1013, 1012] {
        office.passport.asserts("passport.residence", json!({ "premises_id": premises, "person_id": 66, "from": "2026-03-01", "is_temporary": true })).await;
    }
    let stays = "select string_agg(premises_id || case when is_temporary then ' t' else '' end, ', ' order by premises_id)
        from passport_data.residence where person_id = 66 and retracted is null and not void and valid_to = 'infinity'";
    assert_eq!(office.value::<String>(stays).await, "1012 t, 1013 t");
}

/// Registered in March, told in April: the bill of March is corrected in April's, under the passport clerk's operation.
#[tokio::test]
async fn a_late_registration_is_recalculated() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    let person = json!({ "last_name": "Новосёлова", "first_name": "Инна", "sex": "female" });
    let arrived = office
        .passport
        .does("passport.arrival", json!({ "person": person, "premises_id": 1013, "from": "2026-03-16" }))
        .await;
    office.settle().await;
    // 16 of 31 days of March: (3 + 16/31) × 4.33 = 15.224839 → 15.225 m³ × 47.36 = 721.056 → 721.06; 721.06 − 615.21 = 105.85.
    let back = "select l.amount || ' by ' || o.operator from billing.lines l join admin.journal o on o.known = l.cause
        where l.account_id = 41003 and l.service = 'cold_water' and l.month = '2026-04-01' and l.source_month = '2026-03-01'";
    assert_eq!(office.seen::<String>(back).await, "105.85 by kv_test_passport");
    let id = "select o.id from billing.lines l join admin.journal o on o.known = l.cause where l.account_id = 41003 limit 1";
    assert_eq!(office.seen::<uuid::Uuid>(id).await, arrived);
}
