//! Operators at the door and a worker behind it, as tests use them: what must succeed, what must be refused, and a
//! wait until everything touched is recomputed.

use std::ops::Deref;
use std::time::Duration;

use kvartal::db::book::Book;
use kvartal::db::config::Address;
use kvartal::db::connect::{Client, connect};
use kvartal::db::error::{DbError, Refusal};
use kvartal::job::delivery::{self, spooler::Spooler};
use kvartal::job::worker::{self, Habits, WorkerError};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::{Db, people, until, village};

/// The ground of every operation of the tests.
pub const GROUND: &str = "проверка";

/// An operator at the door.
pub struct Clerk {
    client: Client,
}

impl Clerk {
    /// Logs in.
    pub async fn of(db: &Db, login: &str) -> Self {
        Self { client: db.as_role(login).await }
    }

    /// Logs in at an address.
    pub async fn at(address: &Address) -> Self {
        Self { client: connect(address, "kvartal test").await.unwrap() }
    }

    /// Asks the door.
    pub async fn operate(
        &self,
        id: Uuid,
        kind: &str,
        args: &Value,
        ground: Option<&str>,
    ) -> Result<Value, DbError> {
        let sql = "select admin.operate($1, $2, $3, $4)";
        Ok(self.client.query_one(sql, &[&id, &kind, &args, &ground]).await?.get(0))
    }

    /// Does what must succeed; answers with the id of the operation.
    pub async fn does(&self, kind: &str, args: Value) -> Uuid {
        let id = Uuid::new_v4();
        let done = self.operate(id, kind, &args, Some(GROUND)).await;
        done.unwrap_or_else(|error| panic!("{kind} {args}: {error:?}"));
        id
    }

    /// Tries what must be refused by a sentence of the program.
    pub async fn tries(&self, kind: &str, args: Value) -> Refusal {
        match self.operate(Uuid::new_v4(), kind, &args, Some(GROUND)).await {
            Err(DbError::Refused(refusal)) => refusal,
            other => panic!("{kind} {args} is not refused: {other:?}"),
        }
    }

    /// Asserts one fact.
    pub async fn asserts(&self, kind: &str, fact: Value) -> Uuid {
        self.does(kind, json!({ "facts": [fact] })).await
    }

    /// Undoes an operation.
    pub async fn undoes(&self, operation: Uuid) -> Uuid {
        self.does("admin.undo", json!({ "operation": operation })).await
    }
}

impl Deref for Clerk {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

/// The worker, in this process.
pub struct Worker {
    stop: watch::Sender<bool>,
    work: JoinHandle<Result<(), WorkerError>>,
}

impl Worker {
    /// Starts one; several may work on one database. It draws no pictures by itself: tests plant facts past the door, and say when.
    pub fn start(db: &Db) -> Self {
        let (stop, asked) = watch::channel(false);
        let address = db.address(people::WORKER);
        let habits = Habits { quiet: Duration::MAX, ..Habits::default() };
        Self { stop, work: tokio::spawn(async move { worker::run_with(&address, habits, asked).await }) }
    }

    /// Lets it leave; what it has under way is finished or rolled back.
    pub async fn leave(mut self) {
        self.stop.send(true).unwrap();
        (&mut self.work).await.unwrap().unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.work.abort();
    }
}

/// A database with a worker, and the two who move the books.
pub struct Office {
    worker: Option<Worker>,
    pub root: Client,
    /// The operator of the centre: months, tariffs, plans.
    pub centre: Clerk,
    /// An accountant who sees everything.
    pub accountant: Clerk,
    /// A passport clerk.
    pub passport: Clerk,
    /// A chief accountant, who may do all of it.
    pub chief: Clerk,
    pub db: Db,
}

impl Office {
    /// Opens the doors of a database.
    pub async fn of(db: Db) -> Self {
        Self {
            worker: Some(Worker::start(&db)),
            root: db.root().await,
            centre: Clerk::of(&db, people::CENTRE).await,
            accountant: Clerk::of(&db, people::ACCOUNTANT).await,
            passport: Clerk::of(&db, people::PASSPORT).await,
            chief: Clerk::of(&db, village::CHIEF).await,
            db,
        }
    }

    /// The village, its house 101 charged for waste by containers from March: eight persons, 742.18 a m³.
    pub async fn with_containers() -> Self {
        let office = Self::of(village().await).await;
        let rate = json!({ "tariff_id": 38, "part": 0, "from": "2020-01-01", "rate": "742.18", "citation": "приказ" });
        office.centre.asserts("cards.tariff_rate", rate).await;
        let plan = json!({
            "house_id": 101, "service_id": 8, "from": "2026-03-01", "contract_id": 21, "method": "containers_persons", "tariff_id": 38
        });
        office.centre.asserts("cards.house_plan", plan).await;
        office
    }

