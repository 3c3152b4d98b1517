//! Answers of the worker, waited for without holding a connection: between two looks anybody may use it.

use std::sync::Arc;

use tokio::sync::broadcast;
use uuid::Uuid;

use super::convert;
use crate::db::desk::stop::Ended;
use crate::db::desk::{Session, Stop};
use crate::db::driver::Client;
use crate::db::error::DbError;
use crate::engine::msg::{Answer, Progress};
use crate::job::door::step::{self, Asked};
use crate::job::door::{DoorError, GLANCE};

/// One look over the connection that changes; a refusal of the door is an answer, the rest ends the wait.
async fn look<T>(
    session: &Session,
    stop: &Stop,
    at: impl AsyncFnOnce(&Client) -> Result<T, DoorError>,
) -> Result<T, Answer> {
    let looked = session
        .work(stop, async |client| match at(client).await {
            Err(DoorError::Db(error)) => Err(error),
            other => Ok(other),
        })
        .await;
    looked.map_err(unanswered)?.map_err(convert::shut)
}

/// Why there is no answer: a line that broke says nothing of what the worker does meanwhile.
fn unanswered(ended: Ended) -> Answer {
    match ended {
        Ended::Failed(error @ DbError::Unavailable(_)) => Answer::Lost(convert::failure(error)),
        other => convert::ended(other),
    }
}

/// What the worker tells everybody: the numbers of what it answered.
#[derive(Debug)]
pub struct Hints(broadcast::Receiver<Arc<str>>);

impl Hints {
    /// From now on.
    #[must_use]
    pub const fn new(told: broadcast::Receiver<Arc<str>>) -> Self {
        Self(told)
    }

    /// Waits for the hint that this number was answered, or a moment: a hint may be missed. Says whether it came; what others
    /// are answered wakes nobody.
    async fn of(&mut self, id: &str, stop: &Stop) -> Result<bool, Answer> {
        let own = async { while self.0.recv().await.is_ok_and(|told| *told != *id) {} };
        tokio::select! {
            () = stop.asked() => Err(Answer::Cancelled),
            waited = tokio::time::timeout(GLANCE, own) => Ok(waited.is_ok()),
        }
    }
}

/// Waits for the answer to a preview or an explanation, and tells how many others are answered before it. A worker that is there is
/// waited for as long as the operator wants to: busy is not absent.
pub async fn answer(
    session: &Arc<Session>,
    id: Uuid,
    stop: &Stop,
    mut hints: Hints,
    mut tell: impl FnMut(i64),
) -> Result<Answer, Answer> {
    let number = id.to_string();
    let mut told = 0;
    loop {
        let hinted = hints.of(&number, stop).await?;
        let before = match look(session, stop, async |client| step::answer(client, id).await).await? {
            Asked::Told(answer) => return Ok(Answer::Done(answer)),
            Asked::Waits { before } => before,
        };
        if hinted {
            continue;
        }
        if !look(session, stop, async |client| Ok(step::worker_alive(client).await?)).await? {
            return Err(convert::shut(DoorError::NoWorker));
        }
        if before != told {
            tell(before);
            told = before;
        }
    }
}

/// Follows a job to its end.
pub async fn job(
    session: &Arc<Session>,
    id: Uuid,
    stop: &Stop,
    mut hints: Hints,
    mut tell: impl FnMut(Progress),
) -> Result<Answer, Answer> {
    let mut told = None;
    let number = id.to_string();
    loop {
        let state = look(session, stop, async |client| step::job(client, id).await).await?;
        if let Some(ended) = state.ended() {
            return ended.map(Answer::Done).map_err(convert::shut);
        }
        let progress = convert::progress(&state);
        if told.as_ref() != Some(&progress) {
            tell(progress.clone());
            told = Some(progress);
        }
        let waits = state.state == "queued";
        if waits && !look(session, stop, async |client| Ok(step::worker_alive(client).await?)).await? {
            return Err(convert::shut(DoorError::NoWorker));
        }
        hints.of(&number, stop).await?;
    }
}

/// Asks whether an operation was made, until nothing can be making it any more.
pub async fn settled(session: &Arc<Session>, id: Uuid, stop: &Stop) -> Result<Answer, Answer> {
    loop {
        let number = session.id();
        let asked = session.work(stop, async |client| step::settle(client, id, number).await).await;
        match asked {
            Ok(Some(result)) => return Ok(Answer::Done(result)),
            Ok(None) => {}
            Err(ended) => return Err(unanswered(ended)),
        }
        tokio::select! {
            () = stop.asked() => return Err(Answer::Cancelled),
            () = tokio::time::sleep(GLANCE) => {}
        }
    }
}
