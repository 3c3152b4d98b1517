//! The rows of one source while a screen is open.

use super::effect::Query;
use super::example::Example;
use super::msg::{Refusal, Req, Rows};
use super::value::Value;

/// What is known of a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// The one request whose answer counts; answers with another number are dropped.
    pub current: Option<Req>,
    /// Whether it was ever asked for.
    pub asked: bool,
    /// The rows that are here.
    pub rows: Vec<Vec<Value>>,
    /// Whether the server has more behind the last.
    pub more: bool,
    /// How many it has in all, where it counts.
    pub total: Option<u64>,
    /// What is typed over the rows.
    pub filter: String,
    /// What its columns were asked for.
    pub example: Example,
    /// Why there are no rows.
    pub refusal: Option<Refusal>,
    /// Somebody changed something since: what is shown may be old.
    pub stale: bool,
    /// How long the server took.
    pub millis: u32,
    /// The last question, for F1 twice.
    pub query: Option<Query>,
    /// The question the rows here answer.
    pub shown: Option<Query>,
}

impl Feed {
    /// A value of a row.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Value> {
        self.rows.get(row)?.get(column)
    }

    /// A value of the first row: what fields show.
    #[must_use]
    pub fn first(&self, column: usize) -> Option<&Value> {
        self.cell(0, column)
    }

    /// Whether the first answer is still awaited.
    #[must_use]
    pub const fn is_awaited(&self) -> bool {
        self.current.is_some()
    }

    /// Takes the answer to the current request. `append` puts it behind what is here. What became old since it was asked for stays
    /// so, and is read once more.
    pub fn take(&mut self, rows: Rows, append: bool) {
        self.current = None;
        self.refusal = None;
        self.millis = rows.millis;
        self.more = rows.more;
        if rows.total.is_some() || !append {
            self.total = rows.total;
        }
        if append {
            self.rows.extend(rows.rows);
        } else {
            self.rows = rows.rows;
            self.shown.clone_from(&self.query);
        }
    }

    /// Nothing is asked for any more: a search without a line is no question.
    pub fn unask(&mut self) {
        *self = Self { millis: self.millis, ..Self::default() };
    }

    /// Takes a refusal of the current request: the rows that are here stay.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.current = None;
        self.refusal = Some(refusal);
        self.shown.clone_from(&self.query);
    }
}
