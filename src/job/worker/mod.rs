//! The worker: the only hand that writes amounts. It answers previews, recomputes touched units and does long jobs;
//! several may run beside one server.
//!
//! Touched units are done one after the other; questions of screens (previews, explanations), long jobs and printing go on beside
//! them, on connections of their own, so that a screen waits for a house and not for the city; so do the sums of balances that lists of
//! the town show. Who has nothing to recompute for a while draws pictures of units.

mod album;
mod explain;
mod jobs;
mod preview;
mod questions;
mod queue;
mod rules;
mod sums;

use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use crate::db::config::Address;
use crate::db::connect::{ConnectError, connect_listening};
use crate::db::driver::Notification;
use crate::db::error::DbError;
use crate::job::delivery::{self, spooler::Spooler};

pub use album::draw_all;
pub(in crate::job) use explain::{asked_month, traced};
pub use jobs::{JobContext, JobError};
pub(in crate::job) use rules::Cache;
pub use sums::add_up_all;

/// How the worker's sessions are known to the server.
pub const APPLICATION: &str = "kvartal worker";

/// Why a worker stopped.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The worker could not log in.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<crate::db::driver::Error> for WorkerError {
    fn from(error: crate::db::driver::Error) -> Self {
        Self::Db(error.into())
    }
}

/// A notice may be lost with a line; then the work is found by looking.
pub const GLANCE: Duration = Duration::from_secs(2);

/// What the connection of the queue is told once. New amounts and the row they leave the queue with are one transaction: a crash that takes the
/// one takes the other, and it is done again. So nobody waits for the disk between a change and its amounts.
const MANNERS: &str = "listen kvartal_queue; set synchronous_commit = off";

/// Questions answered at the same time: while one waits for the server another calculates.
const ASKED_AT_ONCE: usize = 3;

/// How a worker works.
#[derive(Debug, Clone)]
pub struct Habits {
    /// Who prints.
    pub spooler: Spooler,
    /// How long nothing is recomputed before pictures are drawn.
    pub quiet: Duration,
}

impl Default for Habits {
    fn default() -> Self {
        Self { spooler: Spooler::default(), quiet: Duration::from_secs(5) }
    }
}

/// Waits for a notice, a moment, or the order to stop, whichever comes first.
///
/// # Errors
/// The line of whoever waits (`of`, in the genitive) is lost.
pub(in crate::job) async fn pause(
    stop: &mut watch::Receiver<bool>,
    notices: &mut UnboundedReceiver<Notification>,
    of: &str,
) -> Result<(), WorkerError> {
    tokio::select! {
        _ = stop.changed() => Ok(()),
        notice = notices.recv() => notice.map(drop).ok_or_else(|| lost(of)),
        () = tokio::time::sleep(GLANCE) => Ok(()),
    }
}

fn lost(of: &str) -> WorkerError {
    WorkerError::Db(DbError::Unavailable(format!("соединение {of} прервано")))
}

/// Works until `stop` turns true. What is under way is finished or rolled back; nothing is left half-applied.
///
/// # Errors
/// When the server is lost.
pub async fn run(address: &Address, stop: watch::Receiver<bool>) -> Result<(), WorkerError> {
    run_with(address, Habits::default(), stop).await
}

/// The same, with habits of one's own.
///
/// # Errors
/// As [`run`].
pub async fn run_with(
    address: &Address,
    habits: Habits,
    mut stop: watch::Receiver<bool>,
) -> Result<(), WorkerError> {
    let (mut client, mut notices) = connect_listening(address, APPLICATION).await?;
    client.batch_execute(MANNERS).await?;
    // `admin.worker_alive` looks for this lock.
    client.execute("select pg_advisory_lock_shared(4713, 1)", &[]).await?;
    let mut beside = beside(address, habits.spooler, &stop);
    let mut rules = Cache::default();
    let mut touched = Instant::now();
    while !*stop.borrow() {
        if let Some(left) = beside.try_join_next() {
            return ended(left);
        }
        if queue::recompute_one(&mut client, &mut rules).await? {
            while notices.try_recv().is_ok() {}
            touched = Instant::now();
            continue;
        }
        tokio::select! {
            _ = stop.changed() => {}
            Some(left) = beside.join_next() => return ended(left),
            notice = notices.recv() => if notice.is_none() {
                return Err(lost("обработчика"));
            },
            () = tokio::time::sleep(GLANCE) => if touched.elapsed() >= habits.quiet {
                album::draw(&client, &mut notices, &stop).await?;
            },
        }
    }
    while let Some(left) = beside.join_next().await {
        ended(left)?;
    }
    Ok(())
}

/// What is done on connections of its own: questions, sums, long jobs, printing. Dropping the set ends all of it.
fn beside(
    address: &Address,
    spooler: Spooler,
    stop: &watch::Receiver<bool>,
) -> JoinSet<Result<(), WorkerError>> {
    let mut beside = JoinSet::new();
    for _ in 0..ASKED_AT_ONCE {
        beside.spawn(questions::run(address.clone(), stop.clone()));
    }
    beside.spawn(sums::run(address.clone(), stop.clone()));
    beside.spawn(jobs::run(address.clone(), stop.clone()));
    beside.spawn(delivery::run(address.clone(), spooler, stop.clone()));
    beside
}

fn ended(left: Result<Result<(), WorkerError>, JoinError>) -> Result<(), WorkerError> {
    let stopped = |_| Err(WorkerError::Db(DbError::Unavailable("исполнитель остановился".to_owned())));
    left.unwrap_or_else(stopped)
}
