//! The invoices of one house: kept and counted, all or nothing.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::Run;
use super::sheets::Sheets;
use crate::db::driver::{Client, Transaction};
use crate::db::error::DbError;
use crate::job::document::{self, Entry, Media, Subject};
use crate::job::worker::{JobContext, JobError};

/// Keeps a house and counts it.
///
/// # Errors
/// Why it cannot be kept; nothing of it is then.
pub(super) async fn keep(
    hand: &mut Client,
    context: &JobContext,
    run: &Run,
    sheets: &Sheets,
) -> Result<(), JobError> {
    let transaction = hand.transaction().await?;
    document::stand_for(&transaction, &context.operator).await?;
    let document = match sheets.invoices {
        0 => None,
        _ => Some(file(&transaction, context, run, sheets).await?),
    };
    count(&transaction, context, sheets, document).await?;
    transaction.commit().await?;
    Ok(())
}

async fn file(
    transaction: &Transaction<'_>,
    context: &JobContext,
    run: &Run,
    sheets: &Sheets,
) -> Result<Uuid, DbError> {
    let entry = Entry {
        id: Uuid::new_v5(&context.id, &sheets.house.place.to_be_bytes()),
        operation: context.id,
        kind: "billing.invoices",
        title: &sheets.title,
        subject: Subject::House(sheets.house.house),
        person: None,
        as_of: last_day(run),
        content: None,
    };
    document::register(transaction, &entry).await?;
    document::keep(transaction, entry.id, Media::Pdf, &sheets.bundled.bytes, None).await?;
    Ok(entry.id)
}

/// The last day of the month that is printed.
pub(super) fn last_day(run: &Run) -> NaiveDate {
    let next = run.month.next().first_day();
    next.checked_sub_days(Days::new(1)).unwrap_or(next)
}

async fn count(
    transaction: &Transaction<'_>,
    context: &JobContext,
    Sheets { house, invoices, totals, bundled, .. }: &Sheets,
    document: Option<Uuid>,
) -> Result<(), DbError> {
    let sql = "insert into billing_data.print_bundle_done (print_run_id, place, scope, invoices, sheets,
            opening, charged, recalculated, privilege, penalty, paid, closing, since, payable, document_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
    let whole = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
    transaction
        .execute(
            sql,
            &[
                &context.id,
                &house.place,
                &house.scope,
                &whole(*invoices),
                &whole(bundled.pages),
                &totals.opening.roubles(),
                &totals.charged.roubles(),
                &totals.recalculated.roubles(),
                &totals.privilege.roubles(),
                &totals.penalty.roubles(),
                &totals.paid.roubles(),
                &totals.closing.roubles(),
                &totals.since.roubles(),
                &totals.payable.roubles(),
                &document,
            ],
        )
        .await?;
    Ok(())
}
