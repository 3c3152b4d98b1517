//! A person of the base is registered at another address: for good the old place is left, for a time it stays. Flat 3 has no meter, a norm
//! of 4.33 m³ a person and a price of 47.36.

use serde_json::{Value, json};

use crate::common::{Clerk, Office, people, village};

/// Where somebody is registered, as the books hold it.
const STAYS: &str = "select coalesce(string_agg(premises_id || case when is_temporary then ' t ' else ' ' end || valid_from || '..' || valid_to, ', '
        order by valid_from, premises_id), '')
    from passport_data.residence where person_id = 66 and retracted is null and not void";

/// What the papers tell of where to and where from.
const TOLD: &str = "select concat_ws(' → ',
    (select came_from from passport_data.residence_arrival where person_id = 66 and retracted is null and not void),
    (select went_to from passport_data.residence_departure where person_id = 66 and retracted is null and not void))";

async fn water(office: &Office) -> String {
    office.seen("select volume::numeric(10,3) || ' ' || amount from billing.lines where account_id = 41003 and service = 'cold_water'").await
}

fn to(premises: i64, day: &str) -> Value {
    json!({ "person_id": 66, "premises_id": premises, "from": day, "relation": "дочь" })
}

#[tokio::test]
async fn the_old_place_is_left_by_the_same_operation() {
    let office = Office::of(village().await).await;
    office.charge("2026-03").await;
    let moved = office.passport.does("passport.registration", to(1012, "2026-03-16")).await;
    office.settle().await;
    assert_eq!(office.value::<String>(STAYS).await, "1013 2020-01-01..2026-03-16, 1012 2026-03-16..infinity");
    assert_eq!(
        office.value::<String>(TOLD).await,
        "Энск, улица Садовая, д. 1, кв. 3 → Энск, улица Садовая, д. 1, кв. 2"
    );
    // 15 of 31 days three lived there, then two: (2 + 15/31) × 4.33 = 10.754839 → 10.755 m³ × 47.36 = 509.3568.
    assert_eq!(water(&office).await, "10.755 509.36");
    office.passport.undoes(moved).await;
    office.settle().await;
    assert_eq!(office.value::<String>(STAYS).await, "1013 2020-01-01..infinity");
    assert_eq!(office.value::<String>(TOLD).await, "");
    assert_eq!(water(&office).await, "12.990 615.21");
}

#[tokio::test]
async fn a_stay_leaves_the_residence() {
    let office = Office::of(village().await).await;
    let mut stay = to(1012, "2026-03-16");
    stay["is_temporary"] = json!(true);
    stay["to"] = json!("2026-09-01");
    office.passport.does("passport.registration", stay).await;
    assert_eq!(
        office.value::<String>(STAYS).await,
        "1013 2020-01-01..infinity, 1012 t 2026-03-16..2026-09-01"
    );
    // The stay becomes a residence, and the old one ends.
    office.passport.does("passport.registration", to(1012, "2026-05-01")).await;
    assert_eq!(
        office.value::<String>(STAYS).await,
        "1013 2020-01-01..2026-05-01, 1012 t 2026-03-16..2026-05-01, 1012 2026-05-01..infinity"
    );
}

#[tokio::test]
async fn what_the_register_cannot_hold_is_refused() {
    let office = Office::of(village().await).await;
    let refused = |args: Value, sentence: &'static str| {
        let passport = &office.passport;
        async move {
            let refusal = passport.tries("passport.registration", args).await;
            assert!(refusal.message.contains(sentence), "{refusal:?}");
        }
    };
    refused(to(1013, "2026-03-16"), "уже зарегистрирован здесь с 01.01.2020").await;
    let mut ends = to(1012, "2026-03-16");
    ends["to"] = json!("2026-09-01");
    refused(ends, "срок бывает только у временной").await;
    office.passport.does("passport.registration", to(1012, "2026-03-16")).await;
    refused(
        to(1011, "2026-03-01"),
        "с 16.03.2026 человек уже зарегистрирован: Энск, улица Садовая, д. 1, кв. 2",
    )
    .await;
    // A clerk of one district sees the guest who lives in another, and does not take her off the register there.
    let guest = json!({ "person_id": 69, "premises_id": 1011, "from": "2026-03-01", "is_temporary": true });
    office.passport.does("passport.registration", guest).await;
    people::narrow(&office.root, people::PASSPORT, Some(11), Some(1)).await;
    let north = Clerk::of(&office.db, people::PASSPORT).await;
    let here = json!({ "person_id": 69, "premises_id": 1012, "from": "2026-03-16" });
    let refusal = north.tries("passport.registration", here).await;
    assert!(refusal.message.contains("на другом участке"), "{refusal:?}");
    let there = json!({ "person_id": 66, "premises_id": 1021, "from": "2026-04-01" });
    let refusal = north.tries("passport.registration", there).await;
    assert!(refusal.message.contains(": помещение не найдено или вам не видно"), "{refusal:?}");
}

/// Premises are found by one line: an address in either layout, a surname, an account; and those nobody pays for by their address.
#[tokio::test]
async fn premises_are_chosen_by_one_line() {
    let office = Office::of(village().await).await;
    let found = async |clerk: &Clerk, line: &str, folded: Option<&str>| -> Vec<i64> {
        let sql = "select premises_id from cards.premises_choice($1, $2)";
        clerk.query(sql, &[&line, &folded]).await.unwrap().iter().map(|row| row.get(0)).collect()
    };
    let passport = &office.passport;
    assert_eq!(found(passport, "садовая 1 2", None).await, [1012]);
    assert_eq!(found(passport, "cfljdfz 1 2", Some("садовая 1 2")).await, [1012]);
    assert_eq!(found(passport, "41003", None).await, [1013]);
    assert_eq!(found(passport, "жасминова", None).await, [1013]);
    // The flat of the two rooms has no account of its own.
    assert_eq!(found(passport, "садовая 1 4", None).await, [1014, 1015, 1016]);
    // The houses and flats of that number first, then the rest of the house.
    assert_eq!(found(passport, "садовая 1", None).await, [1011, 1021, 1012, 1013, 1015, 1016, 1014]);
    people::narrow(&office.root, people::PASSPORT, Some(11), Some(1)).await;
    let north = Clerk::of(&office.db, people::PASSPORT).await;
    assert_eq!(found(&north, "садовая 2", None).await, [1012]);
}
