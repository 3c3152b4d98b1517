//! The expected part of a case: what each account is charged in a month, and what is recalculated in it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::error::CaseError;
use super::names::Directory;
use super::row::Row;
use super::words::word_if_any;
use crate::calc::allocate::Part;
use crate::calc::ids::{AccountId, ContractId, Mark, ServiceId};
use crate::calc::line::{Basis, Component};
use crate::calc::money::Money;
use crate::calc::period::Month;

/// What one account must get in one month: these lines and no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// The line of the file, for the table of differences.
    pub place: usize,
    /// The account.
    pub account: AccountId,
    /// The month the charges are for and the recalculations are booked in.
    pub month: Month,
    /// Charged lines.
    pub lines: Vec<ExpectedLine>,
    /// Recalculation entries.
    pub recalculations: Vec<ExpectedEntry>,
    /// Exceptions: what could not be charged.
    pub exceptions: Vec<ExpectedException>,
    /// Charges and recalculations together, where the case states their sum.
    pub total: Option<Money>,
    /// What the account owes after all months of the case.
    pub closing: Option<Money>,
    /// Balances of services in the month.
    pub balances: Vec<ExpectedBalance>,
    /// Services payment by instalments is offered for.
    pub instalments: Option<Vec<ServiceId>>,
    /// The last day the bill of the month may be paid in time.
    pub due: Option<NaiveDate>,
    /// Its penalties as of the day the case names.
    pub penalty: Option<Money>,
}

/// The balance of a service; what is not named is not compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedBalance {
    /// The service.
    pub service: ServiceId,
    /// The contract, where the case states its provider.
    pub contract: Option<ContractId>,
    /// Principal or penalty.
    pub part: Part,
    /// Sums by their names in the file.
    pub sums: Vec<(&'static str, Money)>,
}

/// An expected line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedLine {
    /// The service.
    pub service: ServiceId,
    /// The part of the service.
    pub component: Component,
    /// The contract, where the case states its provider.
    pub contract: Option<ContractId>,
    /// The volume.
    pub volume: Decimal,
    /// The rate in force last in the month.
    pub rate: Decimal,
    /// The amount.
    pub amount: Money,
    /// How the volume came about, where the case states it.
    pub basis: Option<Basis>,
    /// Phrases its explanation must contain.
    pub trace: Vec<String>,
}

/// An expected recalculation entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedEntry {
    /// The month recalculated.
    pub of: Month,
    /// The operation that caused it.
    pub cause: Mark,
    /// The service.
    pub service: ServiceId,
    /// The part of the service.
    pub component: Component,
    /// The contract, where the case states its provider.
    pub contract: Option<ContractId>,
    /// Difference of volumes.
    pub volume: Decimal,
    /// Difference of amounts.
    pub amount: Money,
}

/// An expected exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedException {
    /// The service, unless the whole account could not be charged.
    pub service: Option<ServiceId>,
    /// Words its sentence contains.
    pub says: String,
}

/// Reads `[[expect]]`.
pub(super) fn read(root: &Row<'_>, names: &Directory) -> Result<Vec<Expected>, CaseError> {
    root.rows("expect")?.into_iter().map(|row| expected(row, names)).collect()
}

fn expected(row: Row<'_>, names: &Directory) -> Result<Expected, CaseError> {
    let each = |key| Ok(row.rows(key)?.into_iter());
    let expected = Expected {
        place: row.line(),
        account: names.account(row.need("account")?, row.line_at("account"))?,
        month: row.need("month")?,
        lines: each("line")?.map(|row| line(row, names)).collect::<Result<_, _>>()?,
        recalculations: each("recalculation")?.map(|row| entry(row, names)).collect::<Result<_, _>>()?,
        exceptions: each("exception")?.map(|row| exception(row, names)).collect::<Result<_, _>>()?,
        total: row.get("total")?,
        closing: row.get("closing")?,
        balances: each("balance")?.map(|row| balance(row, names)).collect::<Result<_, _>>()?,
        instalments: instalments(&row, names)?,
        due: row.get("due")?,
        penalty: row.get("penalty")?,
    };
    row.close()?;
    Ok(expected)
}

fn instalments(row: &Row<'_>, names: &Directory) -> Result<Option<Vec<ServiceId>>, CaseError> {
    let line = row.line_at("instalment");
    let codes: Option<Vec<String>> = row.get("instalment")?;
    codes.map(|codes| codes.into_iter().map(|code| names.service(code, line)).collect()).transpose()
}

/// The columns of a balance.
const COLUMNS: [&str; 7] =
    ["opening", "charged", "recalculated", "privilege", "corrected", "paid", "closing"];

fn balance(row: Row<'_>, names: &Directory) -> Result<ExpectedBalance, CaseError> {
    let service = names.service(row.need("service")?, row.line_at("service"))?;
    let contract = contract(&row, names)?;
    let part = word_if_any(&row, "part")?.unwrap_or(Part::Debt);
    let mut sums = Vec::new();
    for column in COLUMNS {
        sums.extend(row.get(column)?.map(|sum| (column, sum)));
    }
    row.close()?;
    Ok(ExpectedBalance { service, contract, part, sums })
}

fn line(row: Row<'_>, names: &Directory) -> Result<ExpectedLine, CaseError> {
    let line = ExpectedLine {
        service: names.service(row.need("service")?, row.line_at("service"))?,
        component: word_if_any(&row, "component")?.unwrap_or(Component::Base),
        contract: contract(&row, names)?,
        volume: row.need("volume")?,
        rate: row.need("rate")?,
        amount: row.need("amount")?,
        basis: word_if_any(&row, "basis")?,
        trace: row.or("trace", Vec::new())?,
    };
    row.close()?;
    Ok(line)
}

fn entry(row: Row<'_>, names: &Directory) -> Result<ExpectedEntry, CaseError> {
    let entry = ExpectedEntry {
        of: row.need("of")?,
        cause: Mark(row.need("cause")?),
        service: names.service(row.need("service")?, row.line_at("service"))?,
        component: word_if_any(&row, "component")?.unwrap_or(Component::Base),
        contract: contract(&row, names)?,
        volume: row.need("volume")?,
        amount: row.need("amount")?,
    };
    row.close()?;
    Ok(entry)
}

fn contract(row: &Row<'_>, names: &Directory) -> Result<Option<ContractId>, CaseError> {
    row.get("provider")?.map(|provider| names.contract_with(provider, row.line_at("provider"))).transpose()
}

fn exception(row: Row<'_>, names: &Directory) -> Result<ExpectedException, CaseError> {
    let service = row.get("service")?.map(|code| names.service(code, row.line_at("service"))).transpose()?;
    let exception = ExpectedException { service, says: row.need("says")? };
    row.close()?;
    Ok(exception)
}
