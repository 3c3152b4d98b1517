//! A small house for tests: facts and rules are added in a line each, amounts are read back in a line each.

use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::earlier::Earlier;
use super::facts::*;
use super::ids::*;
use super::line::{Component, Line};
use super::period::{Days, Month};
use super::rules::*;
use super::timeline::*;
use super::unit::{Detail, Outcome, calc};

pub const COLD: ServiceId = ServiceId(1);
pub const HOT: ServiceId = ServiceId(2);
pub const SEWAGE: ServiceId = ServiceId(3);
pub const POWER: ServiceId = ServiceId(4);
pub const HEATING: ServiceId = ServiceId(6);
pub const UPKEEP: ServiceId = ServiceId(7);

/// One house, one flat, one account; premises and accounts may be added.
#[derive(Debug, Clone)]
pub struct Scene {
    pub facts: UnitFacts,
    pub rules: Rules,
    pub earlier: Earlier,
    rows: i64,
}

pub fn d(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    NaiveDate::from_str(text).unwrap()
}

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// `2026-09-01..2026-09-19`, the end not included; an open end or start where nothing is written.
pub fn days(text: &str) -> Days {
    let (from, to) = text.split_once("..").unwrap();
    let from = if from.is_empty() { day("2000-01-01") } else { day(from) };
    Days { from, to: if to.is_empty() { NaiveDate::MAX } else { day(to) } }
}

impl Scene {
    /// The flat of the dossier's examples: 54.30 m², the parameters of § 10, the services with their places.
    pub fn new() -> Self {
        let mut scene = Self {
            facts: UnitFacts::default(),
            rules: Rules::default(),
            earlier: Earlier::default(),
            rows: 0,
        };
        let house = House { id: HouseId(1), scope: 1, ..House::default() };
        scene.facts.houses.push(house);
        scene.add_premises(1, None);
        scene.area(0, "..", "54.30", "36.20");
        for (service, name, unit, scale) in [
            (COLD, "Холодная вода", "м³", 3),
            (HOT, "Горячая вода", "м³", 3),
            (SEWAGE, "Водоотведение", "м³", 3),
            (POWER, "Электроснабжение", "кВт·ч", 0),
            (HEATING, "Отопление", "Гкал", 6),
            (UPKEEP, "Содержание", "м²", 2),
        ] {
            let waters = if service == SEWAGE { vec![COLD, HOT] } else { Vec::new() };
            let (name, unit) = (name.to_owned(), unit.to_owned());
            let code = format!("service_{service}");
            scene.rules.services.insert(
                service,
                Service { code, name, unit, scale, heat_scale: 5, waters, is_housing: true },
            );
        }
        for (parameter, value) in [
            (Parameter::MeterAverageMonths, "6"),
            (Parameter::MeterAverageMinMonths, "3"),
            (Parameter::MeterAveragePeriods, "3"),
            (Parameter::MeterAveragePeriodsNonResidential, "2"),
            (Parameter::HouseHeatAveragePeriods, "6"),
            (Parameter::TamperingFactor, "10"),
            (Parameter::TamperingMonths, "3"),
            (Parameter::LastDayCounts, "0"),
        ] {
            scene.parameter(parameter, value);
        }
        scene
    }

    pub fn parameter(&mut self, parameter: Parameter, value: &str) {
        let fact = self.fact("..", d(value));
        self.rules.parameters.insert(parameter, Timeline(vec![fact]));
    }

    pub fn house(&mut self) -> &mut House {
        &mut self.facts.houses[0]
    }

    pub fn premises(&mut self, index: usize) -> &mut Premises {
        &mut self.facts.houses[0].premises[index]
    }

    pub fn account(&mut self, index: usize) -> &mut Account {
        &mut self.premises(index).accounts[0]
    }

    /// Premises with an account of the same number, open for ever.
    pub fn add_premises(&mut self, id: i64, parent: Option<i64>) {
        let open = Timeline(vec![self.fact("..", ())]);
        let account = Account { id: AccountId(id), number: id.to_string(), open, ..Account::default() };
        let premises = Premises {
            id: PremisesId(id),
            parent: parent.map(PremisesId),
            accounts: vec![account],
            ..Premises::default()
        };
        self.house().premises.push(premises);
    }

    pub fn fact<T>(&mut self, range: &str, value: T) -> Fact<T> {
        self.rows += 1;
        Fact { days: days(range), asserted: Mark(1), retracted: Mark::NOW, row: self.rows, value }
    }

    pub fn area(&mut self, index: usize, range: &str, total: &str, living: &str) {
        let area = Area { total: d(total), living: d(living), heated: d(total), rooms: 2 };
        let fact = self.fact(range, area);
        self.premises(index).areas.0.push(fact);
    }

