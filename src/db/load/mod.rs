//! Facts out of the database, as the calculation wants them.
//!
//! Everything is read by ranges of units, so one function serves a single house after an edit and a batch of the month
//! run. The reader must be the worker: row-level security would silently hide rows from an operator.

mod assemble;
mod causes;
mod earlier;
mod groups;
mod rows;
mod rules;
mod units;

pub use causes::{causes, of_unit};
pub use earlier::earlier;
pub use rules::rules;
pub use units::Units;

use chrono::NaiveDate;
use tokio_postgres::GenericClient;

use super::error::DbError;
use crate::calc::facts::UnitFacts;
use crate::calc::period::Month;

/// How much of the past to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What stands now, and of readings only what the calculation of this month can ask for.
    Month(Month),
    /// Every version of every fact: for recalculation and explanation.
    Whole,
}

/// Units from `first` to `last` inclusive, in order of id, with everything known of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn units<C: GenericClient>(
    client: &C,
    first: i64,
    last: i64,
    depth: Depth,
) -> Result<Vec<UnitFacts>, DbError> {
    let mut units = Units::find(client, (first, last), depth).await?;
    let mut all = Vec::new();
    while let Some(facts) = units.next(client, |_| false).await? {
        all.push(facts);
    }
    Ok(all)
}

/// Units `first`…`last` as the rows have them, whatever pictures there are.
///
/// # Errors
/// When the database cannot be read.
pub async fn from_rows<C: GenericClient>(
    client: &C,
    (first, last): (i64, i64),
    depth: Depth,
) -> Result<Vec<UnitFacts>, DbError> {
    let rows = rows::read(client, first, last, depth).await?;
    let mut loaded = assemble::assemble(&rows);
    if let Depth::Month(month) = depth {
        fetch_gaps(client, (first, last), &mut loaded, month).await?;
    }
    Ok(loaded)
}

/// A meter read in this month and in the one before never looks further back, if these readings count; of all others every reading is
/// needed (averages, catch-up), so they are read again in full.
async fn fetch_gaps<C: GenericClient>(
    client: &C,
    (first, last): (i64, i64),
    loaded: &mut [UnitFacts],
    month: Month,
) -> Result<(), DbError> {
    let silent = rows::silent_before(client, (first, last), month).await?;
    let mut gaps = assemble::meters_with_gaps(loaded, month, &silent);
    if gaps.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = gaps.keys().copied().collect();
    let readings = rows::readings_of(client, &ids).await?;
    assemble::replace_readings(&mut gaps, readings);
    Ok(())
}

/// The first day of readings a month run reads at once.
fn readings_since(month: Month) -> NaiveDate {
    month.plus(-1).first_day()
}
