//! Names instead of numbers: a case speaks of services by code and of accounts by number, a calculation of ids.

use super::error::{CaseError, Mistake, Noun};
use super::row::nearest;
use crate::calc::ids::{
    AccountId, CategoryId, ContractId, DeficiencyId, HouseId, MeterId, NormId, PersonId, PremisesId,
    ServiceId, TariffId,
};

/// The names of one kind of things; an id is the place of the name, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    noun: Noun,
    names: Vec<String>,
}

impl Names {
    const fn of(noun: Noun) -> Self {
        Self { noun, names: Vec::new() }
    }

    /// The name of an id; the bare number for an id the file did not give.
    #[must_use]
    pub fn name(&self, id: i64) -> String {
        let place = usize::try_from(id - 1).ok();
        place.and_then(|place| self.names.get(place)).cloned().unwrap_or_else(|| id.to_string())
    }

    /// Names a new thing.
    pub(super) fn declare(&mut self, name: String, line: usize) -> Result<i64, CaseError> {
        if name.trim().is_empty() {
            return Err(CaseError { line, mistake: Mistake::Nameless });
        }
        if self.place(&name).is_some() {
            return Err(CaseError { line, mistake: Mistake::Repeated { noun: self.noun, name } });
        }
        self.names.push(name);
        Ok(self.last())
    }

    /// The thing of this name, whether it was spoken of before or not.
    pub(super) fn mention(&mut self, name: String) -> i64 {
        self.place(&name).unwrap_or_else(|| {
            self.names.push(name);
            self.last()
        })
    }

    /// The thing of this name, which must have been declared.
    pub(super) fn find(&self, name: String, line: usize) -> Result<i64, CaseError> {
        self.place(&name).ok_or_else(|| {
            let nearest = nearest(&name, self.names.iter().map(String::as_str));
            CaseError { line, mistake: Mistake::UnknownName { noun: self.noun, name, nearest } }
        })
    }

    fn place(&self, name: &str) -> Option<i64> {
        let place = self.names.iter().position(|known| known == name)?;
        i64::try_from(place + 1).ok()
    }

    fn last(&self) -> i64 {
        i64::try_from(self.names.len()).unwrap_or(i64::MAX)
    }
}

/// All names of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Services by code.
    pub services: Names,
    /// Contracts by the name of the provider.
    pub contracts: Names,
    /// Tariffs.
    pub tariffs: Names,
    /// Norms.
    pub norms: Names,
    /// Houses.
    pub houses: Names,
    /// Flats and rooms.
    pub premises: Names,
    /// Accounts by number.
    pub accounts: Names,
    /// Persons.
    pub persons: Names,
    /// Meters by serial number.
    pub meters: Names,
    /// Kinds of undersupply.
    pub deficiencies: Names,
    /// Privileged categories.
    pub categories: Names,
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            services: Names::of(Noun::Service),
            contracts: Names::of(Noun::Contract),
            tariffs: Names::of(Noun::Tariff),
            norms: Names::of(Noun::Norm),
            houses: Names::of(Noun::House),
            premises: Names::of(Noun::Premises),
            accounts: Names::of(Noun::Account),
            persons: Names::of(Noun::Person),
            meters: Names::of(Noun::Meter),
            deficiencies: Names::of(Noun::Deficiency),
            categories: Names::of(Noun::Category),
        }
    }
}

macro_rules! finders {
    ($($(#[$doc:meta])* $finder:ident: $book:ident -> $id:ident),+ $(,)?) => {
        impl Directory {$(
            $(#[$doc])*
            pub(super) fn $finder(&self, name: String, line: usize) -> Result<$id, CaseError> {
                self.$book.find(name, line).map($id)
            }
        )+}
    };
}

finders! {
    /// A service described in the file.
    service: services -> ServiceId,
    /// A tariff described in the file.
    tariff: tariffs -> TariffId,
    /// A norm described in the file.
    norm: norms -> NormId,
    /// The contract with a provider some plan names.
    contract_with: contracts -> ContractId,
    /// An account described in the file.
    account: accounts -> AccountId,
    /// A meter described in the file.
    meter: meters -> MeterId,
    /// A kind of undersupply described in the file.
    deficiency: deficiencies -> DeficiencyId,
    /// A category described in the file.
    category: categories -> CategoryId,
    /// Premises described in the file.
    premises_named: premises -> PremisesId,
}

impl Directory {
    /// The contract with a provider; contracts need no description of their own.
    pub(super) fn contract(&mut self, provider: String) -> ContractId {
        ContractId(self.contracts.mention(provider))
    }

    /// A person; persons need no description of their own.
    pub(super) fn person(&mut self, name: String) -> PersonId {
        PersonId(self.persons.mention(name))
    }

    /// A house described in the file.
    pub(super) fn house(&self, name: String, line: usize) -> Result<HouseId, CaseError> {
        self.houses.find(name, line).map(HouseId)
    }

    /// Names a new house.
    pub(super) fn new_house(&mut self, name: String, line: usize) -> Result<HouseId, CaseError> {
        self.houses.declare(name, line).map(HouseId)
    }

    /// Names a new meter.
    pub(super) fn new_meter(&mut self, serial: String, line: usize) -> Result<MeterId, CaseError> {
        self.meters.declare(serial, line).map(MeterId)
    }
}
