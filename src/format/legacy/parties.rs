//! Providers: who is paid, and what is kept back.

use rust_decimal::Decimal;

use super::cells::{Cells, PERCENT};
use super::intake::{Intake, unique};
use super::{Code, Reason, Source, Sourced};

/// An organisation that is paid for services (поставщик).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its code in the old program.
    pub code: Code,
    /// Its name.
    pub name: String,
    /// Percent of what is paid to it that the agent who took the money keeps, 0 to 100.
    pub fee_agent: Option<Decimal>,
    /// Percent that the centre keeps.
    pub fee_centre: Option<Decimal>,
    /// Tax number (ИНН).
    pub tin: Option<String>,
    /// Number in the register of organisations (ОКПО).
    pub okpo: Option<String>,
    /// Code of its bank in Russia (БИК).
    pub bic: Option<String>,
    /// Code of its bank in Ukraine and Belarus (МФО).
    pub mfo: Option<String>,
    /// Its settlement account in that bank.
    pub settlement_account: Option<String>,
    /// The bank's name.
    pub bank: Option<String>,
}

impl Intake {
    pub(super) fn provider(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        let code = Code::from(cells.must("code")?.text);
        unique(&self.providers, &self.data.providers, &code, || format!("поставщик «{code}»"))?;
        let percent = |field| {
            let Some(cell) = cells.may(field)? else { return Ok(None) };
            let percent = cell.positive(PERCENT)?;
            if percent > Decimal::ONE_HUNDRED {
                Err(cell.wrong("процент от 0 до 100"))
            } else {
                Ok(Some(percent))
            }
        };
        let row = Provider {
            code: code.clone(),
            name: cells.must("name")?.text.to_owned(),
            fee_agent: percent("fee_agent")?,
            fee_centre: percent("fee_centre")?,
            tin: cells.text("tin")?,
            okpo: cells.text("okpo")?,
            bic: cells.text("bic")?,
            mfo: cells.text("mfo")?,
            settlement_account: cells.text("settlement_account")?,
            bank: cells.text("bank")?,
        };
        self.providers.insert(code, self.data.providers.len());
        self.data.providers.push(Sourced { at, row });
        Ok(())
    }
}
