//! `kill -9` of the worker, loss of its sessions, and of the whole server, in the middle of a run, of a house and of
//! a seal: the next worker goes on, and what comes out is what would have come out undisturbed. The worker is the
//! real program; it is stopped at a gate, a lock its next step asks for.

use std::process::{Child, Command, Stdio};

use kvartal::calc::period::Month;
use kvartal::db::cluster::{Cluster, Pace, Status};
use kvartal::db::config::Address;
use kvartal::db::connect::{Client, connect};
use kvartal::db::migrate::migrate;
use kvartal::job::door::{Operation, Session as CentreSession};
use kvartal::job::town::life::sign::sign;
use serde_json::json;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::stored::stored;
use crate::common::interleave::Session;
use crate::common::office::held_up;
use crate::common::village::{crowd, crowded};
use crate::common::{Clerk, Db, Office, people, until};
use crate::db::cluster::Place;

/// The worker, or a client, as a process of its own.
pub(super) struct Program(Child);

impl Program {
    pub(super) fn start(url: &str) -> Self {
        Self::run(&["worker", "--url", url])
    }

    fn run(arguments: &[&str]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_kvartal"));
        program.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        Self(program.spawn().unwrap())
    }

    /// SIGKILL: the process has no chance to say anything.
    pub(super) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// Whether the process left by itself.
    fn left(&mut self) -> bool {
        self.0.try_wait().unwrap().is_some()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // A test that failed must not leave a worker behind; one that is dead already does not mind.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Lets the first batches of a run pass and stops the others before they are complete, as long as lock 777 is held.
const STOP_BATCHES: &str = "create function public.stop() returns trigger language plpgsql as $$ begin
        if tg_table_name <> 'run_batch' or exists (select from billing_data.run_batch) then perform pg_advisory_xact_lock_shared(777); end if;
        return new;
    end $$;
    grant execute on function public.stop() to public;
    create trigger stop before insert on billing_data.run_batch for each row execute function public.stop();
    create trigger stop before insert on billing_data.balance_month for each row execute function public.stop();";

fn march() -> Month {
    "2026-03".parse().unwrap()
}

/// What March comes to when nobody disturbs; computed once for all tests.
async fn undisturbed() -> &'static Vec<String> {
    static MARCH: OnceCell<Vec<String>> = OnceCell::const_new();
    MARCH
        .get_or_init(async || {
            let office = Office::of(crowd().await).await;
            office.charge("2026-03").await;
            stored(&office.root, march()).await
        })
        .await
}

async fn idle(root: &Client) -> bool {
    let sql = "select not exists (select from billing_data.queue) and not exists (select from admin_data.job where state in ('queued', 'running'))";
    root.query_one(sql, &[]).await.unwrap().get(0)
}

async fn job_state(root: &Client, job: Uuid) -> String {
    root.query_one("select state from admin_data.job where id = $1", &[&job]).await.unwrap().get(0)
}

/// Batches that are committed while others stand at the gate.
async fn in_the_middle(root: &Client) {
    until("some batches are done and others stand at the gate", async || {
        let done = "select count(*) from billing_data.run_batch";
        root.query_one(done, &[]).await.unwrap().get::<_, i64>(0) > 0 && held_up(root).await > 0
    })
    .await;
}

/// The job was resumed, not begun anew: one run, each house in it once, and the result is the undisturbed one.
async fn came_out_the_same(root: &Client, job: Uuid) {
    until("the job has ended", async || idle(root).await).await;
    assert_eq!(job_state(root, job).await, "done");
    let runs: i64 = root.query_one("select count(*) from billing_data.run", &[]).await.unwrap().get(0);
    assert_eq!(runs, 1, "the run was begun anew");
    assert!(stored(root, march()).await == *undisturbed().await, "the result is another one");
}

async fn stopped(db: &Db) -> (Client, Session, Clerk) {
    let (root, gate) = (db.root().await, Session::of_root(db).await);
    root.batch_execute(STOP_BATCHES).await.unwrap();
    gate.run("select pg_advisory_lock(777)").await.unwrap();
    (root, gate, Clerk::of(db, people::CENTRE).await)
}

#[tokio::test]
async fn a_killed_run_is_resumed() {
    let db = crowd().await;
    let (root, gate, centre) = stopped(&db).await;
    let worker = Program::start(&db.url(people::WORKER));
    let job = centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    in_the_middle(&root).await;
    worker.kill();
    assert_eq!(job_state(&root, job).await, "running");
    let published: i64 = root
        .query_one("select count(*) from billing_data.month where run is not null", &[])
        .await
        .unwrap()
        .get(0);
    assert_eq!(published, 0);
    let _next = Program::start(&db.url(people::WORKER));
    gate.run("select pg_advisory_unlock(777)").await.unwrap();
    came_out_the_same(&root, job).await;
}

/// The client that ordered the run and waits for it is killed: the order stands, and asked for again it is the same one.
#[tokio::test]
async fn a_killed_client_does_not_stop_its_run() {
    let db = crowd().await;
    let (root, gate, centre) = stopped(&db).await;
    let _worker = Program::start(&db.url(people::WORKER));
    let client = Program::run(&["charge", "--month", "2026-03", "--url", &db.url(people::CENTRE)]);
    in_the_middle(&root).await;
    client.kill();
    let job: Uuid = root.query_one("select id from admin_data.job", &[]).await.unwrap().get(0);
    let order = json!({ "month": "2026-03" });
    let again = centre.operate(job, "billing.charge", &order, None).await.unwrap();
    assert_eq!(again["repeated"], json!(true));
    gate.run("select pg_advisory_unlock(777)").await.unwrap();
    came_out_the_same(&root, job).await;
}

/// No session of the worker holds a snapshot longer than its batch: while the hands stand at the gate, nobody else of it has a
/// transaction open (one that a run keeps makes every dequeue slower by all the rows that died meanwhile).
#[tokio::test]
async fn no_snapshot_outlives_a_batch() {
    let db = crowd().await;
    let (root, gate, centre) = stopped(&db).await;
    let _worker = Program::start(&db.url(people::WORKER));
    let job = centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    in_the_middle(&root).await;
    let open = "select count(*) from pg_stat_activity
        where datname = current_database() and usename = 'kvartal_worker' and xact_start is not null and cardinality(pg_blocking_pids(pid)) = 0";
    until("only those at the gate have a transaction open", async || {
        root.query_one(open, &[]).await.unwrap().get::<_, i64>(0) == 0
    })
    .await;
    gate.run("select pg_advisory_unlock(777)").await.unwrap();
    came_out_the_same(&root, job).await;
}

/// The server ends the worker's sessions; the worker leaves, and its successor goes on.
#[tokio::test]
async fn a_run_whose_sessions_were_ended_is_resumed() {
    let db = crowd().await;
    let (root, gate, centre) = stopped(&db).await;
    let mut worker = Program::start(&db.url(people::WORKER));
    let job = centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    in_the_middle(&root).await;
    let end = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'kvartal_worker'";
    root.execute(end, &[]).await.unwrap();
    until("the worker has left", async || worker.left()).await;
    assert_eq!(job_state(&root, job).await, "running");
    let _next = Program::start(&db.url(people::WORKER));
    gate.run("select pg_advisory_unlock(777)").await.unwrap();
    came_out_the_same(&root, job).await;
}

/// One session of several is enough to lose: the job is not called failed for it.
#[tokio::test]
async fn a_run_that_lost_one_session_is_resumed() {
    let db = crowd().await;
    let (root, gate, centre) = stopped(&db).await;
    let mut worker = Program::start(&db.url(people::WORKER));
    let job = centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    in_the_middle(&root).await;
    let end = "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = 'kvartal_worker' and cardinality(pg_blocking_pids(pid)) > 0 limit 1";
    root.execute(end, &[]).await.unwrap();
    until("the worker has left", async || worker.left()).await;
    let _next = Program::start(&db.url(people::WORKER));
    gate.run("select pg_advisory_unlock(777)").await.unwrap();
    came_out_the_same(&root, job).await;
}

#[tokio::test]
async fn a_house_in_hand_of_a_killed_worker_is_computed_by_the_next() {
    let db = crowd().await;
    let (root, centre) = (db.root().await, Clerk::of(&db, people::CENTRE).await);
    let worker = Program::start(&db.url(people::WORKER));
    centre.does("billing.charge", json!({ "month": "2026-03" })).await;
    until("the month is charged", async || idle(&root).await).await;
    let gate = Session::of_root(&db).await;
    gate.run("begin; select from billing_data.line where unit_id = 101 for update").await.unwrap();
    let area = json!({ "premises_id": 1011, "from": "2026-03-01", "area_total": "60", "area_living": "20", "area_heated": "60", "rooms": 2 });
    centre.asserts("cards.premises_area", area).await;
    until("the worker stands at the gate", async || held_up(&root).await == 1).await;
    worker.kill();
    let _next = Program::start(&db.url(people::WORKER));
    gate.run("commit").await.unwrap();
    until("the house is computed", async || idle(&root).await).await;
    let line = "select amount::text from billing_data.line where account_id = 41001 and service_id = 1";
    // 60.00 × 31.74.
    assert_eq!(root.query_one(line, &[]).await.unwrap().get::<_, &str>(0), "1904.40");
}

#[tokio::test]
async fn a_killed_seal_is_finished_by_the_next() {
    let seals = async |killed: bool| {
        let db = crowd().await;
        let (root, gate, centre) = stopped(&db).await;
        gate.run("select pg_advisory_unlock(777)").await.unwrap();
        let mut worker = Program::start(&db.url(people::WORKER));
        centre.does("billing.charge", json!({ "month": "2026-03" })).await;
        until("the month is charged", async || idle(&root).await).await;
        let session = &mut CentreSession::open(&db.address(people::CENTRE), "kvartal test").await.unwrap();
        sign(session, "2026-03".parse().unwrap(), |kind, args| Operation {
            id: Uuid::new_v4(),
            kind: kind.to_owned(),
            args,
            ground: None,
        })
        .await
        .unwrap();
        centre.does("billing.release", json!({ "month": "2026-03", "cash_day": "2026-04-01" })).await;
        gate.run("select pg_advisory_lock(777)").await.unwrap();
        let job = centre.does("billing.seal", json!({ "month": "2026-03" })).await;
        until("the seal stands at the gate", async || held_up(&root).await == 1).await;
        if killed {
            worker.kill();
            let balances = "select count(*) from billing_data.balance";
            assert_eq!(
                root.query_one(balances, &[]).await.unwrap().get::<_, i64>(0),
                0,
                "half a month of balances"
            );
            worker = Program::start(&db.url(people::WORKER));
        }
        gate.run("select pg_advisory_unlock(777)").await.unwrap();
        until("the month is sealed", async || idle(&root).await).await;
        assert_eq!(job_state(&root, job).await, "done");
        drop(worker);
        let sealed = "select m.sealed_hash, m.sealed_sum::text, b.rows, b.closing::text from billing_data.month m join billing_data.balance_month b using (month)";
        let row = root.query_one(sealed, &[]).await.unwrap();
        (row.get::<_, String>(0), row.get::<_, String>(1), row.get::<_, i64>(2), row.get::<_, String>(3))
    };
    assert_eq!(seals(true).await, seals(false).await);
}

/// The server is stopped at once, as by a power cut, and recovers; so does the job.
#[tokio::test]
async fn a_run_survives_the_loss_of_the_server() {
    let place = Place::open_to_all();
    let cluster = Cluster::start(place.path(), Pace::Durable).unwrap();
    let at = |cluster: &Cluster| Address::parse(&cluster.socket_url("centre")).unwrap();
    let postgres =
        connect(&Address::parse(&cluster.socket_url("postgres")).unwrap(), "kvartal test").await.unwrap();
    postgres.batch_execute("create database centre").await.unwrap();
    let mut root = connect(&at(&cluster), "kvartal test").await.unwrap();
    migrate(&mut root).await.unwrap();
    people::settle(&root).await;
    crowded(&mut root).await;
    root.batch_execute(STOP_BATCHES).await.unwrap();
    root.execute("select pg_advisory_lock(777)", &[]).await.unwrap();

    let url = cluster.url(people::WORKER, people::PASSWORD, "centre");
    let mut worker = Program::start(&url);
    let job = Clerk::at(&at(&cluster).with_login(people::CENTRE, people::PASSWORD))
        .await
        .does("billing.charge", json!({ "month": "2026-03" }))
        .await;
    let watcher = connect(&at(&cluster), "kvartal test").await.unwrap();
    in_the_middle(&watcher).await;
    let Status::Running(server) = cluster.status().unwrap() else { panic!("the server does not run") };
    assert!(Command::new("kill").args(["-QUIT", &server.to_string()]).status().unwrap().success());
    until("the server is gone", async || cluster.status().unwrap() == Status::Stopped).await;
    until("the worker has left", async || worker.left()).await;

    let cluster = Cluster::start(place.path(), Pace::Durable).unwrap();
    let root = connect(&at(&cluster), "kvartal test").await.unwrap();
    assert_eq!(job_state(&root, job).await, "running");
    let _next = Program::start(&cluster.url(people::WORKER, people::PASSWORD, "centre"));
    came_out_the_same(&root, job).await;
}
