//! The database's answer, and how it becomes an invoice: charges meet balances, causes become grounds.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::calc::line::{Basis, Component};
use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::document::invoice::{
    Areas, Executor, GisIds, Invoice, Line, Meter, Payee, Reading, Recalculation,
};
use crate::document::totals;
use crate::document::words::ROUBLE;

/// What `billing.invoice_data` answers.
#[derive(Debug, Deserialize)]
pub struct Data {
    account: String,
    state: String,
    due: NaiveDate,
    through: NaiveDate,
    payer: String,
    address: String,
    area_total: Option<Decimal>,
    area_living: Option<Decimal>,
    area_heated: Option<Decimal>,
    residents: u32,
    executor: Organisation,
    payee: Organisation,
    bank: Option<Bank>,
    charges: Vec<Charge>,
    balances: Vec<Balance>,
    grounds: Vec<Ground>,
    meters: Vec<Register>,
}

#[derive(Debug, Deserialize)]
struct Organisation {
    name: String,
    tin: Option<String>,
    kpp: Option<String>,
    address: Option<String>,
    phone: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Bank {
    account: String,
    bank_name: String,
    bic: String,
    correspondent_account: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Charge {
    service_id: i64,
    contract_id: i64,
    component: i16,
    service: String,
    unit: String,
    scale: u32,
    heat_scale: u32,
    volume: Decimal,
    rate: Decimal,
    basis: i16,
    amount: Decimal,
}

#[derive(Debug, Clone, Deserialize)]
struct Balance {
    service_id: i64,
    contract_id: i64,
    service: String,
    opening: Decimal,
    recalculated: Decimal,
    privilege: Decimal,
    penalty: Decimal,
    corrected: Decimal,
    paid: Decimal,
}

#[derive(Debug, Deserialize)]
struct Ground {
    service_id: i64,
    contract_id: i64,
    service: String,
    months: Vec<NaiveDate>,
    title: String,
    ground: Option<String>,
    day: NaiveDate,
    amount: Decimal,
}

#[derive(Debug, Deserialize)]
struct Register {
    service: String,
    unit: String,
    serial: String,
    register: i16,
    registers: i16,
    previous: Option<Decimal>,
    previous_day: Option<NaiveDate>,
    current: Option<Decimal>,
    current_day: Option<NaiveDate>,
}

/// What balances are kept under.
type Place = (i64, i64);

impl Data {
    /// The invoice of the month.
    pub fn into_invoice(self, month: Month) -> Invoice {
        let (lines, names) = lines(&self.charges, &self.balances);
        let recalculations = self.grounds.iter().map(|ground| recalculation(ground, &names)).collect();
        let totals = totals::of(&lines);
        Invoice {
            month,
            number: format!("{}-{}", self.account, month.to_string().replace('-', "")),
            account: self.account,
            gis: GisIds::default(),
            payer: self.payer,
            address: self.address,
            areas: Areas { total: self.area_total, living: self.area_living, heated: self.area_heated },
            residents: self.residents,
            executor: executor(self.executor),
            due: self.due,
            payments_through: self.through,
            payee: payee(self.payee, self.bank),
            currency: ROUBLE,
            lines,
            recalculations,
            meters: self.meters.into_iter().map(meter).collect(),
            totals,
            notes: notes(&self.state),
        }
    }
}

/// Lines of the table, and the printed name of the first line of each balance: that line carries what the balance
/// adds to the charges (opening, recalculation, payments), and grounds must name it.
fn lines(charges: &[Charge], balances: &[Balance]) -> (Vec<Line>, BTreeMap<Place, String>) {
    let mut waiting: BTreeMap<Place, &Balance> =
        balances.iter().map(|one| ((one.service_id, one.contract_id), one)).collect();
    let (mut lines, mut names) = (Vec::new(), BTreeMap::new());
    for charge in charges {
        let place = (charge.service_id, charge.contract_id);
        let name = name(&charge.service, charge.component);
        let balance = waiting.remove(&place);
        names.entry(place).or_insert_with(|| name.clone());
        lines.push(line(name, Some(charge), balance));
    }
    for (place, balance) in waiting {
        names.insert(place, balance.service.clone());
        lines.push(line(balance.service.clone(), None, Some(balance)));
    }
    (lines, names)
}

fn line(service: String, charge: Option<&Charge>, balance: Option<&Balance>) -> Line {
    let of = |part: fn(&Balance) -> Decimal| balance.map_or(Money::ZERO, |balance| money(part(balance)));
    let recalculation = of(|one| one.recalculated + one.corrected);
    let (privilege, opening) = (of(|one| one.privilege), of(|one| one.opening));
    let (penalty, paid) = (of(|one| one.penalty), of(|one| one.paid));
    let amount = charge.map_or(Money::ZERO, |charge| money(charge.amount));
    let total = amount + recalculation - privilege;
    let basis = charge.and_then(|charge| Basis::from_code(charge.basis)).unwrap_or(Basis::Ready);
    let measured = charge.filter(|_| basis != Basis::Ready);
    Line {
        service,
        unit: charge.map(unit).unwrap_or_default(),
        volume: measured.map(printed_volume),
        basis,
        rate: measured.map(|charge| charge.rate.normalize()),
        charge: amount,
        recalculation,
        privilege,
        total,
        opening,
        penalty,
        paid,
        closing: opening + total + penalty - paid,
    }
}

/// The volume with all the places its service prints.
fn printed_volume(charge: &Charge) -> Decimal {
    let mut volume = charge.volume;
    volume.rescale(places(charge));
    volume
}

/// The line of a component: zones and the parts of hot water are printed apart.
fn name(service: &str, component: i16) -> String {
    let part = match Component::from_code(component) {
        Some(Component::Zone1) => "Т1",
        Some(Component::Zone2) => "Т2",
        Some(Component::Zone3) => "Т3",
        Some(Component::Water) => "вода",
        Some(Component::Heat) => "подогрев",
        Some(Component::CatchUp | Component::CatchUpHeat) => "зачёт среднего",
        Some(Component::Undersupply) => "снижение за качество и перерывы",
        Some(Component::Absence) => "временное отсутствие",
        Some(Component::Fine) => "штраф исполнителя",
        Some(component) if component.is_privilege() => "льгота",
        Some(_) | None => return service.to_owned(),
    };
    format!("{service}, {part}")
}

const fn is_heat(charge: &Charge) -> bool {
    charge.component == Component::Heat.code() || charge.component == Component::CatchUpHeat.code()
}

/// A service charged by area has an area for its volume, whatever it is measured in where it has a meter.
const fn is_area(charge: &Charge) -> bool {
    charge.basis == Basis::Area.code()
}

fn unit(charge: &Charge) -> String {
    match (is_area(charge), is_heat(charge)) {
        (true, _) => "м²".to_owned(),
        (_, true) => "Гкал".to_owned(),
        _ => charge.unit.clone(),
    }
}

const fn places(charge: &Charge) -> u32 {
    if is_area(charge) {
        2
    } else if is_heat(charge) {
        charge.heat_scale
    } else {
        charge.scale
    }
}

fn recalculation(ground: &Ground, names: &BTreeMap<Place, String>) -> Recalculation {
    let place = (ground.service_id, ground.contract_id);
    let said = ground.ground.as_deref().filter(|text| !text.trim().is_empty());
    Recalculation {
        service: names.get(&place).unwrap_or(&ground.service).clone(),
        months: ground.months.iter().map(|day| Month::of(*day)).collect(),
        ground: format!(
            "{} от {}{}",
            ground.title,
            ground.day.format("%d.%m.%Y"),
            said.map(|text| format!(": {text}")).unwrap_or_default()
        ),
        amount: money(ground.amount),
    }
}

fn executor(organisation: Organisation) -> Executor {
    Executor {
        name: organisation.name,
        tin: organisation.tin.unwrap_or_default(),
        address: organisation.address.unwrap_or_default(),
        phone: organisation.phone.unwrap_or_default(),
        dispatch_phone: String::new(),
    }
}

fn payee(organisation: Organisation, bank: Option<Bank>) -> Payee {
    let mut payee = Payee {
        name: organisation.name,
        tin: organisation.tin.unwrap_or_default(),
        kpp: organisation.kpp.unwrap_or_default(),
        ..Payee::default()
    };
    if let Some(bank) = bank {
        payee.bank = bank.bank_name;
        payee.bic = bank.bic;
        payee.settlement_account = bank.account;
        payee.correspondent_account = bank.correspondent_account.unwrap_or_default();
    }
    payee
}

fn meter(register: Register) -> Meter {
    let reading = |value: Option<Decimal>, day: Option<NaiveDate>| {
        Some(Reading { value: value?.normalize(), day: day? })
    };
    let zone = if register.registers > 1 { format!(" Т{}", register.register) } else { String::new() };
    Meter {
        service: register.service,
        serial: format!("{}{zone}", register.serial),
        unit: register.unit,
        previous: reading(register.previous, register.previous_day),
        current: reading(register.current, register.current_day),
    }
}

fn notes(state: &str) -> Vec<String> {
    if matches!(state, "released" | "sealed") {
        return Vec::new();
    }
    vec!["Проект: месяц не выпущен, суммы могут измениться.".to_owned()]
}

/// Ledger sums have two places, so nothing is rounded here.
fn money(roubles: Decimal) -> Money {
    Money::round(roubles).unwrap_or(Money::ZERO)
}
