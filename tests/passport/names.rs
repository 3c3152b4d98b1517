//! Names: what the search finds follows every change of a payer or of a name, and every undo of one; names are read
//! where somebody lives, not in a list of everybody.

use serde_json::json;

use crate::common::{Office, village};

/// Accounts a surname finds.
async fn found(office: &Office, surname: &str) -> Vec<String> {
    let rows = office
        .accountant
        .query("select id::text from cards.search($1) where kind = 'account' order by 1", &[&surname])
        .await
        .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn the_search_follows_names_and_payers() {
    let office = Office::of(village().await).await;
    let nothing = Vec::<String>::new();
    assert_eq!(found(&office, "берёзкина").await, ["41001"]);
    assert_eq!(found(&office, "БЕРЕЗКИНА").await, ["41001"]);
    let married = office
        .passport
        .asserts(
            "passport.person_name",
            json!({ "person_id": 61, "from": "2026-03-01", "last_name": "Ёлкина", "first_name": "Нина" }),
        )
        .await;
    assert_eq!(
        (found(&office, "елкина").await, found(&office, "берёзкина").await),
        (vec!["41001".to_owned()], nothing.clone())
    );
    let payer = office
        .accountant
        .asserts(
            "cards.account_holder",
            json!({ "account_id": 41001, "from": "2026-03-01", "person_id": 62 }),
        )
        .await;
    assert_eq!(
        (found(&office, "вишнякова").await, found(&office, "ёлкина").await),
        (vec!["41001".to_owned()], nothing.clone())
    );
    office.accountant.undoes(payer).await;
    office.passport.undoes(married).await;
    assert_eq!(
        (found(&office, "берёзкина").await, found(&office, "вишнякова").await),
        (vec!["41001".to_owned()], nothing)
    );
}

#[tokio::test]
async fn names_are_read_where_somebody_lives() {
    let office = Office::of(village().await).await;
    assert!(office.passport.execute("select * from passport.person_name", &[]).await.is_err());
    let names = "select string_agg(last_name, ' ' order by last_name) from passport.residents where premises_id = 1011";
    assert_eq!(office.passport.query_one(names, &[]).await.unwrap().get::<_, &str>(0), "Берёзкина Вишнякова");
}

/// A Latin letter among Russian ones is never a name; a Latin name is one when it was typed twice; undo puts it back without asking.
#[tokio::test]
async fn latin_letters_in_names_are_refused_at_the_door() {
    let office = Office::of(village().await).await;
    let arrival = |surname: &str| {
        json!({ "person": { "last_name": surname, "first_name": "Иван", "sex": "male", "born_on": "1980-01-01" },
            "premises_id": 1011, "from": "2026-03-01" })
    };
    let refused = office.passport.tries("passport.arrival", arrival("Ivanov")).await;
    assert_eq!(refused.code, "KV004");
    assert!(refused.message.contains("имя «Ivanov» набрано латинскими буквами"), "{}", refused.message);
    let mixed = "Ив\u{61}нов";
    for args in [arrival(mixed), {
        let mut twice = arrival(mixed);
        twice["twice"] = json!(true);
        twice
    }] {
        let refused = office.passport.tries("passport.arrival", args).await;
        assert!(refused.message.contains("латинская буква «a» среди русских"), "{}", refused.message);
    }
    let mut foreigner = arrival("Smith-Jones");
    foreigner["twice"] = json!(true);
    office.passport.does("passport.arrival", foreigner).await;
    let renamed =
        json!({ "person_id": 61, "from": "2026-03-01", "last_name": "Berezkina", "first_name": "Нина" });
    let refused = office.passport.tries("passport.person_name", json!({ "facts": [renamed.clone()] })).await;
    assert!(refused.message.contains("Berezkina"), "{}", refused.message);
    let first =
        office.passport.does("passport.person_name", json!({ "facts": [renamed], "twice": true })).await;
    let again = json!({ "person_id": 61, "from": "2026-03-01", "last_name": "Ёлкина", "first_name": "Нина" });
    let second = office.passport.asserts("passport.person_name", again).await;
    office.passport.undoes(second).await;
    office.passport.undoes(first).await;
}
