//! Months and half-open ranges of days: the only time a calculation knows.

use chrono::{Datelike, NaiveDate};

/// Years that people and houses of a billing centre have to do with: beyond them it is a slip of the hand.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2099;

/// A billing period: a calendar month (354 п. 37).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    /// The month `day` lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// The month of a year; `None` outside 1…12 or the calendar.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, 1).map(Self)
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// The month `count` months later (earlier when negative).
    #[must_use]
    pub fn plus(self, count: i32) -> Self {
        let months = chrono::Months::new(count.unsigned_abs());
        let moved =
            if count < 0 { self.0.checked_sub_months(months) } else { self.0.checked_add_months(months) };
        moved.map_or(self, Self)
    }

    /// The month after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// This month and all that follow.
    pub fn onwards(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next()))
    }

    /// All days of the month.
    #[must_use]
    pub fn days(self) -> Days {
        Days { from: self.0, to: self.next().0 }
    }
}

impl std::fmt::Display for Month {
    /// `2026-09`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl std::str::FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let not_a_month = || NotAMonth(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(not_a_month)?;
        let (year, month) =
            (year.parse().map_err(|_| not_a_month())?, month.parse().map_err(|_| not_a_month())?);
        Self::new(year, month).ok_or_else(not_a_month)
    }
}

/// The text is not a month written `YYYY-MM`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» — не месяц; месяц пишется так: 2026-09")]
pub struct NotAMonth(pub String);

impl serde::Serialize for Month {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A half-open range of days: `from` counts, `to` does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Days {
    /// The first day.
    pub from: NaiveDate,
    /// The day after the last; [`NaiveDate::MAX`] when there is no end.
    pub to: NaiveDate,
}

impl Days {
    /// Every day from `from` on.
    #[must_use]
    pub const fn since(from: NaiveDate) -> Self {
        Self { from, to: NaiveDate::MAX }
    }

    /// The days both ranges have, if any.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (both.from < both.to).then_some(both)
    }

    /// Whether the day lies in the range.
    #[must_use]
    pub fn contain(self, day: NaiveDate) -> bool {
        self.from <= day && day < self.to
    }

    /// How many days.
    #[must_use]
    pub fn count(self) -> i64 {
        (self.to - self.from).num_days()
    }
}