    /// Sends everything that waits to its printer.
    pub async fn delivers(&self) {
        let (stop, asked) = watch::channel(false);
        let work = tokio::spawn(delivery::run(self.db.address(people::WORKER), Spooler::default(), asked));
        until("everything came out", async || {
            let open =
                "select not exists (select from admin_data.print_order where state in ('waiting', 'taken'))";
            self.root.query_one(open, &[]).await.unwrap().get(0)
        })
        .await;
        stop.send(true).unwrap();
        work.await.unwrap().unwrap();
    }

    /// Draws the pictures of all units for the first open month, as a worker does whom nobody asks anything.
    pub async fn draws(&self) {
        let month = Book::read(&self.root).await.unwrap().open[0].month;
        worker::draw_all(&self.db.as_role(people::WORKER).await, month).await.unwrap();
    }

    /// Waits until the worker has added up the balances of all houses.
    pub async fn adds_up(&self) {
        self.settle().await;
        until("balances are added up", async || {
            let moved = "select not exists (select from billing_data.balance_moved)
                and not exists (select from billing_data.month m, billing.houses_moved(m.month) h where m.month >= (select max(month) from billing_data.month where run is not null))";
            self.root.query_one(moved, &[]).await.unwrap().get(0)
        })
        .await;
    }

    /// Sends the worker home: what is touched from now on waits.
    pub async fn dismiss(&mut self) {
        self.worker.take().unwrap().leave().await;
    }

    /// Takes a worker on again.
    pub fn hire(&mut self) {
        self.worker = Some(Worker::start(&self.db));
    }

    /// Waits until nothing asked of the worker is left.
    pub async fn settle(&self) {
        until("the worker has nothing left to do", async || {
            assert!(self.worker.as_ref().is_some_and(|worker| !worker.work.is_finished()), "the worker left");
            let idle = "select not exists (select from billing_data.queue)
                and not exists (select from admin_data.preview where state = 'asked')
                and not exists (select from admin_data.job where state in ('queued', 'running'))";
            self.root.query_one(idle, &[]).await.unwrap().get(0)
        })
        .await;
    }

    /// Charges a month and waits for the end of the job.
    pub async fn charge(&self, month: &str) {
        let job = self.centre.does("billing.charge", json!({ "month": month })).await;
        self.done(job).await;
    }

    /// Makes the control of a charged month and waits for it.
    pub async fn control(&self, month: &str) {
        self.settle().await;
        let job = self.centre.does("billing.control", json!({ "month": month })).await;
        self.done(job).await;
    }

    /// Makes the control of a charged month, accepts whatever stops it, and signs: what stands before every release.
    pub async fn sign(&self, month: &str) {
        self.control(month).await;
        let kinds =
            "select coalesce(jsonb_agg(kind), '[]') from billing.control_kinds($1) where verdict = 'stop'";
        let first_day = month.parse::<kvartal::calc::period::Month>().unwrap().first_day();
        let kinds: Value = self.centre.query_one(kinds, &[&first_day]).await.unwrap().get(0);
        if kinds != json!([]) {
            self.centre.does("billing.control_accept", json!({ "month": month, "kinds": kinds })).await;
        }
        self.centre.does("billing.control_sign", json!({ "month": month })).await;
    }

    /// Signs the control of a month and releases it; advances are settled by the first day of the next.
    pub async fn release(&self, month: &str) {
        self.sign(month).await;
        let args = json!({ "month": month, "cash_day": format!("{}-01", next(month)) });
        self.centre.does("billing.release", args).await;
    }

    /// Seals a month and waits for its hash.
    pub async fn seal(&self, month: &str) {
        let job = self.centre.does("billing.seal", json!({ "month": month })).await;
        self.done(job).await;
    }

    /// Charges and releases.
    pub async fn book(&self, month: &str) {
        self.charge(month).await;
        self.release(month).await;
    }

    async fn done(&self, job: Uuid) {
        self.settle().await;
        let state = "select state, failure from admin_data.job where id = $1";
        let row = self.root.query_one(state, &[&job]).await.unwrap();
        assert_eq!(row.get::<_, &str>(0), "done", "{:?}", row.get::<_, Option<Value>>(1));
    }

    /// The one value of a question to the views, which show the chief accountant everything.
    pub async fn seen<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, sql: &str) -> T {
        self.chief.query_one(sql, &[]).await.unwrap().get(0)
    }

    /// The one value of a question to the tables, which nobody but the superuser may ask.
    pub async fn value<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, sql: &str) -> T {
        self.root.query_one(sql, &[]).await.unwrap().get(0)
    }
}

/// Sessions of workers that wait for a lock.
pub async fn held_up(root: &Client) -> i64 {
    let sql = "select count(*) from pg_stat_activity
        where datname = current_database() and usename = 'kvartal_worker' and cardinality(pg_blocking_pids(pid)) > 0";
    root.query_one(sql, &[]).await.unwrap().get(0)
}

/// The month after one, as `YYYY-MM`.
pub fn next(month: &str) -> String {
    month.parse::<kvartal::calc::period::Month>().unwrap().next().to_string()
}
