//! Who may see the rows of a unit: each row has the scope of the house it is about.

use rustc_hash::FxHashMap;

use crate::calc::facts::UnitFacts;
use crate::calc::ids::{AccountId, HouseId, MeterId};
use crate::job::projected::ProjectedUnit;

/// Scopes of the houses of a unit and of what hangs on them.
pub(super) struct Scopes<'a> {
    facts: &'a UnitFacts,
    accounts: FxHashMap<AccountId, i32>,
}

impl<'a> Scopes<'a> {
    /// Of one unit.
    pub(super) fn of(unit: &'a ProjectedUnit) -> Self {
        let houses = unit.facts.houses.iter();
        let accounts = houses.flat_map(|house| {
            let accounts = house.premises.iter().flat_map(|premises| &premises.accounts);
            accounts.map(move |account| (account.id, house.scope))
        });
        Self { facts: &unit.facts, accounts: accounts.collect() }
    }

    /// Of an account; of the first house where it is not of this unit.
    pub(super) fn account(&self, account: AccountId) -> i32 {
        self.accounts.get(&account).copied().unwrap_or_else(|| self.first())
    }

    /// Of a house.
    pub(super) fn house(&self, house: HouseId) -> i32 {
        let found = self.facts.houses.iter().find(|one| one.id == house);
        found.map_or_else(|| self.first(), |house| house.scope)
    }

    /// Of a meter: a group meter is that of the first house.
    pub(super) fn meter(&self, meter: MeterId) -> i32 {
        if self.facts.houses.len() == 1 {
            return self.first();
        }
        let found = self.facts.houses.iter().find(|house| {
            let flats = house.premises.iter().flat_map(|premises| &premises.meters);
            house.meters.iter().chain(flats).any(|one| one.id == meter)
        });
        found.map_or_else(|| self.first(), |house| house.scope)
    }

    fn first(&self) -> i32 {
        self.facts.houses.first().map_or(0, |house| house.scope)
    }
}
