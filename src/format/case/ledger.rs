//! The money part of a case: debts brought from before, payments, and what the accounts come to month by month.
//!
//! A payment meets the bills of the months before its own; what is left waits for the next bill (dossier § 7). The
//! penalty is that of the ledger as of a stated day (§ 6).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::error::CaseError;
use super::names::Directory;
use super::row::Row;
use super::{Case, Played};
use crate::calc::allocate::{First, Item, Order, Part, Purpose, allocate};
use crate::calc::ids::{AccountId, ContractId, Mark, ServiceId};
use crate::calc::money::Money;
use crate::calc::penalty::{Accrued, Credit, Debt, NoParameter, PenaltyKind, accrued, due_date};
use crate::calc::period::Month;
use crate::calc::rules::{Parameter, Rules};

/// Money that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The account.
    pub account: AccountId,
    /// The day the payer paid.
    pub day: NaiveDate,
    /// The amount.
    pub amount: Money,
    /// What the payer named: the month, the service.
    pub purpose: Purpose,
}

/// What was owed for a month before the case begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// The account.
    pub account: AccountId,
    /// The service.
    pub service: ServiceId,
    /// The contract.
    pub contract: ContractId,
    /// The month it is owed for.
    pub month: Month,
    /// The amount.
    pub amount: Money,
}

/// What one account comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The account.
    pub account: AccountId,
    /// Its balances, by month, then service and contract.
    pub balances: Vec<Balance>,
    /// Penalties by service and contract, where the case names the day.
    pub penalties: Vec<(ServiceId, ContractId, Accrued)>,
    /// Money that no bill has claimed yet.
    pub advance: Money,
    /// What is still owed, by month.
    pub owing: Vec<(Month, Money)>,
    /// What every payment brought a provider.
    pub received: Vec<(ContractId, Money)>,
}

/// The balance of one service of an account in a month: `closing = opening + charged + recalculated + privilege − paid`; all
/// columns have their sign (dossier § 9.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The month.
    pub month: Month,
    /// The service.
    pub service: ServiceId,
    /// The contract.
    pub contract: ContractId,
    /// Owed before the month; negative is an overpayment.
    pub opening: Money,
    /// Charged for the month itself.
    pub charged: Money,
    /// Recalculated for earlier months, and what undersupply, absence and the executor's fine take off this one: what the bill
    /// shows as recalculation (354 п. 69).
    pub recalculated: Money,
    /// Privileges of the month itself.
    pub privilege: Money,
    /// Paid in the month.
    pub paid: Money,
    /// Owed after it.
    pub closing: Money,
}

impl Balance {
    /// Its columns by their names in the file.
    #[must_use]
    pub fn columns(&self) -> [(&'static str, Money); 6] {
        [
            ("opening", self.opening),
            ("charged", self.charged),
            ("recalculated", self.recalculated),
            ("privilege", self.privilege),
            ("paid", self.paid),
            ("closing", self.closing),
        ]
    }
}

impl Statement {
    /// What the account owes after the last month, the waiting advance taken off.
    #[must_use]
    pub fn closing(&self) -> Money {
        let last = self.balances.iter().map(|balance| balance.month).max();
        let closing = self.balances.iter().filter(|balance| Some(balance.month) == last);
        closing.map(|balance| balance.closing).sum::<Money>() - self.advance
    }

    /// All penalties.
    #[must_use]
    pub fn penalty(&self) -> Money {
        self.penalties.iter().map(|(_, _, accrued)| accrued.amount).sum()
    }
}

/// Reads `[[payment]]`.
pub(super) fn payments(root: &Row<'_>, names: &Directory) -> Result<Vec<Payment>, CaseError> {
    let mut payments = Vec::new();
    for row in root.rows("payment")? {
        payments.push(Payment {
            account: names.account(row.need("account")?, row.line_at("account"))?,
            day: row.need("day")?,
            amount: row.need("amount")?,
            purpose: purpose(&row, names)?,
        });
        row.close()?;
    }
    payments.sort_by_key(|payment| payment.day);
    Ok(payments)
}

fn purpose(row: &Row<'_>, names: &Directory) -> Result<Purpose, CaseError> {
    let service: Option<String> = row.get("service")?;
    let service = service.map(|code| names.service(code, row.line_at("service"))).transpose()?;
    Ok(Purpose { month: row.get("month")?, service, part: None })
}

/// Reads `[[debt]]`.
pub(super) fn debts(root: &Row<'_>, names: &mut Directory) -> Result<Vec<Brought>, CaseError> {
    let mut debts = Vec::new();
    for row in root.rows("debt")? {
        debts.push(Brought {
            account: names.account(row.need("account")?, row.line_at("account"))?,
            service: names.service(row.need("service")?, row.line_at("service"))?,
            contract: names.contract(row.need("provider")?),
            month: row.need("month")?,
            amount: row.need("amount")?,
        });
        row.close()?;
    }
    Ok(debts)
}

/// What the accounts a case asks about come to, in order of accounts; penalties as of `on`.
///
/// # Errors
/// When a parameter of law is not set on a day that needs it.
pub fn statements(
    case: &Case,
    played: &Played,
    on: Option<NaiveDate>,
) -> Result<Vec<Statement>, NoParameter> {
    let premises = case.facts.houses.iter().flat_map(|house| &house.premises);
    let accounts = premises.flat_map(|premises| &premises.accounts);
    let asked = accounts.filter(|account| case.only.is_none_or(|only| only == account.id));
    asked.map(|account| Ledger::of(case, played, account.id).statement(case, played, (on, None))).collect()
}

/// What one account owes on a day, with the penalty and the payments through it.
pub(super) fn owing(
    case: &Case,
    played: &Played,
    account: AccountId,
    on: NaiveDate,
) -> Result<Statement, NoParameter> {
    Ledger::of(case, played, account).statement(case, played, (Some(on), Some(on)))
}

type Key = (ServiceId, ContractId);

/// One account's ledger on its way through the months.
struct Ledger {
    account: AccountId,
    /// What is owed, by month and key; negative where more was taken back than is left.
    owed: BTreeMap<(Month, Key), Money>,
    debts: BTreeMap<Key, Vec<Debt>>,
    credits: BTreeMap<Key, Vec<Credit>>,
    /// Money without a bill, by the day it came.
    waiting: Vec<(NaiveDate, Purpose, Money)>,
    rows: BTreeMap<(Month, Key), Balance>,
    received: Vec<(ContractId, Money)>,
    order: Order,
}

impl Ledger {
    fn of(case: &Case, played: &Played, account: AccountId) -> Self {
        let first = played.months.keys().next().copied().unwrap_or(case.month);
        Self {
            account,
            owed: BTreeMap::new(),
            debts: BTreeMap::new(),
            credits: BTreeMap::new(),
            waiting: Vec::new(),
            rows: BTreeMap::new(),
            received: Vec::new(),
            order: order(&case.rules, first),
        }
    }

