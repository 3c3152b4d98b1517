//! The two connections of a workstation: one reads, looks up and listens, the other changes. Each is used by one request at a
//! time, so a cancellation hits the statement it was meant for.

use std::sync::Arc;

use deadpool_postgres::{ClientWrapper, Object, Pool};
use futures_util::future::{join, join3};
use serde_json::Value as Json;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::{Mutex, MutexGuard};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Notification};
use tokio_postgres_rustls::MakeRustlsConnect;
use uuid::Uuid;

use super::read::{self, Rows, Signatures};
use super::stop::{Ended, Stop, to_the_end};
use super::{Cell, Question, work};
use crate::db::config::Address;
use crate::db::connect::{ConnectError, connect_by, connector};
use crate::db::error::DbError;
use crate::db::program;

/// What the server announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// `kvartal` or `kvartal_answer`.
    pub channel: String,
    /// Topic, id and version, parted by spaces; or the id of an answer.
    pub payload: String,
}

/// Why a workstation could not log in.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// Nobody was let in.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The database refused the session.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A session that has just begun.
#[derive(Debug)]
pub struct Begun {
    /// The session.
    pub session: Arc<Session>,
    /// What `admin.session_begin` said.
    pub greeting: Json,
    /// What the function said that was asked with it.
    pub also: Json,
    /// What the server announces from now on.
    pub notices: UnboundedReceiver<Notice>,
}

/// A workstation's session.
pub struct Session {
    id: Uuid,
    tls: MakeRustlsConnect,
    reading: Mutex<ClientWrapper>,
    pool: Pool,
    signatures: Signatures,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a workstation is to the server's list of sessions before it has a number.
const APPLICATION: &str = "kvartal";
const LISTEN: &str = "listen kvartal; listen kvartal_answer";

/// Where somebody sits.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The terminal, as the system names it.
    pub terminal: String,
    /// Where its line comes from.
    pub host: String,
    /// What kind of terminal it is (`TERM`): whose keys are tested once by each operator.
    pub kind: String,
}

