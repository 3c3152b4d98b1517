//! What all houses of a town share: districts, organisations, services, contracts, tariffs, norms, parameters.
//!
//! Nothing here depends on the seed. Rates and norms are invented; they follow the examples of the billing
//! rules (dossier § 0.1) so that a line of the town can be compared with the text by eye.

pub mod contracts;
pub mod details;
pub mod norms;
pub mod organisations;
pub mod parameters;
pub mod privileges;
pub mod services;
pub mod tariffs;

pub use self::contracts::Contract;
pub use self::norms::TownNorm;
pub use self::organisations::{Organisation, OrganisationKind};
pub use self::parameters::TownParameter;
pub use self::privileges::{Category, TownPrivilegeRule};
pub use self::tariffs::{Rate, TownTariff};

use crate::calc::ids::ServiceId;
use crate::calc::rules::Service;

/// The name of the town; there is no such place.
pub const TOWN_NAME: &str = "Светлоречинск";

/// A district; all its apartment houses are kept by one managing company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District {
    /// Number, from 1.
    pub id: i64,
    /// Printed name.
    pub name: &'static str,
    /// The managing company, see [`Organisation`].
    pub company: i64,
}

/// The directories of a town.
#[derive(Debug, Clone)]
pub struct Directory {
    /// Districts.
    pub districts: Vec<District>,
    /// Organisations: the centre, the owner of public flats, suppliers, companies, operators.
    pub organisations: Vec<Organisation>,
    /// Services in the order they are printed.
    pub services: Vec<(ServiceId, Service)>,
    /// Who renders which service.
    pub contracts: Vec<Contract>,
    /// Price lists.
    pub tariffs: Vec<TownTariff>,
    /// Consumption norms.
    pub norms: Vec<TownNorm>,
    /// Parameters of law.
    pub parameters: Vec<TownParameter>,
    /// What categories of citizens are given.
    pub privileges: Vec<TownPrivilegeRule>,
}

impl Directory {
    /// The directories of every demo town.
    #[must_use]
    pub fn of_the_town() -> Self {
        Self {
            districts: organisations::districts(),
            organisations: organisations::all(),
            services: services::all(),
            contracts: contracts::all(),
            tariffs: tariffs::all(),
            norms: norms::all(),
            parameters: parameters::all(),
            privileges: privileges::all(),
        }
    }
}
