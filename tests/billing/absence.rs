//! Temporary absence through the database: the bill of the month, a certificate brought late, taking it back.

use kvartal::job::door::Session as Door;
use serde_json::{Value, json};

use super::balances::broken;
use crate::common::{Office, people, village};

/// Person 66 of flat 3 (three residents, no meters) is away.
fn away(from: &str, to: &str) -> Value {
    json!({ "premises_id": 1013, "person_id": 66, "from": from, "to": to, "reason": "вахта" })
}

/// What absence takes off flat 3 in a run of a month, by service and source month, all causes together.
async fn taken_off(office: &Office, month: &str) -> Vec<String> {
    let sql = format!(
        "select service || ' ' || to_char(source_month, 'MM') || ' ' || round(sum(volume), 3) || ' ' || sum(amount) from billing.lines
         where month = '{month}-01' and account_id = 41003 and component = 42
         group by service, sort, source_month having sum(amount) <> 0 order by source_month, sort"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Fourteen full days of March (D = 31): cold 47.36 × 4.33 × 14/31 = 92.611…; sewage 38.09 × (4.33 + 3.19) × 14/31 = 129.358…;
/// hot water 47.36 × 3.19 × 14/31 = 68.228…, its heat 2318.47 × 3.19 × 0.0651 × 14/31 = 217.440…, together 285.67.
const FOURTEEN_DAYS: [&str; 3] =
    ["cold_water 03 -1.955 -92.61", "sewage 03 -3.396 -129.36", "hot_water 03 -1.441 -285.67"];

#[tokio::test]
async fn who_was_away_is_not_charged_for_it() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let short = office.passport.asserts("passport.temporary_absence", away("2026-03-05", "2026-03-10")).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-03").await, [""; 0], "five days are not more than five");
    office.passport.undoes(short).await;
    office.passport.asserts("passport.temporary_absence", away("2026-03-05", "2026-03-19")).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-03").await, FOURTEEN_DAYS);
    office.charge("2026-03").await;
    assert_eq!(taken_off(&office, "2026-03").await, FOURTEEN_DAYS);

    // «Почему?» ends at the absence, and the absence at the operation with its ground.
    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41003", "2026-03-01".parse().unwrap()).await.unwrap();
    let text = why.to_string();
    let row: i64 = office
        .value("select id from passport_data.temporary_absence where retracted is null and not void")
        .await;
    assert!(text.contains(&format!("отсутствие, с 05.03.2026 по 18.03.2026, запись {row}")), "{text}");
    let card = "select title || ': ' || told || ' — ' || ground from admin.fact_card('absence', $1)";
    let card: String = office.accountant.query_one(card, &[&row]).await.unwrap().get(0);
    assert_eq!(card, "Временное отсутствие: человек: Жасминова Нина Петровна; причина: вахта — проверка");
}

/// March is released when the certificate comes: April brings it back, with the operation as its cause; undoing takes it away.
#[tokio::test]
async fn a_certificate_brought_late_recalculates() {
    let office = Office::of(village().await).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    let late = office.passport.asserts("passport.temporary_absence", away("2026-03-05", "2026-03-19")).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-03").await, [""; 0]);
    assert_eq!(taken_off(&office, "2026-04").await, FOURTEEN_DAYS);
    // 92.61 + 129.36 + 285.67
    let because = "select amount || ' ' || title || ' ' || ground from (
            select sum(amount) as amount, title, ground from billing.recalculation_list where account_id = 41003 group by title, ground) r";
    assert_eq!(office.seen::<String>(because).await, "-507.64 Временное отсутствие проверка");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.passport.undoes(late).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-04").await, [""; 0]);
}

/// Five days at the end of a released March were too few; a second certificate makes them part of a longer absence, so March is
/// due as well: 47.36 × 4.33 × 5/31 = 33.075…
#[tokio::test]
async fn a_longer_absence_reaches_back_to_its_first_day() {
    let office = Office::of(village().await).await;
    office.passport.asserts("passport.temporary_absence", away("2026-03-27", "2026-04-01")).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    office.passport.asserts("passport.temporary_absence", away("2026-04-01", "2026-04-09")).await;
    office.settle().await;
    let taken = taken_off(&office, "2026-04").await;
    assert!(taken.contains(&"cold_water 03 -0.698 -33.08".to_owned()), "{taken:?}");
    // Taken back from the second day of April on, it is six days: March stays lowered. From the last day of March on, five: it does not.
    let mut end = away("2026-04-02", "2026-04-09");
    end["void"] = json!(true);
    end.as_object_mut().unwrap().remove("reason");
    office.passport.asserts("passport.temporary_absence", end.clone()).await;
    office.settle().await;
    assert!(taken_off(&office, "2026-04").await.contains(&"cold_water 03 -0.698 -33.08".to_owned()));
    end["from"] = json!("2026-03-31");
    office.passport.asserts("passport.temporary_absence", end).await;
    office.settle().await;
    assert_eq!(taken_off(&office, "2026-04").await, [""; 0]);
}

/// What the stay of a guest adds to flat 3 in a run of a month, cold water by source month, all causes together: three residents are charged
/// 12.99 m³ anyway.
async fn water_of_guests(office: &Office, month: &str) -> Vec<String> {
    let sql = format!(
        "select to_char(source_month, 'MM') || ' ' || round(sum(volume), 3) || ' ' || sum(amount) from billing.lines
         where month = '{month}-01' and account_id = 41003 and service = 'cold_water' and source_month < month
         group by source_month having sum(amount) <> 0 order by source_month"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

/// Who stays for five days is not counted (354 п. 56). Three days at the end of March are too few; once they go on for four days of April they
/// are counted, in March too: 4.33 × (3 + 3/31) = 13.409, 635.05, less 615.21. Both months are out when the beginning turns out wrong: the
/// four days of April are then too few as well: 4.33 × (3 + 4/30) = 13.567, 642.53, and 615.21.
#[tokio::test]
async fn a_longer_stay_reaches_back_to_its_first_day_and_on_to_its_last() {
    let office = Office::of(village().await).await;
    let stay = |from: &str, to: &str| json!({ "premises_id": 1013, "person_id": 70, "from": from, "to": to, "is_temporary": true });
    let first = office.passport.asserts("passport.residence", stay("2026-03-29", "2026-04-01")).await;
    office.book("2026-03").await;
    office.charge("2026-04").await;
    office.passport.asserts("passport.residence", stay("2026-04-01", "2026-04-05")).await;
    office.settle().await;
    assert_eq!(water_of_guests(&office, "2026-04").await, ["03 0.419 19.84"]);
    office.release("2026-04").await;
    office.charge("2026-05").await;
    office.passport.undoes(first).await;
    office.settle().await;
    assert_eq!(water_of_guests(&office, "2026-05").await, ["03 -0.419 -19.84", "04 -0.577 -27.32"]);
}
