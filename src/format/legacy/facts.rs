//! The data as facts of a calculation: a profile can be tried against the control sums of the old program before
//! anything is written anywhere. Identifiers are places in the data, from 1.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::profile::ChargeMethod;
use super::houses::{AccountPlan, HousePlan};
use super::{ChargeBase, Code, LegacyData, Premises as Source};
use crate::calc::earlier::Earlier;
use crate::calc::exception::Exception;
use crate::calc::facts::{self, Account, Area, House, Method, Premises, Residence, ServicePlan, UnitFacts};
use crate::calc::ids::{
    AccountId, ContractId, HouseId, Mark, NormId, PersonId, PremisesId, ServiceId, TariffId, UnitId,
};
use crate::calc::money::Money;
use crate::calc::period::Days;
use crate::calc::rules::{NormValue, Parameter, Rules, Service};
use crate::calc::timeline::{Fact, Timeline};
use crate::calc::unit::{Detail, calc};

/// What the month comes to by the rules of this program.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trial {
    /// Sums by service.
    pub totals: BTreeMap<Code, Money>,
    /// Accounts that could not be charged as their bases say.
    pub exceptions: Vec<Exception>,
}

impl LegacyData {
    /// Charges the month from bases, rates and norms, house by house.
    #[must_use]
    pub fn trial(&self, parameters: BTreeMap<Parameter, Timeline<Decimal>>) -> Trial {
        let rules = Rules { parameters, ..self.rules() };
        let codes = self.codes();
        let mut trial = Trial::default();
        for (place, house) in self.houses().iter().enumerate() {
            let unit = self.unit(place, house, &codes);
            let outcome = calc(&unit, &rules, Mark::NOW, &Earlier::default(), self.month, Detail::Plain);
            for line in outcome.lines {
                let service =
                    usize::try_from(line.key.service.0 - 1).ok().and_then(|it| self.services.get(it));
                if let Some(service) = service {
                    *trial.totals.entry(service.row.code.clone()).or_default() += line.amount;
                }
            }
            trial.exceptions.extend(outcome.exceptions);
        }
        trial
    }

    fn codes(&self) -> BTreeMap<&Code, usize> {
        self.services.iter().enumerate().map(|(place, service)| (&service.row.code, place)).collect()
    }

    fn rules(&self) -> Rules {
        let codes = self.codes();
        let mut rules = Rules::default();
        for (place, service) in self.services.iter().enumerate() {
            let service = &service.row;
            let of = Service {
                code: service.becomes.to_string(),
                name: service.name.clone(),
                unit: service.unit.clone(),
                scale: service.scale,
                heat_scale: service.scale,
                waters: Vec::new(),
                is_housing: true,
            };
            rules.services.insert(ServiceId(id(place)), of);
        }
        let rates = self.tariffs.iter().map(|it| (&it.row.service, it.row.from, it.row.rate));
        for (place, rates) in by_service(&codes, rates) {
            rules.tariffs.insert((TariffId(id(place)), 0), succession(rates, |rate| rate));
        }
        let norms = self.norms.iter().map(|it| (&it.row.service, it.row.from, it.row.value));
        for (place, norms) in by_service(&codes, norms) {
            let any = |value| NormValue { rooms: 0, persons: 0, value };
            rules.norms.insert((NormId(id(place)), 0), succession(norms, any));
        }
        rules
    }

    fn unit(&self, place: usize, house: &HousePlan<'_>, codes: &BTreeMap<&Code, usize>) -> UnitFacts {
        let from = Days::since(self.month.first_day());
        let mut premises: BTreeMap<usize, Premises> = BTreeMap::new();
        for plan in &house.accounts {
            let Some(source) = self.accounts.get(plan.account).map(|account| &account.row) else { continue };
            let Some(room) = self.premises.get(source.premises) else { continue };
            let home = premises.entry(source.premises).or_insert_with(|| home(source.premises, room, from));
            let persons = source.persons.and_then(|persons| i64::try_from(persons).ok()).unwrap_or_default();
            let resident =
                |number| Residence { person: PersonId(id(plan.account) * 1000 + number), temporary: false };
            home.residences.0.extend((0..persons).map(|number| fact(from, resident(number))));
            home.accounts.push(self.account(plan, source, codes));
        }
        let plans = house.services.iter().filter_map(|code| self.plan(code, codes));
        let house = House {
            id: HouseId(id(place)),
            plans: Timeline(plans.map(|plan| fact(from, plan)).collect()),
            premises: premises.into_values().collect(),
            ..House::default()
        };
        UnitFacts { unit: UnitId(id(place)), houses: vec![house], groups: Vec::new() }
    }

