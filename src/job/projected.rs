//! Projects a range of units out of the database: reads what the calculation needs, no more, and calculates.

use std::collections::HashMap;

use crate::db::driver::GenericClient;

use crate::calc::earlier::Earlier;
use crate::calc::facts::UnitFacts;
use crate::calc::ids::{Mark, UnitId};
use crate::calc::period::Month;
use crate::calc::projection::{Input, Projected, project};
use crate::calc::recalculation::Cause;
use crate::calc::rules::Rules;
use crate::db::book::Book;
use crate::db::error::DbError;
use crate::db::load::{self, Depth, Units};

/// A unit with its open months calculated.
#[derive(Debug)]
pub struct ProjectedUnit {
    /// The facts it was calculated from.
    pub facts: UnitFacts,
    /// The months asked for.
    pub months: Vec<Projected>,
}

impl ProjectedUnit {
    /// How many accounts it has.
    #[must_use]
    pub fn accounts(&self) -> usize {
        let premises = self.facts.houses.iter().flat_map(|house| &house.premises);
        premises.map(|one| one.accounts.len()).sum()
    }
}

/// What a range of units is projected from, beside their facts.
#[derive(Debug)]
pub struct Ground {
    earlier: HashMap<UnitId, Earlier>,
    causes: HashMap<UnitId, Vec<Cause>>,
}

impl Ground {
    /// Reads what released months booked and what they are due for, for units `first`…`last`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read<C: GenericClient>(
        client: &C,
        first: i64,
        last: i64,
        book: &Book,
    ) -> Result<Self, DbError> {
        Self::as_known(client, (first, last), book, Mark::NOW).await
    }

    /// The same as it was known at a mark, of whose time the book is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn as_known<C: GenericClient>(
        client: &C,
        (first, last): (i64, i64),
        book: &Book,
        known: Mark,
    ) -> Result<Self, DbError> {
        // Months released since were open then: what they booked was not there to be read.
        let before = if known == Mark::NOW { None } else { book.open.first().map(|open| open.month) };
        Ok(Self {
            earlier: load::earlier(client, first, last, before).await?,
            causes: load::causes(client, first, last, book.first, known).await?,
        })
    }

    /// Quantities booked for a unit.
    #[must_use]
    pub fn earlier(&self, unit: UnitId) -> Earlier {
        self.earlier.get(&unit).cloned().unwrap_or_default()
    }

    /// What a unit is due for.
    #[must_use]
    pub fn causes(&self, unit: UnitId) -> Vec<Cause> {
        load::of_unit(&self.causes, unit)
    }
}

/// A range of units on its way through the calculation, one after the other.
pub struct ProjectedRange<'a> {
    rules: &'a Rules,
    book: &'a Book,
    months: &'a [Month],
    ground: Ground,
    units: Units,
}

impl<'a> ProjectedRange<'a> {
    /// Units `first`…`last` with the months given, which must be open and in order, beginning with the earliest open one; no units
    /// without a month.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find<C: GenericClient>(
        client: &C,
        rules: &'a Rules,
        book: &'a Book,
        (first, last): (i64, i64),
        months: &'a [Month],
    ) -> Result<Option<Self>, DbError> {
        let Some(depth) = months.first().map(|month| depth(*month, months)) else { return Ok(None) };
        let ground = Ground::read(client, first, last, book).await?;
        let units = Units::find(client, (first, last), depth).await?;
        Ok(Some(Self { rules, book, months, ground, units }))
    }

    /// The next unit. Only one with something due is read with its whole past.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next<C: GenericClient>(&mut self, client: &C) -> Result<Option<ProjectedUnit>, DbError> {
        let ground = &self.ground;
        let due = |unit| !ground.causes(unit).is_empty();
        let Some(facts) = self.units.next(client, due).await? else { return Ok(None) };
        let causes = ground.causes(facts.unit);
        let input = Input {
            facts: &facts,
            rules: self.rules,
            earlier: &ground.earlier(facts.unit),
            released: self.book.released,
            causes: &causes,
        };
        let months = project(input, self.months);
        Ok(Some(ProjectedUnit { facts, months }))
    }
}

/// All units of a [`ProjectedRange`] at once.
///
/// # Errors
/// When the database cannot be read.
pub async fn project_range<C: GenericClient>(
    client: &C,
    rules: &Rules,
    book: &Book,
    range: (i64, i64),
    months: &[Month],
) -> Result<Vec<ProjectedUnit>, DbError> {
    let Some(mut units) = ProjectedRange::find(client, rules, book, range, months).await? else {
        return Ok(Vec::new());
    };
    let mut projected = Vec::new();
    while let Some(unit) = units.next(client).await? {
        projected.push(unit);
    }
    Ok(projected)
}

/// One month needs little of the past; several in a row ask for readings between them.
fn depth(first: Month, months: &[Month]) -> Depth {
    if months.len() == 1 { Depth::Month(first) } else { Depth::Whole }
}
