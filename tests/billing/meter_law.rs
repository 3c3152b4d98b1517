//! The law about meters through the database: the coefficient, the act that lifts it, a meter that failed.

use kvartal::job::door::Session as Door;
use serde_json::json;

use super::balances::broken;
use crate::common::{Clerk, Office, people, village};

/// The cold water of an account in a month: component, volume, amount.
async fn water(office: &Office, account: i64, month: &str) -> Vec<String> {
    let sql = format!(
        "select component || ' ' || round(volume, 3) || ' ' || amount from billing.lines
         where month = '{month}-01' and source_month = month and account_id = {account} and service = 'cold_water'
            and amount <> 0 order by component"
    );
    office.chief.query(&sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn the_norm_is_raised_until_an_act_says_that_no_meter_can_be_had() {
    let office = Office::of(village().await).await;
    let raised = json!({ "norm_id": 42, "part": 3, "from": "2025-12-06", "value": 3, "citation": "ПП РФ 25.11.2025 № 1871" });
    office.chief.asserts("cards.norm_value", raised).await;
    office.charge("2026-03").await;
    // Three residents of flat 3 without a meter: 12.99 × 47.36 = 615.21; with the coefficient 1845.62
    assert_eq!(water(&office, 41003, "2026-03").await, ["1 12.990 615.21", "35 25.980 1230.41"]);
    let act = json!({ "premises_id": 1013, "service_id": 2, "from": "2026-03-01", "act": "Акт № 7" });
    let lifted = office.accountant.asserts("meters.exemption", act).await;
    office.settle().await;
    assert_eq!(water(&office, 41003, "2026-03").await, ["1 12.990 615.21"]);
    office.accountant.undoes(lifted).await;
    office.settle().await;
    assert_eq!(water(&office, 41003, "2026-03").await.len(), 2);
}

/// March is released by a reading; then an act of the failure on 1 March is brought: the average takes the place of the reading.
#[tokio::test]
async fn a_failure_found_late_recalculates() {
    let office = Office::of(village().await).await;
    let reading = json!({ "meter_id": 51, "register": 1, "day": "2026-03-20", "value": 1022, "rolled_over": false, "source": "payer" });
    office.accountant.asserts("meters.reading", reading).await;
    office.book("2026-03").await;
    assert_eq!(water(&office, 41001, "2026-03").await, ["1 7.000 331.52"]);
    office.charge("2026-04").await;
    let act = json!({ "meter_id": 51, "from": "2026-03-01", "kind": "failure", "act": "Акт № 8" });
    let failed = office.accountant.asserts("meters.outage", act).await;
    office.settle().await;
    // November to February: 15 m³ in three months; 5 × 47.36 = 236.80 in both months; March: 236.80 − 331.52
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 5.000 236.80"]);
    assert_eq!(back(&office).await, "-2.0000000 -94.72");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.accountant.undoes(failed).await;
    office.settle().await;
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 5.500 260.48"], "22 m³ in four months");
}

/// A reading below the one before does not count, so its month is silent: April, read as 1024 after 1030 in March, is charged the average of
/// November to March, 30 m³ in four months, 7.5 × 47.36 = 355.20. May, read as 1038, has what is above 1030 less these 7.5: 0.5, 23.68, not what is
/// above 1024. Nothing is recalculated here: what a month run reads of the past is enough.
#[tokio::test]
async fn a_reading_that_does_not_count_is_no_reading() {
    let office = Office::of(village().await).await;
    let reads = async |day: &str, value: i64| {
        let fact = json!({ "meter_id": 51, "register": 1, "day": day, "value": value, "rolled_over": false, "source": "payer" });
        office.accountant.does("meters.reading", json!({ "facts": [fact], "twice": true })).await;
    };
    reads("2026-03-20", 1030).await;
    office.book("2026-03").await;
    reads("2026-04-20", 1024).await;
    office.charge("2026-04").await;
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 7.500 355.20"]);
    office.release("2026-04").await;
    reads("2026-05-20", 1038).await;
    office.charge("2026-05").await;
    assert_eq!(water(&office, 41001, "2026-05").await, ["1 0.500 23.68"]);
}

/// Tampering found on a day is charged for three months before it at most (354 п. 62). March and April are charged ten norms while nobody
/// knows its end; that it was found on 10.08 leaves nothing of them: May is the first of the three months before August.
#[tokio::test]
async fn the_end_of_tampering_gives_back_what_is_too_long_ago() {
    let office = Office::of(village().await).await;
    let act = json!({ "meter_id": 51, "from": "2026-03-01", "kind": "tampering", "act": "Акт № 9" });
    office.accountant.asserts("meters.outage", act).await;
    for month in ["2026-03", "2026-04", "2026-05"] {
        office.book(month).await;
    }
    // Two persons: 8.66 m³, 410.14; nine times that above it: 86.6 × 47.36 = 4101.38, less 410.14
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 8.660 410.14", "35 77.940 3691.24"]);
    office.charge("2026-06").await;
    let found = json!({ "meter_id": 51, "from": "2026-08-10", "void": true });
    office.accountant.asserts("meters.outage", found).await;
    office.settle().await;
    let back = "select string_agg(to_char(source_month, 'MM') || ' ' || amount, ', ' order by source_month) from (
        select source_month, sum(amount) as amount from billing.lines
        where month = '2026-06-01' and account_id = 41001 and service = 'cold_water' and component = 35 and source_month < month
        group by source_month) b";
    assert_eq!(office.seen::<String>(back).await, "03 -3691.24, 04 -3691.24");
}

/// Read in February and in March, yet not verified since 1 March: the average is taken of what was told before. It comes out
/// late, and a new verification of that very day takes it back.
#[tokio::test]
async fn a_verification_that_ran_out_recalculates() {
    let office = Office::of(village().await).await;
    let reading = json!({ "meter_id": 51, "register": 1, "day": "2026-03-20", "value": 1022, "rolled_over": false, "source": "payer" });
    office.accountant.asserts("meters.reading", reading).await;
    let old = json!({ "meter_id": 51, "from": "2020-03-01", "to": "2026-03-01", "certificate": "С-1" });
    let old = office.accountant.asserts("meters.verified", old).await;
    office.book("2026-03").await;
    // November to February: 15 m³ in three months
    assert_eq!(water(&office, 41001, "2026-03").await, ["1 5.000 236.80"]);
    office.charge("2026-04").await;
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 5.000 236.80"]);

    let mut door = Door::open(&office.db.address(people::ACCOUNTANT), "kvartal test").await.unwrap();
    let why = door.explain("41001", "2026-04-01".parse().unwrap()).await.unwrap();
    assert!(why.to_string().contains("срок поверки прибора истёк"), "{why}");

    let new = json!({ "meter_id": 51, "from": "2026-03-01", "to": "2032-03-01", "certificate": "С-2" });
    let new = office.accountant.asserts("meters.verified", new).await;
    office.settle().await;
    // April: 22 m³ in four months; March: 7.000 m³ = 331.52 less 236.80
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 5.500 260.48"]);
    assert_eq!(back(&office).await, "2.0000000 94.72");
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
    office.accountant.undoes(new).await;
    office.settle().await;
    assert_eq!(water(&office, 41001, "2026-04").await, ["1 5.000 236.80"]);
    office.accountant.undoes(old).await;
    office.settle().await;
    assert_eq!(
        water(&office, 41001, "2026-04").await,
        ["1 5.500 260.48"],
        "nothing is held against a meter nobody verified"
    );
    assert_eq!(broken(&office.root).await, Vec::<String>::new());
}

/// What April brings back of the cold water of March.
async fn back(office: &Office) -> String {
    let sql = "select sum(volume) || ' ' || sum(amount) from billing.lines where month = '2026-04-01' and source_month = '2026-03-01'
        and account_id = 41001 and service = 'cold_water'";
    office.chief.query_one(sql, &[]).await.unwrap().get(0)
}

/// The list of a day, as an operator sees it: meter and state.
async fn verifications(clerk: &Clerk, until: &str, line: Option<&str>) -> Vec<String> {
    let sql = format!(
        "select serial || ' ' || to_char(verify_by, 'DD.MM.YYYY') || ' ' || state from meters.verification_list('{until}', $1)"
    );
    let rows = clerk.query(&sql, &[&line]).await.unwrap();
    let count: i64 = clerk
        .query_one(&format!("select meters.verification_count('{until}', $1)"), &[&line])
        .await
        .unwrap()
        .get(0);
    assert_eq!(usize::try_from(count).unwrap(), rows.len());
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn verifications_that_run_out_are_listed_until_the_next_one() {
    let office = Office::of(village().await).await;
    for (meter, to) in [(51, "2026-03-10"), (52, "2031-01-01"), (55, "2026-03-20")] {
        let fact = json!({ "meter_id": meter, "from": "2020-01-01", "to": to, "certificate": "С-1" });
        office.accountant.asserts("meters.verified", fact).await;
    }
    let chief = &office.chief;
    assert_eq!(
        verifications(chief, "2026-04-01", None).await,
        ["ХВ-1 10.03.2026 ended", "ХВ-5 20.03.2026 ended"]
    );
    assert_eq!(verifications(chief, "2026-03-15", None).await, ["ХВ-1 10.03.2026 ended"]);
    assert_eq!(verifications(chief, "2040-01-01", Some("ХВ-2")).await, ["ХВ-2 01.01.2031 ending"]);
    let south = Clerk::of(&office.db, village::SOUTH).await;
    assert_eq!(verifications(&south, "2026-04-01", None).await, ["ХВ-5 20.03.2026 ended"]);

    office.charge("2026-03").await;
    office.control("2026-03").await;
    let found: Vec<String> = chief
        .query(
            "select account || ' ' || detail from billing.control_findings('2026-03-01', 'verification_ended') order by 1",
            &[],
        )
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(found, ["41001 ХВ-1, 10.03.2026", "42001 ХВ-5, 20.03.2026"]);

    let next = json!({ "meter_id": 51, "from": "2026-03-12", "to": "2032-03-12", "certificate": "С-2" });
    let next = office.accountant.asserts("meters.verified", next).await;
    assert_eq!(verifications(chief, "2026-04-01", None).await, ["ХВ-5 20.03.2026 ended"]);
    office.accountant.undoes(next).await;
    assert_eq!(verifications(chief, "2026-04-01", None).await.len(), 2);
}
