//! A date column that may be `infinity`, which the calendar library cannot hold.

use std::error::Error;

use bytes::{Buf, BufMut, BytesMut};
use chrono::{Days, NaiveDate};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

/// A day as PostgreSQL stores it; `infinity` is [`NaiveDate::MAX`], `-infinity` is [`NaiveDate::MIN`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

/// PostgreSQL counts days from here.
const EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

impl<'a> FromSql<'a> for Day {
    fn from_sql(_: &Type, mut raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let days = raw.try_get_i32()?;
        day_of(days).map(Self).ok_or_else(|| "date out of range".into())
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::DATE
    }
}

impl ToSql for Day {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        out.put_i32(day_number(self.0));
        Ok(IsNull::No)
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::DATE
    }

    to_sql_checked!();
}

/// The day of a value of `date`; nothing outside the years the calendar library holds.
#[must_use]
pub fn day_of(number: i32) -> Option<NaiveDate> {
    match number {
        i32::MAX => Some(NaiveDate::MAX),
        i32::MIN => Some(NaiveDate::MIN),
        0.. => EPOCH.checked_add_days(Days::new(u64::from(number.unsigned_abs()))),
        _ => EPOCH.checked_sub_days(Days::new(u64::from(number.unsigned_abs()))),
    }
}

/// The value of a `date`.
#[must_use]
pub fn day_number(day: NaiveDate) -> i32 {
    match day {
        NaiveDate::MAX => i32::MAX,
        NaiveDate::MIN => i32::MIN,
        // The calendar library holds ±262 000 years: days of it fit.
        day => (day - EPOCH).num_days() as i32,
    }
}
