//! The door, seen from the side of the one who asks: every change is an operation, previewed or committed.

pub mod step;

use std::time::Duration;

use crate::db::driver::{Client, Notification};
use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use super::difference::Difference;
use crate::db::config::Address;
use crate::db::connect::{ConnectError, connect_listening};
use crate::db::error::{DbError, Refusal};
use crate::lang::Lang;
use step::Asked;

/// One change, before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Made by the one who asks; a repeat with the same id is harmless.
    pub id: Uuid,
    /// The kind, as the registry names it: `cards.premises_area`.
    pub kind: String,
    /// Its arguments.
    pub args: Value,
    /// The ground: document, application.
    pub ground: Option<String>,
}

/// Why the door did not open.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The operator could not log in.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The change was refused when it was tried.
    #[error("{0}")]
    Refused(Refusal),
    /// Nobody computes previews.
    #[error(
        "Обработчик (kvartal worker) не отвечает, показать разницу некому. Запустите обработчик или проведите операцию без просмотра"
    )]
    NoWorker,
    /// The job came to a bad end.
    #[error("{0}")]
    Failed(Refusal),
    /// The job was cancelled.
    #[error("Задание отменено; сделанное до отмены не опубликовано")]
    Cancelled,
    /// The answer is not of the form this program knows.
    #[error("Ответ обработчика не понят: программа и обработчик разных версий. Обновите программу")]
    Answer(#[from] serde_json::Error),
}

impl From<crate::db::driver::Error> for DoorError {
    fn from(error: crate::db::driver::Error) -> Self {
        Self::Db(error.into())
    }
}

/// A session of an operator that can hear answers.
#[derive(Debug)]
pub struct Session {
    /// The connection.
    pub client: Client,
    notices: UnboundedReceiver<Notification>,
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct JobState {
    /// `queued`, `running`, `done`, `failed`, `cancelled`.
    pub state: String,
    /// What it is busy with, in words.
    pub stage: Option<String>,
    /// Parts done.
    pub done: i64,
    /// Parts in all, once known.
    pub total: Option<i64>,
    /// What came of it.
    pub result: Option<Value>,
    /// Why it failed.
    pub failure: Option<Refusal>,
}

impl JobState {
    /// What came of the job, once it has ended.
    #[must_use]
    pub fn ended(&self) -> Option<Result<Value, DoorError>> {
        match self.state.as_str() {
            "done" => Some(Ok(self.result.clone().unwrap_or_default())),
            "cancelled" => Some(Err(DoorError::Cancelled)),
            "failed" => Some(Err(DoorError::Failed(self.failure.clone().unwrap_or_else(unknown_failure)))),
            _ => None,
        }
    }
}

/// A notice may be missed when the line is renewed; then the state is read again.
pub const GLANCE: Duration = Duration::from_millis(500);

impl Session {
    /// Logs in as an operator.
    ///
    /// # Errors
    /// Why nobody was let in.
    pub async fn open(address: &Address, application: &str) -> Result<Self, DoorError> {
        let (client, notices) = connect_listening(address, application).await?;
        client.batch_execute("listen kvartal_answer").await?;
        Ok(Self { client, notices })
    }

    /// Makes the change.
    ///
    /// # Errors
    /// The refusal of the door, or the lost line; a repeat with the same id settles which.
    pub async fn commit(&self, operation: &Operation) -> Result<Value, DoorError> {
        Ok(step::commit(&self.client, operation).await?)
    }

    /// Shows what the change would make of the bills, without making it.
    ///
    /// # Errors
    /// The refusal the change itself would meet; [`DoorError::NoWorker`] when nobody answers.
    pub async fn preview(&mut self, operation: &Operation) -> Result<Difference, DoorError> {
        step::ask_preview(&self.client, operation).await?;
        Ok(serde_json::from_value(self.answer(operation.id).await?)?)
    }

    /// Asks the worker to explain the amounts of an account; the answer is a list of explained lines.
    ///
    /// # Errors
    /// As [`Session::preview`].
    pub async fn explain(&mut self, account: &str, month: chrono::NaiveDate) -> Result<Value, DoorError> {
        self.explain_in(Lang::Ru, account, (month, None)).await
    }

    /// The same in a language of the desk, as known on a day or now.
    ///
    /// # Errors
    /// As [`Session::preview`].
    pub async fn explain_in(
        &mut self,
        lang: Lang,
        account: &str,
        (month, known_on): (chrono::NaiveDate, Option<chrono::NaiveDate>),
    ) -> Result<Value, DoorError> {
        let id = Uuid::new_v4();
        step::ask_explanation(&self.client, id, account, (month, known_on), lang).await?;
        self.answer(id).await
    }

    /// Asks the worker why the sums of all accounts of a house are what they are, calculated at once; the answer is that of
    /// `job::invoice::reasons`.
    ///
    /// # Errors
    /// As [`Session::preview`].
    pub async fn reasons(&mut self, house: i64, month: chrono::NaiveDate) -> Result<Value, DoorError> {
        let id = Uuid::new_v4();
        step::ask_reasons(&self.client, id, house, month).await?;
        self.answer(id).await
    }

    /// Asks the worker what penalty an account owes as of a day; the answer has its tables.
    ///
    /// # Errors
    /// As [`Session::preview`].
    pub async fn penalty(&mut self, account: &str, day: chrono::NaiveDate) -> Result<Value, DoorError> {
        let id = Uuid::new_v4();
        step::ask_penalty(&self.client, id, account, day).await?;
        self.answer(id).await
    }

    /// Waits for the answer to a preview, as long as there is a worker: one that is busy is not absent.
    async fn answer(&mut self, id: Uuid) -> Result<Value, DoorError> {
        loop {
            let hinted = self.listen(id).await;
            if let Asked::Told(answer) = step::answer(&self.client, id).await? {
                return Ok(answer);
            }
            if !hinted && !self.worker_alive().await? {
                return Err(DoorError::NoWorker);
            }
        }
    }

    /// Follows a job to its end, telling each new state.
    ///
    /// # Errors
    /// How it ended, if not well.
    pub async fn follow(&mut self, job: Uuid, mut tell: impl FnMut(&JobState)) -> Result<Value, DoorError> {
        let mut told = None;
        loop {
            let state = step::job(&self.client, job).await?;
            if told.as_ref() != Some(&state) {
                tell(&state);
            }
            if let Some(ended) = state.ended() {
                return ended;
            }
            if state.state == "queued" && !self.worker_alive().await? {
                return Err(DoorError::NoWorker);
            }
            told = Some(state);
            self.listen(job).await;
        }
    }

    /// Whether a worker is connected.
    ///
    /// # Errors
    /// The lost line.
    pub async fn worker_alive(&self) -> Result<bool, DoorError> {
        Ok(step::worker_alive(&self.client).await?)
    }

    /// Waits for the hint that this was answered, or a moment; says whether it came. Either way the state is read again.
    async fn listen(&mut self, id: Uuid) -> bool {
        let id = id.to_string();
        let own = async { while self.notices.recv().await.is_some_and(|told| told.payload() != id) {} };
        tokio::time::timeout(GLANCE, own).await.is_ok()
    }
}

fn unknown_failure() -> Refusal {
    Refusal {
        code: "KV011".to_owned(),
        message: "Задание не выполнено по неизвестной причине".to_owned(),
        detail: None,
        hint: Some("Посмотрите журнал обработчика".to_owned()),
    }
}
