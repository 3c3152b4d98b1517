//! Units one after the other: a range of a city is never in memory as a whole.

use std::collections::VecDeque;
use std::iter::Peekable;
use std::vec::IntoIter;

use tokio_postgres::GenericClient;

use super::{Depth, from_rows};
use crate::calc::facts::UnitFacts;
use crate::calc::ids::UnitId;
use crate::db::error::DbError;
use crate::db::picture::{self, Kept};

/// The units of a range, in order of id.
pub struct Units {
    depth: Depth,
    /// Units to come, with the picture of each that has a valid one.
    kept: Peekable<IntoIter<Kept>>,
    /// Units read as rows, before those to come.
    read: VecDeque<UnitFacts>,
}

impl Units {
    /// Finds the units `first`…`last`; what stands for one month is taken from pictures where valid ones are kept.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find<C: GenericClient>(
        client: &C,
        (first, last): (i64, i64),
        depth: Depth,
    ) -> Result<Self, DbError> {
        let (kept, read) = match depth {
            Depth::Month(month) => (picture::kept(client, (first, last), month).await?, VecDeque::new()),
            Depth::Whole => (Vec::new(), from_rows(client, (first, last), depth).await?.into()),
        };
        Ok(Self { depth, kept: kept.into_iter().peekable(), read })
    }

    /// The next unit; one that is `due` with its whole past.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next<C: GenericClient>(
        &mut self,
        client: &C,
        due: impl Fn(UnitId) -> bool,
    ) -> Result<Option<UnitFacts>, DbError> {
        let due = |unit: &Kept| due(UnitId(unit.id()));
        loop {
            if let Some(facts) = self.read.pop_front() {
                return Ok(Some(facts));
            }
            let Some(unit) = self.kept.next() else { return Ok(None) };
            let first = unit.id();
            if due(&unit) {
                self.read = from_rows(client, (first, first), Depth::Whole).await?.into();
                continue;
            }
            if let Some(facts) = unit.facts() {
                return Ok(Some(facts));
            }
            // Neighbours without a picture are read at once.
            let mut last = first;
            while let Some(neighbour) = self.kept.next_if(|next| next.is_missing() && !due(next)) {
                last = neighbour.id();
            }
            self.read = from_rows(client, (first, last), self.depth).await?.into();
        }
    }
}
