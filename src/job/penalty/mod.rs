//! Penalties of the ledger: what an account owes as of a day, and what a seal books.
//!
//! Both read the same rows ([`ledger`]) and use the same rule ([`crate::calc::penalty`]). A seal reads the books through
//! the month it closes, which are stone by then: what it books can be found again at any time, and a payment that became
//! known later brings its own difference in the next seal.

pub mod accrue;
pub mod answer;
mod ledger;

use chrono::NaiveDate;

use crate::calc::penalty::NoParameter;
use crate::db::driver::GenericClient;
use crate::db::error::{DbError, Refusal};

/// The first day that is charged: that of the first seal that accrued, or of the first that will. What was owed for days
/// before it was charged by another program, or by nobody.
async fn since<C: GenericClient>(client: &C) -> Result<NaiveDate, DbError> {
    let sql = "select coalesce(
            (select min(since) from billing_data.penalty_month),
            (select min(month) from billing_data.month where state <> 'sealed'),
            (select min(month) from billing_data.month)
        )";
    Ok(client.query_one(sql, &[]).await?.get::<_, Option<NaiveDate>>(0).unwrap_or(NaiveDate::MIN))
}

fn refused(missing: NoParameter) -> DbError {
    DbError::Refused(Refusal {
        code: "KV006".to_owned(),
        message: format!("Пени не посчитать: {missing}"),
        detail: None,
        hint: None,
    })
}
