//! What released months of units are due for: the rows of `due` not yet booked.

use std::collections::HashMap;

use tokio_postgres::GenericClient;

use crate::calc::ids::{AccountId, Mark, ServiceId, UnitId};
use crate::calc::period::Month;
use crate::calc::recalculation::{Cause, Scope};
use crate::db::error::DbError;

/// Open causes of units `first`…`last`. A cause of everybody (a tariff) is given under unit 0; see [`of_unit`].
/// No cause reaches before the first month of the book.
///
/// # Errors
/// When the database cannot be read.
pub async fn causes<C: GenericClient>(
    client: &C,
    first: i64,
    last: i64,
    book_first: Month,
) -> Result<HashMap<UnitId, Vec<Cause>>, DbError> {
    let rows = client
        .query(
            "select coalesce(unit_id, 0), account_id, service_id, from_month, known from billing_data.due
             where booked is null and (unit_id between $1 and $2 or unit_id is null) order by known, id",
            &[&first, &last],
        )
        .await?;
    let mut causes: HashMap<UnitId, Vec<Cause>> = HashMap::new();
    for row in &rows {
        let (unit, account) = (UnitId(row.get(0)), row.get::<_, Option<i64>>(1).map(AccountId));
        let whole = if unit == UnitId(0) { Scope::Everybody } else { Scope::House };
        causes.entry(unit).or_default().push(Cause {
            scope: account.map_or(whole, Scope::Account),
            service: row.get::<_, Option<i64>>(2).map(ServiceId),
            from: Month::of(row.get(3)).max(book_first),
            mark: Mark(row.get(4)),
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
