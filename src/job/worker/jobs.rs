//! Long jobs: claimed by one worker, with progress, cancel and resume.
//!
//! A job is alive while its worker's session holds an advisory lock with its number; a killed worker loses the session,
//! so another one finds the job running and unlocked, and goes on where the last committed batch ended.

use crate::db::driver::Client;
use serde_json::Value;
use tokio::sync::watch;
use uuid::Uuid;

use super::{APPLICATION, WorkerError, pause};
use crate::db::config::Address;
use crate::db::connect::{connect, connect_listening};
use crate::db::error::{DbError, Refusal};
use crate::job::{invoice, month, paper, print_run, what_if};

/// A job under way: what it works on, and how it tells of itself.
pub struct JobContext {
    /// The order, which is also the operation.
    pub id: Uuid,
    /// The kind of operation.
    pub kind: String,
    /// Its arguments.
    pub args: Value,
    /// Who ordered it: it works with the rights they have now.
    pub operator: String,
    /// The server, for connections of the job's own.
    pub address: Address,
    /// The connection progress is told through.
    pub client: Client,
    stop: watch::Receiver<bool>,
}

/// Why a job ended before it was done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Somebody asked to stop; nothing was published.
    #[error("задание отменено")]
    Cancelled,
    /// The worker is leaving; another one resumes the job.
    #[error("обработчик останавливается")]
    Leaving,
    /// It cannot be done; the sentence says why.
    #[error("{0}")]
    Refused(Refusal),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Another connection could not be had.
    #[error(transparent)]
    Connect(#[from] crate::db::connect::ConnectError),
}

impl From<crate::db::driver::Error> for JobError {
    fn from(error: crate::db::driver::Error) -> Self {
        Self::Db(error.into())
    }
}

impl JobContext {
    /// Tells how far the job has come, and asks whether to go on.
    ///
    /// # Errors
    /// [`JobError::Cancelled`], [`JobError::Leaving`], or the lost line.
    pub async fn progress(&self, stage: &str, done: i64, total: i64) -> Result<(), JobError> {
        // Told in the transaction that writes it: one journey, and one write to the disk.
        let sql = "with told as (
                update admin_data.job set stage = $2, done = $3, total = $4 where id = $1 returning id, cancel_asked
            )
            select cancel_asked, pg_notify('kvartal_answer', id::text) from told";
        let row = self.client.query_one(sql, &[&self.id, &stage, &done, &total]).await?;
        if row.get(0) {
            return Err(JobError::Cancelled);
        }
        if *self.stop.borrow() {
            return Err(JobError::Leaving);
        }
        Ok(())
    }
}

/// Does jobs until `stop` turns true.
///
/// # Errors
/// When the server is lost.
pub async fn run(address: Address, mut stop: watch::Receiver<bool>) -> Result<(), WorkerError> {
    let (client, mut notices) = connect_listening(&address, APPLICATION).await?;
    client.batch_execute("listen kvartal_job").await?;
    while !*stop.borrow() {
        if do_one(&client, &address, &stop).await? {
            continue;
        }
        pause(&mut stop, &mut notices, "исполнителя").await?;
    }
    Ok(())
}

/// Class of the advisory locks that say a job is alive.
const JOB_LOCK: i32 = 4712;

async fn do_one(
    client: &Client,
    address: &Address,
    stop: &watch::Receiver<bool>,
) -> Result<bool, WorkerError> {
    let rows = client
        .query(
            "select id, kind, args, number::int, operator::text from admin_data.job where state in ('queued', 'running') order by number",
            &[],
        )
        .await?;
    for row in &rows {
        let number: i32 = row.get(3);
        let locked = client.query_one("select pg_try_advisory_lock($1, $2)", &[&JOB_LOCK, &number]).await?;
        if !locked.get::<_, bool>(0) {
            continue;
        }
        let context = JobContext {
            id: row.get(0),
            kind: row.get(1),
            args: row.get(2),
            operator: row.get(4),
            address: address.clone(),
            client: connect(address, APPLICATION).await?,
            stop: stop.clone(),
        };
        // Between the list and the lock another worker may have ended it.
        let claim =
            "update admin_data.job set state = 'running' where id = $1 and state in ('queued', 'running')";
        if client.execute(claim, &[&context.id]).await? == 1 {
            let outcome = perform(&context).await;
            end(client, &context, outcome).await?;
        }
        client.execute("select pg_advisory_unlock($1, $2)", &[&JOB_LOCK, &number]).await?;
        return Ok(true);
    }
    Ok(false)
}

async fn perform(context: &JobContext) -> Result<Value, JobError> {
    match context.kind.as_str() {
        "billing.charge" => month::charge::charge(context).await,
        "billing.control" => month::control::control(context).await,
        "billing.seal" => month::seal::seal(context).await,
        "billing.print_run" => print_run::print(context).await,
        "billing.invoice" => invoice::issue::issue(context).await,
        "analytics.what_if" => what_if::try_on_everybody(context).await,
        "passport.paper_issue" => paper::issue::issue(context).await,
        other => Err(JobError::Refused(Refusal {
            code: "KV011".to_owned(),
            message: format!("Обработчик не умеет делать «{other}»"),
            detail: None,
            hint: Some("Обновите обработчик до версии программы".to_owned()),
        })),
    }
}

async fn end(
    client: &Client,
    context: &JobContext,
    outcome: Result<Value, JobError>,
) -> Result<(), WorkerError> {
    let (state, result, failure) = match outcome {
        Ok(result) => ("done", Some(result), None),
        Err(JobError::Leaving) => return Ok(()),
        Err(JobError::Cancelled) => ("cancelled", None, None),
        Err(JobError::Refused(refusal) | JobError::Db(DbError::Refused(refusal))) => {
            ("failed", None, Some(serde_json::json!(refusal)))
        }
        Err(JobError::Db(error @ DbError::Unavailable(_))) => return Err(error.into()),
        Err(other) => {
            tracing::error!(error = ?other, kind = context.kind, "job failed");
            ("failed", None, Some(serde_json::json!(failed(&other))))
        }
    };
    client
        .execute(
            "update admin_data.job set state = $2, result = $3, failure = $4, ended_at = clock_timestamp(),
                 done = case when $2 = 'done' then coalesce(total, done) else done end
             where id = $1",
            &[&context.id, &state, &result, &failure],
        )
        .await?;
    client.execute("select pg_notify('kvartal_answer', $1)", &[&context.id.to_string()]).await?;
    Ok(())
}

fn failed(error: &JobError) -> Refusal {
    Refusal {
        code: "KV011".to_owned(),
        message: "Задание не выполнено".to_owned(),
        detail: Some(error.to_string()),
        hint: Some("Посмотрите журнал обработчика и повторите задание".to_owned()),
    }
}
