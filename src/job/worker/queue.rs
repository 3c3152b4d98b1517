//! Touched units: each is recomputed in one short transaction, hand-over at READ COMMITTED.
//!
//! Every step is a statement of its own, in this order: lock the unit, delete all its queue rows, read the facts, write.
//! A change that commits while the unit is locked leaves its queue row behind the deletion and is found next time;
//! any other order, or one statement for two steps, loses updates.

use crate::db::driver::{Client, Transaction};

use super::rules::Cache;
use crate::calc::period::Month;
use crate::db::book::Book;
use crate::db::error::DbError;
use crate::job::projected::project_range;
use crate::job::store::{Compared, Rows};

/// Recomputes the most urgent touched unit; says whether there was one.
///
/// # Errors
/// When the database fails; the unit stays queued.
pub async fn recompute_one(client: &mut Client, rules: &mut Cache) -> Result<bool, DbError> {
    if expand_one(client).await? {
        return Ok(true);
    }
    let transaction = client.transaction().await?;
    let Some((unit, version)) = take(&transaction).await? else {
        return Ok(false);
    };
    recompute(&transaction, rules, unit).await?;
    transaction.execute("select pg_notify('kvartal', $1)", &[&format!("unit {unit} {version}")]).await?;
    transaction.commit().await?;
    Ok(true)
}

/// Locks the unit of the first queue row nobody else works on, and takes all its rows.
async fn take(transaction: &Transaction<'_>) -> Result<Option<(i64, i64)>, DbError> {
    // Held to the end: a release waits for it, and finds either the queue row or the finished lines.
    transaction.execute("select pg_advisory_xact_lock_shared(admin.seal_lock())", &[]).await?;
    let locked = transaction
        .query_opt(
            "select u.id, u.version from billing_data.queue q join billing_data.unit u on u.id = q.unit_id
             order by q.priority, q.id limit 1 for update of u skip locked",
            &[],
        )
        .await?;
    let Some(row) = locked else { return Ok(None) };
    let unit: i64 = row.get(0);
    transaction.execute("delete from billing_data.queue where unit_id = $1", &[&unit]).await?;
    Ok(Some((unit, row.get(1))))
}

/// Writes the lines of every open month of one unit anew.
///
/// # Errors
/// When the database fails.
pub async fn recompute(transaction: &Transaction<'_>, rules: &mut Cache, unit: i64) -> Result<(), DbError> {
    // A run being published moves the pointer of its month: without this lock the lines could go into the old run, and the
    // new one, which looked for moved units before the change committed, would never hear of it.
    let hold = "select from billing_data.month where state in ('collecting', 'charged') for share";
    transaction.execute(hold, &[]).await?;
    let book = Book::read(transaction).await?;
    let projected = book.projected();
    let months: Vec<Month> = projected.iter().map(|(month, _)| *month).collect();
    let rules = rules.get(transaction).await?;
    let units = project_range(transaction, &rules, &book, (unit, unit), &months).await?;
    for one in &units {
        for (month, (_, run)) in one.months.iter().zip(&projected) {
            let mut rows = Rows::<Compared>::new(*run);
            rows.add(one, month);
            rows.replace(transaction, unit).await?;
        }
    }
    Ok(())
}

/// Turns a row that names everybody into a row for each unit.
async fn expand_one(client: &mut Client) -> Result<bool, DbError> {
    let transaction = client.transaction().await?;
    let taken = transaction
        .query_opt(
            "delete from billing_data.queue where id = (
                 select id from billing_data.queue where unit_id is null order by id limit 1 for update skip locked
             ) returning known",
            &[],
        )
        .await?;
    let Some(row) = taken else { return Ok(false) };
    transaction
        .execute(
            "insert into billing_data.queue (unit_id, priority, known)
             select distinct unit_id, 70, $1::bigint from cards_data.house",
            &[&row.get::<_, i64>(0)],
        )
        .await?;
    transaction.commit().await?;
    Ok(true)
}
