//! Living a case through: months are released in order, each together with the recalculations due by then, and the
//! last month is charged from what is known in the end.

use std::collections::{BTreeMap, BTreeSet};

use super::Case;
use crate::calc::exception::Exception;
use crate::calc::ids::{AccountId, Mark};
use crate::calc::period::Month;
use crate::calc::recalculation::{Booked, Cause, Recalculation, recalculate};
use crate::calc::unit::{Detail, Outcome, calc};

/// What came out of a case.
#[derive(Debug, Clone)]
pub struct Played {
    /// Every month charged, released or not.
    pub months: BTreeMap<Month, PlayedMonth>,
}

/// What came out in one month.
#[derive(Debug, Clone)]
pub struct PlayedMonth {
    /// The charges of the month, with their explanations.
    pub charged: Outcome,
    /// The recalculations of earlier months booked in it.
    pub recalculation: Recalculation,
}

impl PlayedMonth {
    /// What needs attention of an account: in the month's own charges and in what is recalculated with it.
    pub fn exceptions(&self, account: AccountId) -> impl Iterator<Item = &Exception> {
        let recalculated = self.recalculation.exceptions.iter().map(|(_, exception)| exception);
        let all: BTreeSet<&Exception> = self.charged.exceptions.iter().chain(recalculated).collect();
        all.into_iter().filter(move |exception| exception.account == account)
    }
}

/// Lives a case through.
#[must_use]
pub fn play(case: &Case) -> Played {
    let causes: Vec<Cause> = case.operations.iter().flat_map(|operation| &operation.due).copied().collect();
    let mut months = BTreeMap::new();
    let mut booked = None;
    for (month, known) in timetable(case) {
        let recalculation = due(case, booked.as_ref(), &causes, known);
        let charged = calc(&case.facts, &case.rules, known, &recalculation.earlier, month, Detail::Traced);
        let mut earlier = recalculation.earlier.clone();
        earlier.remember(&charged.meter_months, &charged.house_months);
        booked = Some(Booked { known, last: month, earlier });
        months.insert(month, PlayedMonth { charged, recalculation });
    }
    Played { months }
}

/// The months to charge, each with the mark its facts are known at.
fn timetable(case: &Case) -> impl Iterator<Item = (Month, Mark)> {
    let released = case.releases.iter().flat_map(|release| {
        let months = release.first.onwards().take_while(|month| *month <= release.last);
        months.map(|month| (month, release.mark))
    });
    released.chain([(case.month, Mark::NOW)])
}

/// What is recalculated when a month is charged as known at a mark; nothing while no month is released yet.
fn due(case: &Case, booked: Option<&Booked>, causes: &[Cause], known: Mark) -> Recalculation {
    let Some(booked) = booked else {
        return Recalculation { entries: Vec::new(), earlier: case.earlier.clone(), exceptions: Vec::new() };
    };
    let causes: Vec<Cause> = causes.iter().filter(|cause| cause.mark <= known).copied().collect();
    recalculate(&case.facts, &case.rules, booked, &causes)
}
