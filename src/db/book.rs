//! The state of the books: which months are open, what was last released.

use tokio_postgres::GenericClient;

use super::error::DbError;
use crate::calc::ids::Mark;
use crate::calc::period::Month;
use crate::calc::projection::Released;

/// Months as far as a calculation must know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// The first month kept here: nothing before it is recalculated.
    pub first: Month,
    /// The last release.
    pub released: Option<Released>,
    /// Months not released, oldest first, with the run whose lines count, if there is one.
    pub open: Vec<OpenMonth>,
}

/// A month not released yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenMonth {
    /// The month.
    pub month: Month,
    /// Its current run; none while it was never calculated.
    pub run: Option<i32>,
}

impl Book {
    /// Reads the months.
    ///
    /// # Errors
    /// When the database cannot be read, or holds no month at all.
    pub async fn read<C: GenericClient>(client: &C) -> Result<Self, DbError> {
        Self::as_known(client, Mark::NOW).await
    }

    /// The same as it stood at a mark: what was released since is open.
    ///
    /// # Errors
    /// As [`Book::read`].
    pub async fn as_known<C: GenericClient>(client: &C, known: Mark) -> Result<Self, DbError> {
        let rows = client
            .query("select month, state, run, released_known from billing_data.month order by month", &[])
            .await?;
        let mut book = Self { first: Month::of(chrono::NaiveDate::MIN), released: None, open: Vec::new() };
        if let Some(row) = rows.first() {
            book.first = Month::of(row.get(0));
        }
        for row in &rows {
            let month = Month::of(row.get(0));
            match row.get::<_, Option<i64>>(3).map(Mark).filter(|released| *released <= known) {
                Some(known) => book.released = Some(Released { known, last: month }),
                None => book.open.push(OpenMonth { month, run: row.get(2) }),
            }
        }
        Ok(book)
    }

    /// The months whose lines a change of facts moves now: open ones that were calculated.
    #[must_use]
    pub fn projected(&self) -> Vec<(Month, i32)> {
        self.open.iter().filter_map(|open| Some((open.month, open.run?))).collect()
    }

    /// The months a change shows in: those calculated, or the one being collected where none was.
    #[must_use]
    pub fn shown(&self) -> Vec<Month> {
        let projected: Vec<Month> = self.projected().into_iter().map(|(month, _)| month).collect();
        if projected.is_empty() {
            self.open.iter().take(1).map(|open| open.month).collect()
        } else {
            projected
        }
    }
}
