//! The ledger of one account of a case on its way through the months: bills, payments, what was put right (dossier § 7, 9.1).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ledger::{Balance, Correction, Payment, Statement};
use super::{Case, Played};
use crate::calc::allocate::{First, Item, Order, Part, Purpose, allocate};
use crate::calc::duty::{Stopped, is_within_limitation};
use crate::calc::ids::{AccountId, ContractId, Mark, ServiceId};
use crate::calc::money::Money;
use crate::calc::penalty::{Credit, Debt, NoParameter, PenaltyKind, accrued, due_date};
use crate::calc::period::Month;
use crate::calc::rules::{Parameter, Rules};

/// What a sum is owed for.
type Key = (ServiceId, ContractId, Part);

/// One account's ledger on its way through the months.
pub(super) struct Ledger {
    account: AccountId,
    /// What is owed, by month and key; negative where more was taken back than is left.
    owed: BTreeMap<(Month, Key), Money>,
    debts: BTreeMap<Key, Vec<Debt>>,
    credits: BTreeMap<Key, Vec<Credit>>,
    /// Money without a bill, by the day it came.
    waiting: Vec<Waiting>,
    rows: BTreeMap<(Month, Key), Balance>,
    /// What every payment brought a provider, by its place among the payments of the case.
    received: BTreeMap<(usize, ContractId), Money>,
    /// Services that are not rendered any more.
    ended: BTreeSet<(ServiceId, ContractId)>,
    /// Where payments went, by their place.
    splits: BTreeMap<usize, Vec<(Month, Key, NaiveDate, Money)>>,
    order: Order,
}

/// Money on its way to a bill.
#[derive(Clone, Copy)]
struct Waiting {
    day: NaiveDate,
    purpose: Purpose,
    amount: Money,
    /// Its place among the payments of the case.
    place: usize,
}

impl Ledger {
    pub(super) fn of(case: &Case, played: &Played, account: AccountId) -> Self {
        let first = played.months.keys().next().copied().unwrap_or(case.month);
        Self {
            account,
            owed: BTreeMap::new(),
            debts: BTreeMap::new(),
            credits: BTreeMap::new(),
            waiting: Vec::new(),
            rows: BTreeMap::new(),
            received: BTreeMap::new(),
            ended: BTreeSet::new(),
            splits: BTreeMap::new(),
            order: order(&case.rules, first),
        }
    }

