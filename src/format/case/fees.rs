//! What payments of a case cost (dossier § 7.5): `[[fee]]` names the percentages that are kept of what a provider is transferred, and those
//! the payer gives on top of the payment.

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
}

/// What must come out may name these.
const SUMS: [&str; 6] = ["received", "bank", "centre", "transfer", "added", "given"];

impl Transfer {
    /// Its sums by their names in the file.
    #[must_use]
    pub fn sums(&self) -> [(&'static str, Money); 6] {
        let [received, bank, centre, transfer, added, given] = SUMS;
        [
            (received, self.received),
            (bank, self.bank),
            (centre, self.centre),
            (transfer, self.transfer()),
            (added, self.added),
            (given, self.given()),
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
    let of = |fee: &AskedFee| {
        taken_of(case, statements, &fee.of).into_iter().fold(Transfer::default(), |sum, gross| Transfer {
            received: sum.received + gross,
            bank: sum.bank + fee.bank.of(gross),
            centre: sum.centre + fee.centre.of(gross),
            added: sum.added + fee.added.of(gross),
        })
    };
    case.fees.iter().map(of).collect()
}

/// The sums a fee is taken of, one a payment; below zero is what was given back.
fn taken_of(case: &Case, statements: &[Statement], of: &Of) -> Vec<Money> {
    match of {
        Of::Named(sums) => sums.clone(),
        Of::Provider(contract) => {
            let received = statements.iter().flat_map(|statement| &statement.received);
            received.filter(|(of, _)| of == contract).map(|(_, gross)| *gross).collect()
        }
        Of::Payments => {
            let asked = case.payments.iter().filter(|paid| case.only.is_none_or(|only| only == paid.account));
            asked.map(|paid| if paid.reverses.is_some() { -paid.amount } else { paid.amount }).collect()
        }
    }
}
