//! The control sheet: what was printed, house by house, and the same sums by the ledger. Where they differ by a kopeck there is none.

use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use super::bundle::last_day;
use super::{Run, refused};
use crate::calc::money::Money;
use crate::db::custom;
use crate::db::driver::{Client, Transaction};
use crate::document::number;
use crate::job::document::{self, Entry, Media, Subject};
use crate::job::paper::{library, make};
use crate::job::worker::{JobContext, JobError};

/// The template of the sheet.
const TEMPLATE: &str = "billing/print_control.md";

/// Checks the sums of a run and keeps its control sheet; answers with its number.
///
/// # Errors
/// What does not tie, or what is wrong with the template.
pub(super) async fn print(hand: &mut Client, context: &JobContext, run: &Run) -> Result<String, JobError> {
    let transaction = hand.transaction().await?;
    document::stand_for(&transaction, &context.operator).await?;
    tie(&transaction, context.id).await?;
    let mut content: Value =
        transaction.query_one("select billing.print_run_control($1)", &[&context.id]).await?.get(0);
    let title = format!("Контрольный лист печати № {} за {}", run.number, number::month(run.month));
    // By whom it is seen follows from what it is about: a part of the town has no subject of its own but its first house.
    let subject = subject(&transaction, context.id).await?;
    let entry = Entry {
        id: Uuid::new_v5(&context.id, b"control"),
        operation: context.id,
        kind: "billing.print_control",
        title: &title,
        subject,
        person: None,
        as_of: last_day(run),
        content: None,
    };
    let given = document::register(&transaction, &entry).await?;
    content["document"] = Value::String(given.clone());
    let own = custom::read(&transaction).await?;
    let templates = library::customized(&own, library::folder().as_deref())
        .map_err(|error| refused("контрольный лист", error))?;
    let made = make(&templates, TEMPLATE, &content, run.through)
        .map_err(|error| refused("контрольный лист", error))?;
    let digest = templates.digest(TEMPLATE);
    let by = Some((TEMPLATE, digest.as_slice()));
    document::keep(&transaction, entry.id, Media::Pdf, &made.pdf, by).await?;
    document::keep(&transaction, entry.id, Media::Text, made.text.as_bytes(), by).await?;
    transaction.commit().await?;
    Ok(given)
}

async fn tie(transaction: &Transaction<'_>, run: Uuid) -> Result<(), JobError> {
    let rows =
        transaction.query("select what, printed, ledger from billing.print_run_ties($1)", &[&run]).await?;
    let differs = rows.iter().find(|row| row.get::<_, Decimal>(1) != row.get::<_, Decimal>(2));
    let Some(row) = differs else { return Ok(()) };
    let money = |at| Money::round(row.get(at)).map_or_else(String::new, number::money);
    let (what, printed, ledger): (&str, _, _) = (row.get(0), money(1), money(2));
    Err(refused(
        "контрольный лист не сходится",
        format!("{what}: напечатано {printed}, по книге {ledger}; документы этой печати не разносите"),
    ))
}

async fn subject(transaction: &Transaction<'_>, run: Uuid) -> Result<Subject, JobError> {
    let row = transaction
        .query_one(
            "select admin.sees_everybody(), (
                select house_id from billing_data.print_bundle where print_run_id = $1 order by place limit 1
            )",
            &[&run],
        )
        .await?;
    Ok(if row.get(0) { Subject::Town } else { Subject::House(row.get(1)) })
}
