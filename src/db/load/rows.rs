//! The statements that read facts of a range of units. Each fact comes as (id, from, to, asserted, retracted, entity, value…),
//! in no order: a thing has a few of a kind, and whoever reads them puts them in order for less than the server sorts a range.

use std::collections::HashSet;
use std::fmt::Write;

use futures_util::try_join;
use tokio_postgres::types::Type;
use tokio_postgres::{GenericClient, Row};

use super::{Depth, readings_since};
use crate::calc::ids::Mark;
use crate::calc::period::{Days, Month};
use crate::calc::timeline::Fact;
use crate::db::error::DbError;
use crate::db::wire::Day;

/// Rows of a range of units, by kind, as they came.
pub struct Rows {
    pub houses: Vec<Row>,
    pub premises: Vec<Row>,
    pub accounts: Vec<Row>,
    pub meters: Vec<Row>,
    pub house_areas: Vec<Row>,
    pub house_plans: Vec<Row>,
    pub undersupply: Vec<Row>,
    pub containers: Vec<Row>,
    pub areas: Vec<Row>,
    pub residences: Vec<Row>,
    pub owners: Vec<Row>,
    pub absences: Vec<Row>,
    pub privileges: Vec<Row>,
    pub exemptions: Vec<Row>,
    pub opens: Vec<Row>,
    pub plans: Vec<Row>,
    pub quantities: Vec<Row>,
    pub ready: Vec<Row>,
    pub shares: Vec<Row>,
    pub overcharges: Vec<Row>,
    pub subsidies: Vec<Row>,
    pub installed: Vec<Row>,
    pub readings: Vec<Row>,
    pub outages: Vec<Row>,
    pub verified: Vec<Row>,
    pub group_bases: Vec<Row>,
    pub group_houses: Vec<Row>,
}

/// Reads everything at once: the statements are pipelined on one connection.
pub async fn read<C: GenericClient>(
    client: &C,
    first: i64,
    last: i64,
    depth: Depth,
) -> Result<Rows, DbError> {
    let range = Range { client, first, last, depth };
    let entities = range.entities();
    let houses = async {
        try_join!(
            range.fact("house_id, area_common", "cards_data.house_area"),
            range.fact(
                "house_id, service_id, contract_id, method, tariff_id, norm_id",
                "cards_data.house_plan"
            ),
            range.fact(UNDERSUPPLY, "claims_data.undersupply"),
            range.fact("house_id, service_id, capacity, containers, removals", "cards_data.waste_container"),
        )
    };
    let premises = async {
        try_join!(
            range
                .fact("premises_id, area_total, area_living, area_heated, rooms", "cards_data.premises_area"),
            range.fact("premises_id, person_id, is_temporary", "passport_data.residence"),
            range.fact("premises_id, person_id", "passport_data.ownership"),
            range.fact("premises_id, person_id", "passport_data.temporary_absence"),
            range.fact("premises_id, person_id, category_id, members", "billing_data.privilege"),
            range.fact("premises_id, service_id", "meters_data.meter_exemption"),
        )
    };
    let accounts = range.accounts();
    let meters = range.meters();
    let (entities, houses, premises, accounts, meters) =
        try_join!(entities, houses, premises, accounts, meters)?;
    Ok(Rows {
        houses: entities.0,
        premises: entities.1,
        accounts: entities.2,
        meters: entities.3,
        house_areas: houses.0,
        house_plans: houses.1,
        undersupply: houses.2,
        containers: houses.3,
        areas: premises.0,
        residences: premises.1,
        owners: premises.2,
        absences: premises.3,
        privileges: premises.4,
        exemptions: premises.5,
        opens: accounts.0,
        plans: accounts.1,
        quantities: accounts.2,
        ready: accounts.3,
        shares: accounts.4,
        overcharges: accounts.5,
        subsidies: accounts.6,
        installed: meters.0,
        readings: meters.1,
        outages: meters.2,
        verified: meters.3,
        group_bases: meters.4,
        group_houses: meters.5,
    })
}

/// All standing readings of some meters.
pub async fn readings_of<C: GenericClient>(client: &C, meters: &[i64]) -> Result<Vec<Row>, DbError> {
    let sql = format!("{READING} where meter_id = any ($1) and retracted is null and not void");
    let statement = client.prepare(&sql).await?;
    Ok(client.query(&statement, &[&meters]).await?)
}

