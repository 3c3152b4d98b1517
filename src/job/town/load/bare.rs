//! Tables without their indexes and constraints, for the time of a load: a key kept up row by row costs several times the
//! load itself, an exclusion constraint ten times. Inside one transaction nobody sees the tables so.

use crate::db::driver::Transaction;
use crate::db::error::DbError;

/// What was taken off, as the statements that put it back.
#[derive(Debug)]
pub(super) struct Bare {
    dress: Vec<String>,
}

/// Foreign keys go first, because they hold the keys they refer to; they come back last. An exclusion constraint is built
/// through buffers, half as dear where rows lie in the order of its key; the setting is for the build alone.
const PARTS: &str = "
    with bare as (select unnest($1::text[])::regclass as oid)
    select 1 as rank, format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as strip,
        format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as dress
    from pg_constraint c
    where c.contype = 'f' and c.conparentid = 0
        and (c.conrelid in (select oid from bare) or c.confrelid in (select oid from bare))
    union all
    select 2, format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname),
        case c.contype
            when 'x' then format('alter table %s add constraint %I %s; alter index %s reset (buffering)',
                c.conrelid::regclass, c.conname,
                regexp_replace(pg_get_constraintdef(c.oid), '( WHERE |$)', ' with (buffering = on)\\1'), c.conindid::regclass)
            else format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
        end
    from pg_constraint c
    where c.contype in ('p', 'u', 'x') and c.conrelid in (select oid from bare)
    union all
    select 3, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
    from pg_index i
    where i.indrelid in (select oid from bare)
        and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
    union all
    select 4, format('alter table %s no force row level security', c.oid::regclass),
        format('alter table %s force row level security', c.oid::regclass)
    from pg_class c
    where c.relforcerowsecurity and c.oid in (select oid from bare)
    order by rank, strip";

impl Bare {
    /// Takes everything off some tables, and with it the row-level security of their owner: COPY FROM refuses to work
    /// under it.
    pub(super) async fn strip(transaction: &Transaction<'_>, tables: &[&str]) -> Result<Self, DbError> {
        // Names and definitions are to come out with their schemas.
        transaction.batch_execute("set local search_path = pg_catalog").await?;
        let mut dress = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        for row in transaction.query(PARTS, &[&tables]).await? {
            let (rank, strip): (i32, String) = (row.get(0), row.get(1));
            transaction.batch_execute(&strip).await?;
            if let Some(of_rank) = usize::try_from(rank - 1).ok().and_then(|place| dress.get_mut(place)) {
                of_rank.push(row.get(2));
            }
        }
        let [foreign, keys, indexes, guarded] = dress;
        Ok(Self { dress: [keys, indexes, guarded, foreign].concat() })
    }

    /// Puts everything back, built over the finished rows, and so checked.
    pub(super) async fn dress(self, transaction: &Transaction<'_>) -> Result<(), DbError> {
        for statement in &self.dress {
            transaction.batch_execute(statement).await?;
        }
        Ok(())
    }
}
