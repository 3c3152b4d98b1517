//! What was booked for earlier months: registers charged without a reading, frozen quantities of houses.

use tokio_postgres::GenericClient;

use crate::calc::earlier::Earlier;
use crate::calc::ids::{HouseId, MeterId, ServiceId, UnitId};
use crate::calc::line::{Basis, HouseMonth, MeterMonth};
use crate::calc::period::Month;
use crate::db::error::DbError;
use crate::db::wire::Day;

/// What released months before `before` (all, when none is given) booked for units `first`…`last`, by unit. A later month carries what its recalculations changed,
/// so for each key the latest carrying month wins; a row with basis `meter` says that a reading has come since. What was booked for a unit
/// that is part of another one since counts for that one.
///
/// # Errors
/// When the database cannot be read.
pub async fn earlier<C: GenericClient>(
    client: &C,
    first: i64,
    last: i64,
    before: Option<Month>,
) -> Result<std::collections::HashMap<UnitId, Earlier>, DbError> {
    let mut all: std::collections::HashMap<UnitId, Earlier> = std::collections::HashMap::new();
    let before = Day(before.map_or(chrono::NaiveDate::MAX, Month::first_day));
    let meters = client.query(METERS, &[&first, &last, &before]).await?;
    for row in &meters {
        let Some(basis @ (Basis::Average | Basis::Norm)) = Basis::from_code(row.get(4)) else { continue };
        let month = Month::of(row.get(3));
        let value =
            MeterMonth { meter: MeterId(row.get(1)), register: row.get(2), month, basis, volume: row.get(5) };
        let earlier = all.entry(UnitId(row.get(0))).or_default();
        earlier.meters.insert((value.meter, value.register, month), value);
    }
    let houses = client.query(HOUSES, &[&first, &last, &before]).await?;
    for row in &houses {
        let Some(basis) = Basis::from_code(row.get(4)) else { continue };
        let month = Month::of(row.get(3));
        let value = HouseMonth {
            house: HouseId(row.get(1)),
            service: ServiceId(row.get(2)),
            month,
            basis,
            volume: row.get(5),
            area: row.get(6),
            measured: row.get(7),
            own: row.get(8),
            per_area: row.get(9),
            carried: row.get(10),
        };
        let earlier = all.entry(UnitId(row.get(0))).or_default();
        earlier.houses.insert((value.house, value.service, month), value);
    }
    Ok(all)
}

const METERS: &str = "select distinct on (r.meter_id, r.register, r.month)
        coalesce((select unit_id from billing_data.unit_joined where was = r.unit_id), r.unit_id), r.meter_id, r.register, r.month, r.basis, r.volume
    from billing_data.month m join billing_data.meter_month r on r.run = m.run
    where m.state in ('released', 'sealed') and m.month < $3
        and (r.unit_id between $1 and $2 or r.unit_id = any (array(select was from billing_data.unit_joined where unit_id between $1 and $2)))
    order by r.meter_id, r.register, r.month, m.month desc";

const HOUSES: &str = "select distinct on (r.house_id, r.service_id, r.month)
        coalesce((select unit_id from billing_data.unit_joined where was = r.unit_id), r.unit_id), r.house_id, r.service_id, r.month, r.basis, r.volume, r.area,
        r.measured, r.own, r.per_area, r.carried
    from billing_data.month m join billing_data.house_month r on r.run = m.run
    where m.state in ('released', 'sealed') and m.month < $3
        and (r.unit_id between $1 and $2 or r.unit_id = any (array(select was from billing_data.unit_joined where unit_id between $1 and $2)))
    order by r.house_id, r.service_id, r.month, m.month desc";
