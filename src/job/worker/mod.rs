//! The worker: the only hand that writes amounts. It answers previews, recomputes touched units and does long jobs;
//! several may run beside one server.
//!
//! Previews and touched units are done one after the other, previews first, so that a screen waits for a house and not
//! for the city; long jobs go on beside them, on connections of their own.

mod explain;
mod jobs;
mod preview;
mod queue;
mod rules;

use std::time::Duration;

use tokio::sync::watch;

use crate::db::config::Address;
use crate::db::connect::{ConnectError, connect, connect_listening};
use crate::db::error::DbError;
use crate::job::delivery::{self, spooler::Spooler};

pub(in crate::job) use explain::{asked_month, traced};
pub use jobs::{JobContext, JobError};

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

/// Works until `stop` turns true. What is under way is finished or rolled back; nothing is left half-applied.
///
/// # Errors
/// When the server is lost.
pub async fn run(address: &Address, stop: watch::Receiver<bool>) -> Result<(), WorkerError> {
    run_with(address, Spooler::default(), stop).await
}

/// The same, with a spooler of one's own.
///
/// # Errors
/// As [`run`].
pub async fn run_with(
    address: &Address,
    spooler: Spooler,
    mut stop: watch::Receiver<bool>,
) -> Result<(), WorkerError> {
    let (mut client, mut notices) = connect_listening(address, APPLICATION).await?;
    let keeper = connect(address, APPLICATION).await?;
    client.batch_execute("listen kvartal_preview; listen kvartal_queue").await?;
    // `admin.worker_alive` looks for this lock.
    client.execute("select pg_advisory_lock_shared(4713, 1)", &[]).await?;
    let jobs = tokio::spawn(jobs::run(address.clone(), stop.clone()));
    let prints = tokio::spawn(delivery::run(address.clone(), spooler, stop.clone()));
    let mut rules = rules::Cache::default();
    while !*stop.borrow() && !jobs.is_finished() && !prints.is_finished() {
        let answered = preview::answer_one(&mut client, &keeper).await?;
        let recomputed = queue::recompute_one(&mut client, &mut rules).await?;
        if answered || recomputed {
            while notices.try_recv().is_ok() {}
            continue;
        }
        tokio::select! {
            _ = stop.changed() => {}
            notice = notices.recv() => if notice.is_none() {
                return Err(WorkerError::Db(DbError::Unavailable("соединение обработчика прервано".to_owned())));
            },
            () = tokio::time::sleep(GLANCE) => {}
        }
    }
    let stopped = |_| Err(WorkerError::Db(DbError::Unavailable("исполнитель остановился".to_owned())));
    if *stop.borrow() {
        prints.await.unwrap_or_else(stopped)?;
        return jobs.await.unwrap_or_else(stopped);
    }
    // One of the two lost the server; the other would not leave by itself.
    let ended = if jobs.is_finished() {
        prints.abort();
        jobs.await
    } else {
        jobs.abort();
        prints.await
    };
    ended.unwrap_or_else(stopped)
}
