//! What is kept of the payments of a case (dossier § 7.5): `[[fee]]` names the percentages of a provider.

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

/// The fees of one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFee {
    /// The line of the file.
    pub place: usize,
    /// The contract of the provider.
    pub contract: ContractId,
    /// What the bank keeps.
    pub bank: Fee,
    /// What the centre keeps.
    pub centre: Fee,
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
}

impl Transfer {
    /// Its sums by their names in the file.
    #[must_use]
    pub fn sums(&self) -> [(&'static str, Money); 4] {
        let transfer = self.received - self.bank - self.centre;
        [("received", self.received), ("bank", self.bank), ("centre", self.centre), ("transfer", transfer)]
    }
}

/// Reads `[[fee]]`.
pub(super) fn read(root: &Row<'_>, names: &Directory) -> Result<Vec<AskedFee>, CaseError> {
    let mut fees = Vec::new();
    for row in root.rows("fee")? {
        let mut expected = Vec::new();
        for sums in row.rows("expect")? {
            for name in ["received", "bank", "centre", "transfer"] {
                expected.extend(sums.get(name)?.map(|sum| (name, sum)));
            }
            sums.close()?;
        }
        fees.push(AskedFee {
            place: row.line(),
            contract: names.contract_with(row.need("provider")?, row.line_at("provider"))?,
            bank: fee(&row, ["bank", "bank_least", "bank_most"])?,
            centre: fee(&row, ["centre", "centre_least", "centre_most"])?,
            expected,
        });
        row.close()?;
    }
    Ok(fees)
}

fn fee(row: &Row<'_>, [percent, least, most]: [&'static str; 3]) -> Result<Fee, CaseError> {
    Ok(Fee {
        percent: row.or(percent, Percent(Decimal::ZERO))?.0,
        least: row.get(least)?,
        most: row.get(most)?,
    })
}

/// What the providers with fees are transferred, in order of the file.
#[must_use]
pub fn transfers(case: &Case, statements: &[Statement]) -> Vec<Transfer> {
    let of = |fee: &AskedFee| {
        let received = statements.iter().flat_map(|statement| &statement.received);
        let mine = received.filter(|(contract, _)| *contract == fee.contract);
        mine.fold(Transfer::default(), |sum, (_, gross)| Transfer {
            received: sum.received + *gross,
            bank: sum.bank + fee.bank.of(*gross),
            centre: sum.centre + fee.centre.of(*gross),
        })
    };
    case.fees.iter().map(of).collect()
}
