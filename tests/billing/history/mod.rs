//! Random histories of the village. After every change, once the worker is idle: what is stored for the open months
//! is what a run from nothing gives; what was released is as it was printed; what was sealed has its hash; money
//! adds up. In the end everything is undone, and the balances are those of a village where nothing ever happened.

mod change;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use kvartal::calc::period::Month;
use kvartal::job::month::seal::hash;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::json;
use tokio::runtime::Runtime;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::balances::broken;
use super::stored::{stored, stored_equals_rebuilt};
use crate::common::{Office, village};
use change::{Change, change};

/// Histories of each kind in an ordinary run, the same each time, so that a red run can be repeated; `PROPTEST_CASES` asks for
/// more, and for others.
const CASES: u32 = 6;

fn runner() -> TestRunner {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    let cases = if asked { Config::default().cases } else { CASES };
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 60, ..Config::default() };
    if asked {
        return TestRunner::new(config);
    }
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// Released months as they were printed.
type Printed = BTreeMap<Month, Vec<String>>;

/// A village in which things happen, watched.
struct Watched {
    office: Office,
    done: Vec<Uuid>,
    printed: Printed,
}

impl Watched {
    async fn begin(months: i32) -> Self {
        let office = Office::of(village().await).await;
        for more in 1..months {
            let open = format!(
                "insert into billing_data.month (month) select min(month) + interval '{more} month' from billing_data.month"
            );
            office.root.batch_execute(&open).await.unwrap();
        }
        Self { office, done: Vec::new(), printed: Printed::new() }
    }

    /// One change, and all laws after it.
    async fn happens(&mut self, change: &Change) {
        let operation = change.happen(&self.office, &self.done).await;
        self.done.extend(operation);
        self.laws_hold(&format!("{change:?}")).await;
    }

    async fn laws_hold(&mut self, after: &str) {
        self.office.settle().await;
        stored_equals_rebuilt(&self.office.db, &self.office.root, after).await;
        assert_eq!(broken(&self.office.root).await, Vec::<String>::new(), "after {after}");
        self.stone_rests(after).await;
    }

    async fn stone_rests(&mut self, after: &str) {
        let closed =
            "select month, sealed_hash from billing_data.month where state in ('released', 'sealed')";
        for row in self.office.root.query(closed, &[]).await.unwrap() {
            let month = Month::of(row.get(0));
            let now = stored(&self.office.root, month).await;
            let printed = self.printed.entry(month).or_insert_with(|| now.clone());
            assert_eq!(*printed, now, "after {after}: {month} is not what was printed");
            if let Some(sealed) = row.get::<_, Option<&str>>(1) {
                let mut client = self.office.db.root().await;
                let transaction = client.transaction().await.unwrap();
                assert_eq!(hash(&transaction, month).await.unwrap().hash, sealed, "after {after}: {month}");
            }
        }
    }

    /// Undoes everything from the last to the first; what was undone already is refused, which is right.
    async fn undo_all(&mut self) {
        for operation in std::mem::take(&mut self.done).into_iter().rev() {
            let args = json!({ "operation": operation });
            let undone =
                self.office.chief.operate(Uuid::new_v4(), "admin.undo", &args, Some("проверка")).await;
            if let Err(error) = undone {
                assert_eq!(error.code(), "KV010", "{operation}: {error:?}");
            }
        }
        self.laws_hold("undo of everything").await;
    }

    /// What is owed with the first open month charged, without heating: a house meter's heat is frozen with each
    /// release and shared anew only by a change of scope "house", so neighbours keep what they were billed. Money is
    /// counted whatever its day: reversals are of today.
    async fn closing(&self) -> (usize, Vec<String>) {
        let first = "select to_char(min(month), 'YYYY-MM') from billing_data.month where state in ('collecting', 'charged')";
        let month: String = self.office.value(first).await;
        self.office.charge(&month).await;
        let sql = format!(
            "select account_id || ' ' || service_id || ' ' || contract_id || ' ' || sum(amount) from (
                 select l.account_id, l.service_id, l.contract_id, l.amount from billing_data.month m
                 join billing_data.line l on l.run = m.run where m.month <= '{month}-01'
                 union all select account_id, service_id, contract_id, amount from billing_data.correction
                 union all select account_id, service_id, contract_id, -amount from finance_data.payment_split
             ) owed (account_id, service_id, contract_id, amount)
             where service_id <> 5 group by account_id, service_id, contract_id having sum(amount) <> 0
             order by account_id, service_id, contract_id"
        );
        let rows = self.office.root.query(&sql, &[]).await.unwrap();
        (self.printed.len(), rows.iter().map(|row| row.get(0)).collect())
    }
}

/// Balances of a village where nothing happened but months, by how many were released.
#[derive(Default)]
struct Quiet(BTreeMap<usize, Vec<String>>);

impl Quiet {
    async fn closing(&mut self, released: usize) -> Vec<String> {
        if let Entry::Vacant(unknown) = self.0.entry(released) {
            let mut watched = Watched::begin(1).await;
            for month in Month::new(2026, 3).unwrap().onwards().take(released) {
                watched.office.book(&month.to_string()).await;
            }
            watched.laws_hold("quiet months").await;
            unknown.insert(watched.closing().await.1);
        }
        self.0[&released].clone()
    }
}

fn histories_hold(strategy: impl Strategy<Value = (i32, Vec<Change>)>) {
    let (runtime, quiet) = (runtime(), Mutex::new(Quiet::default()));
    let held = runner().run(&strategy, |(months, changes)| {
        runtime.block_on(async {
            let mut watched = Watched::begin(months).await;
            watched.happens(&Change::Charge { later: false }).await;
            for change in &changes {
                watched.happens(change).await;
            }
            watched.undo_all().await;
            let (released, closing) = watched.closing().await;
            drop(watched);
            let expected = quiet.lock().await.closing(released).await;
            prop_assert_eq!(closing, expected);
            Ok(())
        })
    });
    held.unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn histories_of_one_open_month() {
    histories_hold((Just(1), prop::collection::vec(change(), 10..24)));
}

#[test]
fn histories_of_two_open_months() {
    histories_hold((Just(2), prop::collection::vec(change(), 10..20)));
}
