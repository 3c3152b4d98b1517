//! Facts with two times.
//!
//! Every fact is true for a range of days and known from the operation that asserted it to the one that
//! retracted it. A timeline holds *all* versions that were loaded; whoever reads them says as of which
//! [`Mark`] (see [`Timeline::known`]). So "facts as they are now" and "facts as known when the month was
//! booked" are the same data read with two marks, and a recalculation needs no second copy.

use chrono::NaiveDate;

use super::ids::Mark;
use super::period::Days;

/// One version of one fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact<T> {
    /// The days it is true for.
    pub days: Days,
    /// Known from this operation on.
    pub asserted: Mark,
    /// Known until this operation; [`Mark::NOW`] while it stands.
    pub retracted: Mark,
    /// The database row, so that an explanation can lead to it and to its operation.
    pub row: i64,
    /// What is true.
    pub value: T,
}

impl<T> Fact<T> {
    /// Whether this version stood as of `known`: the operation `known` itself is included.
    #[must_use]
    pub fn known_at(&self, known: Mark) -> bool {
        self.asserted <= known && (self.retracted > known || self.retracted == Mark::NOW)
    }
}

/// All loaded versions of one kind of fact about one thing, in order of their first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline<T>(pub Vec<Fact<T>>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Timeline<T> {
    /// Takes one more version, at its place in the order.
    pub fn take(&mut self, fact: Fact<T>) {
        let place = |fact: &Fact<T>| (fact.days.from, fact.row);
        let at = self.0.partition_point(|before| place(before) <= place(&fact));
        self.0.insert(at, fact);
    }

    /// The versions that stood as of `known`.
    pub fn known(&self, known: Mark) -> impl Iterator<Item = &Fact<T>> {
        self.0.iter().filter(move |fact| fact.known_at(known))
    }

    /// The versions that stood as of `known` and touch `days`, each with the days they share.
    pub fn over(&self, days: Days, known: Mark) -> impl Iterator<Item = (Days, &Fact<T>)> {
        self.known(known).filter_map(move |fact| fact.days.meet(days).map(|shared| (shared, fact)))
    }

    /// The version true on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate, known: Mark) -> Option<&Fact<T>> {
        self.known(known).find(|fact| fact.days.contain(day))
    }
}

impl<T: PartialEq> Timeline<T> {
    /// Walks `days` from the first to the last without gaps: each step is a range and the version true in it,
    /// or `None` where nothing is known. Neighbours with equal values are one step, so that it does not matter
    /// how operations have cut a range. Live versions must not overlap; their order does not matter.
    #[must_use]
    pub fn stretches(&self, days: Days, known: Mark) -> Stretches<'_, T> {
        Stretches { timeline: self, left: days, known }
    }

    fn first_after(&self, day: NaiveDate, known: Mark) -> Option<NaiveDate> {
        self.known(known).map(|fact| fact.days.from).filter(|from| *from > day).min()
    }
}

/// The steps of [`Timeline::stretches`].
#[derive(Debug)]
pub struct Stretches<'a, T> {
    timeline: &'a Timeline<T>,
    left: Days,
    known: Mark,
}

impl<'a, T: PartialEq> Iterator for Stretches<'a, T> {
    type Item = (Days, Option<&'a Fact<T>>);

    fn next(&mut self) -> Option<Self::Item> {
        let Days { from, to: end } = self.left;
        if from >= end {
            return None;
        }
        let fact = self.timeline.on(from, self.known);
        let mut to = match fact {
            Some(fact) => fact.days.to.min(end),
            None => self.timeline.first_after(from, self.known).map_or(end, |day| day.min(end)),
        };
        while let (Some(fact), true) = (fact, to < end) {
            match self.timeline.on(to, self.known) {
                Some(next) if next.value == fact.value => to = next.days.to.min(end),
                _ => break,
            }
        }
        self.left.from = to;
        Some((Days { from, to }, fact))
    }
}

impl<T> Timeline<T> {
    /// Takes back what one operation did.
    pub fn forget(&mut self, operation: Mark) {
        self.0.retain(|fact| fact.asserted != operation);
        for fact in self.0.iter_mut().filter(|fact| fact.retracted == operation) {
            fact.retracted = Mark::NOW;
        }
    }
}
