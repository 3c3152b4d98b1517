//! The job behind `kvartal control`: what is odd about a charged month, found before it is printed.

use serde_json::Value;

use crate::calc::period::Month;
use crate::db::connect::connect;
use crate::job::worker::{APPLICATION, JobContext, JobError};

/// Makes the control of a month in one snapshot, so that its totals, findings and mark are of the same bills.
///
/// # Errors
/// What the base refuses; nothing is kept then.
pub async fn control(context: &JobContext) -> Result<Value, JobError> {
    let Some(month) = context.args["month"].as_str().and_then(|text| text.parse::<Month>().ok()) else {
        return Err(JobError::Cancelled);
    };
    context.progress("сверка с прошлым месяцем", 0, 1).await?;
    let mut client = connect(&context.address, APPLICATION).await?;
    let transaction = client.transaction().await?;
    transaction.batch_execute("set transaction isolation level repeatable read").await?;
    let done = "select result from admin_data.job where id = $1 and exists (select from billing_data.control where id = $1)";
    if transaction.query_opt(done, &[&context.id]).await?.is_some() {
        return Ok(Value::Null); // resumed after the commit
    }
    let made = "select billing.control_make($1, $2)";
    let result = transaction.query_one(made, &[&context.id, &month.first_day()]).await?.get(0);
    transaction.commit().await?;
    Ok(result)
}
