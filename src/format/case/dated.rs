//! What every fact of a case has: the days it is true for and the operations that brought and retracted it. The
//! line of the file stands for the database row, so that an explanation leads back to it.

use chrono::NaiveDate;

use super::error::{CaseError, Mistake};
use super::row::Row;
use crate::calc::ids::Mark;
use crate::calc::period::Days;
use crate::calc::timeline::{Fact, Timeline};

/// The first operation: what a case knows from the beginning.
pub(super) const BEGINNING: Mark = Mark(1);

/// Where a fact without `from` begins: before any month a case speaks of.
const LONG_AGO: Option<NaiveDate> = NaiveDate::from_ymd_opt(1900, 1, 1);

/// The two times of a fact: `from`, `to` (the first day it is no longer true), `known`, `retracted`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Times {
    from: NaiveDate,
    to: Option<NaiveDate>,
    asserted: Mark,
    retracted: Mark,
    line: i64,
}

impl Times {
    /// Always true and known from the beginning, as written in a line of the file.
    pub(super) fn always(line: usize) -> Self {
        Self {
            from: LONG_AGO.unwrap_or(NaiveDate::MIN),
            to: None,
            asserted: BEGINNING,
            retracted: Mark::NOW,
            line: i64::try_from(line).unwrap_or(i64::MAX),
        }
    }

    /// Reads the four keys of a row, all of which may be left out.
    pub(super) fn read(row: &Row<'_>) -> Result<Self, CaseError> {
        let known = Self::known(row)?;
        let times = Self { from: row.or("from", known.from)?, to: row.get("to")?, ..known };
        if times.to.is_some_and(|to| to <= times.from) {
            return Err(row.mistake_at("to", Mistake::EmptyPeriod));
        }
        Ok(times)
    }

    /// Reads `known` and `retracted` only, for facts whose days are given otherwise.
    pub(super) fn known(row: &Row<'_>) -> Result<Self, CaseError> {
        let asserted = row.or("known", BEGINNING)?;
        let retracted = row.or("retracted", Mark::NOW)?;
        if retracted <= asserted {
            return Err(row.mistake_at("retracted", Mistake::EmptyKnowledge));
        }
        Ok(Self { asserted, retracted, ..Self::always(row.line()) })
    }

    /// The same knowledge of other days.
    pub(super) fn on(self, days: Days) -> Self {
        Self { from: days.from, to: Some(days.to), ..self }
    }

    /// Whether two facts are true on a day and known to an operation together.
    fn meets(self, other: Self) -> bool {
        let end = |times: Self| times.to.unwrap_or(NaiveDate::MAX);
        self.from < end(other)
            && other.from < end(self)
            && self.asserted < other.retracted
            && other.asserted < self.retracted
    }

    fn fact<T>(self, value: T) -> Fact<T> {
        Fact {
            days: Days { from: self.from, to: self.to.unwrap_or(NaiveDate::MAX) },
            asserted: self.asserted,
            retracted: self.retracted,
            row: self.line,
            value,
        }
    }
}

/// Facts on their way to a timeline.
pub(super) struct Facts<T>(Vec<(Times, T)>);

impl<T> Facts<T> {
    /// None yet.
    pub(super) const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds one.
    pub(super) fn push(&mut self, times: Times, value: T) {
        self.0.push((times, value));
    }

    /// The timeline of these facts as they were written.
    pub(super) fn timeline(self) -> Timeline<T> {
        let mut facts: Vec<_> = self.0.into_iter().map(|(times, value)| times.fact(value)).collect();
        facts.sort_by_key(|fact| (fact.days, fact.asserted));
        Timeline(facts)
    }

    /// The same timeline, where only one fact about the same thing may be true on a day.
    ///
    /// # Errors
    /// [`Mistake::Overlap`] where two are.
    pub(super) fn apart(self, same: impl Fn(&T, &T) -> bool) -> Result<Timeline<T>, CaseError> {
        for (place, one) in self.0.iter().enumerate() {
            let before =
                self.0[..place].iter().find(|before| same(&before.1, &one.1) && before.0.meets(one.0));
            if let Some((before, _)) = before {
                let line = |times: Times| usize::try_from(times.line).unwrap_or_default();
                return Err(CaseError {
                    line: line(one.0),
                    mistake: Mistake::Overlap { other: line(*before) },
                });
            }
        }
        Ok(self.timeline())
    }

    /// The timeline where a fact without an end lasts until the next one about the same thing that was known in
    /// the same operations: a price list is written by its first days alone.
    ///
    /// # Errors
    /// [`Mistake::Overlap`] where two facts about the same thing are true on a day.
    pub(super) fn succession(self, same: impl Fn(&T, &T) -> bool) -> Result<Timeline<T>, CaseError> {
        let follows = |one: &(Times, T), next: &(Times, T)| {
            (next.0.asserted, next.0.retracted) == (one.0.asserted, one.0.retracted)
                && next.0.from > one.0.from
                && same(&one.1, &next.1)
        };
        let ends: Vec<_> = (self.0.iter())
            .map(|one| {
                one.0
                    .to
                    .or_else(|| self.0.iter().filter(|next| follows(one, next)).map(|next| next.0.from).min())
            })
            .collect();
        let closed = self.0.into_iter().zip(ends).map(|((times, value), to)| (Times { to, ..times }, value));
        Facts(closed.collect()).apart(same)
    }
}