    fn plan(&self, code: &Code, codes: &BTreeMap<&Code, usize>) -> Option<ServicePlan> {
        let place = *codes.get(code)?;
        let method = method(self.services.get(place)?.row.method);
        Some(ServicePlan {
            service: ServiceId(id(place)),
            contract: ContractId(id(place)),
            method,
            tariff: TariffId(id(place)),
            norm: (method == Method::Persons).then(|| NormId(id(place))),
        })
    }

    fn account(
        &self,
        plan: &AccountPlan<'_>,
        source: &super::Account,
        codes: &BTreeMap<&Code, usize>,
    ) -> Account {
        let from = Days::since(self.month.first_day());
        let own = plan.own.iter().filter_map(|code| self.plan(code, codes)).map(facts::AccountPlan::Own);
        let off = plan
            .off
            .iter()
            .filter_map(|code| codes.get(code))
            .map(|place| facts::AccountPlan::Off(ServiceId(id(*place))));
        let open =
            Days { from: source.opened.unwrap_or(from.from), to: source.closed.unwrap_or(NaiveDate::MAX) };
        let mut account = Account {
            id: AccountId(id(plan.account)),
            number: source.number.to_string(),
            open: Timeline(vec![fact(open, ())]),
            calc_from: Some(self.month),
            plans: Timeline(own.chain(off).map(|plan| fact(from, plan)).collect()),
            ..Account::default()
        };
        for base in &plan.bases {
            self.count(base, &mut account, codes);
        }
        account
    }

    /// A base that is neither an area nor persons is a fact of the account itself.
    fn count(&self, base: &ChargeBase, account: &mut Account, codes: &BTreeMap<&Code, usize>) {
        let Some(&place) = codes.get(&base.service) else { return };
        let value = (ServiceId(id(place)), base.base);
        match self.services.get(place).map(|service| service.row.method) {
            Some(ChargeMethod::Quantity) => {
                account.quantities.0.push(fact(Days::since(self.month.first_day()), value));
            }
            Some(ChargeMethod::MonthVolume) => account.quantities.0.push(fact(self.month.days(), value)),
            Some(ChargeMethod::Ready) => account.ready.0.push(fact(self.month.days(), value)),
            _ => {}
        }
    }
}

fn home(place: usize, source: &Source, days: Days) -> Premises {
    let areas = &source.areas;
    let known = areas.total.or(areas.living).or(areas.heated).is_some();
    let area = Area {
        total: areas.total.unwrap_or_default(),
        living: areas.living.unwrap_or_default(),
        heated: areas.heated.unwrap_or_default(),
        rooms: 0,
    };
    let areas = Timeline(known.then(|| fact(days, area)).into_iter().collect());
    Premises { id: PremisesId(id(place)), areas, ..Premises::default() }
}

fn method(method: ChargeMethod) -> Method {
    match method {
        ChargeMethod::AreaTotal => Method::AreaTotal,
        ChargeMethod::AreaLiving => Method::AreaLiving,
        ChargeMethod::AreaHeated => Method::AreaHeated,
        ChargeMethod::Persons => Method::Persons,
        ChargeMethod::Quantity | ChargeMethod::MonthVolume => Method::Quantity,
        ChargeMethod::Ready => Method::Ready,
    }
}

fn id(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX - 1) + 1
}

fn fact<T>(days: Days, value: T) -> Fact<T> {
    Fact { days, asserted: Mark::NEVER, retracted: Mark::NOW, row: 0, value }
}

/// Values by the place of their service and their first day.
fn by_service<'a>(
    codes: &BTreeMap<&Code, usize>,
    values: impl Iterator<Item = (&'a Code, NaiveDate, Decimal)>,
) -> BTreeMap<usize, BTreeMap<NaiveDate, Decimal>> {
    let mut sorted: BTreeMap<usize, BTreeMap<NaiveDate, Decimal>> = BTreeMap::new();
    for (service, from, value) in values {
        if let Some(place) = codes.get(service) {
            sorted.entry(*place).or_default().insert(from, value);
        }
    }
    sorted
}

/// Each value from its day until the next.
fn succession<T>(values: BTreeMap<NaiveDate, Decimal>, value: impl Fn(Decimal) -> T) -> Timeline<T> {
    let ends = values.keys().skip(1).copied().chain([NaiveDate::MAX]).collect::<Vec<_>>();
    let days = values.into_iter().zip(ends);
    Timeline(days.map(|((from, found), to)| fact(Days { from, to }, value(found))).collect())
}
