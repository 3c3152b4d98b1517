//! Writes the resume record: always the latest, one at a time, again after the line came back.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as Json;
use tokio::sync::watch;
use tokio::task::{AbortHandle, spawn_local};

use crate::db::desk::Session;
use crate::db::error::DbError;

/// A record and the screen it was written on; numbered, so that one knows when it is down.
#[derive(Debug, Clone, Default)]
struct Record {
    number: u64,
    record: Json,
    screen: String,
}

/// The record's keeper.
#[derive(Debug)]
pub struct Keeper {
    latest: watch::Sender<Record>,
    written: watch::Receiver<u64>,
    task: AbortHandle,
}

impl Keeper {
    /// A keeper for whatever session there is; `taken` is called when the session turns out to be somebody else's.
    pub fn new(session: watch::Receiver<Option<Arc<Session>>>, taken: impl Fn() + 'static) -> Self {
        let (latest, records) = watch::channel(Record::default());
        let (wrote, written) = watch::channel(0);
        let task = spawn_local(keep(records, session, wrote, taken)).abort_handle();
        Self { latest, written, task }
    }

    /// Puts a record in line; an older one that was not written yet never will be.
    pub fn put(&self, record: Json, screen: String) {
        self.latest.send_modify(|latest| {
            *latest = Record { number: latest.number + 1, record, screen };
        });
    }

    /// The number of the last record that is written.
    #[must_use]
    pub fn written(&self) -> watch::Receiver<u64> {
        self.written.clone()
    }

    /// Returns once the last record is written, or after a while. True: it is written.
    pub async fn flush(&self, patience: Duration) -> bool {
        let last = self.latest.borrow().number;
        let mut written = self.written.clone();
        let waited = tokio::time::timeout(patience, written.wait_for(|number| *number >= last)).await;
        matches!(waited, Ok(Ok(_)))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn keep(
    mut records: watch::Receiver<Record>,
    mut session: watch::Receiver<Option<Arc<Session>>>,
    wrote: watch::Sender<u64>,
    taken: impl Fn(),
) {
    while records.changed().await.is_ok() {
        loop {
            let (record, present) =
                (records.borrow_and_update().clone(), session.borrow_and_update().clone());
            let kept = match &present {
                Some(present) => Some(present.keep(&record.record, &record.screen).await),
                None => None,
            };
            match kept {
                Some(Ok(kept)) => {
                    wrote.send_replace(record.number);
                    if !kept {
                        taken();
                    }
                    break;
                }
                // Refused for good: the same record would be refused again.
                Some(Err(DbError::Refused(refusal))) => {
                    tracing::error!(%refusal, "the resume record is refused");
                    break;
                }
                // Away: it is written when the line is back, unless there is a later one by then.
                Some(Err(_)) | None => {
                    tokio::select! {
                        back = session.changed() => if back.is_err() { return },
                        later = records.changed() => if later.is_err() { return },
                    }
                }
            }
        }
    }
}