    fn statement(
        mut self,
        case: &Case,
        played: &Played,
        (on, until): (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Result<Statement, NoParameter> {
        let account = self.account;
        for debt in case.debts.iter().filter(|debt| debt.account == account) {
            self.owe(&case.rules, debt.month, (debt.service, debt.contract), debt.amount)?;
        }
        let known =
            |payment: &&Payment| payment.account == account && until.is_none_or(|until| payment.day <= until);
        let paid = case.payments.iter().filter(known);
        let first = played.months.keys().next().copied().unwrap_or(case.month);
        let last = paid.clone().map(|payment| Month::of(payment.day)).max().unwrap_or(first).max(case.month);
        let mut paid = paid.peekable();
        for month in first.onwards().take_while(|month| *month <= last) {
            self.open(month);
            while let Some(payment) = paid.next_if(|payment| Month::of(payment.day) <= month) {
                self.pay(month, month, (payment.day, payment.purpose, payment.amount));
            }
            self.charge(case, played, month)?;
            for waiting in std::mem::take(&mut self.waiting) {
                self.pay(month.next(), month, waiting);
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
        let advance = self.waiting.iter().map(|(_, _, amount)| *amount).sum();
        Ok(Statement {
            account: self.account,
            balances: self.rows.into_values().collect(),
            penalties,
            advance,
            owing: by_month(self.owed),
            received: self.received,
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
            opening: Money::ZERO,
            charged: Money::ZERO,
            recalculated: Money::ZERO,
            privilege: Money::ZERO,
            paid: Money::ZERO,
            closing: Money::ZERO,
        })
    }

    fn owe(&mut self, rules: &Rules, month: Month, key: Key, amount: Money) -> Result<(), NoParameter> {
        let owed = self.owed.entry((month, key)).or_default();
        *owed += amount;
        let due = due_date(rules, Mark::NOW, month)?;
        self.debts.entry(key).or_default().push(Debt { month, due, amount });
        Ok(())
    }

    /// Splits money over the bills of the months before `before`; the rest waits. It is counted as paid in `booked`: what
    /// waited, in the month whose bill claimed it.
    fn pay(&mut self, before: Month, booked: Month, (day, purpose, amount): (NaiveDate, Purpose, Money)) {
        let open = self.owed.iter().filter(|((month, _), _)| *month < before);
        let items: Vec<Item> = open
            .map(|((month, key), amount)| Item {
                month: *month,
                service: key.0,
                contract: key.1,
                part: Part::Debt,
                active: true,
                amount: *amount,
            })
            .collect();
        let (parts, rest) = allocate(amount, &items, purpose, self.order);
        let mut received: BTreeMap<ContractId, Money> = BTreeMap::new();
        for (item, part) in items.iter().zip(parts).filter(|(_, part)| *part != Money::ZERO) {
            let key = (item.service, item.contract);
            *received.entry(item.contract).or_default() += part;
            let owed = self.owed.entry((item.month, key)).or_default();
            *owed = *owed - part;
            self.credits.entry(key).or_default().push(Credit { month: Some(item.month), day, amount: part });
            let row = self.row(booked, key);
            row.paid += part;
            row.closing = row.closing - part;
        }
        self.received.extend(received);
        if rest != Money::ZERO {
            self.waiting.push((day, purpose, rest));
        }
    }

    /// Books the bill of a month. What a recalculation takes back is owed less for its own month.
    fn charge(&mut self, case: &Case, played: &Played, month: Month) -> Result<(), NoParameter> {
        let Some(bill) = played.months.get(&month) else { return Ok(()) };
        for line in &bill.charged.lines {
            if line.key.account != self.account || line.key.component.is_payout() {
                continue;
            }
            let key = (line.key.service, line.key.contract);
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
            let key = (entry.key.service, entry.key.contract);
            let of = if entry.amount < Money::ZERO { entry.month } else { month };
            self.owe(&case.rules, of, key, entry.amount)?;
            let row = self.row(month, key);
            row.recalculated += entry.amount;
            row.closing += entry.amount;
        }
        Ok(())
    }
}

/// What is owed for each month.
fn by_month(owed: BTreeMap<(Month, Key), Money>) -> Vec<(Month, Money)> {
    let mut months: BTreeMap<Month, Money> = BTreeMap::new();
    for ((month, _), amount) in owed {
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
