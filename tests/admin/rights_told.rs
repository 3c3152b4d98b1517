//! What a login is told of its rights is what the database lets it do.

use std::collections::BTreeSet;

use kvartal::db::connect::Client;
use kvartal::db::error::DbError;
use serde_json::Value;

use crate::common::village;
use crate::common::village::JOBS;

async fn told(client: &Client, part: &str) -> BTreeSet<String> {
    let begin = "select admin.session_begin('pts/1', '', '1.0.0')->'rights'";
    let rights: Value = client.query_one(begin, &[]).await.unwrap().get(0);
    let list = rights[part].as_array().unwrap_or_else(|| panic!("{rights}"));
    list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Each kind is tried with nothing in it: whoever may make it is refused for the arguments, whoever may not for the right.
#[tokio::test]
async fn operations_told_are_those_of_the_door() {
    let db = village().await;
    let kinds = "select name from admin.operation_parts()";
    for (login, job) in JOBS {
        let client = db.as_role(login).await;
        let told = told(&client, "operations").await;
        let kinds: Vec<String> =
            client.query(kinds, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
        for kind in kinds {
            let tried = client.execute("select admin.operate(gen_random_uuid(), $1, '[]')", &[&kind]).await;
            let refused = tried.err().map(DbError::from).unwrap();
            assert_eq!(told.contains(&kind), refused.code() != "KV001", "{job}: {kind}: {refused}");
        }
    }
}

/// Reading that is one job's is told to that job alone; views and functions of everybody to everybody.
#[tokio::test]
async fn readings_told_are_those_that_are_let_through() {
    let db = village().await;
    let acts = [
        ("passport.card_open", "select * from passport.card_open(61)"),
        ("passport.paper_draft", "select passport.paper_draft('registered', 1011, null, null, null)"),
    ];
    for (login, job) in JOBS {
        let client = db.as_role(login).await;
        let told = told(&client, "relations").await;
        for (name, sql) in acts {
            let refused = client.execute(sql, &[]).await.err().map(DbError::from);
            let is_refused = refused.as_ref().is_some_and(|refused| refused.code() == "KV001");
            assert_eq!(told.contains(name), !is_refused, "{job}: {name}: {refused:?}");
        }
        assert!(told.contains("cards.account_head") && told.contains("cards.search"), "{job}");
        assert!(!told.contains("admin.perform") && !told.contains("passport.arrival"), "{job}");
    }
}

/// Screens told are the menu; closed ones are the rest of everybody's.
#[tokio::test]
async fn screens_told_are_the_menu() {
    let db = village().await;
    let dispatcher = db.as_role("kv_t_dispatcher").await;
    let (open, closed) = (told(&dispatcher, "screens").await, told(&dispatcher, "closed").await);
    assert!(open.contains("332") && open.contains("990") && !open.contains("410"), "{open:?}");
    assert!(closed.contains("410") && closed.contains("930"), "{closed:?}");
    assert!(open.is_disjoint(&closed));
}
