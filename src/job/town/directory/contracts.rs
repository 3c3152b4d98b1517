//! Contracts: which provider renders which service, and what the centre keeps for its work.

use rust_decimal::Decimal;

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
    /// What the centre withholds from money passed on, percent (dossier § 7.5).
    pub fee: Decimal,
}

/// Services of the resource suppliers, the operator and the fund, whose contracts hold for the whole town.
const TOWN_WIDE: [(ServiceId, i64, i64); 8] = [
    (services::COLD_WATER, WATERWORKS, 150),
    (services::SEWAGE, WATERWORKS, 150),
    (services::HEATING, HEAT_NETWORK, 120),
    (services::HOT_WATER, HEAT_NETWORK, 120),
    (services::ELECTRICITY, POWER_SALES, 0),
    (services::GAS, POWER_SALES, 0),
    (services::WASTE, WASTE_OPERATOR, 200),
    (services::CAPITAL_REPAIR, REPAIR_FUND, 0),
];

/// Services of the managing companies, a contract in each district.
const OF_A_DISTRICT: [ServiceId; 3] = [services::MAINTENANCE, services::INTERCOM, services::LIFT];

/// The managing companies' fee in hundredths of a percent.
const COMPANY_FEE: i64 = 180;

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
    let companies =
        COMPANIES.into_iter().flat_map(|id| OF_A_DISTRICT.map(|service| (service, id, COMPANY_FEE)));
    town.chain(companies)
        .zip(1..)
        .map(|((service, provider, fee), id)| Contract {
            id: ContractId(id),
            provider,
            service,
            fee: Decimal::new(fee, 2),
        })
        .collect()
}
