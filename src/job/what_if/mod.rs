//! What-if: changes tried on the whole town. House by house the operations are really made, by the rights of whoever
//! asks, the bills are calculated without and with them, and everything is rolled back; only the figures are kept.

mod figures;
mod keep;

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use crate::calc::ids::ContractId;
use crate::calc::period::Month;
use crate::db::book::Book;
use crate::db::connect::connect;
use crate::db::driver::{Client, Transaction};
use crate::db::error::DbError;
use crate::db::load;
use crate::job::acting::act_as;
use crate::job::projected::{ProjectedUnit, project_range};
use crate::job::worker::{APPLICATION, JobContext, JobError};
use figures::Figures;

/// One assumed change.
struct Change {
    kind: String,
    args: Value,
}

/// Tries the changes of an order and keeps the figures.
///
/// # Errors
/// What the door refuses, a cancellation, a lost server; nothing is kept then, and a resumed job begins anew.
pub async fn try_on_everybody(context: &JobContext) -> Result<Value, JobError> {
    if let Some(result) = keep::kept(context).await? {
        return Ok(result);
    }
    let changes = changes(&context.args);
    let mut hand = connect(&context.address, APPLICATION).await?;
    let book = Book::read(&hand).await?;
    let months = book.shown();
    let ranges = ranges(&hand).await?;
    let total = i64::try_from(ranges.len()).unwrap_or(i64::MAX);
    let mut figures = Figures::new(providers(&hand).await?);
    for (done, range) in (0..).zip(ranges) {
        context.progress("проба по домам", done, total).await?;
        let tried = try_range(&mut hand, context, &changes, (&book, &months), range).await?;
        for (before, after) in tried.before.iter().zip(&tried.after) {
            figures.add(before, after, |scope| tried.keys.contains(&scope));
        }
    }
    keep::keep(&mut hand, context, &months, figures.finish()).await
}

fn changes(args: &Value) -> Vec<Change> {
    let list = args["changes"].as_array().into_iter().flatten();
    list.map(|change| Change {
        kind: change["kind"].as_str().unwrap_or_default().to_owned(),
        args: change["args"].clone(),
    })
    .collect()
}

/// Ranges of units of about two thousand accounts each: no lock and no snapshot is held longer than one takes.
async fn ranges(client: &Client) -> Result<Vec<(i64, i64)>, DbError> {
    let sql = "select min(unit_id), max(unit_id)
        from (
            select h.unit_id, floor(sum(count(a.id)) over (order by h.unit_id) / 2000) as place
            from (select distinct unit_id from cards_data.house) h
            left join cards_data.account a on a.unit_id = h.unit_id
            group by h.unit_id
        ) unit
        group by place order by 1";
    Ok(client.query(sql, &[]).await?.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Who is owed under each contract.
async fn providers(client: &Client) -> Result<BTreeMap<ContractId, i64>, DbError> {
    let rows = client.query("select id, provider_id from cards_data.contract", &[]).await?;
    Ok(rows.iter().map(|row| (ContractId(row.get(0)), row.get(1))).collect())
}

/// A range of units without and with the changes, and whose houses the operator sees.
struct Tried {
    before: Vec<ProjectedUnit>,
    after: Vec<ProjectedUnit>,
    keys: Vec<i32>,
}

async fn try_range(
    hand: &mut Client,
    context: &JobContext,
    changes: &[Change],
    (book, months): (&Book, &[Month]),
    range: (i64, i64),
) -> Result<Tried, JobError> {
    let transaction = hand.transaction().await?;
    let rules = load::rules(&transaction).await?;
    let before = project_range(&transaction, &rules, book, range, months).await?;
    let keys = act_as(&transaction, &context.operator).await?;
    for change in changes {
        make(&transaction, change).await?;
    }
    transaction.batch_execute("reset role").await?;
    let rules = load::rules(&transaction).await?;
    let after = project_range(&transaction, &rules, book, range, months).await?;
    transaction.rollback().await?;
    Ok(Tried { before, after, keys })
}

async fn make(transaction: &Transaction<'_>, change: &Change) -> Result<(), DbError> {
    let operate = "select admin.operate($1, $2, $3, $4)";
    transaction.execute(operate, &[&Uuid::new_v4(), &change.kind, &change.args, &"проба"]).await?;
    Ok(())
}
