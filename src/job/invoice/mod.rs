//! The invoice of one account: what the ledger says, laid out and written.

mod convert;
mod data;
mod part;

use crate::db::driver::GenericClient;
use chrono::NaiveDate;

use crate::calc::period::Month;
use crate::db::error::DbError;
use crate::document::invoice::Invoice;
use crate::document::invoice_form::{FormError, lay_out};
use crate::output::faces::{self, FaceError};
use crate::output::pdf::{Meta, PdfError, write};

/// Why no invoice was made.
#[derive(Debug, thiserror::Error)]
pub enum InvoiceError {
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
    /// What the database said is not what this program prints.
    #[error(
        "Сведения для платёжного документа не поняты: программа и база разных версий. Обновите программу"
    )]
    Data(#[from] serde_json::Error),
    /// It says what this program has no words for, or sums it cannot hold.
    #[error(transparent)]
    NotUnderstood(#[from] convert::NotUnderstood),
    /// The sheet cannot be laid out, or does not add up.
    #[error(transparent)]
    Form(#[from] FormError),
    /// The faces are damaged.
    #[error(transparent)]
    Face(#[from] FaceError),
    /// The file cannot be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// Reads what an invoice prints; as the operator, who sees only their own accounts. A draft may be had before the month
/// is released.
///
/// # Errors
/// The refusal of the database, or what this program does not understand of its answer.
pub async fn read<C: GenericClient>(
    client: &C,
    account: &str,
    month: Month,
    is_draft: bool,
) -> Result<Invoice, InvoiceError> {
    let row = client
        .query_one("select billing.invoice_data($1, $2, $3)", &[&account, &month.first_day(), &is_draft])
        .await
        .map_err(DbError::from)?;
    let said: data::Data = serde_json::from_value(row.get(0))?;
    Ok(convert::invoice(said, month)?)
}

/// The invoice as a PDF file. The day printed inside the file is the end of the month: the same ledger gives the
/// same bytes.
///
/// # Errors
/// Why it could not be made.
pub fn pdf(invoice: &Invoice) -> Result<Vec<u8>, InvoiceError> {
    let pages = lay_out(invoice, &faces::faces()?.metrics)?;
    let day: NaiveDate = invoice.payments_through;
    let title = format!("Платёжный документ {} за {}", invoice.account, invoice.month);
    Ok(write(&pages, &Meta { title, author: invoice.executor.name.clone(), date: day })?)
}
