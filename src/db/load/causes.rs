//! What released months of units are due for: the rows of `due` not yet booked.

use std::collections::HashMap;

use tokio_postgres::GenericClient;

use crate::calc::ids::{AccountId, Mark, ServiceId, UnitId};
use crate::calc::period::Month;
use crate::calc::recalculation::{Cause, Scope};
use crate::db::error::DbError;

/// Causes of units `first`…`last` that were known at a mark and not booked by then. A cause of everybody (a tariff) is given
/// under unit 0; see [`of_unit`]. No cause reaches before the first month of the book.
///
/// # Errors
/// When the database cannot be read.
pub async fn causes<C: GenericClient>(
    client: &C,
    first: i64,
    last: i64,
    book_first: Month,
    known: Mark,
) -> Result<HashMap<UnitId, Vec<Cause>>, DbError> {
    // What is due now is found by an index of its own; only who asks of the past reads what was booked since.
    let due =
        if known == Mark::NOW { "d.booked is null" } else { "(d.booked is null or m.released_known > $3)" };
    let sql = format!(
        "select coalesce(d.unit_id, 0), d.account_id, d.service_id, d.from_month, d.known, d.ordered_known
         from billing_data.due d left join billing_data.month m on m.month = d.booked
         where {due} and d.known <= $3 and (d.unit_id between $1 and $2 or d.unit_id is null)
         order by d.known, d.id"
    );
    let rows = client.query(&sql, &[&first, &last, &known.0]).await?;
    let mut causes: HashMap<UnitId, Vec<Cause>> = HashMap::new();
    for row in &rows {
        let (unit, account) = (UnitId(row.get(0)), row.get::<_, Option<i64>>(1).map(AccountId));
        let whole = if unit == UnitId(0) { Scope::Everybody } else { Scope::House };
        causes.entry(unit).or_default().push(Cause {
            scope: account.map_or(whole, Scope::Account),
            service: row.get::<_, Option<i64>>(2).map(ServiceId),
            from: Month::of(row.get(3)).max(book_first),
            mark: Mark(row.get(4)),
            ordered: row.get::<_, Option<i64>>(5).map(Mark).filter(|mark| *mark <= known),
        });
    }
    Ok(causes)
}

/// The causes of one unit: its own and those of everybody.
#[must_use]
pub fn of_unit(causes: &HashMap<UnitId, Vec<Cause>>, unit: UnitId) -> Vec<Cause> {
    let everybody = causes.get(&UnitId(0)).into_iter().flatten();
    let mut own: Vec<Cause> = causes.get(&unit).into_iter().flatten().chain(everybody).copied().collect();
    own.sort_by_key(|cause| cause.mark);
    own
}
