//! A fresh database for every test: cloned from a template that is migrated once a run, dropped at the end.
//!
//! The server is that of `KVARTAL_TEST_URL`, which `bin/test` starts; its superuser makes databases and does
//! nothing else that a test is about.

use kvartal::db::config::{Address, percent_encoded};
use kvartal::db::connect::{Client, connect};
use kvartal::db::migrate;
use tokio_postgres::config::Host;
use uuid::Uuid;

use super::people;

/// The key of the lock under which templates are made; one number for all, kept in the database `postgres`.
const TEMPLATES: i64 = 4_711;

/// A database of a test's own, gone when this is dropped.
pub struct Db {
    root: Address,
}

impl Db {
    /// A migrated database with the people of the fixture and no other rows.
    pub async fn fresh() -> Self {
        let template = format!("kvartal_template_{}", &migrate::digest()[..16]);
        make_template(&template, None, async |root| {
            migrate::migrate(root).await.unwrap();
            people::settle(root).await;
        })
        .await;
        Self::clone_of(&template).await
    }

    /// A fresh database that `fill` has filled, by the superuser; the filling is done once a run for each `name`.
    pub async fn filled(name: &str, fill: impl AsyncFnOnce(&mut Client)) -> Self {
        let empty = Self::fresh().await;
        let template = format!("kvartal_template_{name}_{}", &migrate::digest()[..16]);
        make_template(&template, Some(empty.name()), fill).await;
        Self::clone_of(&template).await
    }

    async fn clone_of(template: &str) -> Self {
        let name = format!("kvartal_test_{}", Uuid::new_v4().simple());
        let server = server();
        let clone = format!("create database {name} template {template} strategy file_copy");
        let server_session = session(&server).await;
        server_session.batch_execute(&clone).await.unwrap();
        // Rights to a database itself are not cloned; these are what a migration leaves.
        let rights = format!(
            "revoke all on database {name} from public;
             grant create, connect, temporary on database {name} to kvartal_owner;
             grant connect on database {name} to kvartal_operator, kvartal_worker"
        );
        server_session.batch_execute(&rights).await.unwrap();
        Self { root: server.with_database(&name) }
    }

    pub fn name(&self) -> &str {
        self.root.database()
    }

    /// The superuser's address, to prepare and to look behind the scenes.
    pub fn root_address(&self) -> &Address {
        &self.root
    }

    /// A session of the superuser, to prepare and to look behind the scenes.
    pub async fn root(&self) -> Client {
        session(&self.root).await
    }

    /// The address of one of the [`people`].
    pub fn address(&self, login: &str) -> Address {
        self.root.with_login(login, people::PASSWORD)
    }

    /// A session of one of the [`people`]: what an operator's client may do, and no more.
    pub async fn as_role(&self, login: &str) -> Client {
        session(&self.address(login)).await
    }

    /// The same as a URL, for a program started by a test.
    pub fn url(&self, login: &str) -> String {
        let config = self.root.config();
        let (port, password) = (config.get_ports()[0], percent_encoded(people::PASSWORD));
        let host = match &config.get_hosts()[0] {
            Host::Unix(directory) => percent_encoded(&directory.display().to_string()),
            Host::Tcp(name) => name.clone(),
        };
        format!("postgresql://{login}:{password}@/{}?host={host}&port={port}", self.name())
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        let (server, drop) = (server(), format!("drop database {} with (force)", self.name()));
        // A test's runtime may be the very thing that is being torn down.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { session(&server).await.batch_execute(&drop).await.unwrap() });
        })
        .join();
        assert!(dropped.is_ok() || std::thread::panicking(), "the test's database could not be dropped");
    }
}

/// The superuser's address on the test server, in the database that is always there.
pub fn server() -> Address {
    let url = std::env::var("KVARTAL_TEST_URL").ok();
    let address = Address::required(url.as_deref());
    address
        .expect("KVARTAL_TEST_URL must name the superuser of a test server: run the tests by bin/test [NAME]")
}

