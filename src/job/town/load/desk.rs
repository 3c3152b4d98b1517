//! What the desk needs and no calculation speaks of, made in the base from what is loaded: phones of a part of the people,
//! rounds of the meters.

use super::sheet::Source;
use crate::db::driver::Transaction;
use crate::db::error::DbError;

/// Every third grown-up has a phone. The digits come from the number of the person; the code 900 with a zero after it is given to
/// nobody.
const PHONES: &str = "
    insert into passport_data.phone (id, person_id, valid_from, number, asserted, origin)
    select row_number() over (order by p.id), p.id, date '2025-09-01', '+79000' || lpad((p.id * 7919 % 1000000)::text, 6, '0'), $1, $2
    from passport_data.person p
    where p.id % 3 = 0 and p.born_on < date '2010-01-01'";

/// A street of one company is walked house by house and door by door; a long one in rounds of 150 meters or a little fewer.
const WALKS: &str = "
    create temporary table walk on commit drop as
    select meter_id, unit_id, scope, street_id, street, 1 + (place - 1) / length as part,
        row_number() over (partition by scope, street_id, (place - 1) / length order by place)::int as walk_no,
        dense_rank() over (order by scope, street_id, (place - 1) / length) as route_id,
        count(*) over (partition by scope, street_id) > length as is_long
    from (
        select w.*, (w.meters + (w.meters + 149) / 150 - 1) / ((w.meters + 149) / 150) as length
        from (
            select m.id as meter_id, m.unit_id, m.scope, s.id as street_id, concat_ws(' ', s.name, s.kind) as street,
                row_number() over (
                    partition by m.scope, s.id
                    order by length(h.number), h.number, m.premises_id nulls first, m.id
                ) as place,
                count(*) over (partition by m.scope, s.id) as meters
            from meters_data.meter m
            join meters_data.meter_installed i on i.meter_id = m.id and i.retracted is null and i.valid_to = 'infinity'
            join cards_data.house h on h.id = m.house_id
            join cards_data.street s on s.id = h.street_id
        ) w
    ) cut";

const ROUTES: &str = "
    insert into meters_data.route (id, scope, name, origin)
    select distinct route_id, scope, street || case when is_long then ', часть ' || part else '' end, $1::uuid from walk";

const STOPS: &str = "
    insert into meters_data.route_stop (id, unit_id, scope, meter_id, valid_from, route_id, walk_no, asserted, origin)
    select row_number() over (order by route_id, walk_no), unit_id, scope, meter_id, date '2025-09-01', route_id, walk_no, $1, $2 from walk";

/// Adds phones and rounds to a town whose rows and indexes stand.
pub(super) async fn load(transaction: &Transaction<'_>, source: Source) -> Result<(), DbError> {
    let Source { operation, known } = source;
    transaction.execute(PHONES, &[&known, &operation]).await?;
    transaction.batch_execute(WALKS).await?;
    transaction.execute(ROUTES, &[&operation]).await?;
    transaction.execute(STOPS, &[&known, &operation]).await?;
    Ok(())
}
