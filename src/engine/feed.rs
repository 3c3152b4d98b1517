//! The rows of one source while a screen is open.

use std::collections::BTreeSet;

use super::effect::Query;
use super::example::Example;
use super::grid::{RowKey, row_key};
use super::model::Grid;
use super::msg::{Refusal, Req, Rows};
use super::news::{self, Fresh, News, Told};
use super::value::Value;

/// The most rows that are asked for again at once; a paged function gives no more than 2 000.
const MOST_AGAIN: usize = 1_999;

/// Whether what is here has to be read again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stale {
    /// It has not.
    #[default]
    No,
    /// Somebody may have changed something: rows keep their order, and what became of them is told.
    Hint,
    /// It is read anew, as it stands in the books.
    Anew,
}

/// How an answer is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Taking {
    /// Instead of what is here.
    #[default]
    Anew,
    /// Compared with what is here.
    Compared,
    /// Behind what is here.
    Behind,
}

/// What is known of a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Feed {
    /// The one request whose answer counts; answers with another number are dropped.
    pub current: Option<Req>,
    /// How its answer is taken.
    pub taking: Taking,
    /// Whether it was ever asked for.
    pub asked: bool,
    /// The rows that are here.
    pub rows: Vec<Vec<Value>>,
    /// What became of them since they were read anew; shorter where nothing did.
    pub news: Vec<News>,
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
    /// Whether what is shown may be old.
    pub stale: Stale,
    /// A notice came that waits for its turn: many in a moment are read once.
    pub heard: bool,
    /// How long the server took.
    pub millis: u32,
    /// The last question, for what F1 tells the author of a screen.
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

    /// A value of the first row that stands: what fields show.
    #[must_use]
    pub fn first(&self, column: usize) -> Option<&Value> {
        self.standing().next()?.get(column)
    }

    /// The rows that are not gone: what is counted and summed.
    pub fn standing(&self) -> impl Iterator<Item = &Vec<Value>> {
        self.rows.iter().enumerate().filter(|(at, _)| !self.is_gone(*at)).map(|(_, row)| row)
    }

    /// What became of a row.
    #[must_use]
    pub fn news_of(&self, row: usize) -> &News {
        self.news.get(row).unwrap_or(&News::Same)
    }

    /// Whether a row is no more: it stands only so that nothing moves under the cursor.
    #[must_use]
    pub fn is_gone(&self, row: usize) -> bool {
        *self.news_of(row) == News::Gone
    }

    /// How many rows became what.
    #[must_use]
    pub fn told(&self) -> Told {
        Told::of(&self.news)
    }

    /// Whether the first answer is still awaited.
    #[must_use]
    pub const fn is_awaited(&self) -> bool {
        self.current.is_some()
    }

    /// What is shown may be old.
    pub fn stales(&mut self, stale: Stale) {
        self.stale = self.stale.max(stale);
    }

    /// The question as it is sent: what is asked again is asked for as many rows as are here, or the cursor would lose its own.
    #[must_use]
    pub fn again(&self, query: &Query) -> Query {
        let here = self.rows.len().min(MOST_AGAIN);
        let limit =
            query.limit.map(|limit| if self.shown.as_ref() == Some(query) { limit.max(here) } else { limit });
        Query { limit, ..query.clone() }
    }

    /// Takes the answer to the current request; `grid` is the list that shows the source. What became old since it was asked for
    /// stays so, and is read once more.
    pub fn take(&mut self, rows: Rows, grid: Option<&Grid>) {
        self.current = None;
        self.refusal = None;
        self.millis = rows.millis;
        if rows.total.is_some() || self.taking != Taking::Behind {
            self.total = rows.total;
        }
        match (self.taking, grid) {
            (Taking::Behind, grid) => self.append(rows, grid),
            (Taking::Compared, Some(grid)) => self.compare(rows, grid),
            (Taking::Compared | Taking::Anew, _) => {
                self.more = rows.more;
                self.rows = rows.rows;
                self.news.clear();
                self.shown.clone_from(&self.query);
            }
        }
    }

    /// The next page; a row that came here before its page did is here once.
    fn append(&mut self, rows: Rows, grid: Option<&Grid>) {
        self.more = rows.more;
        match grid {
            None => self.rows.extend(rows.rows),
            Some(grid) => {
                let here: BTreeSet<RowKey> = self.rows.iter().map(|row| row_key(grid, row)).collect();
                self.rows.extend(rows.rows.into_iter().filter(|row| !here.contains(&row_key(grid, row))));
            }
        }
    }

    fn compare(&mut self, rows: Rows, grid: &Grid) {
        let known = (std::mem::take(&mut self.rows), std::mem::take(&mut self.news));
        let read = rows.rows.len();
        let fresh = Fresh { rows: rows.rows, more: rows.more, had_more: self.more };
        self.more = rows.more;
        let (known, is_cut) = news::merged(grid, known, fresh);
        (self.rows, self.news) = known;
        if is_cut && read < MOST_AGAIN {
            self.stales(Stale::Hint);
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
