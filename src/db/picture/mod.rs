//! Pictures of units: what a month is calculated from, packed into one value, as the rows stood at a version of the unit.
//!
//! A month of a city reads twenty facts an account; as rows they cost the server more than writing the lines does. A picture
//! is never the truth: it counts only for the very version of its unit, its month and this program's understanding of facts, every
//! change of a fact moves the version (`billing.moved`), and whoever finds no picture reads the rows.

mod facts;
mod pack;

use chrono::NaiveDate;
use tokio_postgres::{GenericClient, Row};

use super::error::DbError;
use crate::calc::facts::UnitFacts;
use crate::calc::period::Month;
use pack::{Packed, Packer, Unpacker};

/// What this program understands by facts and by a picture: pictures of any other understanding are not read. It follows from the text
/// that says so, because a number one has to remember to raise is forgotten once.
pub const FORM: i64 = {
    let mut form = 0xcbf2_9ce4_8422_2325;
    form = followed(form, include_bytes!("facts.rs"));
    form = followed(form, include_bytes!("pack.rs"));
    form = followed(form, include_bytes!("../load/rows.rs"));
    form = followed(form, include_bytes!("../load/assemble.rs"));
    form = followed(form, include_bytes!("../load/groups.rs"));
    form = followed(form, include_bytes!("../../calc/facts.rs"));
    form = followed(form, include_bytes!("../../calc/grounds.rs"));
    form = followed(form, include_bytes!("../../calc/group.rs"));
    form = followed(form, include_bytes!("../../calc/timeline.rs"));
    form.cast_signed()
};

/// FNV-1a.
const fn followed(mut form: u64, mut text: &[u8]) -> u64 {
    while let [byte, rest @ ..] = text {
        form = (form ^ *byte as u64).wrapping_mul(0x0100_0000_01b3);
        text = rest;
    }
    form
}

/// The facts of a unit as bytes.
#[must_use]
pub fn packed(facts: &UnitFacts) -> Vec<u8> {
    let mut packer = Packer::default();
    facts.pack(&mut packer);
    packer.finish()
}

/// The facts out of bytes; nothing where they are not a picture of this form.
#[must_use]
pub fn unpacked(bytes: &[u8]) -> Option<UnitFacts> {
    let mut from = Unpacker::of(bytes);
    UnitFacts::unpack(&mut from).filter(|_| from.is_done())
}

/// A unit, with its picture where a valid one is kept.
pub struct Kept(Row);

impl Kept {
    /// The unit.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.0.get(0)
    }

    /// Whether no picture is kept.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.picture().is_none()
    }

    /// The facts of the picture.
    #[must_use]
    pub fn facts(&self) -> Option<UnitFacts> {
        self.picture().and_then(unpacked)
    }

    fn picture(&self) -> Option<&[u8]> {
        self.0.get(1)
    }
}

/// The units `first`…`last` that have houses, in order of id, each with its picture for a month where a valid one is kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn kept<C: GenericClient>(
    client: &C,
    (first, last): (i64, i64),
    month: Month,
) -> Result<Vec<Kept>, DbError> {
    let rows = client.query(KEPT, &[&first, &last, &month.first_day(), &FORM]).await?;
    Ok(rows.into_iter().map(Kept).collect())
}

const KEPT: &str = "select u.id, p.facts
    from billing_data.unit u
    left join billing_data.unit_picture p on p.unit_id = u.id and p.version = u.version and p.month = $3 and p.form = $4
    where u.id between $1 and $2 and exists (select from cards_data.house h where h.unit_id = u.id)
    order by u.id";

/// Some units without a valid picture for a month.
///
/// # Errors
/// When the database cannot be read.
pub async fn missing<C: GenericClient>(client: &C, month: Month, most: i64) -> Result<Vec<i64>, DbError> {
    let rows = client.query(MISSING, &[&month.first_day(), &FORM, &most]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

const MISSING: &str = "select u.id from billing_data.unit u
    where not exists (
            select from billing_data.unit_picture p
            where p.unit_id = u.id and p.version = u.version and p.month = $1 and p.form = $2
        )
        and exists (select from cards_data.house h where h.unit_id = u.id)
    order by u.id limit $3";

/// The version of a unit: read before its facts, it says what a picture of them is valid for.
///
/// # Errors
/// When the database cannot be read.
pub async fn version<C: GenericClient>(client: &C, unit: i64) -> Result<Option<i64>, DbError> {
    let row = client.query_opt("select version from billing_data.unit where id = $1", &[&unit]).await?;
    Ok(row.map(|row| row.get(0)))
}

/// Keeps the picture of a unit for a month, unless it moved since its version was read.
///
/// # Errors
/// When the database refuses.
pub async fn keep<C: GenericClient>(
    client: &C,
    facts: &UnitFacts,
    version: i64,
    month: Month,
) -> Result<(), DbError> {
    let (unit, month): (i64, NaiveDate) = (facts.unit.0, month.first_day());
    client.execute(KEEP, &[&unit, &version, &month, &FORM, &packed(facts)]).await?;
    Ok(())
}

const KEEP: &str = "insert into billing_data.unit_picture (unit_id, version, month, form, facts)
    select u.id, $2::bigint, $3::date, $4::bigint, $5::bytea from billing_data.unit u where u.id = $1 and u.version = $2
    on conflict (unit_id) do update
    set version = excluded.version, month = excluded.month, form = excluded.form, facts = excluded.facts";