impl Session {
    /// Logs in and begins a session; answers with what `admin.session_begin` says, with the answer of `also`, a function without
    /// arguments that is asked in the same breath, and with what the server announces from now on. The announcements end when the
    /// connection does.
    ///
    /// # Errors
    /// Why nobody was let in.
    pub async fn begin(address: &Address, place: &Place, also: &str) -> Result<Begun, EnterError> {
        let tls = connector(address)?;
        let (client, announced) = connect_by(address, APPLICATION, tls.clone()).await?;
        let begin = "select admin.session_begin($1, $2, $3, $4)";
        let (version, also) = (program::name(), format!("select to_jsonb({also}())"));
        let who: [&(dyn ToSql + Sync); 4] = [&place.terminal, &place.host, &version, &place.kind];
        // Over a slow line each question alone would cost its way there and back.
        let asked =
            join3(client.query_one(begin, &who), client.query_one(&also, &[]), client.batch_execute(LISTEN));
        let (greeting, also, listens) = asked.await;
        let greeting: Json = greeting.map_err(DbError::from)?.get(0);
        let also = also.map_err(DbError::from)?.get(0);
        listens.map_err(DbError::from)?;
        let id = greeting["session"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
        let (session, notices) = Self::of((address, tls), id, client, announced)?;
        Ok(Begun { session, greeting, also, notices })
    }

    /// Connects again for a session that lost its line.
    ///
    /// # Errors
    /// Why nobody was let in; KV003 when the session was ended meanwhile.
    pub async fn again(
        address: &Address,
        id: Uuid,
    ) -> Result<(Arc<Self>, UnboundedReceiver<Notice>), EnterError> {
        let tls = connector(address)?;
        let (client, notices) = connect_by(address, APPLICATION, tls.clone()).await?;
        let session: [&(dyn ToSql + Sync); 1] = [&id];
        let joins = client.execute("select admin.session_join($1)", &session);
        let (joined, listens) = join(joins, client.batch_execute(LISTEN)).await;
        joined.map_err(DbError::from)?;
        listens.map_err(DbError::from)?;
        Self::of((address, tls), id, client, notices)
    }

    fn of(
        (address, tls): (&Address, MakeRustlsConnect),
        id: Uuid,
        client: Client,
        mut announced: UnboundedReceiver<Notification>,
    ) -> Result<(Arc<Self>, UnboundedReceiver<Notice>), EnterError> {
        let pool = work::pool(address, tls.clone(), id)?;
        let (tell, notices) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(one) = announced.recv().await {
                let notice = Notice { channel: one.channel().to_owned(), payload: one.payload().to_owned() };
                if tell.send(notice).is_err() {
                    break;
                }
            }
        });
        // The connection is driven by the task that listens; the wrapper only adds its prepared statements.
        let reading = Mutex::new(ClientWrapper::new(client, tokio::spawn(async {})));
        Ok((Arc::new(Self { id, tls, reading, pool, signatures: Signatures::default() }), notices))
    }

    /// The session's number.
    #[must_use]
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// Reads the rows of a question.
    ///
    /// # Errors
    /// The refusal, the lost line, or that it was cancelled.
    pub async fn rows(&self, question: &Question, stop: &Stop) -> Result<Rows, Ended> {
        self.read(stop, async |client| read::rows(client, &self.signatures, question).await).await
    }

    /// Asks a function over the connection that reads.
    ///
    /// # Errors
    /// As [`Session::rows`].
    pub async fn ask(&self, name: &str, arguments: &[(String, Cell)], stop: &Stop) -> Result<Json, Ended> {
        self.read(stop, async |client| read::function(client, &self.signatures, name, arguments).await).await
    }

    /// The same as of a day, and as known on a day.
    ///
    /// # Errors
    /// As [`Session::rows`].
    pub async fn ask_as_of(
        &self,
        name: &str,
        arguments: &[(String, Cell)],
        times: read::Times,
        stop: &Stop,
    ) -> Result<Json, Ended> {
        let asked = async |client: &ClientWrapper| {
            read::function_as_of(client, &self.signatures, name, arguments, times).await
        };
        self.read(stop, asked).await
    }

    /// Reads to the end. A cancellation reaches the server when it likes, and one meant for a request that had just ended hits
    /// the next, which nobody wants to stop: reading changes nothing, so it is done again, once.
    async fn read<T>(
        &self,
        stop: &Stop,
        work: impl AsyncFn(&ClientWrapper) -> Result<T, DbError>,
    ) -> Result<T, Ended> {
        let client = self.reader(stop).await?;
        let done = to_the_end(&client, &self.tls, stop, work(&client)).await;
        match done {
            Err(Ended::Failed(error)) if error.is_interrupted() => {
                to_the_end(&client, &self.tls, stop, work(&client)).await
            }
            done => done,
        }
    }

    /// Calls a function over the connection that changes.
    ///
    /// # Errors
    /// As [`Session::rows`].
    pub async fn call(&self, name: &str, arguments: &[(String, Cell)], stop: &Stop) -> Result<Json, Ended> {
        let client = self.worker(stop).await?;
        let called = read::function(&client, &self.signatures, name, arguments);
        let done = to_the_end(&client, &self.tls, stop, called).await;
        work::give_back(client, &done, stop);
        done
    }

    /// Does something on the connection that changes, to its end.
    ///
    /// # Errors
    /// As [`Session::rows`].
    pub async fn work<T>(
        &self,
        stop: &Stop,
        work: impl AsyncFnOnce(&Client) -> Result<T, DbError>,
    ) -> Result<T, Ended> {
        let client = self.worker(stop).await?;
        let done = to_the_end(&client, &self.tls, stop, work(&client)).await;
        work::give_back(client, &done, stop);
        done
    }

    /// Keeps the resume record, on whichever connection is free first. False: the session was taken over or ended.
    ///
    /// # Errors
    /// The refusal, or the lost line.
    pub async fn keep(&self, record: &Json, screen: &str) -> Result<bool, DbError> {
        let keep = "select admin.session_keep($1, $2, $3)";
        let parameters: [&(dyn ToSql + Sync); 3] = [&self.id, &record, &screen];
        let row = tokio::select! {
            biased;
            reading = self.reading.lock() => {
                let statement = reading.prepare_cached(keep).await?;
                reading.query_one(&statement, &parameters).await?
            }
            working = work::take(&self.pool) => {
                let working = working?;
                let statement = working.prepare_cached(keep).await?;
                working.query_one(&statement, &parameters).await?
            }
        };
        Ok(row.get(0))
    }

    /// The reading connection, once nobody else uses it; who waits for it may leave at once.
    async fn reader(&self, stop: &Stop) -> Result<MutexGuard<'_, ClientWrapper>, Ended> {
        tokio::select! {
            biased;
            () = stop.asked() => Err(Ended::Cancelled),
            client = self.reading.lock() => Ok(client),
        }
    }

    async fn worker(&self, stop: &Stop) -> Result<Object, Ended> {
        tokio::select! {
            biased;
            () = stop.asked() => Err(Ended::Cancelled),
            client = work::take(&self.pool) => Ok(client?),
        }
    }
}
