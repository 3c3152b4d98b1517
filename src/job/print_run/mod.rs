//! The invoices of a month as a job: house by house in the order of delivery, each house a bundle in the archive, and a control
//! sheet at the end. A bundle is printed, kept and counted in one transaction: whoever goes on after a killed worker
//! begins with the first bundle that is not there. No more than one house is held at a time.

mod bundle;
mod control;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::calc::period::Month;
use crate::db::connect::connect;
use crate::db::driver::Client;
use crate::db::error::{DbError, Refusal};
use crate::job::invoice::InvoiceError;
use crate::job::worker::{APPLICATION, JobContext, JobError};

/// What is ordered.
struct Run {
    number: i64,
    month: Month,
    /// Payments received through this day are counted on every sheet.
    through: NaiveDate,
    /// Each with its back page «Почему столько».
    has_reasons: bool,
}

/// A house that is not printed yet.
struct Left {
    place: i32,
    house: i64,
    unit: i64,
    scope: i32,
    address: String,
}

/// Prints what is left of a run, then its control sheet.
///
/// # Errors
/// A house that cannot be printed, with the reason; what was printed before it stands, and the run goes on when it is
/// asked for again.
pub async fn print(context: &JobContext) -> Result<Value, JobError> {
    let run = Run::read(&context.client, context).await?;
    let left = left(&context.client, context).await?;
    let all: i64 = context
        .client
        .query_one("select count(*) from billing_data.print_bundle where print_run_id = $1", &[&context.id])
        .await?
        .get(0);
    let before = all - i64::try_from(left.len()).unwrap_or(all);
    let mut hand = connect(&context.address, APPLICATION).await?;
    for (printed, house) in (before..).zip(&left) {
        context.progress("печать по домам", printed, all).await?;
        bundle::print(&mut hand, context, &run, house).await?;
    }
    context.progress("контрольный лист", all, all).await?;
    let control = control::print(&mut hand, context, &run).await?;
    Ok(json!({ "number": run.number, "houses": all, "control": control }))
}

impl Run {
    async fn read(client: &Client, context: &JobContext) -> Result<Self, DbError> {
        let sql = "select number, month, through, has_reasons from billing_data.print_run where id = $1";
        let row = client.query_one(sql, &[&context.id]).await?;
        Ok(Self {
            number: row.get(0),
            month: Month::of(row.get(1)),
            through: row.get(2),
            has_reasons: row.get(3),
        })
    }
}

async fn left(client: &Client, context: &JobContext) -> Result<Vec<Left>, DbError> {
    let sql = "select b.place, b.house_id, h.unit_id, b.scope, concat_ws(', ', nullif(concat_ws(' ', s.kind, s.name), ''), 'д. ' || h.number)
        from billing_data.print_bundle b
        join cards_data.house h on h.id = b.house_id
        join cards_data.street s on s.id = h.street_id
        where b.print_run_id = $1 and not exists (
            select from billing_data.print_bundle_done n where n.print_run_id = b.print_run_id and n.place = b.place
        )
        order by b.place";
    let rows = client.query(sql, &[&context.id]).await?;
    let house = |row: &crate::db::driver::Row| Left {
        place: row.get(0),
        house: row.get(1),
        unit: row.get(2),
        scope: row.get(3),
        address: row.get(4),
    };
    Ok(rows.iter().map(house).collect())
}

/// Why a house or the control sheet was not printed, as the job tells it.
fn refused(what: &str, reason: impl std::fmt::Display) -> JobError {
    JobError::Refused(Refusal {
        code: "KV011".to_owned(),
        message: format!("Печать остановлена: {what}"),
        detail: Some(reason.to_string()),
        hint: Some(
            "Исправьте причину и продолжите: экран 910, «Повторить задание»; напечатанное не печатается заново"
                .to_owned(),
        ),
    })
}

/// A lost server stays what it is: the job is resumed. Everything else is told with the house it happened at.
fn stopped(what: &str, error: InvoiceError) -> JobError {
    match error {
        InvoiceError::Db(error @ DbError::Unavailable(_)) => JobError::Db(error),
        other => refused(what, other),
    }
}
