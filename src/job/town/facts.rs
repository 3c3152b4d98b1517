//! The town in the types a calculation speaks in, so that it can be charged without a database.

use rust_decimal::Decimal;

use super::directory::Directory;
use super::model::{Holder, PremisesKind, TownAccount, TownHouse, TownMeter, TownPremises, TownPrivilege};
use crate::calc::facts::{Account, House, Meter, Owner, Premises, Residence, UnitFacts};
use crate::calc::grounds::{Absence, Privilege, PrivilegeRule};
use crate::calc::ids::{Mark, UnitId};
use crate::calc::period::Days;
use crate::calc::rules::Rules;
use crate::calc::timeline::{Fact, Timeline};

/// Facts known from one operation on and never retracted.
struct Known {
    by: Mark,
}

impl Known {
    fn fact<T>(&self, days: Days, value: T) -> Fact<T> {
        Fact { days, asserted: self.by, retracted: Mark::NOW, row: 0, value }
    }

    fn timeline<T>(&self, values: impl IntoIterator<Item = (Days, T)>) -> Timeline<T> {
        let mut facts: Vec<_> = values.into_iter().map(|(days, value)| self.fact(days, value)).collect();
        facts.sort_by_key(|fact| fact.days.from);
        Timeline(facts)
    }

    fn meter(&self, meter: &TownMeter) -> Meter {
        let on_a_day = |day: chrono::NaiveDate| Days { from: day, to: day.succ_opt().unwrap_or(day) };
        Meter {
            id: meter.id,
            serial: meter.serial.clone(),
            service: meter.service,
            digits: meter.digits,
            registers: meter.registers,
            ratio: meter.ratio,
            installed: self.timeline([(meter.installed, ())]),
            readings: self
                .timeline(meter.readings.iter().map(|(day, reading)| (on_a_day(*day), reading.clone()))),
            outages: Timeline::default(),
            verified: Timeline::default(),
        }
    }

    fn account(&self, account: &TownAccount) -> Account {
        let quantities = account.quantities.iter().map(|(days, service, count)| (*days, (*service, *count)));
        Account {
            id: account.id,
            number: account.number.clone(),
            open: self.timeline([(account.open, ())]),
            calc_from: None,
            shares: Timeline::default(),
            plans: self.timeline(account.plans.iter().cloned()),
            quantities: self.timeline(quantities),
            ready: Timeline::default(),
            overcharges: Timeline::default(),
            subsidies: Timeline::default(),
        }
    }

    fn premises(&self, premises: &TownPremises) -> Premises {
        let residences = premises.residences.iter().map(|residence| {
            let value = Residence { person: residence.person, temporary: residence.temporary };
            (residence.days, value)
        });
        let owners = premises.owners.iter().map(|owner| {
            let person = match owner.holder {
                Holder::Person(person) => Some(person),
                Holder::Organisation(_) => None,
            };
            (owner.days, Owner { person })
        });
        let absences =
            premises.absences.iter().map(|absence| (absence.days, Absence { person: absence.person }));
        let privileges = premises.privileges.iter().map(|right| {
            let TownPrivilege { person, category, members, .. } = *right;
            (right.days, Privilege { person, category: category.id(), members })
        });
        Premises {
            id: premises.id,
            parent: premises.parent,
            non_residential: premises.kind == PremisesKind::NonResidential,
            exemptions: Timeline::default(),
            entrance: Some(premises.entrance),
            areas: self.timeline([(premises.days, premises.area.clone())]),
            residences: self.timeline(residences),
            owners: self.timeline(owners),
            absences: self.timeline(absences),
            privileges: self.timeline(privileges),
            meters: premises.meters.iter().map(|meter| self.meter(meter)).collect(),
            accounts: premises.account.iter().map(|account| self.account(account)).collect(),
        }
    }
}

impl TownHouse {
    /// The facts of the house, all known from the operation `known` on. The house is a unit of its own. Acts of
    /// undersupply are left out: kinds of deviation and their limits are data of law that only a base has.
    #[must_use]
    pub fn facts(&self, known: Mark) -> UnitFacts {
        let all = Known { by: known };
        let since = self.premises.first().map_or(super::calendar::RULES_FROM, |first| first.days.from);
        let house = House {
            id: self.id,
            scope: i32::try_from(self.district).unwrap_or(0),
            common_area: all.timeline([(Days::since(since), self.common_area)]),
            plans: all.timeline(self.plans.iter().cloned()),
            meters: self.meters.iter().map(|meter| all.meter(meter)).collect(),
            undersupply: Timeline::default(),
            containers: Timeline::default(),
            premises: self.premises.iter().map(|premises| all.premises(premises)).collect(),
        };
        UnitFacts { unit: UnitId(self.id.0), houses: vec![house], groups: Vec::new() }
    }
}

impl Directory {
    /// The rules of the town, all known from the operation `known` on.
    #[must_use]
    pub fn rules(&self, known: Mark) -> Rules {
        let all = Known { by: known };
        let mut rules = Rules { services: self.services.iter().cloned().collect(), ..Rules::default() };
        for tariff in &self.tariffs {
            for rate in &tariff.rates {
                let timeline = rules.tariffs.entry((tariff.id, rate.part)).or_default();
                timeline.0.push(all.fact(rate.days, rate.value));
            }
        }
        for norm in &self.norms {
            for (part, days, value) in &norm.values {
                let timeline = rules.norms.entry((norm.id, *part)).or_default();
                timeline.0.push(all.fact(*days, value.clone()));
            }
        }
        for rule in &self.privileges {
            let value = PrivilegeRule {
                percent: Decimal::from(rule.percent),
                base: rule.base,
                scope: rule.covers,
                funding: rule.funding,
                form: rule.form,
                norm: rule.norm(),
                tariff: rule.tariff(),
            };
            let timeline = rules.privileges.entry((rule.category.id(), rule.service)).or_default();
            timeline.0.push(all.fact(Days::since(super::calendar::RULES_FROM), value));
        }
        for parameter in &self.parameters {
            let timeline = rules.parameters.entry(parameter.parameter).or_default();
            timeline.0.push(all.fact(parameter.days, parameter.value));
        }
        rules
    }
}