/// Meters that were charged without a reading in the month before: a reading of theirs in it did not count.
pub async fn silent_before<C: GenericClient>(
    client: &C,
    (first, last): (i64, i64),
    month: Month,
) -> Result<HashSet<i64>, DbError> {
    let sql = "select r.meter_id from billing_data.month m join billing_data.meter_month r on r.run = m.run and r.month = m.month
        where m.month = $3
            and (r.unit_id between $1 and $2 or r.unit_id = any (array(select was from billing_data.unit_joined where unit_id between $1 and $2)))";
    let before = Day(month.plus(-1).first_day());
    let rows = client.query(sql, &[&first, &last, &before]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

/// Whom an act is about and what was wrong stand with the act, the times with its intervals.
const UNDERSUPPLY: &str = "house_id, (select a.service_id from claims_data.act a where a.id = act_id),
    (select a.deficiency_id from claims_data.act a where a.id = act_id), (select a.entrance from claims_data.act a where a.id = act_id),
    (select a.account_id from claims_data.act a where a.id = act_id), started_at, ended_at, measured, required";

const READING: &str =
    "select id, valid_from, valid_to, asserted, retracted, meter_id, register, value, rolled_over
    from meters_data.meter_reading";

struct Range<'a, C> {
    client: &'a C,
    first: i64,
    last: i64,
    depth: Depth,
}

/// Facts of accounts: open, plans, quantities, ready amounts, shares, overcharges, subsidies.
type AccountFacts = (Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>);

/// Facts of meters: in place, readings, outages, verifications, bases of groups and their houses.
type MeterFacts = (Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>);

impl<C: GenericClient> Range<'_, C> {
    /// The things facts are about.
    async fn entities(&self) -> Result<(Vec<Row>, Vec<Row>, Vec<Row>, Vec<Row>), DbError> {
        try_join!(
            self.entity("select id, unit_id, scope from cards_data.house"),
            self.entity("select id, house_id, parent_id, kind = 'non_residential', entrance from cards_data.premises"),
            self.entity("select id, premises_id, number, calc_from from cards_data.account"),
            self.entity(
                "select id, house_id, premises_id, service_id, serial, digits, registers, ratio, kind = 'group'
                 from meters_data.meter"
            ),
        )
    }

    /// What is known of accounts.
    async fn accounts(&self) -> Result<AccountFacts, DbError> {
        try_join!(
            self.fact("account_id", "cards_data.account_open"),
            self.fact(
                "account_id, service_id, is_off, contract_id, method, tariff_id, norm_id",
                "cards_data.account_plan"
            ),
            self.fact("account_id, service_id, quantity", "cards_data.service_quantity"),
            self.fact("account_id, service_id, amount", "cards_data.ready_amount"),
            self.fact("account_id, numerator, denominator", "cards_data.account_share"),
            self.fact("account_id, service_id, excess", "billing_data.overcharge"),
            self.fact(
                "account_id, category_id, person_id, form, amount, persons, income, share, minimum, standard",
                "billing_data.subsidy"
            ),
        )
    }

    /// What is known of meters.
    async fn meters(&self) -> Result<MeterFacts, DbError> {
        try_join!(
            self.fact("meter_id", "meters_data.meter_installed"),
            self.readings(),
            self.fact("meter_id, kind", "meters_data.meter_outage"),
            self.verified(),
            self.fact("meter_id, base", "meters_data.group_base"),
            self.fact("meter_id, house_id", "meters_data.group_house"),
        )
    }

    /// In order of id, which is the order of everything that is calculated. Rows lie nearly so: put in order here, they cost the
    /// server no sort.
    async fn entity(&self, select: &str) -> Result<Vec<Row>, DbError> {
        let mut rows = self.query(&format!("{select} where unit_id between $1 and $2")).await?;
        rows.sort_by_cached_key(|row| row.get::<_, i64>(0));
        Ok(rows)
    }

    async fn fact(&self, columns: &str, table: &str) -> Result<Vec<Row>, DbError> {
        self.fact_where(columns, table, "").await
    }

    async fn fact_where(&self, columns: &str, table: &str, also: &str) -> Result<Vec<Row>, DbError> {
        let mut sql = format!("select id, valid_from, valid_to, asserted, retracted, {columns} from {table}");
        let _ = write!(sql, " where unit_id between $1 and $2 and not void{also}");
        if self.depth != Depth::Whole {
            sql.push_str(" and retracted is null");
        }
        self.query(&sql).await
    }

    /// Verifications. A month is moved by those that have run out and by what followed them; most meters have one that holds on.
    async fn verified(&self) -> Result<Vec<Row>, DbError> {
        let also = match self.depth {
            Depth::Whole => String::new(),
            Depth::Month(month) => format!(
                " and meter_id in (select e.meter_id from meters_data.meter_verified e where e.unit_id between $1 and $2
                    and e.retracted is null and not e.void and e.valid_to < '{}')",
                month.next().first_day()
            ),
        };
        self.fact_where("meter_id", "meters_data.meter_verified", &also).await
    }

    async fn readings(&self) -> Result<Vec<Row>, DbError> {
        let mut sql = format!("{READING} where unit_id between $1 and $2 and not void");
        if let Depth::Month(month) = self.depth {
            let _ = write!(
                sql,
                " and retracted is null and valid_from >= '{}' and valid_from < '{}'",
                readings_since(month),
                month.next().first_day()
            );
        }
        self.query(&sql).await
    }

    async fn query(&self, sql: &str) -> Result<Vec<Row>, DbError> {
        // Typed, so that the statement need not be described first: one round trip.
        Ok(self.client.query_typed(sql, &[(&self.first, Type::INT8), (&self.last, Type::INT8)]).await?)
    }
}

/// The leading columns of a fact row, with its value.
pub fn fact<T>(row: &Row, value: T) -> Fact<T> {
    let retracted: Option<i64> = row.get(4);
    Fact {
        row: row.get(0),
        days: Days { from: row.get::<_, Day>(1).0, to: row.get::<_, Day>(2).0 },
        asserted: Mark(row.get(3)),
        retracted: retracted.map_or(Mark::NOW, Mark),
        value,
    }
}
