//! The invoices of one house: made, kept, counted, all or nothing.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Left, Run, refused, stopped};
use crate::calc::money::Money;
use crate::db::driver::{Client, Transaction};
use crate::document::invoice::{Invoice, Totals};
use crate::document::number;
use crate::job::document::{self, Entry, Media, Subject};
use crate::job::invoice::{self, Bundled};
use crate::job::worker::{JobContext, JobError};
use crate::output::pdf::Meta;

/// Prints a house.
///
/// # Errors
/// Why it cannot be printed; nothing of it is kept then.
pub(super) async fn print(
    hand: &mut Client,
    context: &JobContext,
    run: &Run,
    house: &Left,
) -> Result<(), JobError> {
    // The calculation reads as the worker, before it stands in for anybody.
    let mut reasons = match run.has_reasons {
        true => invoice::reasons::of_unit(hand, house.unit, run.month).await?,
        false => BTreeMap::new(),
    };
    let transaction = hand.transaction().await?;
    document::stand_for(&transaction, &context.operator).await?;
    let read = invoice::of_house(&transaction, house.house, run.month, false, run.through)
        .await
        .map_err(|error| stopped(&house.address, error))?;
    let invoices: Vec<Invoice> = read
        .into_iter()
        .map(|(account, invoice)| Invoice {
            reasons: reasons.remove(&account).unwrap_or_default(),
            ..invoice
        })
        .collect();
    let meta = Meta {
        title: format!("Платёжные документы за {}, {}", number::month(run.month), house.address),
        author: invoices.first().map(|first| first.executor.name.clone()).unwrap_or_default(),
        date: run.through,
    };
    let title = meta.title.clone();
    let (invoices, bundled) = laid_out(invoices, meta, house).await?;
    let kept = match invoices.is_empty() {
        true => None,
        false => Some(keep(&transaction, context, run, house, &title, &bundled).await?),
    };
    count(&transaction, context, house, &invoices, bundled.pages, kept).await?;
    transaction.commit().await?;
    Ok(())
}

/// Makes the file beside the loop of messages: a house takes long enough to hold up previews.
async fn laid_out(
    invoices: Vec<Invoice>,
    meta: Meta,
    house: &Left,
) -> Result<(Vec<Invoice>, Bundled), JobError> {
    let work = move || invoice::bundle(&invoices, &meta).map(|bundled| (invoices, bundled));
    match tokio::task::spawn_blocking(work).await {
        Ok(made) => made.map_err(|error| stopped(&house.address, error)),
        Err(lost) => Err(refused(&house.address, lost)),
    }
}

async fn keep(
    transaction: &Transaction<'_>,
    context: &JobContext,
    run: &Run,
    house: &Left,
    title: &str,
    bundled: &Bundled,
) -> Result<Uuid, JobError> {
    let entry = Entry {
        id: Uuid::new_v5(&context.id, &house.place.to_be_bytes()),
        operation: context.id,
        kind: "billing.invoices",
        title,
        subject: Subject::House(house.house),
        person: None,
        as_of: last_day(run),
        content: None,
    };
    document::register(transaction, &entry).await?;
    document::keep(transaction, entry.id, Media::Pdf, &bundled.bytes, None).await?;
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
    house: &Left,
    invoices: &[Invoice],
    sheets: usize,
    document: Option<Uuid>,
) -> Result<(), JobError> {
    let sum = |part: fn(&Totals) -> Money| -> Decimal {
        invoices.iter().map(|invoice| part(&invoice.totals)).sum::<Money>().roubles()
    };
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
                &whole(invoices.len()),
                &whole(sheets),
                &sum(|all| all.opening),
                &sum(|all| all.charged),
                &sum(|all| all.recalculated),
                &sum(|all| all.privilege),
                &sum(|all| all.penalty),
                &sum(|all| all.paid),
                &sum(|all| all.closing),
                &sum(|all| all.since),
                &sum(|all| all.payable),
                &document,
            ],
        )
        .await?;
    Ok(())
}
