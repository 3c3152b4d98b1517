//! The one-line search finds everything by any words in any order, forgives typos and the wrong keyboard layout, and
//! finds nothing of another company.

use kvartal::db::connect::Client;
use serde_json::json;

use crate::common::village::{NORTH, SOUTH};
use crate::common::{Office, village};

/// Kinds and ids a line finds, the best first.
async fn found(client: &Client, line: &str, folded: Option<&str>) -> Vec<String> {
    let sql = "select kind || ' ' || id from cards.search($1, $2)";
    client.query(sql, &[&line, &folded]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn everything_is_found_by_any_words() {
    let office = Office::of(village().await).await;
    let clerk = &office.accountant;
    let flat_1 = ["account 41001", "person 61", "person 62"];
    for line in ["садовая 1 1", "Садовая, д. 1, кв. 1", "1 1 садовая", "САДОВ 1 1"]
    {
        let hits = found(clerk, line, None).await;
        assert_eq!(hits[..2], ["account 41001", "person 61"], "{line}: {hits:?}");
    }
    assert_eq!(found(clerk, "садовая 1", None).await[0], "house 101");
    assert_eq!(found(clerk, "берёзкина нина", None).await, flat_1[..2]);
    assert_eq!(found(clerk, "н п БЕРЕЗКИНА", None).await, flat_1[..2]);
    // Vishnyakova lives there and pays for nothing: she is found as a person, by her own name or with the street.
    assert_eq!(found(clerk, "вишнякова садовая", None).await, ["person 62"]);
    assert_eq!(found(clerk, "41001", None).await, ["account 41001"]);
    assert_eq!(found(clerk, "ХВ-1", None).await, ["meter 51"]);
    assert_eq!(found(clerk, "хв1", None).await, ["meter 51"]);
    // A room is found by its flat.
    assert!(found(clerk, "садовая 1 4", None).await.contains(&"account 41005".to_owned()));
    for nothing in ["", " ", "1", "я", "ул д кв", "%", "' | '", "несуществующая"] {
        assert_eq!(found(clerk, nothing, None).await, [""; 0], "{nothing}");
    }
}

/// Of a street the flats come as they are numbered: 2 before 10.
#[tokio::test]
async fn flats_come_in_the_order_of_their_numbers() {
    let office = Office::of(village().await).await;
    let renumber = "update cards_data.search_entry set subtitle = replace(subtitle, 'кв. 1', 'кв. 10')
        where kind = 'account' and subtitle like '%Садовая, д. 1, кв. 1'";
    assert_eq!(office.root.execute(renumber, &[]).await.unwrap(), 1);
    let hits = found(&office.accountant, "садовая 1", None).await;
    let place = |hit: &str| hits.iter().position(|one| one == hit);
    assert!(place("account 41002") < place("account 41001") && place("account 41001").is_some(), "{hits:?}");
}

#[tokio::test]
async fn typos_and_layouts_are_forgiven() {
    let office = Office::of(village().await).await;
    let clerk = &office.accountant;
    let hit = "account 41001";
    for (line, folded) in [
        ("березкена", None),
        ("берескина садавая", None),
        (",thtprbyf", Some("березкина")),
        (",thtprtyf", Some("березкена")),
        ("Cfljdfz 1 1", Some("Садовая 1 1")),
    ] {
        assert_eq!(found(clerk, line, folded).await.first().map(String::as_str), Some(hit), "{line}");
    }
}

/// A phone belongs to a person; it is found however it is written, and is gone when it is taken back.
#[tokio::test]
async fn a_phone_finds_its_person() {
    let office = Office::of(village().await).await;
    let phone = json!({ "person_id": 62, "from": "2026-03-01", "number": "+79211234567" });
    let given = office.passport.asserts("passport.phone", phone).await;
    for line in ["+7 (921) 123-45-67", "89211234567", "123-45-67", "9211234567"] {
        assert_eq!(found(&office.accountant, line, None).await, ["person 62"], "{line}");
    }
    let south = office.db.as_role(SOUTH).await;
    assert_eq!(found(&south, "89211234567", None).await, [""; 0]);
    office.passport.undoes(given).await;
    assert_eq!(found(&office.accountant, "89211234567", None).await, [""; 0]);
}

#[tokio::test]
async fn nothing_of_another_company_is_found() {
    let office = Office::of(village().await).await;
    let (north, south) = (office.db.as_role(NORTH).await, office.db.as_role(SOUTH).await);
    for (line, own, other) in [
        ("садовая 2", &south, &north),
        ("42001", &south, &north),
        ("калинина", &south, &north),
        ("калинена", &south, &north),
        ("ХВ-5", &south, &north),
        ("ХВ-4", &north, &south),
        ("дубова", &north, &south),
    ] {
        let (mine, theirs) = (found(own, line, None).await, found(other, line, None).await);
        assert!(!mine.is_empty(), "{line} is found by nobody");
        assert!(mine.iter().all(|hit| !theirs.contains(hit)), "{line}: {theirs:?}");
    }
}

/// A move changes where a person is found.
#[tokio::test]
async fn the_search_follows_a_move() {
    let office = Office::of(village().await).await;
    assert_eq!(found(&office.accountant, "вишнякова 3", None).await, [""; 0]);
    let residence =
        json!({ "person_id": 62, "premises_id": 1013, "from": "2026-03-01", "is_temporary": true });
    let moved = office.passport.asserts("passport.residence", residence).await;
    assert_eq!(found(&office.accountant, "вишнякова 3", None).await, ["person 62"]);
    office.passport.undoes(moved).await;
    assert_eq!(found(&office.accountant, "вишнякова 3", None).await, [""; 0]);
}
