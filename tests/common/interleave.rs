//! Two sessions in an exact order. A race is forced, not hoped for: one session is run until the server itself
//! says that it waits for a lock, then the other moves.

use std::sync::Arc;

use kvartal::db::connect::Client;
use tokio::task::JoinHandle;
use tokio_postgres::SimpleQueryMessage;

use super::{Db, until};

/// The rows of an answer as text; null is empty.
pub type Rows = Vec<Vec<String>>;

/// A session that is told what to do step by step.
pub struct Session {
    client: Arc<Client>,
    pid: i32,
}

impl Session {
    /// A session of one of the fixture's people.
    pub async fn of(db: &Db, login: &str) -> Self {
        Self::from(db.as_role(login).await).await
    }

    /// A session of the superuser: a gate that others run into, by a lock it takes and gives up.
    pub async fn of_root(db: &Db) -> Self {
        Self::from(db.root().await).await
    }

    async fn from(client: Client) -> Self {
        let pid = pid(&client).await;
        Self { client: Arc::new(client), pid }
    }

    /// Runs a step to its end.
    pub async fn run(&self, sql: &str) -> Result<Rows, tokio_postgres::Error> {
        run(&self.client, sql).await
    }

    /// Starts a step that is expected to wait for another session.
    pub fn start(&self, sql: &str) -> Step<Result<Rows, tokio_postgres::Error>> {
        let (client, sql) = (Arc::clone(&self.client), sql.to_owned());
        Step { pid: self.pid, task: tokio::spawn(async move { run(&client, &sql).await }) }
    }
}

/// Work under way in a session.
pub struct Step<T> {
    pid: i32,
    task: JoinHandle<T>,
}

impl<T: Send + 'static> Step<T> {
    /// Any work of the program that uses the session with this process id; see [`pid`].
    pub fn of(pid: i32, work: impl Future<Output = T> + Send + 'static) -> Self {
        Self { pid, task: tokio::spawn(work) }
    }

    /// Waits until the server says that the step waits for a lock. A step that ends instead fails the test: the
    /// interleaving it stands for did not happen.
    pub async fn blocked(&self, db: &Db) {
        let watcher = db.root().await;
        until("the step waits for a lock", async || {
            assert!(!self.task.is_finished(), "the step ended without waiting for anybody");
            let waits = "select cardinality(pg_blocking_pids($1)) > 0";
            watcher.query_one(waits, &[&self.pid]).await.unwrap().get(0)
        })
        .await;
    }

    /// What the step came to, once nobody stands in its way.
    pub async fn done(self) -> T {
        self.task.await.unwrap()
    }
}

/// The server's process of a session.
pub async fn pid(client: &Client) -> i32 {
    client.query_one("select pg_backend_pid()", &[]).await.unwrap().get(0)
}

async fn run(client: &Client, sql: &str) -> Result<Rows, tokio_postgres::Error> {
    let mut rows = Vec::new();
    for message in client.simple_query(sql).await? {
        if let SimpleQueryMessage::Row(row) = message {
            rows.push((0..row.len()).map(|column| row.get(column).unwrap_or_default().to_owned()).collect());
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::people;

    /// Two sessions add to one number; the second reads before the first commits. Both orders of the lock are
    /// forced: with it nothing is lost, without it one addition is.
    #[tokio::test]
    async fn the_order_is_the_one_that_was_asked_for() {
        let db = Db::fresh().await;
        let (one, other) = (Session::of_root(&db).await, Session::of_root(&db).await);
        one.run("create table public.sum as select 0 as value").await.unwrap();

        one.run("begin; update public.sum set value = value + 1").await.unwrap();
        let second = other.start("update public.sum set value = value + 1 returning value");
        second.blocked(&db).await;
        one.run("commit").await.unwrap();
        assert_eq!(second.done().await.unwrap(), [["2"]]);

        let stale = other.run("begin; select value from public.sum").await.unwrap();
        one.run("update public.sum set value = value + 1").await.unwrap();
        other.run(&format!("update public.sum set value = {} + 1; commit", stale[0][0])).await.unwrap();
        assert_eq!(one.run("select value from public.sum").await.unwrap(), [["3"]]);
    }

    #[tokio::test]
    #[should_panic(expected = "ended without waiting")]
    async fn a_step_that_runs_through_fails_the_test() {
        let db = Db::fresh().await;
        let session = Session::of(&db, people::ACCOUNTANT).await;
        let step = session.start("select 1");
        step.blocked(&db).await;
    }

    #[tokio::test]
    async fn work_of_the_program_can_be_stopped_at_a_gate() {
        let db = Db::fresh().await;
        let gate = Session::of_root(&db).await;
        gate.run("begin; select pg_advisory_xact_lock(1)").await.unwrap();
        let client = db.as_role(people::CASHIER).await;
        let work = Step::of(pid(&client).await, async move {
            client.execute("select pg_advisory_lock(1)", &[]).await.unwrap()
        });
        work.blocked(&db).await;
        gate.run("rollback").await.unwrap();
        assert_eq!(work.done().await, 1);
    }
}
