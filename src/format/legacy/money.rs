//! What the old program charged by, what was owed to it, and what it charged, to compare with.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::profile::ChargeMethod;
use super::cells::{AREA, Cell, Cells, VOLUME};
use super::intake::{Intake, find, unique};
use super::places::{MOST_PERSONS, agree};
use super::{Code, Reason, Source, Sourced};
use crate::calc::money::Money;

/// What an account is charged by for a service in the month: never a sum, unless the service is a ready amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeBase {
    /// The account.
    pub account: Code,
    /// The service.
    pub service: Code,
    /// Square metres, persons, a quantity, a volume or roubles, by the service's method.
    pub base: Decimal,
}

/// The balance of an account and service at the beginning of the month; positive = debt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningBalance {
    /// The account.
    pub account: Code,
    /// The service.
    pub service: Code,
    /// The balance.
    pub amount: Money,
}

/// A sum the old program charged for a service in the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// The account; `None` where the file gives totals only.
    pub account: Option<Code>,
    /// The service.
    pub service: Code,
    /// The sum.
    pub amount: Money,
}

impl Intake {
    pub(super) fn charge_base(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        cells.check_month(self.data.month)?;
        let (account_place, account) = self.account_of(cells)?;
        let (service_place, service) = self.service_of(cells)?;
        let key = (account_place, service_place);
        let what = || format!("начисление счёту {account} по услуге «{service}»");
        unique(&self.bases, &self.data.bases, &key, what)?;
        self.check_prices(service_place)?;
        let base = self.base(account_place, service_place, &cells.must("base")?)?;
        self.bases.insert(key, self.data.bases.len());
        self.data.bases.push(Sourced { at, row: ChargeBase { account, service, base } });
        Ok(())
    }

    pub(super) fn opening_balance(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        cells.check_month(self.data.month)?;
        let (account_place, account) = self.account_of(cells)?;
        let (service_place, service) = self.service_of(cells)?;
        let key = (account_place, service_place);
        let what = || format!("сальдо счёта {account} по услуге «{service}»");
        unique(&self.balances, &self.data.balances, &key, what)?;
        let amount = cells.must("amount")?.money()?;
        self.balances.insert(key, self.data.balances.len());
        self.data.balances.push(Sourced { at, row: OpeningBalance { account, service, amount } });
        Ok(())
    }

    pub(super) fn control(&mut self, cells: &Cells<'_>, at: Source) -> Result<(), Reason> {
        cells.check_month(self.data.month)?;
        let account = cells.may("account")?.map(|cell| Code::from(cell.text));
        let (_, service) = self.service_of(cells)?;
        let amount = cells.must("amount")?.money()?;
        self.data.controls.push(Sourced { at, row: Control { account, service, amount } });
        Ok(())
    }

    fn account_of(&self, cells: &Cells<'_>) -> Result<(usize, Code), Reason> {
        let cell = cells.must("account")?;
        let place = find(&self.accounts, "лицевого счёта", cell.text)?;
        let number =
            self.data.accounts.get(place).map_or_else(|| cell.text.into(), |it| it.row.number.clone());
        Ok((place, number))
    }

    /// What the service is charged by must be known on the first day of the month.
    fn check_prices(&self, place: usize) -> Result<(), Reason> {
        let Some(service) = self.data.services.get(place).map(|service| &service.row) else { return Ok(()) };
        let day = self.data.month.first_day();
        let known = |prices: &BTreeMap<(usize, NaiveDate), usize>| {
            prices.range((place, NaiveDate::MIN)..=(place, day)).next().is_some()
        };
        if service.method != ChargeMethod::Ready && !known(&self.tariffs) {
            return Err(Reason::NoRate { service: service.code.clone(), day });
        }
        if service.method == ChargeMethod::Persons && !known(&self.norms) {
            return Err(Reason::NoNorm { service: service.code.clone(), day });
        }
        Ok(())
    }

    /// A base that is an area or a number of persons must agree with the premises and the account, or tells what
    /// they leave untold.
    fn base(&mut self, account: usize, service: usize, cell: &Cell<'_>) -> Result<Decimal, Reason> {
        let data = &mut self.data;
        let service = data.services.get(service).map(|service| &service.row);
        let account = data.accounts.get_mut(account).map(|account| &mut account.row);
        let (Some(service), Some(account)) = (service, account) else { return cell.positive(VOLUME) };
        let Some(premises) = data.premises.get_mut(account.premises) else { return cell.positive(VOLUME) };
        let areas = &mut premises.areas;
        let area = |what, known| {
            let base = cell.positive(AREA)?;
            agree(what, known, Some(base)).map(|()| base)
        };
        match service.method {
            ChargeMethod::AreaTotal => area("общая площадь помещения", &mut areas.total),
            ChargeMethod::AreaLiving => area("жилая площадь помещения", &mut areas.living),
            ChargeMethod::AreaHeated => area("отапливаемая площадь помещения", &mut areas.heated),
            ChargeMethod::Persons => {
                let persons = Decimal::from(cell.whole(MOST_PERSONS)?);
                agree("число жителей", &mut account.persons, Some(persons)).map(|()| persons)
            }
            ChargeMethod::Quantity | ChargeMethod::MonthVolume => {
                let base = cell.positive(VOLUME)?;
                let fine = base.scale() > service.scale;
                if fine { Err(Reason::TooFine { base, scale: service.scale }) } else { Ok(base) }
            }
            ChargeMethod::Ready => cell.money().map(Money::roubles),
        }
    }
}
