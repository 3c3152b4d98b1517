//! Writes the resume record: always the latest, one at a time, again after the line came back.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value as Json;
use tokio::sync::watch;
use tokio::task::{AbortHandle, spawn_local};

use crate::db::desk::Session;
use crate::db::error::DbError;
use crate::engine::msg::Refusal;

/// A record and the screen it was written on; numbered, so that one knows when it is down.
#[derive(Debug, Clone, Default)]
struct Record {
    number: u64,
    record: Json,
    screen: String,
}

/// How far the keeper is.
#[derive(Debug, Clone, Default)]
struct Kept {
    /// The number of the last record that is written.
    written: u64,
    /// The number of the last record that is written or refused for good.
    done: u64,
    /// Why the last one was refused for good.
    refusal: Option<Refusal>,
}

/// The record's keeper.
#[derive(Debug)]
pub struct Keeper {
    latest: watch::Sender<Record>,
    kept: watch::Receiver<Kept>,
    task: AbortHandle,
}

impl Keeper {
    /// A keeper for whatever session there is; `taken` is called when the session turns out to be somebody else's.
    pub fn new(session: watch::Receiver<Option<Arc<Session>>>, taken: impl Fn() + 'static) -> Self {
        let (latest, records) = watch::channel(Record::default());
        let (tell, kept) = watch::channel(Kept::default());
        let task = spawn_local(keep(records, session, tell, taken)).abort_handle();
        Self { latest, kept, task }
    }

    /// Puts a record in line; an older one that was not written yet never will be.
    pub fn put(&self, record: Json, screen: String) {
        self.latest.send_modify(|latest| {
            *latest = Record { number: latest.number + 1, record, screen };
        });
    }

    /// The last record that was put, and the screen it was written on; nothing before the first.
    #[must_use]
    pub fn latest(&self) -> Option<(Json, String)> {
        let latest = self.latest.borrow();
        (latest.number > 0).then(|| (latest.record.clone(), latest.screen.clone()))
    }

    /// The last record that was put, to be waited for.
    #[must_use]
    pub fn last(&self) -> Last {
        Last { number: self.latest.borrow().number, kept: self.kept.clone() }
    }
}

/// A record that may not be down yet.
#[derive(Debug)]
pub struct Last {
    number: u64,
    kept: watch::Receiver<Kept>,
}

impl Last {
    /// Returns once it, or a later one, is written.
    ///
    /// # Errors
    /// It was refused for good; nothing where its keeper is gone.
    pub async fn is_written(mut self) -> Result<(), Option<Refusal>> {
        let done = self.kept.wait_for(|kept| kept.done >= self.number).await;
        let kept = done.map_err(|_| None)?;
        if kept.written >= self.number { Ok(()) } else { Err(kept.refusal.clone()) }
    }

    /// Returns once it, or a later one, is written or refused, or after a while. True: it is written.
    pub async fn is_down(mut self, patience: Duration) -> bool {
        let done = self.kept.wait_for(|kept| kept.done >= self.number);
        let done = tokio::time::timeout(patience, done).await;
        matches!(done, Ok(Ok(kept)) if kept.written >= self.number)
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
    tell: watch::Sender<Kept>,
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
                    tell.send_replace(Kept { written: record.number, done: record.number, refusal: None });
                    if !kept {
                        taken();
                    }
                    break;
                }
                // Refused for good: the same record would be refused again.
                Some(Err(DbError::Refused(refusal))) => {
                    tracing::error!(%refusal, "the resume record is refused");
                    tell.send_modify(|kept| {
                        kept.done = record.number;
                        kept.refusal = Some(refusal);
                    });
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
