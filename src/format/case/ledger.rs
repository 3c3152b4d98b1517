//! The money part of a case: debts brought from before, payments, and what the accounts come to month by month.
//!
//! A payment meets the bills of the months before its own; what is left waits for the next bill (dossier § 7). The
//! penalty is that of the ledger as of a stated day (§ 6).

use chrono::NaiveDate;

use super::amounts::Paid;
use super::book::Ledger;
use super::error::{CaseError, Mistake, Noun};
use super::names::Directory;
use super::row::{Row, nearest};
use super::words::word_if_any;
use super::{Case, Played};
use crate::calc::allocate::{Part, Purpose};
use crate::calc::ids::{AccountId, ContractId, ServiceId};
use crate::calc::money::Money;
use crate::calc::penalty::{Accrued, NoParameter};
use crate::calc::period::Month;

/// Money that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// The account.
    pub account: AccountId,
    /// The day the payer paid.
    pub day: NaiveDate,
    /// The amount.
    pub amount: Money,
    /// What the payer named: the month, the service, that it is for penalty.
    pub purpose: Purpose,
    /// Its name, where another payment takes it back.
    pub name: Option<String>,
    /// The payment it takes back, part by part.
    pub reverses: Option<String>,
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
    /// Principal, or a penalty booked before.
    pub part: Part,
    /// The service is not rendered any more.
    pub ended: bool,
}

/// A sum put right by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The account.
    pub account: AccountId,
    /// The service.
    pub service: ServiceId,
    /// The contract.
    pub contract: ContractId,
    /// The month it is booked in.
    pub month: Month,
    /// The amount, with its sign.
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
    /// What every payment brought a provider and on which day, a sum a payment; below zero where it was taken back.
    pub received: Vec<(ContractId, NaiveDate, Money)>,
}

/// The balance of one service of an account in a month: `closing = opening + charged + recalculated + privilege + corrected −
/// paid`; all columns have their sign (dossier § 9.1). Penalties brought from before have balances of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The month.
    pub month: Month,
    /// The service.
    pub service: ServiceId,
    /// The contract.
    pub contract: ContractId,
    /// Principal or penalty.
    pub part: Part,
    /// Owed before the month; negative is an overpayment.
    pub opening: Money,
    /// Charged for the month itself.
    pub charged: Money,
    /// Recalculated for earlier months, and what undersupply, absence and the executor's fine take off this one: what the bill
    /// shows as recalculation (354 п. 69).
    pub recalculated: Money,
    /// Privileges of the month itself.
    pub privilege: Money,
    /// Put right by hand.
    pub corrected: Money,
    /// Paid in the month, less what was taken back.
    pub paid: Money,
    /// Owed after it.
    pub closing: Money,
}

impl Balance {
    /// Its columns by their names in the file.
    #[must_use]
    pub fn columns(&self) -> [(&'static str, Money); 7] {
        [
            ("opening", self.opening),
            ("charged", self.charged),
            ("recalculated", self.recalculated),
            ("privilege", self.privilege),
            ("corrected", self.corrected),
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
        let payment = Payment {
            account: names.account(row.need("account")?, row.line_at("account"))?,
            day: row.need("day")?,
            amount: row.need::<Paid>("amount")?.0,
            purpose: purpose(&row, names)?,
            name: row.get("name")?,
            reverses: row.get("reverses")?,
        };
        check_name(&row, &payment, &payments)?;
        check_reversal(&row, &payment, &payments)?;
        payments.push(payment);
        row.close()?;
    }
    payments.sort_by_key(|payment| payment.day);
    Ok(payments)
}

/// A name is given once: it says which payment is taken back.
fn check_name(row: &Row<'_>, payment: &Payment, before: &[Payment]) -> Result<(), CaseError> {
    let Some(name) = &payment.name else { return Ok(()) };
    if before.iter().any(|other| other.name.as_ref() == Some(name)) {
        let mistake = Mistake::Repeated { noun: Noun::Payment, name: name.clone() };
        return Err(row.mistake_at("name", mistake));
    }
    Ok(())
}

/// A payment is taken back whole, and after it came.
fn check_reversal(row: &Row<'_>, payment: &Payment, before: &[Payment]) -> Result<(), CaseError> {
    let Some(name) = &payment.reverses else { return Ok(()) };
    let Some(paid) = before.iter().find(|other| other.name.as_ref() == Some(name)) else {
        let nearest = nearest(name, before.iter().filter_map(|other| other.name.as_deref()));
        let mistake = Mistake::UnknownName { noun: Noun::Payment, name: name.clone(), nearest };
        return Err(row.mistake_at("reverses", mistake));
    };
    let whole = (payment.account, payment.amount) == (paid.account, paid.amount) && paid.day <= payment.day;
    if whole { Ok(()) } else { Err(row.mistake(Mistake::Reversal { day: paid.day, amount: paid.amount })) }
}

fn purpose(row: &Row<'_>, names: &Directory) -> Result<Purpose, CaseError> {
    let service: Option<String> = row.get("service")?;
    let service = service.map(|code| names.service(code, row.line_at("service"))).transpose()?;
    Ok(Purpose { month: row.get("month")?, service, part: word_if_any(row, "part")? })
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
            part: word_if_any(&row, "part")?.unwrap_or(Part::Debt),
            ended: row.or("ended", false)?,
        });
        row.close()?;
    }
    Ok(debts)
}

/// Reads `[[correction]]`.
pub(super) fn corrections(root: &Row<'_>, names: &mut Directory) -> Result<Vec<Correction>, CaseError> {
    let mut corrections = Vec::new();
    for row in root.rows("correction")? {
        row.get::<String>("ground")?;
        corrections.push(Correction {
            account: names.account(row.need("account")?, row.line_at("account"))?,
            service: names.service(row.need("service")?, row.line_at("service"))?,
            contract: names.contract(row.need("provider")?),
            month: row.need("month")?,
            amount: row.need("amount")?,
        });
        row.close()?;
    }
    Ok(corrections)
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
