//! The days a town speaks of. They are fixed: a town does not know today's date.

use chrono::NaiveDate;

use crate::calc::period::{Days, Month};

/// A day of the calendar; the calendar's first for a day that does not exist.
#[must_use]
pub(super) const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => day,
        None => NaiveDate::MIN,
    }
}

/// First day of the first month of the books, May 2026.
pub const BOOKS_FROM: NaiveDate = day(2026, 5, 1);

/// Tariffs, norms and the plans of the houses hold from this day at the latest.
pub const RULES_FROM: NaiveDate = day(2024, 7, 1);

/// The year in which people move, meters are read and replaced: September 2025 to September 2026.
pub const YEAR: Days = Days { from: day(2025, 9, 1), to: day(2026, 10, 1) };

/// Months of [`YEAR`], each with a reading of every meter whose keeper does not forget.
pub const YEAR_MONTHS: i32 = 13;

/// The first month of the books.
#[must_use]
pub fn first_month() -> Month {
    Month::of(BOOKS_FROM)
}

/// Month `index` of [`YEAR`], from 0.
#[must_use]
pub fn year_month(index: i32) -> Month {
    Month::of(YEAR.from).plus(index)
}