    pub fn resident(&mut self, index: usize, range: &str) {
        let residence = Residence { person: PersonId(self.rows + 1), temporary: false };
        let fact = self.fact(range, residence);
        self.premises(index).residences.0.push(fact);
    }

    pub fn owner(&mut self, index: usize, range: &str) {
        let fact = self.fact(range, Owner { person: None });
        self.premises(index).owners.0.push(fact);
    }

    /// The plan of the house: tariff, norm and contract have the number of their service.
    pub fn plan(&mut self, service: ServiceId, method: Method) {
        self.plan_on("..", service, method, true);
    }

    pub fn plan_on(&mut self, range: &str, service: ServiceId, method: Method, norm: bool) {
        let fact = self.fact(range, service_plan(service, method, norm));
        self.house().plans.0.push(fact);
    }

    pub fn rate(&mut self, service: ServiceId, part: i16, range: &str, rate: &str) {
        let fact = self.fact(range, d(rate));
        self.rules.tariffs.entry((TariffId(service.0), part)).or_default().0.push(fact);
    }

    pub fn norm(&mut self, service: ServiceId, part: i16, range: &str, value: &str) {
        self.norm_line(service, part, range, (0, 0), value);
    }

    pub fn norm_line(&mut self, service: ServiceId, part: i16, range: &str, fits: (i16, i16), value: &str) {
        let fact = self.fact(range, NormValue { rooms: fits.0, persons: fits.1, value: d(value) });
        self.rules.norms.entry((NormId(service.0), part)).or_default().0.push(fact);
    }

    /// A meter of five digits with readings `register@day=value`, `+` before the value for a confirmed roll-over.
    pub fn meter(&mut self, id: i64, service: ServiceId, range: &str, readings: &str) -> Meter {
        let installed = Timeline(vec![self.fact(range, ())]);
        let mut registers = 1;
        let mut list = Vec::new();
        for reading in readings.split_whitespace() {
            let (place, value) = reading.split_once('=').unwrap();
            let (register, on) = place.split_once('@').unwrap();
            let register: i16 = register.parse().unwrap();
            registers = registers.max(register);
            let rolled_over = value.starts_with('+');
            let value = Reading { register, value: d(value.trim_start_matches('+')), rolled_over };
            let on = day(on);
            let fact = self.fact("..", value);
            list.push(Fact { days: Days { from: on, to: on.succ_opt().unwrap() }, ..fact });
        }
        Meter {
            id: MeterId(id),
            serial: format!("№{id}"),
            service,
            digits: 5,
            registers,
            ratio: Decimal::ONE,
            installed,
            readings: Timeline(list),
            outages: Timeline::default(),
            verified: Timeline::default(),
        }
    }

    /// A meter in the flat.
    pub fn flat_meter(&mut self, id: i64, service: ServiceId, range: &str, readings: &str) {
        let meter = self.meter(id, service, range, readings);
        self.premises(0).meters.push(meter);
    }

    pub fn calc(&self, of: &str) -> Outcome {
        let outcome = calc(&self.facts, &self.rules, Mark::NOW, &self.earlier, month(of), Detail::Traced);
        for (line, trace) in outcome.lines.iter().zip(&outcome.traces) {
            assert_eq!((line.key, line.amount), (trace.key, trace.amount));
            assert_eq!(line.amount.roubles(), trace.root.value, "the tree ends in the amount\n{trace}");
        }
        assert_eq!(outcome.lines.len(), outcome.traces.len());
        outcome
    }

    /// The months in order, each remembering for the next; the outcome of the last.
    pub fn walk(&mut self, from: &str, to: &str) -> Outcome {
        let (mut at, last) = (month(from), month(to));
        loop {
            let outcome = self.calc(&at.to_string());
            if at >= last {
                return outcome;
            }
            self.earlier.remember(&outcome.meter_months, &outcome.house_months);
            at = at.next();
        }
    }

    /// `volume × rate = amount` of a line of account 1, or what happened instead.
    pub fn line(&self, of: &str, service: ServiceId, component: Component) -> String {
        show(&self.calc(of), 1, service, component)
    }
}

pub fn service_plan(service: ServiceId, method: Method, norm: bool) -> ServicePlan {
    let id = service.0;
    let norm = norm.then_some(NormId(id));
    ServicePlan { service, contract: ContractId(id), method, tariff: TariffId(id), norm }
}

/// One line as `volume × rate = amount`; the exceptions where there is no such line.
pub fn show(outcome: &Outcome, account: i64, service: ServiceId, component: Component) -> String {
    let found = outcome.lines.iter().find(|line| {
        (line.key.account, line.key.service, line.key.component) == (AccountId(account), service, component)
    });
    match found {
        Some(Line { volume, rate, amount, .. }) => {
            format!("{} × {} = {amount}", volume.normalize(), rate.normalize())
        }
        None => format!("{:?}", outcome.exceptions),
    }
}
