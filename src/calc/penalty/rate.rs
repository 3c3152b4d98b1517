//! The dated rules of a penalty: its rate, its steps, its moratoria, and the day it begins after.

use chrono::{Datelike, Days as Shift, NaiveDate, Weekday};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{NoParameter, PenaltyKind, Step};
use crate::calc::ids::Mark;
use crate::calc::period::Month;
use crate::calc::rules::{Parameter, Rules};

/// Rules as known at a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Law<'a> {
    pub rules: &'a Rules,
    pub known: Mark,
}

impl Law<'_> {
    fn value(&self, parameter: Parameter, day: NaiveDate) -> Option<Decimal> {
        self.rules.parameter(parameter, day, self.known)
    }

    fn need(&self, parameter: Parameter, day: NaiveDate) -> Result<Decimal, NoParameter> {
        self.value(parameter, day).ok_or(NoParameter { parameter, day })
    }

    /// The rate for what is paid, or calculated, on a day: the one an act names, else the key rate, capped while a cap
    /// holds (dossier § 6.3).
    pub fn rate(&self, day: NaiveDate) -> Result<Decimal, NoParameter> {
        if let Some(fixed) = self.value(Parameter::PenaltyRateFixed, day) {
            return Ok(fixed);
        }
        let key = self.need(Parameter::KeyRate, day)?;
        Ok(self.value(Parameter::PenaltyRateCap, day).map_or(key, |cap| cap.min(key)))
    }

    /// What a day costs: `late` is its number in the delay, from 1 (dossier § 6.2, 6.4).
    pub fn step(
        &self,
        kind: PenaltyKind,
        month: Month,
        day: NaiveDate,
        late: i64,
    ) -> Result<Step, NoParameter> {
        if self.is_suspended(month, day) {
            return Ok(Step::Moratorium);
        }
        let (grace, divisor) = match kind {
            PenaltyKind::None => return Ok(Step::Grace),
            PenaltyKind::Utilities | PenaltyKind::Housing => {
                (Parameter::PenaltyGrace, Parameter::PenaltyFirstDivisor)
            }
            PenaltyKind::Repair => (Parameter::RepairGrace, Parameter::RepairDivisor),
        };
        let late = Decimal::from(late);
        if late <= self.need(grace, day)? {
            return Ok(Step::Grace);
        }
        // Before the steps came there was one, so a day without a second step is no mistake.
        let second = self.value(Parameter::PenaltySecondFrom, day).is_some_and(|from| late >= from);
        let divisor =
            if second && kind != PenaltyKind::Repair { Parameter::PenaltySecondDivisor } else { divisor };
        self.need(divisor, day).map(Step::Through)
    }

    fn is_suspended(&self, month: Month, day: NaiveDate) -> bool {
        let moratorium = self.rules.parameters.get(&Parameter::PenaltyMoratorium);
        let Some(fact) = moratorium.and_then(|timeline| timeline.on(day, self.known)) else { return false };
        fact.value == Decimal::ONE || fact.value == Decimal::TWO && month.next().first_day() <= fact.days.from
    }

    /// Days on which the cost of a delay may change, between the first and the day after the last.
    pub fn cuts(&self, due: NaiveDate, through: NaiveDate) -> Vec<NaiveDate> {
        let stepped = [Parameter::PenaltyGrace, Parameter::RepairGrace, Parameter::PenaltySecondFrom];
        let dated = [
            Parameter::PenaltyFirstDivisor,
            Parameter::PenaltySecondDivisor,
            Parameter::RepairDivisor,
            Parameter::PenaltyMoratorium,
        ];
        let mut cuts = Vec::new();
        for parameter in stepped.into_iter().chain(dated) {
            let Some(timeline) = self.rules.parameters.get(&parameter) else { continue };
            for fact in timeline.known(self.known) {
                cuts.extend([fact.days.from, fact.days.to]);
                // The first day after the grace, and the first of the second step.
                let count = fact.value.to_u64().filter(|_| stepped.contains(&parameter));
                cuts.extend(count.and_then(|days| due.checked_add_days(Shift::new(days))));
                cuts.extend(count.and_then(|days| due.checked_add_days(Shift::new(days + 1))));
            }
        }
        cuts.retain(|day| *day > due && *day <= through);
        cuts
    }
}

/// Whether the law of penalties for the days before `until` was told otherwise between two marks: what was accrued for debts
/// that are paid may then be wrong.
#[must_use]
pub fn law_moved(rules: &Rules, (before, now): (Mark, Mark), until: NaiveDate) -> bool {
    let law = [
        Parameter::KeyRate,
        Parameter::PenaltyRateCap,
        Parameter::PenaltyRateFixed,
        Parameter::PenaltyGrace,
        Parameter::PenaltySecondFrom,
        Parameter::PenaltyFirstDivisor,
        Parameter::PenaltySecondDivisor,
        Parameter::RepairGrace,
        Parameter::RepairDivisor,
        Parameter::PenaltyMoratorium,
        Parameter::PenaltyRounding,
    ];
    law.iter().filter_map(|parameter| rules.parameters.get(parameter)).any(|timeline| {
        let facts = timeline.known(before).chain(timeline.known(now));
        let edges = facts.flat_map(|fact| [fact.days.from, fact.days.to]).chain([NaiveDate::MIN]);
        let value = |day, known| timeline.on(day, known).map(|fact| fact.value);
        edges.filter(|day| *day < until).any(|day| value(day, before) != value(day, now))
    })
}

/// The last day the bill of a month may be paid in time (ЖК 155 ч. 1): the day of the parameter in the month after,
/// moved to the next working day (ГК 193). Saturday and Sunday are off unless the calendar says otherwise.
///
/// # Errors
/// When the day is not set for the month.
pub fn due_date(rules: &Rules, known: Mark, month: Month) -> Result<NaiveDate, NoParameter> {
    let law = Law { rules, known };
    let number = law.need(Parameter::DueDay, month.first_day())?;
    let mut due = month.next().first_day() + Shift::new(number.to_u64().unwrap_or(1).saturating_sub(1));
    while law
        .value(Parameter::DayOff, due)
        .map_or(matches!(due.weekday(), Weekday::Sat | Weekday::Sun), |off| !off.is_zero())
    {
        due = due + Shift::new(1);
    }
    Ok(due)
}
