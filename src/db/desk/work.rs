//! The connection that changes things: a pool of one, so that a broken one is replaced where the next change needs it.

use std::time::Duration;

use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, Timeouts,
};
use tokio_postgres_rustls::MakeRustlsConnect;
use uuid::Uuid;

use super::stop::{Ended, Stop};
use crate::db::config::Address;
use crate::db::error::DbError;

/// How long a server may take to let us in again.
const PATIENCE: Duration = Duration::from_secs(10);

/// Makes the pool. Every connection it makes joins the session, so that a take-over ends it too.
pub fn pool(address: &Address, tls: MakeRustlsConnect, session: Uuid) -> Result<Pool, DbError> {
    let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(address.config().clone(), tls, recycling);
    let join = Hook::async_fn(move |client, _| {
        Box::pin(async move {
            let join = "select admin.session_join($1)";
            client.execute(join, &[&session]).await.map(drop).map_err(HookError::Backend)
        })
    });
    let timeouts = Timeouts { wait: None, create: Some(PATIENCE), recycle: None };
    let pool = Pool::builder(manager)
        .max_size(1)
        .runtime(Runtime::Tokio1)
        .timeouts(timeouts)
        .post_create(join)
        .build();
    pool.map_err(|error| DbError::Unavailable(error.to_string()))
}

/// The connection, once nobody else uses it.
pub async fn take(pool: &Pool) -> Result<Object, DbError> {
    pool.get().await.map_err(|error| match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => error.into(),
        PoolError::Timeout(_) => DbError::Unavailable("сервер не отвечает".to_owned()),
        other => DbError::Unavailable(other.to_string()),
    })
}

/// Gives the connection back. One that was lost under the work leaves the pool at once: the server's last word comes before the
/// end of the connection, and whoever is next would take a dead one for a living one. So does one whose work was to be cancelled:
/// the cancellation may reach the server after the work has ended, and would hit a change that nobody wants to stop.
pub fn give_back<T>(client: Object, done: &Result<T, Ended>, stop: &Stop) {
    if stop.is_asked() || matches!(done, Err(Ended::Failed(DbError::Unavailable(_)))) {
        drop(Object::take(client));
    }
}
