//! Balances of houses are added up while nobody asks for them: a list of the town then reads some rows a house.

use tokio::sync::watch;

use super::{APPLICATION, WorkerError, pause};
use crate::db::config::Address;
use crate::db::connect::connect_listening;
use crate::db::driver::Client;
use crate::db::error::DbError;

/// Units added up in one transaction: it holds its snapshot no longer than a batch.
const BATCH: i32 = 10;

/// Adds up what moved until `stop` turns true.
///
/// # Errors
/// When the server is lost.
pub async fn run(address: Address, mut stop: watch::Receiver<bool>) -> Result<(), WorkerError> {
    let (client, mut notices) = connect_listening(&address, APPLICATION).await?;
    while !*stop.borrow() {
        if add_up(&client).await? == 0 {
            pause(&mut stop, &mut notices, "обработчика").await?;
        }
    }
    Ok(())
}

/// Adds up a batch; how many houses it had.
async fn add_up(client: &Client) -> Result<i32, DbError> {
    Ok(client.query_one("select billing.sum_houses($1)", &[&BATCH]).await?.get(0))
}

/// Adds up all there is.
///
/// # Errors
/// When the database fails.
pub async fn add_up_all(client: &Client) -> Result<(), DbError> {
    while add_up(client).await? > 0 {}
    Ok(())
}
