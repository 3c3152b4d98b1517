//! How a statement is cancelled: the server is asked to, and the statement's end is awaited. Dropping the future of a query
//! leaves the statement running, its locks held and its connection busy for whoever comes next.

use std::time::Duration;

use tokio::sync::watch;
use tokio_postgres::Client;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::db::error::DbError;

/// A cancellation that arrives between two statements of a transaction hits neither; then it is asked for again.
const AGAIN: Duration = Duration::from_millis(200);

/// The operator's wish that a request ends. Clones are one wish.
#[derive(Debug, Clone)]
pub struct Stop(watch::Sender<bool>);

/// Why there is no answer.
#[derive(Debug)]
pub enum Ended {
    /// It was cancelled, and the statement has ended.
    Cancelled,
    /// The database failed or refused.
    Failed(DbError),
}

impl From<DbError> for Ended {
    fn from(error: DbError) -> Self {
        Self::Failed(error)
    }
}

impl Default for Stop {
    fn default() -> Self {
        Self(watch::Sender::new(false))
    }
}

impl Stop {
    /// Asks for the end.
    pub fn ask(&self) {
        self.0.send_replace(true);
    }

    /// Whether the end was asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        *self.0.borrow()
    }

    /// Returns once the end is asked for.
    pub async fn asked(&self) {
        // The sender is this very value, so the wait cannot fail before it succeeds.
        let _ = self.0.subscribe().wait_for(|asked| *asked).await;
    }
}

/// Runs work on a connection to its end, whatever happens; a wish to stop cancels the statement it is in.
///
/// # Errors
/// What the work failed of, or that it was cancelled.
pub async fn to_the_end<T>(
    client: &Client,
    tls: &MakeRustlsConnect,
    stop: &Stop,
    work: impl Future<Output = Result<T, DbError>>,
) -> Result<T, Ended> {
    let mut work = std::pin::pin!(work);
    let token = client.cancel_token();
    let done = tokio::select! {
        biased;
        done = &mut work => return Ok(done?),
        () = stop.asked() => loop {
            let fire = async {
                if let Err(error) = token.cancel_query(tls.clone()).await {
                    tracing::warn!(%error, "a cancellation did not reach the server");
                }
                tokio::time::sleep(AGAIN).await;
            };
            tokio::select! {
                biased;
                done = &mut work => break done,
                () = fire => {}
            }
        },
    };
    // A cancellation still under way mostly ends here, in a statement that is nobody's; a transaction it broke into ends too.
    let _ = client.simple_query("rollback").await;
    done.map_err(|error| if error.is_interrupted() { Ended::Cancelled } else { Ended::Failed(error) })
}
