//! How far a change reaches: the day from which on nothing it touched can move a line by itself. Beyond it only
//! carried quantities can, and where they agree a walk may stop.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::calc::facts::{Account, AccountPlan, House, Meter, Method, Premises, Residence, UnitFacts};
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
        rules.parameters.values().for_each(|values| reach.cover_parameter(values));
        rules.deficiencies.values().for_each(|deficiency| reach.cover(&deficiency.limits));
        rules.privileges.values().for_each(|values| reach.cover(values));
        facts.houses.iter().for_each(|house| reach.cover_house(house));
        facts.groups.iter().for_each(|group| reach.cover_group(group));
        if facts.houses.iter().any(is_corrected_yearly) {
            reach.cover_next_year();
        }
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
        self.cover_stays(&premises.residences);
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

    /// Stays that follow each other are one, and its length decides on all of them, like that of an absence. The day somebody left may
    /// count too, by a parameter, and it may be the first of the next month.
    fn cover_stays(&mut self, residences: &Timeline<Residence>) {
        let changed: BTreeSet<PersonId> =
            residences.0.iter().filter(|fact| self.moved(fact)).map(|fact| fact.value.person).collect();
        let joined = |fact: &&Fact<Residence>| fact.value.temporary && changed.contains(&fact.value.person);
        let theirs = residences.0.iter().filter(|fact| self.moved(fact) || joined(fact));
        let left = theirs.map(|fact| fact.days.to.succ_opt().unwrap_or(NaiveDate::MAX));
        self.end = left.fold(self.end, NaiveDate::max);
    }

    /// What was heated, and how cold it was, enters the averages of later months.
    fn cover_parameter(&mut self, values: &Timeline<Decimal>) {
        if values.0.iter().any(|fact| self.moved(fact)) {
            self.end = NaiveDate::MAX;
        }
    }

    /// What changed in a year moves its correction, in some month of the next one.
    fn cover_next_year(&mut self) {
        let last = self.end.pred_opt().filter(|_| self.end != NaiveDate::MIN && self.end != NaiveDate::MAX);
        if let Some(end) = last.and_then(|last| NaiveDate::from_ymd_opt(last.year() + 2, 1, 1)) {
            self.end = end;
        }
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

/// Whether a service of the house is charged in a way that is put right in the next year.
fn is_corrected_yearly(house: &House) -> bool {
    let methods = house.plans.0.iter().map(|fact| fact.value.method);
    let accounts = house.premises.iter().flat_map(|premises| &premises.accounts);
    let own = accounts.flat_map(|account| &account.plans.0).filter_map(|fact| match &fact.value {
        AccountPlan::Own(plan) => Some(plan.method),
        AccountPlan::Off(_) => None,
    });
    methods.chain(own).any(|method| {
        matches!(
            method,
            Method::Heating
                | Method::CommonNorm
                | Method::CommonAverage
                | Method::ContainersPersons
                | Method::ContainersArea
        )
    })
}

/// Whether a fact was asserted or retracted after one mark, up to and including another.
pub(super) fn moved<T>(fact: &Fact<T>, after: Mark, until: Mark) -> bool {
    let between = |mark: Mark| after < mark && mark <= until;
    between(fact.asserted) || (fact.retracted != Mark::NOW && between(fact.retracted))
}
