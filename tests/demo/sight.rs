//! Demo operators see what their job and company allow.

use std::collections::BTreeSet;

use kvartal::cli::demo::operators::{ACCOUNTANTS, ALL, CENTRE, Operator, PASSWORD};
use kvartal::db::connect::{Client, connect};

use super::{houses, town};
use crate::common::Db;

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
