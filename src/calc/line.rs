//! What a calculation gives: lines, each an amount under a key, and what must be remembered for later months.

use rust_decimal::Decimal;

use super::ids::{AccountId, ContractId, HouseId, MeterId, ServiceId};
use super::money::Money;
use super::period::Month;

/// What an amount is counted under. The provider follows from the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct LineKey {
    /// The account.
    pub account: AccountId,
    /// The service.
    pub service: ServiceId,
    /// The contract.
    pub contract: ContractId,
    /// Which part of the service.
    pub component: Component,
}

/// The parts a service is charged in; the numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Component {
    /// The service itself.
    Base = 1,
    /// First zone of a meter: day, or peak.
    Zone1 = 11,
    /// Second zone: night, or half-peak.
    Zone2 = 12,
    /// Third zone: night.
    Zone3 = 13,
    /// The water of two-component hot water.
    Water = 21,
    /// The heat of two-component hot water.
    Heat = 22,
    /// What was charged too much by averages before readings returned (negative; dossier § 1.4 `catchup`).
    CatchUp = 31,
    /// The same for the heat of two-component hot water.
    CatchUpHeat = 32,
}

/// How a volume came about; printed beside it and remembered. The numbers are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Basis {
    /// Area.
    Area = 1,
    /// Persons and norm.
    Norm = 2,
    /// Readings of a meter.
    Meter = 3,
    /// Average of a meter without readings.
    Average = 4,
    /// A counted quantity.
    Quantity = 5,
    /// A ready amount.
    Ready = 6,
    /// Share of a house meter.
    House = 7,
    /// Several of these.
    Mixed = 8,
}

/// One charged amount of a month. A line is rounded once; where a tariff changed within the month each part is
/// rounded with its own rate and the line is their sum (dossier § 4.1).
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is counted under.
    pub key: LineKey,
    /// Volume at the service's scale.
    pub volume: Decimal,
    /// The rate that priced the last part of it, roubles a unit; zero for ready amounts.
    pub rate: Decimal,
    /// How the volume came about.
    pub basis: Basis,
    /// The amount.
    pub amount: Money,
}

/// What later months must remember of a register that was charged without a reading, or of a catch-up.
#[derive(Debug, Clone, PartialEq)]
pub struct MeterMonth {
    /// The meter.
    pub meter: MeterId,
    /// The register, from 1.
    pub register: i16,
    /// The month charged.
    pub month: Month,
    /// [`Basis::Average`] or [`Basis::Norm`].
    pub basis: Basis,
    /// Volume charged for it.
    pub volume: Decimal,
}

/// Quantities of a house and service in a month; booking freezes them, so that recalculating one account later
/// does not move its neighbours.
#[derive(Debug, Clone, PartialEq)]
pub struct HouseMonth {
    /// The house.
    pub house: HouseId,
    /// The service.
    pub service: ServiceId,
    /// The month.
    pub month: Month,
    /// Volume of the house meter, by reading or average.
    pub volume: Decimal,
    /// Total area of all residential and non-residential premises the volume is shared by, m².
    pub area: Decimal,
    /// How the volume came about.
    pub basis: Basis,
}

impl Component {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Base,
        Self::Zone1,
        Self::Zone2,
        Self::Zone3,
        Self::Water,
        Self::Heat,
        Self::CatchUp,
        Self::CatchUpHeat,
    ];

    /// The stored number.
    #[must_use]
    pub const fn code(self) -> i16 {
        self as i16
    }

    /// The component stored under a number.
    #[must_use]
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|component| component.code() == code)
    }
}

impl Basis {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Area,
        Self::Norm,
        Self::Meter,
        Self::Average,
        Self::Quantity,
        Self::Ready,
        Self::House,
        Self::Mixed,
    ];

    /// The stored number.
    #[must_use]
    pub const fn code(self) -> i16 {
        self as i16
    }

    /// The basis stored under a number.
    #[must_use]
    pub fn from_code(code: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }
}
