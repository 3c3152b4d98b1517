//! Demo operators see what their job and company allow.

use std::collections::BTreeSet;

use kvartal::cli::demo::operators::{ACCOUNTANTS, ALL, CENTRE, Operator, PASSWORD};
use kvartal::db::connect::{Client, connect};

use kvartal::engine::value::Show;
use kvartal::locale::{Lang, Words};

use super::{houses, town};
use crate::common::Db;
use crate::engine::play::screens;

async fn session(db: &Db, one: &Operator) -> Client {
    connect(&db.root_address().with_login(one.login, PASSWORD), "kvartal test").await.unwrap()
}

async fn accounts(client: &Client) -> BTreeSet<i64> {
    let rows = client.query("select distinct account_id from billing.lines", &[]).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn everybody_can_log_in_and_nobody_is_a_superuser() {
    let db = town().await;
    for one in &ALL {
        let sql =
            "select session_user::text, rolsuper or rolcreaterole from pg_roles where rolname = session_user";
        let row = session(&db, one).await.query_one(sql, &[]).await.unwrap();
        assert_eq!((row.get(0), row.get(1)), (one.login, false));
    }
}

#[tokio::test]
async fn an_accountant_sees_the_houses_of_one_company() {
    let db = town().await;
    let of = |company| -> BTreeSet<i64> {
        let houses = houses();
        let own = houses.iter().filter(|house| company == house.company);
        own.flat_map(|house| house.accounts().map(|account| account.id.0).collect::<Vec<_>>()).collect()
    };
    for one in &ACCOUNTANTS {
        assert_eq!(accounts(&session(&db, one).await).await, of(one.company), "{}", one.login);
    }
    assert_eq!(accounts(&session(&db, &CENTRE).await).await.len(), 300);
}

/// What a town has of closed sets is told in words in every list of a view, in both languages.
#[tokio::test]
async fn every_code_of_a_closed_set_has_its_word() {
    let db = town().await;
    let client = session(&db, &CENTRE).await;
    let mut asked = BTreeSet::new();
    for screen in screens().values() {
        for grid in &screen.grids {
            let source = &screen.sources[grid.source];
            let chosen = grid.columns.iter().filter_map(|column| match &column.show {
                Show::Choice(set) => Some((source.columns[column.column].clone(), set.clone())),
                _ => None,
            });
            asked.extend(
                chosen
                    .filter(|_| !source.is_function)
                    .map(|(column, set)| (source.relation.clone(), column, set)),
            );
        }
    }
    let (mut silent, mut said) = (BTreeSet::new(), 0);
    for (view, column, set) in &asked {
        let sql = format!("select distinct {column}::text from {view} where {column} is not null");
        for row in client.query(&sql, &[]).await.unwrap() {
            let key = format!("choice-{set}-{}", row.get::<_, &str>(0));
            said += 1;
            silent.extend(Lang::ALL.iter().filter(|lang| !Words::of(**lang).has(&key)).map(|_| key.clone()));
        }
    }
    assert!(said > 30, "{said} codes of {asked:?}");
    assert!(silent.is_empty(), "{silent:?}");
}
