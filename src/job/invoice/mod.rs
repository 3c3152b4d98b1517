//! The invoice of one account: what the ledger says, laid out and written.

mod convert;
mod data;
mod grounds;
pub mod issue;
mod part;
pub mod reasons;
pub mod said;
pub mod typed;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calc::period::Month;
use crate::db::driver::GenericClient;
use crate::db::error::DbError;
use crate::document::invoice::{Invoice, Kind};
use crate::document::invoice_form::{FormError, lay_out};
use crate::document::page::{A4, Page};
use crate::document::totals;
use crate::output::faces::{self, FaceError};
use crate::output::pdf::{Bundle, Meta, PdfError, write};

/// First sheets that are looked at for what all sheets have in common.
const ALIKE: usize = 8;

/// A file of many invoices.
#[derive(Debug)]
pub struct Bundled {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its sheets.
    pub pages: usize,
}

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

/// The overdue debt of an account as a document, payments received through a day counted.
///
/// # Errors
/// There is none, or as [`read`].
pub async fn debt<C: GenericClient>(
    client: &C,
    account: &str,
    month: Month,
    day: NaiveDate,
) -> Result<Invoice, InvoiceError> {
    let sql = "select billing.debt_invoice($1, $2, $3)";
    let row = client.query_one(sql, &[&account, &month.first_day(), &day]).await.map_err(DbError::from)?;
    asked(serde_json::from_value(row.get(0))?, Kind::Debt, month)
}

/// Money in advance as a document: a sum, or the average of so many released months.
///
/// # Errors
/// Nothing was charged in those months, or as [`read`].
pub async fn prepayment<C: GenericClient>(
    client: &C,
    account: &str,
    month: Month,
    average: i32,
    amount: Option<Decimal>,
) -> Result<Invoice, InvoiceError> {
    let sql = "select billing.prepayment_invoice($1, $2, $3, $4)";
    let row = client
        .query_one(sql, &[&account, &month.first_day(), &average, &amount])
        .await
        .map_err(DbError::from)?;
    asked(serde_json::from_value(row.get(0))?, Kind::Prepayment, month)
}

/// The overdue debts of a house in the order of delivery; accounts without one are left out.
///
/// # Errors
/// As [`read`].
pub async fn debts_of_house<C: GenericClient>(
    client: &C,
    house: i64,
    month: Month,
    day: NaiveDate,
) -> Result<Vec<Invoice>, InvoiceError> {
    let sql = "select data from billing.house_debt_invoices($1, $2, $3)";
    let rows = client.query(sql, &[&house, &month.first_day(), &day]).await.map_err(DbError::from)?;
    rows.iter().map(|row| asked(serde_json::from_value(row.get(0))?, Kind::Debt, month)).collect()
}

/// Money in advance for a house in the order of delivery, each account its own average of so many released months; accounts
/// with no charges are left out.
///
/// # Errors
/// As [`read`].
pub async fn prepayments_of_house<C: GenericClient>(
    client: &C,
    house: i64,
    month: Month,
    average: i32,
) -> Result<Vec<Invoice>, InvoiceError> {
    let sql = "select data from billing.house_prepayment_invoices($1, $2, $3)";
    let rows = client.query(sql, &[&house, &month.first_day(), &average]).await.map_err(DbError::from)?;
    rows.iter().map(|row| asked(serde_json::from_value(row.get(0))?, Kind::Prepayment, month)).collect()
}

/// Such a document has a number of its own: the bill of the month stands beside it.
fn asked(said: data::Data, kind: Kind, month: Month) -> Result<Invoice, InvoiceError> {
    let invoice = convert::invoice(said, month)?;
    let letter = if kind == Kind::Debt { "Д" } else { "А" };
    Ok(Invoice { kind, number: format!("{}-{letter}", invoice.number), ..invoice })
}

/// What `billing.invoice_draft` answers, and what the archive keeps of a document that was issued.
#[derive(serde::Deserialize)]
struct Said {
    kind: Kind,
    month: NaiveDate,
    invoice: data::Data,
}

/// The document of an answer, or of what the archive keeps; checked to add up.
///
/// # Errors
/// It is not understood, or does not add up.
pub fn said(answer: serde_json::Value) -> Result<Invoice, InvoiceError> {
    let said: Said = serde_json::from_value(answer)?;
    let month = Month::of(said.month);
    let invoice = match said.kind {
        Kind::Month => convert::invoice(said.invoice, month)?,
        kind => asked(said.invoice, kind, month)?,
    };
    totals::check(&invoice).map_err(FormError::from)?;
    Ok(invoice)
}

/// The invoices of a house in the order of delivery; accounts with nothing to say are left out.
///
/// # Errors
/// As [`read`].
pub async fn read_house<C: GenericClient>(
    client: &C,
    house: i64,
    month: Month,
    is_draft: bool,
    through: NaiveDate,
) -> Result<Vec<Invoice>, InvoiceError> {
    let said = said::of_houses(client, &[house], month, is_draft, through).await?;
    said.iter().flat_map(|(_, said)| said).filter_map(|said| said.invoice(month).transpose()).collect()
}

/// Invoices as one file, each beginning a sheet of its own. What their sheets have in common is written once.
///
/// # Errors
/// Why one of them could not be made.
pub fn bundle(invoices: &[Invoice], meta: &Meta) -> Result<Bundled, InvoiceError> {
    let metrics = &faces::faces()?.metrics;
    let mut bundle = Bundle::new(meta)?;
    let mut sheets = invoices.iter().map(|invoice| lay_out(invoice, metrics));
    let first: Vec<Vec<Page>> = sheets.by_ref().take(ALIKE).collect::<Result<_, _>>()?;
    bundle.share(&first.iter().filter_map(|sheets| sheets.first()).collect::<Vec<_>>());
    let is_two_sided = invoices.iter().any(|invoice| !invoice.reasons.is_empty());
    let mut pages = 0;
    for sheets in first.into_iter().map(Ok).chain(sheets) {
        let mut sheets = sheets?;
        // Printed on both sides, the next invoice must not begin on the back of this one.
        if is_two_sided && sheets.len() % 2 == 1 {
            sheets.push(Page { width: A4.0, height: A4.1, items: Vec::new() });
        }
        pages += sheets.len();
        sheets.iter().for_each(|sheet| bundle.page(sheet));
    }
    Ok(Bundled { bytes: bundle.finish()?, pages })
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
