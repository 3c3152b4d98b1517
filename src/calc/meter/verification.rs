//! When no verification of a meter holds (поверка; 354 п. 59; dossier § 1.4).

use chrono::NaiveDate;

use crate::calc::facts::Meter;
use crate::calc::ids::Mark;
use crate::calc::period::Days;

impl Meter {
    /// The days, as known, on which a verification had run out and the next one had not been made, in order. Nothing is
    /// held against a meter of which no verification is known, nor against the days before its first one.
    #[must_use]
    pub fn unverified(&self, known: Mark) -> Vec<Days> {
        let mut verified: Vec<Days> = self.verified.known(known).map(|fact| fact.days).collect();
        verified.sort_unstable_by_key(|days| days.from);
        let ends = verified.iter().map(|days| days.to);
        let next = verified.iter().skip(1).map(|days| days.from).chain([NaiveDate::MAX]);
        ends.zip(next).map(|(from, to)| Days { from, to }).filter(|gap| gap.from < gap.to).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::testing::{COLD, Scene, days};
    use crate::calc::timeline::{Fact, Timeline};

    fn verified(ranges: &[&str]) -> Vec<Days> {
        let mut meter = Scene::new().meter(1, COLD, "..", "");
        let fact = |days| Fact { days, asserted: Mark(1), retracted: Mark::NOW, row: 1, value: () };
        meter.verified = Timeline(ranges.iter().map(|range| fact(days(range))).collect());
        meter.unverified(Mark::NOW)
    }

    #[test]
    fn what_lies_between_two_verifications_and_after_the_last() {
        assert_eq!(verified(&[]), []);
        assert_eq!(verified(&["2020-05-01.."]), []);
        let gaps = verified(&["2026-05-15..2032-05-15", "2014-03-01..2020-03-01", "2020-03-01..2026-03-01"]);
        assert_eq!(gaps, [days("2026-03-01..2026-05-15"), days("2032-05-15..")]);
    }

    #[test]
    fn what_is_not_known_yet_does_not_count() {
        let mut meter = Scene::new().meter(1, COLD, "..", "");
        let ran_out =
            Fact { days: days("..2026-03-01"), asserted: Mark(5), retracted: Mark::NOW, row: 1, value: () };
        meter.verified = Timeline(vec![ran_out]);
        assert_eq!(meter.unverified(Mark(4)), []);
        assert_eq!(meter.unverified(Mark(5)), [days("2026-03-01..")]);
    }
}