    pub(super) fn statement(
        mut self,
        case: &Case,
        played: &Played,
        (on, until): (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Result<Statement, NoParameter> {
        let account = self.account;
        for debt in case.debts.iter().filter(|debt| debt.account == account) {
            let key = (debt.service, debt.contract, debt.part);
            if debt.ended {
                self.ended.insert((debt.service, debt.contract));
            }
            self.owe(&case.rules, debt.month, key, debt.amount)?;
        }
        let known = |(_, payment): &(usize, &Payment)| {
            payment.account == account && until.is_none_or(|until| payment.day <= until)
        };
        let paid = case.payments.iter().enumerate().filter(known);
        let first = played.months.keys().next().copied().unwrap_or(case.month);
        let last =
            paid.clone().map(|(_, payment)| Month::of(payment.day)).max().unwrap_or(first).max(case.month);
        let mut paid = paid.peekable();
        for month in first.onwards().take_while(|month| *month <= last) {
            self.open(month);
            while let Some((place, payment)) = paid.next_if(|(_, payment)| Month::of(payment.day) <= month) {
                match &payment.reverses {
                    Some(name) => {
                        let taken = case.payments.iter().position(|other| other.name.as_ref() == Some(name));
                        taken.into_iter().for_each(|taken| self.take_back(month, taken, place));
                    }
                    None => self.pay(&case.rules, (month, month), Waiting::of(place, payment)),
                }
            }
            self.charge(case, played, month)?;
            self.correct(case, month)?;
            for waiting in std::mem::take(&mut self.waiting) {
                self.pay(&case.rules, (month.next(), month), waiting);
            }
        }
        let mut penalties = Vec::new();
        for (key, debts) in on.iter().flat_map(|_| &self.debts) {
            let kind = case.penalties.get(&key.0).copied().unwrap_or(PenaltyKind::Utilities);
            let credits = self.credits.get(key).map_or(&[][..], Vec::as_slice);
            let through = on.unwrap_or_default();
            let tables = accrued(&case.rules, Mark::NOW, kind, (debts, credits), through)?;
            penalties.extend(tables.into_iter().map(|table| (key.0, key.1, table)));
        }
        let advance = self.waiting.iter().map(|waiting| waiting.amount).sum();
        Ok(Statement {
            account: self.account,
            balances: self.rows.into_values().collect(),
            penalties,
            advance,
            owing: by_month(self.owed),
            received: received(case, self.received),
        })
    }

    /// Opens a month with what is owed.
    fn open(&mut self, month: Month) {
        let mut sums: BTreeMap<Key, Money> = BTreeMap::new();
        for ((_, key), amount) in &self.owed {
            let sum = sums.entry(*key).or_default();
            *sum += *amount;
        }
        for (key, opening) in sums {
            self.row(month, key).opening = opening;
            self.row(month, key).closing = opening;
        }
    }

    fn row(&mut self, month: Month, key: Key) -> &mut Balance {
        self.rows.entry((month, key)).or_insert(Balance {
            month,
            service: key.0,
            contract: key.1,
            part: key.2,
            opening: Money::ZERO,
            charged: Money::ZERO,
            recalculated: Money::ZERO,
            privilege: Money::ZERO,
            corrected: Money::ZERO,
            paid: Money::ZERO,
            closing: Money::ZERO,
        })
    }

    fn owe(&mut self, rules: &Rules, month: Month, key: Key, amount: Money) -> Result<(), NoParameter> {
        let owed = self.owed.entry((month, key)).or_default();
        *owed += amount;
        if key.2 == Part::Penalty {
            return Ok(());
        }
        let due = due_date(rules, Mark::NOW, month)?;
        self.debts.entry(key).or_default().push(Debt { month, due, amount });
        Ok(())
    }

    /// Splits money over the bills of the months before `before`; the rest waits. It is counted as paid in `booked`: what
    /// waited, in the month whose bill claimed it.
    fn pay(&mut self, rules: &Rules, (before, booked): (Month, Month), money: Waiting) {
        let open = self.owed.iter().filter(|((month, _), _)| *month < before);
        let items: Vec<Item> = open
            .map(|((month, key), amount)| Item {
                month: *month,
                service: key.0,
                contract: key.1,
                part: key.2,
                active: !self.ended.contains(&(key.0, key.1)),
                barred: is_barred(rules, *month, money.day),
                amount: *amount,
            })
            .collect();
        let (parts, rest) = allocate(money.amount, &items, money.purpose, self.order);
        for (item, part) in items.iter().zip(parts).filter(|(_, part)| *part != Money::ZERO) {
            let key = (item.service, item.contract, item.part);
            self.splits.entry(money.place).or_default().push((item.month, key, money.day, part));
            *self.received.entry((money.place, item.contract)).or_default() += part;
            self.credit(booked, (item.month, key), money.day, part);
        }
        if rest != Money::ZERO {
            self.waiting.push(Waiting { amount: rest, ..money });
        }
    }

    /// Takes a part off what is owed for a month; a negative one is given back.
    fn credit(&mut self, booked: Month, (month, key): (Month, Key), day: NaiveDate, part: Money) {
        let owed = self.owed.entry((month, key)).or_default();
        *owed = *owed - part;
        self.credits.entry(key).or_default().push(Credit { month: Some(month), day, amount: part });
        let row = self.row(booked, key);
        row.paid += part;
        row.closing = row.closing - part;
    }

    /// Takes a payment back: the same parts with the opposite sign, of the day of the payment itself (dossier § 7.4).
    /// A provider gives back all it got at once, so that a fee of it is the fee it was.
    fn take_back(&mut self, booked: Month, taken: usize, place: usize) {
        self.waiting.retain(|waiting| waiting.place != taken);
        for (month, key, day, part) in self.splits.remove(&taken).unwrap_or_default() {
            self.credit(booked, (month, key), day, -part);
            let back = self.received.entry((place, key.1)).or_default();
            *back = *back - part;
        }
    }

    /// Books what was put right by hand in a month.
    fn correct(&mut self, case: &Case, month: Month) -> Result<(), NoParameter> {
        let mine = |one: &&Correction| one.account == self.account && one.month == month;
        let corrections: Vec<Correction> = case.corrections.iter().filter(mine).cloned().collect();
        for correction in corrections {
            let key = (correction.service, correction.contract, Part::Debt);
            self.owe(&case.rules, month, key, correction.amount)?;
            let row = self.row(month, key);
            row.corrected += correction.amount;
            row.closing += correction.amount;
        }
        Ok(())
    }

    /// Books the bill of a month. What a recalculation takes back is owed less for its own month.
    fn charge(&mut self, case: &Case, played: &Played, month: Month) -> Result<(), NoParameter> {
        let Some(bill) = played.months.get(&month) else { return Ok(()) };
        for line in &bill.charged.lines {
            if line.key.account != self.account || line.key.component.is_payout() {
                continue;
            }
            let key = (line.key.service, line.key.contract, Part::Debt);
            self.owe(&case.rules, month, key, line.amount)?;
            let row = self.row(month, key);
            match line.key.component {
                component if component.is_privilege() => row.privilege += line.amount,
                component if component.is_lowering() => row.recalculated += line.amount,
                _ => row.charged += line.amount,
            }
            row.closing += line.amount;
        }
        for entry in &bill.recalculation.entries {
            if entry.key.account != self.account || entry.key.component.is_payout() {
                continue;
            }
            let key = (entry.key.service, entry.key.contract, Part::Debt);
            let of = if entry.amount < Money::ZERO { entry.month } else { month };
            self.owe(&case.rules, of, key, entry.amount)?;
            let row = self.row(month, key);
            row.recalculated += entry.amount;
            row.closing += entry.amount;
        }
        Ok(())
    }
}

impl Waiting {
    const fn of(place: usize, payment: &Payment) -> Self {
        let Payment { day, purpose, amount, .. } = *payment;
        Self { day, purpose, amount, place }
    }
}

/// What payments brought, with the days they came.
fn received(case: &Case, sums: BTreeMap<(usize, ContractId), Money>) -> Vec<(ContractId, NaiveDate, Money)> {
    let of = |((place, contract), sum): ((usize, ContractId), Money)| {
        case.payments.get(place).map(|payment| (contract, payment.day, sum))
    };
    sums.into_iter().filter_map(of).collect()
}

/// Whether a debt is too old to be paid unasked on a day. Where the law of that day is not known nothing is.
fn is_barred(rules: &Rules, month: Month, day: NaiveDate) -> bool {
    let due = due_date(rules, Mark::NOW, month);
    due.and_then(|due| is_within_limitation(rules, Mark::NOW, (due, Stopped::default()), day))
        .is_ok_and(|within| !within)
}

/// What is owed for each month.
fn by_month(owed: BTreeMap<(Month, Key), Money>) -> Vec<(Month, Money)> {
    let mut months: BTreeMap<Month, Money> = BTreeMap::new();
    for ((month, _), amount) in owed.into_iter().filter(|((_, key), _)| key.2 == Part::Debt) {
        *months.entry(month).or_default() += amount;
    }
    months.into_iter().filter(|(_, amount)| *amount > Money::ZERO).collect()
}

/// How payments are divided, as the parameters of the first month say.
fn order(rules: &Rules, month: Month) -> Order {
    let value = |parameter| rules.parameter(parameter, month.first_day(), Mark::NOW);
    let two = Decimal::from(2);
    let first = match value(Parameter::SplitStrategy) {
        Some(strategy) if strategy == Decimal::ZERO => First::Neither,
        Some(strategy) if strategy == two => First::Ended,
        _ => First::Active,
    };
    Order { penalty_last: value(Parameter::PaymentPenaltyLast) != Some(Decimal::ZERO), first }
}
