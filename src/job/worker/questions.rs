//! A hand that answers questions: whoever waits at a screen waits for this.

use tokio::sync::watch;

use super::rules::Cache;
use super::{APPLICATION, WorkerError, pause, preview};
use crate::db::config::Address;
use crate::db::connect::{connect, connect_listening};

/// Answers one question after the other until `stop` turns true.
///
/// # Errors
/// When the server is lost.
pub async fn run(address: Address, mut stop: watch::Receiver<bool>) -> Result<(), WorkerError> {
    let (mut client, mut notices) = connect_listening(&address, APPLICATION).await?;
    let keeper = connect(&address, APPLICATION).await?;
    // An answer does not wait for the disk: what a crash takes back is asked again.
    keeper.batch_execute("set synchronous_commit = off").await?;
    client.batch_execute("listen kvartal_preview").await?;
    let mut rules = Cache::default();
    while !*stop.borrow() {
        if preview::answer_one(&mut client, &keeper, &mut rules).await? {
            while notices.try_recv().is_ok() {}
            continue;
        }
        pause(&mut stop, &mut notices, "обработчика").await?;
    }
    Ok(())
}
