//! The story part of a case: what was charged before it begins, which months were released and when, and which
//! operations made what due.

use super::error::{CaseError, Mistake};
use super::names::Directory;
use super::row::Row;
use super::words::word;
use crate::calc::earlier::Earlier;
use crate::calc::ids::Mark;
use crate::calc::line::MeterMonth;
use crate::calc::period::Month;
use crate::calc::recalculation::{Cause, Scope};

/// Months released together: frozen as they were known at one mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Release {
    /// The first month released.
    pub first: Month,
    /// The last month released; the same for a release of one month.
    pub last: Month,
    /// Facts were taken as known at this mark.
    pub mark: Mark,
}

/// A change that reaches back: what made months due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its mark; facts it brought or retracted say `known` or `retracted` with this number.
    pub mark: Mark,
    /// What it did, in words.
    pub what: String,
    /// What it made due.
    pub due: Vec<Cause>,
}

/// Reads `[[earlier]]`: months that were charged without a reading before the case begins.
pub(super) fn earlier(root: &Row<'_>, names: &Directory) -> Result<Earlier, CaseError> {
    let mut charged = Vec::new();
    for row in root.rows("earlier")? {
        charged.push(MeterMonth {
            meter: names.meter(row.need("meter")?, row.line_at("meter"))?,
            register: row.or("register", 1)?,
            month: row.need("month")?,
            basis: word(&row, "basis")?,
            volume: row.need("volume")?,
        });
        row.close()?;
    }
    let mut earlier = Earlier::default();
    earlier.remember(&charged, &[]);
    Ok(earlier)
}

/// Reads `[[release]]`, in order of months and marks.
pub(super) fn releases(root: &Row<'_>) -> Result<Vec<Release>, CaseError> {
    let mut releases: Vec<Release> = Vec::new();
    for row in root.rows("release")? {
        let last = row.need("month")?;
        let release = Release { first: row.or("from", last)?, last, mark: row.need("mark")? };
        let before = releases.last();
        let in_order =
            before.is_none_or(|before| release.first == before.last.next() && before.mark <= release.mark);
        if !in_order || release.last < release.first {
            return Err(row.mistake(Mistake::ReleaseOrder));
        }
        releases.push(release);
        row.close()?;
    }
    if let Some(first) = root.get::<Month>("from")? {
        return months_at_once(root, first, &releases);
    }
    Ok(releases)
}

/// `from`: the months before the last one, all as known in the end.
fn months_at_once(root: &Row<'_>, first: Month, releases: &[Release]) -> Result<Vec<Release>, CaseError> {
    let last: Month = root.need("month")?;
    if !releases.is_empty() {
        return Err(root.mistake_at("from", Mistake::ReleaseOrder));
    }
    if first > last {
        return Err(root.mistake_at("from", Mistake::MonthOrder));
    }
    Ok((first < last).then(|| Release { first, last: last.plus(-1), mark: Mark::NOW }).into_iter().collect())
}

/// The month charged last: the one after the last release, which the file need not name.
pub(super) fn open_month(root: &Row<'_>, releases: &[Release]) -> Result<Month, CaseError> {
    let Some(next) = releases.last().map(|release| release.last.next()) else { return root.need("month") };
    let month = root.or("month", next)?;
    if month == next { Ok(month) } else { Err(root.mistake_at("month", Mistake::ReleaseOrder)) }
}

/// Reads `[[operation]]`.
pub(super) fn operations(root: &Row<'_>, names: &Directory) -> Result<Vec<Operation>, CaseError> {
    root.rows("operation")?.into_iter().map(|row| operation(row, names)).collect()
}

fn operation(row: Row<'_>, names: &Directory) -> Result<Operation, CaseError> {
    let mark: Mark = row.need("mark")?;
    let what = row.need("what")?;
    let due = row.rows("due")?.into_iter().map(|due| cause(due, mark, names)).collect::<Result<_, _>>()?;
    row.close()?;
    Ok(Operation { mark, what, due })
}

/// A row of `due`: an account, everybody where none is named, or the house with what it shares; a service, or all.
fn cause(row: Row<'_>, mark: Mark, names: &Directory) -> Result<Cause, CaseError> {
    let account = row.get("account")?.map(|name| names.account(name, row.line_at("account"))).transpose()?;
    let service = row.get("service")?.map(|name| names.service(name, row.line_at("service"))).transpose()?;
    let everybody = if row.or("house", false)? { Scope::House } else { Scope::Everybody };
    let scope = account.map_or(everybody, Scope::Account);
    let ordered = row.or("whole", false)?.then_some(mark);
    let cause = Cause { mark, from: row.need("from")?, scope, service, ordered };
    row.close()?;
    Ok(cause)
}
