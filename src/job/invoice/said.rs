//! What the database says of the accounts of some houses. It is read where the connection is and understood where the sheets
//! are laid out: one sheet that cannot be made does not keep back the houses before it.

use chrono::NaiveDate;

use super::{InvoiceError, convert, data};
use crate::calc::period::Month;
use crate::db::driver::{GenericClient, Row};
use crate::db::error::DbError;
use crate::document::invoice::Invoice;

/// The answer about one account.
#[derive(Debug)]
pub struct Said(Row);

/// Asks for the invoices of houses: house by house as they are named, each in the order of delivery. A house without accounts is
/// not in the answer.
///
/// # Errors
/// The refusal of the database: the whole of it, for whichever of the houses.
pub async fn of_houses<C: GenericClient>(
    client: &C,
    houses: &[i64],
    month: Month,
    is_draft: bool,
    through: NaiveDate,
) -> Result<Vec<(i64, Vec<Said>)>, DbError> {
    let sql = "select house_id, account_id, data::text from billing.house_invoices($1, $2, $3, $4)";
    let rows = client.query(sql, &[&houses, &month.first_day(), &is_draft, &through]).await?;
    let mut all: Vec<(i64, Vec<Said>)> = Vec::new();
    for row in rows {
        let house = row.get(0);
        match all.last_mut() {
            Some((last, said)) if *last == house => said.push(Said(row)),
            _ => all.push((house, vec![Said(row)])),
        }
    }
    Ok(all)
}

impl Said {
    /// The account.
    #[must_use]
    pub fn account(&self) -> i64 {
        self.0.get(1)
    }

    /// Its invoice; none where there is nothing to say.
    ///
    /// # Errors
    /// What is not understood.
    pub fn invoice(&self, month: Month) -> Result<Option<Invoice>, InvoiceError> {
        let said: data::Data = serde_json::from_str(self.0.get(2))?;
        Ok(if said.lines.is_empty() { None } else { Some(convert::invoice(said, month)?) })
    }
}
