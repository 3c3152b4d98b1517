//! Contracts: which provider renders which service.

use super::organisations::{COMPANIES, HEAT_NETWORK, POWER_SALES, REPAIR_FUND, WASTE_OPERATOR, WATERWORKS};
use super::services;
use crate::calc::ids::{ContractId, ServiceId};

/// A contract with the provider of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    /// The contract.
    pub id: ContractId,
    /// The provider, see [`super::Organisation`].
    pub provider: i64,
    /// The service.
    pub service: ServiceId,
    /// Printed number.
    pub number: String,
}

/// Services of the resource suppliers, the operator and the fund, whose contracts hold for the whole town.
const TOWN_WIDE: [(ServiceId, i64); 8] = [
    (services::COLD_WATER, WATERWORKS),
    (services::SEWAGE, WATERWORKS),
    (services::HEATING, HEAT_NETWORK),
    (services::HOT_WATER, HEAT_NETWORK),
    (services::ELECTRICITY, POWER_SALES),
    (services::GAS, POWER_SALES),
    (services::WASTE, WASTE_OPERATOR),
    (services::CAPITAL_REPAIR, REPAIR_FUND),
];

/// Services of the managing companies, a contract in each district.
const OF_A_DISTRICT: [ServiceId; 3] = [services::MAINTENANCE, services::INTERCOM, services::LIFT];

/// The contract a service is rendered by in a district; `None` for a service the town does not have.
#[must_use]
pub fn contract(service: ServiceId, district: i64) -> Option<ContractId> {
    all()
        .into_iter()
        .find(|contract| {
            let company = COMPANIES.iter().position(|id| *id == contract.provider);
            let here = company.is_none_or(|place| i64::try_from(place) == Ok(district - 1));
            contract.service == service && here
        })
        .map(|contract| contract.id)
}

pub(super) fn all() -> Vec<Contract> {
    let town = TOWN_WIDE.into_iter();
    let companies = COMPANIES.into_iter().flat_map(|id| OF_A_DISTRICT.map(|service| (service, id)));
    town.chain(companies)
        .zip(1..)
        .map(|((service, provider), id)| {
            let number = format!("{provider}-{}/24", service.0);
            Contract { id: ContractId(id), provider, service, number }
        })
        .collect()
}
