//! Pictures of units are drawn while nobody asks anything: a month run then reads one value a house instead of rows.

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;

use crate::calc::period::Month;
use crate::db::book::Book;
use crate::db::driver::{Client, Notification};
use crate::db::error::DbError;
use crate::db::load::{self, Depth};
use crate::db::picture;

/// Units looked for at once.
const PAGE: i64 = 20;

/// A long job wants the machine for itself.
const BUSY: &str = "select exists (select from admin_data.job where state = 'running')";

/// Draws what is missing for the first open month, house by house, until somebody asks or nothing is missing.
///
/// # Errors
/// When the database fails.
pub async fn draw(
    client: &Client,
    notices: &mut UnboundedReceiver<Notification>,
    stop: &watch::Receiver<bool>,
) -> Result<(), DbError> {
    let Some(open) = Book::read(client).await?.open.first().copied() else { return Ok(()) };
    loop {
        let missing = picture::missing(client, open.month, PAGE).await?;
        if missing.is_empty() || client.query_one(BUSY, &[]).await?.get(0) {
            return Ok(());
        }
        for unit in missing {
            draw_one(client, unit, open.month).await?;
            if *stop.borrow() || notices.try_recv().is_ok() {
                return Ok(());
            }
        }
    }
}

/// Draws all that is missing for a month.
///
/// # Errors
/// When the database fails.
pub async fn draw_all(client: &Client, month: Month) -> Result<(), DbError> {
    for unit in picture::missing(client, month, i64::MAX).await? {
        draw_one(client, unit, month).await?;
    }
    Ok(())
}

/// The version is read before the facts: a change in between leaves the unit without a picture rather than with a wrong one.
async fn draw_one(client: &Client, unit: i64, month: Month) -> Result<(), DbError> {
    let Some(version) = picture::version(client, unit).await? else { return Ok(()) };
    for facts in load::from_rows(client, (unit, unit), Depth::Month(month)).await? {
        picture::keep(client, &facts, version, month).await?;
    }
    Ok(())
}
