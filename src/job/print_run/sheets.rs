//! The sheets of a house: understood, summed and laid out, beside the loop of messages and beside the reading of the next
//! houses.

use tokio::sync::mpsc::Sender;
use tokio::task::{JoinHandle, spawn_blocking};

use super::ahead::{Ahead, Read};
use super::{Left, Run, stopped};
use crate::calc::money::Money;
use crate::document::invoice::{Invoice, Totals};
use crate::document::number;
use crate::job::invoice::said::Said;
use crate::job::invoice::{self, Bundled, InvoiceError};
use crate::job::worker::JobError;
use crate::output::pdf::Meta;

/// A house as it goes into the archive.
pub(super) struct Sheets {
    pub house: Left,
    pub title: String,
    pub invoices: usize,
    /// Of all its invoices.
    pub totals: Totals,
    pub bundled: Bundled,
}

/// A house under way, or why there is none.
pub(super) type Made = JoinHandle<Result<Sheets, JobError>>;

/// Lays out what is read until nobody takes it. As many houses are under way as wait to be taken.
pub(super) async fn lay_out(mut ahead: Ahead, run: Run, made: Sender<Made>) {
    while let Some(range) = ahead.next().await {
        for read in range {
            let house = spawn_blocking(move || make(&run, read?));
            if made.send(house).await.is_err() {
                return;
            }
        }
    }
}

fn make(run: &Run, read: Read) -> Result<Sheets, JobError> {
    let Read { house, said, mut reasons } = read;
    let understood = |said: &Said| -> Result<Option<Invoice>, InvoiceError> {
        let reasons = reasons.remove(&said.account()).unwrap_or_default();
        Ok(said.invoice(run.month)?.map(|invoice| Invoice { reasons, ..invoice }))
    };
    let invoices: Result<Vec<Invoice>, _> =
        said.iter().map(understood).filter_map(Result::transpose).collect();
    let invoices = invoices.map_err(|error| stopped(&house.address, error))?;
    let title = format!("Платёжные документы за {}, {}", number::month(run.month), house.address);
    let meta = Meta {
        title: title.clone(),
        author: invoices.first().map(|first| first.executor.name.clone()).unwrap_or_default(),
        date: run.through,
    };
    let bundled = invoice::bundle(&invoices, &meta).map_err(|error| stopped(&house.address, error))?;
    Ok(Sheets { house, title, invoices: invoices.len(), totals: totals(&invoices), bundled })
}

fn totals(invoices: &[Invoice]) -> Totals {
    let sum = |part: fn(&Totals) -> Money| invoices.iter().map(|invoice| part(&invoice.totals)).sum();
    Totals {
        opening: sum(|all| all.opening),
        charged: sum(|all| all.charged),
        recalculated: sum(|all| all.recalculated),
        privilege: sum(|all| all.privilege),
        penalty: sum(|all| all.penalty),
        paid: sum(|all| all.paid),
        closing: sum(|all| all.closing),
        since: sum(|all| all.since),
        payable: sum(|all| all.payable),
    }
}
