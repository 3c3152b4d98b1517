//! Delivery: orders to print, taken from the archive to the server's spooler and folders.
//!
//! Nothing is printed twice by itself. An order is claimed and the claim committed before the spooler hears of it; while it is under way
//! its lock is held. A claimed order without a lock was left by a worker that is gone: a file of a folder is simply written again under
//! the same name, but nobody knows whether the spooler had the sheet, and a person who looks at the printer decides.

pub mod folder;
pub mod sheet;
pub mod spooler;

use tokio::sync::watch;
use uuid::Uuid;

use self::sheet::Order;
use self::spooler::Spooler;
use super::worker::{APPLICATION, WorkerError, pause};
use crate::db::config::Address;
use crate::db::connect::connect_listening;
use crate::db::driver::Client;
use crate::db::error::DbError;

/// Class of the advisory locks of orders under way.
const PRINT_LOCK: i32 = 4715;

/// Why a sheet did not come out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub reason: String,
    /// What to do.
    pub hint: String,
}

impl Trouble {
    /// Both sentences.
    pub fn new(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { reason: reason.into(), hint: hint.into() }
    }
}

/// Prints until `stop` turns true.
///
/// # Errors
/// When the server is lost.
pub async fn run(
    address: Address,
    spooler: Spooler,
    mut stop: watch::Receiver<bool>,
) -> Result<(), WorkerError> {
    let (mut client, mut notices) = connect_listening(&address, APPLICATION).await?;
    client.batch_execute("listen kvartal_print").await?;
    while !*stop.borrow() {
        if deliver_one(&mut client, &spooler).await? {
            continue;
        }
        pause(&mut stop, &mut notices, "печати").await?;
    }
    Ok(())
}

/// Does the oldest order nobody else has under way; false where there is none.
async fn deliver_one(client: &mut Client, spooler: &Spooler) -> Result<bool, DbError> {
    let open = "select o.id, o.number::int from admin_data.print_order o join admin_data.printer p on p.id = o.printer_id
        where o.state in ('waiting', 'taken') and p.way in ('queue', 'folder') order by o.number limit 100";
    for row in client.query(open, &[]).await? {
        let (id, number): (Uuid, i32) = (row.get(0), row.get(1));
        let locked = client.query_one("select pg_try_advisory_lock($1, $2)", &[&PRINT_LOCK, &number]).await?;
        if !locked.get::<_, bool>(0) {
            continue;
        }
        let done = deliver(client, spooler, id).await;
        client.execute("select pg_advisory_unlock($1, $2)", &[&PRINT_LOCK, &number]).await?;
        if done? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Claims an order and prints it. The lock is held.
async fn deliver(client: &mut Client, spooler: &Spooler, id: Uuid) -> Result<bool, DbError> {
    // Between the list and the lock another worker may have ended it.
    let claim = "update admin_data.print_order o set state = 'taken', tries = o.tries + 1
        from admin_data.printer p, admin_data.print_order was
        where o.id = $1 and p.id = o.printer_id and was.id = o.id and o.state in ('waiting', 'taken') and p.way in ('queue', 'folder')
        returning was.state, p.way";
    let Some(row) = client.query_opt(claim, &[&id]).await? else { return Ok(false) };
    let (before, way): (&str, &str) = (row.get(0), row.get(1));
    let outcome = if before == "taken" && way == "queue" {
        Err(Trouble::new(
            "Обработчик остановился, пока печатал: неизвестно, вышел ли лист",
            "Посмотрите на принтер; если листа нет, повторите печать",
        ))
    } else {
        print(client, spooler, id).await?
    };
    let (state, spooled, trouble) = match outcome {
        Ok(spooled) => ("done", Some(spooled), None),
        Err(trouble) => ("failed", None, Some(trouble)),
    };
    let (reason, hint) = trouble.map(|trouble| (trouble.reason, trouble.hint)).unzip();
    let sql = "update admin_data.print_order set state = $2, spooled = $3, reason = $4, hint = $5, ended_at = clock_timestamp() where id = $1";
    client.execute(sql, &[&id, &state, &spooled, &reason, &hint]).await?;
    client.execute("select pg_notify('kvartal_answer', $1)", &[&id.to_string()]).await?;
    Ok(true)
}

async fn print(client: &mut Client, spooler: &Spooler, id: Uuid) -> Result<Result<String, Trouble>, DbError> {
    let order = match Order::read(client, id).await? {
        Ok(order) => order,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let bytes = match order.bytes(client).await? {
        Ok(bytes) => bytes,
        Err(trouble) => return Ok(Err(trouble)),
    };
    Ok(match order.way.as_str() {
        "queue" => spooler.print(&order, bytes).await,
        _ => folder::put(std::path::Path::new(&order.target), &order, &bytes)
            .map(|path| path.display().to_string()),
    })
}
