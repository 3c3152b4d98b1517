//! How far a change reaches: the day from which on nothing it touched can move a line by itself. Beyond it only
//! carried quantities can, and where they agree a walk may stop.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calc::facts::{Account, House, Meter, Premises, UnitFacts};
use crate::calc::grounds::Absence;
use crate::calc::group::GroupMeter;
use crate::calc::ids::{Mark, PersonId};
use crate::calc::period::Month;
use crate::calc::rules::Rules;
use crate::calc::timeline::{Fact, Timeline};

/// The end of the days that facts asserted or retracted between two marks are about.
pub(super) struct Reach {
    after: Mark,
    until: Mark,
    end: NaiveDate,
}

impl Reach {
    /// The reach of everything that became known after `after`, up to and including `until`.
    pub(super) fn of_changes(facts: &UnitFacts, rules: &Rules, after: Mark, until: Mark) -> Self {
        let mut reach = Self { after, until, end: NaiveDate::MIN };
        rules.tariffs.values().for_each(|rates| reach.cover(rates));
        rules.norms.values().for_each(|values| reach.cover(values));
        rules.parameters.values().for_each(|values| reach.cover(values));
        rules.deficiencies.values().for_each(|deficiency| reach.cover(&deficiency.limits));
        rules.privileges.values().for_each(|values| reach.cover(values));
        facts.houses.iter().for_each(|house| reach.cover_house(house));
        facts.groups.iter().for_each(|group| reach.cover_group(group));
        reach
    }

    /// Whether no changed fact is about a day of `month` or later.
    pub(super) fn ends_before(&self, month: Month) -> bool {
        self.end <= month.first_day()
    }

    fn cover_house(&mut self, house: &House) {
        self.cover(&house.common_area);
        self.cover(&house.plans);
        self.cover(&house.undersupply);
        house.meters.iter().for_each(|meter| self.cover_meter(meter));
        house.premises.iter().for_each(|premises| self.cover_premises(premises));
    }

    fn cover_group(&mut self, group: &GroupMeter) {
        self.cover(&group.base);
        group.houses.iter().for_each(|(_, days)| self.cover(days));
        self.cover_meter(&group.meter);
    }

    fn cover_premises(&mut self, premises: &Premises) {
        self.cover(&premises.areas);
        self.cover(&premises.residences);
        self.cover(&premises.owners);
        self.cover(&premises.exemptions);
        self.cover_absences(&premises.absences);
        self.cover(&premises.privileges);
        premises.meters.iter().for_each(|meter| self.cover_meter(meter));
        premises.accounts.iter().for_each(|account| self.cover_account(account));
    }

    fn cover_account(&mut self, account: &Account) {
        self.cover(&account.open);
        self.cover(&account.plans);
        self.cover(&account.shares);
        self.cover(&account.quantities);
        self.cover(&account.ready);
        self.cover(&account.overcharges);
        self.cover(&account.subsidies);
    }

    /// Days of absence that follow each other are one, and its length decides on all of them: a changed piece reaches to
    /// the end of whatever else the person was away.
    fn cover_absences(&mut self, absences: &Timeline<Absence>) {
        let changed: BTreeSet<PersonId> =
            absences.0.iter().filter(|fact| self.moved(fact)).map(|fact| fact.value.person).collect();
        let theirs = absences.0.iter().filter(|fact| changed.contains(&fact.value.person));
        self.end = theirs.map(|fact| fact.days.to).fold(self.end, NaiveDate::max);
    }

    /// A reading enters the average of months long after its day, so a changed meter reaches without end.
    fn cover_meter(&mut self, meter: &Meter) {
        let changed = meter.readings.0.iter().any(|reading| self.moved(reading))
            || meter.installed.0.iter().any(|installed| self.moved(installed))
            || meter.outages.0.iter().any(|outage| self.moved(outage))
            || meter.verified.0.iter().any(|verified| self.moved(verified));
        if changed {
            self.end = NaiveDate::MAX;
        }
    }

    fn cover<T>(&mut self, timeline: &Timeline<T>) {
        let ends = timeline.0.iter().filter(|fact| self.moved(fact)).map(|fact| fact.days.to);
        self.end = ends.fold(self.end, NaiveDate::max);
    }

    fn moved<T>(&self, fact: &Fact<T>) -> bool {
        moved(fact, self.after, self.until)
    }
}

/// Whether a fact was asserted or retracted after one mark, up to and including another.
pub(super) fn moved<T>(fact: &Fact<T>, after: Mark, until: Mark) -> bool {
    let between = |mark: Mark| after < mark && mark <= until;
    between(fact.asserted) || (fact.retracted != Mark::NOW && between(fact.retracted))
}