async fn session(address: &Address) -> Client {
    connect(address, "kvartal test").await.unwrap()
}

/// Makes a template unless another test has: under a lock, and under another name until it is whole.
async fn make_template(name: &str, base: Option<&str>, fill: impl AsyncFnOnce(&mut Client)) {
    let (server, unfinished) = (server(), format!("{name}_unfinished"));
    let root = session(&server).await;
    if exists(&root, name).await {
        return;
    }
    root.execute("select pg_advisory_lock($1)", &[&TEMPLATES]).await.unwrap();
    if !exists(&root, name).await {
        root.batch_execute(&format!("drop database if exists {unfinished}")).await.unwrap();
        let base = base.unwrap_or("template1");
        root.batch_execute(&format!("create database {unfinished} template {base}")).await.unwrap();
        fill(&mut session(&server.with_database(&unfinished)).await).await;
        root.batch_execute(&format!("alter database {unfinished} rename to {name}")).await.unwrap();
    }
    root.execute("select pg_advisory_unlock($1)", &[&TEMPLATES]).await.unwrap();
}

async fn exists(root: &Client, name: &str) -> bool {
    let found = root.query_opt("select from pg_database where datname = $1", &[&name]).await;
    found.unwrap().is_some()
}

#[tokio::test]
async fn every_test_has_a_database_of_its_own_and_leaves_none() {
    let (one, other) = (Db::fresh().await, Db::fresh().await);
    one.root().await.batch_execute("create table public.mark ()").await.unwrap();
    let seen = other.root().await.query_one("select to_regclass('public.mark') is null", &[]).await.unwrap();
    assert!(seen.get::<_, bool>(0), "what one test wrote, another sees");
    let name = one.name().to_owned();
    drop(one);
    assert!(!exists(&session(&server()).await, &name).await);
}

#[tokio::test]
async fn a_filling_is_done_once() {
    let fill = async |root: &mut Client| {
        root.batch_execute("create table public.filled as select 1 as times").await.unwrap();
    };
    let (one, other) = tokio::join!(Db::filled("sample", fill), Db::filled("sample", fill));
    for db in [one, other] {
        let rows = db.root().await.query("select times from public.filled", &[]).await.unwrap();
        assert_eq!(rows.len(), 1);
    }
}

#[tokio::test]
async fn people_of_the_fixture_are_no_superusers() {
    let db = Db::fresh().await;
    for login in [
        people::ADMIN,
        people::ACCOUNTANT,
        people::COLLEAGUE,
        people::CASHIER,
        people::CENTRE,
        people::PASSPORT,
    ] {
        let session = db.as_role(login).await;
        let question =
            "select session_user::text, rolsuper or rolcreaterole from pg_roles where rolname = session_user";
        let row = session.query_one(question, &[]).await.unwrap();
        assert_eq!((row.get::<_, &str>(0), row.get::<_, bool>(1)), (login, false));
        assert!(
            session.batch_execute("delete from admin_data.operator").await.is_err(),
            "{login} reaches a table"
        );
    }
}

#[tokio::test]
async fn a_narrowed_operator_sees_less() {
    let db = Db::fresh().await;
    let root = db.root().await;
    people::narrow(&root, people::COLLEAGUE, Some(1), None).await;
    let scope = "select company_id, district_id from admin_data.operator_scope where login = $1";
    let row = root.query_one(scope, &[&people::COLLEAGUE]).await.unwrap();
    assert_eq!((row.get::<_, Option<i64>>(0), row.get::<_, Option<i64>>(1)), (Some(1), None));
}

#[tokio::test]
async fn a_started_program_gets_the_same_way_in() {
    let db = Db::fresh().await;
    let address = Address::parse(&db.url(people::CASHIER)).unwrap();
    assert_eq!(session(&address).await.query_one("select 1", &[]).await.unwrap().get::<_, i32>(0), 1);
    assert_eq!(address.to_string(), db.address(people::CASHIER).to_string());
    assert_eq!(db.root_address().database(), address.database());
}
