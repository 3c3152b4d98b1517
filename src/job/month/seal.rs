//! What a seal leaves behind: balances of the month, the penalties it accrued, and a sum and hash over its stone rows.

use crate::db::driver::Transaction;
use futures_util::{TryStreamExt, pin_mut};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::calc::period::Month;
use crate::db::connect::connect;
use crate::db::error::DbError;
use crate::job::penalty::accrue::accrue;
use crate::job::worker::{APPLICATION, JobContext, JobError};

/// Writes balances, penalties, sum and hash of a sealed month; all in one transaction, so a killed worker leaves none of it.
///
/// # Errors
/// Why it could not be done.
pub async fn seal(context: &JobContext) -> Result<Value, JobError> {
    let text = context.args["month"].as_str().unwrap_or_default();
    let Ok(month) = text.parse::<Month>() else {
        return Err(JobError::Cancelled);
    };
    context.progress("остатки", 0, 3).await?;
    let mut client = connect(&context.address, APPLICATION).await?;
    let transaction = client.transaction().await?;
    let rows = balances(&transaction, month).await?;
    context.progress("пени", 1, 3).await?;
    let penalty = accrue(&transaction, month).await?;
    context.progress("контрольная сумма", 2, 3).await?;
    let stone = hash(&transaction, month).await?;
    transaction
        .execute(
            "update billing_data.month set sealed_sum = $2, sealed_lines = $3, sealed_hash = $4, engine_version = $5 where month = $1",
            &[&month.first_day(), &stone.sum, &stone.lines, &stone.hash, &env!("CARGO_PKG_VERSION")],
        )
        .await?;
    transaction.commit().await?;
    Ok(json!({
        "penalties": penalty.rows, "penalty": penalty.amount,
        "balances": rows, "lines": stone.lines, "sum": stone.sum, "hash": stone.hash,
    }))
}

async fn balances(transaction: &Transaction<'_>, month: Month) -> Result<u64, DbError> {
    let first = month.first_day();
    let known = "select from billing_data.balance_month where month = $1";
    if transaction.query_opt(known, &[&first]).await?.is_some() {
        return Ok(0); // resumed after the commit
    }
    // Sums of millions of lines are gathered in memory or on disk many times over; it is given back with the transaction.
    transaction.batch_execute("set local work_mem = '256MB'").await?;
    let rows = transaction
        .execute(
            "insert into billing_data.balance (month, scope, account_id, service_id, contract_id,
                 opening, charged, recalculated, privilege, penalty, corrected, paid, closing,
                 penalty_opening, penalty_paid, penalty_closing)
             select $1, scope, account_id, service_id, contract_id,
                 opening, charged, recalculated, privilege, penalty, corrected, paid, closing,
                 penalty_opening, penalty_paid, penalty_closing
             from billing.month_balance($1)
             order by account_id, service_id, contract_id", // the order of the key: its index grows at one end
            &[&first],
        )
        .await?;
    transaction
        .execute(
            "insert into billing_data.balance_month (month, rows, closing)
             select $1, count(*), coalesce(sum(closing), 0) from billing_data.balance where month = $1",
            &[&first],
        )
        .await?;
    Ok(rows)
}

/// Sum, count and hash of the lines of a month, and of the penalties booked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stone {
    /// Sum of amounts, roubles.
    pub sum: Decimal,
    /// Lines and penalties.
    pub lines: i64,
    /// SHA-256 over the lines, then the penalties, in the order of their keys, as text.
    pub hash: String,
}

/// Reads the lines of a month's run and the penalties booked in it in the order of their keys and hashes them. A month
/// without penalties has the hash of its lines.
///
/// # Errors
/// When the database cannot be read.
pub async fn hash(transaction: &Transaction<'_>, month: Month) -> Result<Stone, DbError> {
    let row = transaction
        .query_one(
            "select m.run, coalesce(sum(l.amount), 0) + p.sum, count(l.run) + p.rows from billing_data.month m
             left join billing_data.line l on l.run = m.run
             cross join (select count(*) as rows, coalesce(sum(amount), 0) as sum from billing_data.penalty where month = $1) p
             where m.month = $1 group by m.run, p.rows, p.sum",
            &[&month.first_day()],
        )
        .await?;
    let run: i32 = row.get(0);
    let lines = format!(
        "copy (select account_id, service_id, contract_id, component, source_month, cause, basis, volume, rate, amount
               from billing_data.line where run = {run}
               order by account_id, service_id, contract_id, component, source_month, cause) to stdout"
    );
    let penalties = format!(
        "copy (select account_id, service_id, contract_id, debt_month, through, due_date, debt, accrued, amount
               from billing_data.penalty where month = '{}'
               order by account_id, service_id, contract_id, debt_month, through) to stdout",
        month.first_day()
    );
    let mut hash = Sha256::new();
    for copy in [lines, penalties] {
        let stream = transaction.copy_out(&copy).await?;
        pin_mut!(stream);
        while let Some(bytes) = stream.try_next().await? {
            hash.update(&bytes);
        }
    }
    let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Stone { sum: row.get(1), lines: row.get(2), hash })
}
