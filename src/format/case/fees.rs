//! What payments of a case cost (dossier § 7.5): `[[fee]]` names the percentages that are kept of what a provider is transferred, and those
//! the payer gives on top of the payment.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Case;
use super::amounts::Percent;
use super::error::CaseError;
use super::ledger::Statement;
use super::names::Directory;
use super::row::Row;
use crate::calc::fee::Fee;
use crate::calc::ids::ContractId;
use crate::calc::money::Money;

/// Which payments a fee is taken of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// What every payment of the case brought one provider.
    Provider(ContractId),
    /// Every payment of the case, whole: what waits for its bill too.
    Payments,
    /// Sums the file names; the case needs no house then.
    Named(Vec<Money>),
}

/// The fees of one provider, or of payments as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFee {
    /// The line of the file.
    pub place: usize,
    /// The name of the provider; none where payments are meant as a whole.
    pub provider: Option<String>,
    /// What it is taken of.
    pub of: Of,
    /// What the bank keeps.
    pub bank: Fee,
    /// What the centre keeps.
    pub centre: Fee,
    /// What the payer gives on top of the payment; it lowers nobody's transfer.
    pub added: Fee,
    /// Of payments of this day alone; of all where none is named.
    pub day: Option<NaiveDate>,
    /// What was left to transfer before.
    pub opening: Money,
    /// What was transferred.
    pub transferred: Money,
    /// What must come out.
    pub expected: Vec<(&'static str, Money)>,
}

/// What one provider is transferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Transfer {
    /// What payers gave.
    pub received: Money,
    /// Kept by the bank.
    pub bank: Money,
    /// Kept by the centre.
    pub centre: Money,
    /// Given on top of the payments.
    pub added: Money,
    /// Given back: what was received is less by it.
    pub returned: Money,
    /// Left to transfer in the end (dossier § 7.6).
    pub closing: Money,
}

/// What must come out may name these.
const SUMS: [&str; 8] = ["received", "returned", "bank", "centre", "transfer", "added", "given", "closing"];

impl Transfer {
    /// Its sums by their names in the file.
    #[must_use]
    pub fn sums(&self) -> [(&'static str, Money); 8] {
        let [received, returned, bank, centre, transfer, added, given, closing] = SUMS;
        [
            (received, self.received),
            (returned, self.returned),
            (bank, self.bank),
            (centre, self.centre),
            (transfer, self.transfer()),
            (added, self.added),
            (given, self.given()),
            (closing, self.closing),
        ]
    }

    /// What is left for whom it is transferred to.
    #[must_use]
    pub fn transfer(&self) -> Money {
        self.received - self.bank - self.centre
    }

    /// What payers gave together with what was on top.
    #[must_use]
    pub fn given(&self) -> Money {
        self.received + self.added
    }
}

/// Reads `[[fee]]`.
pub(super) fn read(root: &Row<'_>, names: &Directory) -> Result<Vec<AskedFee>, CaseError> {
    let mut fees = Vec::new();
    for row in root.rows("fee")? {
        let mut expected = Vec::new();
        for sums in row.rows("expect")? {
            for name in SUMS {
                expected.extend(sums.get(name)?.map(|sum| (name, sum)));
            }
            sums.close()?;
        }
        let provider: Option<String> = row.get("provider")?;
        fees.push(AskedFee {
            place: row.line(),
            of: of(&row, provider.clone(), names)?,
            provider,
            bank: fee(&row, ["bank", "bank_least", "bank_most"])?,
            centre: fee(&row, ["centre", "centre_least", "centre_most"])?,
            added: fee(&row, ["added", "added_least", "added_most"])?,
            day: row.get("day")?,
            opening: row.or("opening", Money::ZERO)?,
            transferred: row.or("transferred", Money::ZERO)?,
            expected,
        });
        row.close()?;
    }
    Ok(fees)
}

/// Sums that are named stand for themselves, whoever the provider is.
fn of(row: &Row<'_>, provider: Option<String>, names: &Directory) -> Result<Of, CaseError> {
    if let Some(sums) = row.get::<Vec<Money>>("payments")? {
        return Ok(Of::Named(sums));
    }
    let contract = provider.map(|name| names.contract_with(name, row.line_at("provider"))).transpose()?;
    Ok(contract.map_or(Of::Payments, Of::Provider))
}

fn fee(row: &Row<'_>, [percent, least, most]: [&'static str; 3]) -> Result<Fee, CaseError> {
    Ok(Fee {
        percent: row.or(percent, Percent(Decimal::ZERO))?.0,
        least: row.get(least)?,
        most: row.get(most)?,
    })
}

/// What the fees of the file come to, in its order: each of every payment by itself, then summed.
#[must_use]
pub fn transfers(case: &Case, statements: &[Statement]) -> Vec<Transfer> {
    case.fees.iter().map(|fee| transfer(fee, &taken_of(case, statements, fee))).collect()
}

fn transfer(fee: &AskedFee, payments: &[Money]) -> Transfer {
    let sum = payments.iter().fold(Transfer::default(), |sum, gross| Transfer {
        received: sum.received + *gross,
        bank: sum.bank + fee.bank.of(*gross),
        centre: sum.centre + fee.centre.of(*gross),
        added: sum.added + fee.added.of(*gross),
        returned: sum.returned - (*gross).min(Money::ZERO),
        ..sum
    });
    Transfer { closing: fee.opening + sum.transfer() - fee.transferred, ..sum }
}

/// The sums a fee is taken of, one a payment; below zero is what was given back.
fn taken_of(case: &Case, statements: &[Statement], fee: &AskedFee) -> Vec<Money> {
    let is_of_day = |day: NaiveDate| fee.day.is_none_or(|only| only == day);
    match &fee.of {
        Of::Named(sums) => sums.clone(),
        Of::Provider(contract) => {
            let received = statements.iter().flat_map(|statement| &statement.received);
            let mine = received.filter(|(of, day, _)| of == contract && is_of_day(*day));
            mine.map(|(_, _, gross)| *gross).collect()
        }
        Of::Payments => {
            let asked = case.payments.iter().filter(|paid| case.only.is_none_or(|only| only == paid.account));
            let asked = asked.filter(|paid| is_of_day(paid.day));
            asked.map(|paid| if paid.reverses.is_some() { -paid.amount } else { paid.amount }).collect()
        }
    }
}
