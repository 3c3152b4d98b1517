//! From charge bases to plans of houses: old programs say of each account what it is charged by, here a house has a
//! plan and an account its exceptions. What most accounts of a house have is the plan of the house.

use std::collections::{BTreeMap, BTreeSet};

use super::super::profile::ChargeMethod;
use super::{Address, ChargeBase, Code, LegacyData, Service};

/// A house, how its services are charged, and its accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HousePlan<'a> {
    /// The address of one of its premises: city, street and house are those of all.
    pub address: &'a Address,
    /// Services charged by the plan of the house.
    pub services: Vec<&'a Code>,
    /// Accounts in the order of the data.
    pub accounts: Vec<AccountPlan<'a>>,
}

/// What an account is charged by, and how it differs from its house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPlan<'a> {
    /// The place of the account in [`LegacyData::accounts`].
    pub account: usize,
    /// Its bases.
    pub bases: Vec<&'a ChargeBase>,
    /// Services it has and its house has not.
    pub own: Vec<&'a Code>,
    /// Services its house has and it has not.
    pub off: Vec<&'a Code>,
}

impl LegacyData {
    /// The houses in the order of their addresses.
    #[must_use]
    pub fn houses(&self) -> Vec<HousePlan<'_>> {
        let mut bases: BTreeMap<&str, Vec<&ChargeBase>> = BTreeMap::new();
        for base in &self.bases {
            bases.entry(&base.row.account).or_default().push(&base.row);
        }
        let mut houses: BTreeMap<(&str, &str, &str), HousePlan<'_>> = BTreeMap::new();
        for (place, account) in self.accounts.iter().enumerate() {
            let Some(premises) = self.premises.get(account.row.premises) else { continue };
            let address = &premises.address;
            let key = (address.city.as_str(), address.street.as_str(), address.house.as_str());
            let empty = || HousePlan { address, services: Vec::new(), accounts: Vec::new() };
            let bases = bases.remove(account.row.number.as_ref()).unwrap_or_default();
            let plan = AccountPlan { account: place, bases, own: Vec::new(), off: Vec::new() };
            houses.entry(key).or_insert_with(empty).accounts.push(plan);
        }
        let by_count: BTreeSet<&str> = self
            .services
            .iter()
            .filter(|service| counted(&service.row))
            .map(|it| it.row.code.as_ref())
            .collect();
        let mut houses: Vec<HousePlan<'_>> = houses.into_values().collect();
        houses.iter_mut().for_each(|house| house.settle(&by_count));
        houses
    }
}

/// Whether an account without a base simply has no line, so that the plan of the house does it no harm.
fn counted(service: &Service) -> bool {
    matches!(service.method, ChargeMethod::Quantity | ChargeMethod::MonthVolume | ChargeMethod::Ready)
}

impl<'a> HousePlan<'a> {
    /// Puts into the plan what more than half of the accounts have, and anything counted; what is left are
    /// exceptions.
    fn settle(&mut self, counted: &BTreeSet<&str>) {
        let mut takers: BTreeMap<&'a Code, usize> = BTreeMap::new();
        for base in self.accounts.iter().flat_map(|account| &account.bases) {
            *takers.entry(&base.service).or_default() += 1;
        }
        let common = |(service, takers): &(&'a Code, usize)| {
            counted.contains(service.as_ref()) || takers * 2 > self.accounts.len()
        };
        self.services = takers.into_iter().filter(common).map(|(service, _)| service).collect();
        for account in &mut self.accounts {
            let has: BTreeSet<&'a Code> = account.bases.iter().map(|base| &base.service).collect();
            account.own = has.iter().copied().filter(|service| !self.services.contains(service)).collect();
            let lacks = |service: &&&'a Code| !has.contains(**service) && !counted.contains(service.as_ref());
            account.off = self.services.iter().filter(lacks).copied().collect();
        }
    }
}
