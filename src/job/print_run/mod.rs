//! The invoices of a month as a job: house by house in the order of delivery, each house a bundle in the archive, and a control
//! sheet at the end. A bundle is printed, kept and counted in one transaction: whoever goes on after a killed worker
//! begins with the first bundle that is not there.
//!
//! Reading, laying out and keeping go on beside each other, each on a core of its own where there are some. What is read
//! ahead is bounded, so that the memory of a run does not grow with the town.

mod ahead;
mod bundle;
mod control;
mod sheets;

use std::time::{Duration, Instant};

use chrono::NaiveDate;
use serde_json::{Value, json};
use tokio::sync::mpsc::channel;
use tokio::task::JoinSet;

use self::ahead::Ahead;

use crate::calc::period::Month;
use crate::db::connect::connect;
use crate::db::driver::Client;
use crate::db::error::{DbError, Refusal};
use crate::job::invoice::InvoiceError;
use crate::job::worker::{APPLICATION, JobContext, JobError};

/// How often a run tells how far it has come: a house is printed in less time than telling so takes.
const TELLING: Duration = Duration::from_millis(200);

/// What is ordered.
#[derive(Clone, Copy)]
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
    /// With those nothing is printed for.
    accounts: i32,
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
    let mut hand = connect(&context.address, APPLICATION).await?;
    houses(&mut hand, context, run, left, all).await?;
    context.progress("контрольный лист", all, all).await?;
    let control = control::print(&mut hand, context, &run).await?;
    Ok(json!({ "number": run.number, "houses": all, "control": control }))
}

/// Prints what is left of all houses, in their order.
async fn houses(
    hand: &mut Client,
    context: &JobContext,
    run: Run,
    left: Vec<Left>,
    all: i64,
) -> Result<(), JobError> {
    let mut printed = all - i64::try_from(left.len()).unwrap_or(all);
    let ahead = Ahead::begin(context, run, left).await?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (made, mut houses) = channel(cores);
    // Leaving this function takes the others along: whoever resumes the run must not meet them.
    let mut hands = JoinSet::new();
    hands.spawn(sheets::lay_out(ahead, run, made));
    let mut told: Option<Instant> = None;
    while let Some(house) = houses.recv().await {
        if told.is_none_or(|told| told.elapsed() >= TELLING) {
            context.progress("печать по домам", printed, all).await?;
            told = Some(Instant::now());
        }
        let sheets = house.await.map_err(|lost| refused("листы не разложены", lost))??;
        bundle::keep(hand, context, &run, &sheets).await?;
        printed += 1;
    }
    match printed == all {
        true => Ok(()),
        false => Err(refused("дома не дочитаны", format!("напечатано домов {printed} из {all}"))),
    }
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
    let sql = "select b.place, b.house_id, h.unit_id, b.scope, b.accounts, concat_ws(', ', nullif(concat_ws(' ', s.kind, s.name), ''), 'д. ' || h.number)
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
        accounts: row.get(4),
        address: row.get(5),
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
