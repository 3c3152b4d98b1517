//! What a calculation gives: lines, each an amount under a key, and what must be remembered for later months.

use rust_decimal::Decimal;

use super::ids::{AccountId, CategoryId, ContractId, HouseId, MeterId, PersonId, ServiceId};
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
    /// Whose privilege it is; nobody's for every other component.
    pub holder: Holder,
}

/// The person a privilege is given to, and the ground it is given on. Zeros stand for "nobody".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize)]
pub struct Holder {
    /// The person.
    pub person: PersonId,
    /// The category.
    pub category: CategoryId,
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
    /// The second range of a month's electricity (dossier § 1.8).
    Range2 = 14,
    /// The third.
    Range3 = 15,
    /// The water of two-component hot water.
    Water = 21,
    /// The heat of two-component hot water.
    Heat = 22,
    /// What was charged too much by averages before readings returned (negative; dossier § 1.4 `catchup`).
    CatchUp = 31,
    /// The same for the heat of two-component hot water.
    CatchUpHeat = 32,
    /// The yearly correction of heating charged evenly, or of common needs charged by norm or average.
    Correction = 33,
    /// What the increasing coefficient adds to the charge by norm (354 п. 42, 69): `P(K) − P(1)`.
    Surplus = 35,
    /// The same for the heat of two-component hot water.
    SurplusHeat = 36,
    /// What the share of a person who pays the full tariff is dearer by (dossier § 5.4).
    FullRate = 37,
    /// What undersupply and bad quality take off (negative; 354 раздел IX).
    Undersupply = 41,
    /// What temporary absence takes off (negative; 354 раздел VIII).
    Absence = 42,
    /// The fine the executor owes for charging too much (negative; ЖК 156 ч. 11, 157 ч. 6).
    Fine = 43,
    /// A privilege on the bill, paid back by the federal budget (negative).
    PrivilegeFederal = 51,
    /// The same by the regional budget.
    PrivilegeRegional = 52,
    /// The same by the municipal budget.
    PrivilegeMunicipal = 53,
    /// A subsidy for housing and utilities on the bill (negative; ЖК 159).
    Subsidy = 54,
    /// A compensation the federal budget pays in money: counted and reported, never on the bill (negative).
    PayoutFederal = 61,
    /// The same of the regional budget.
    PayoutRegional = 62,
    /// The same of the municipal budget.
    PayoutMunicipal = 63,
    /// A subsidy paid in money: counted and reported, never on the bill (negative).
    SubsidyPayout = 64,
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
    /// What the volume is shared by: the area of all residential and non-residential premises, m²; of a utility for common
    /// needs below nothing, the persons (or, for heat, the area) of the dwellings it is given back to.
    pub area: Decimal,
    /// How the volume came about.
    pub basis: Basis,
    /// What the house meter told, where the volume is not that itself: heating charged evenly, common needs.
    pub measured: Decimal,
    /// What the premises used themselves.
    pub own: Decimal,
    /// Heat of a m² of premises without a meter of their own.
    pub per_area: Decimal,
    /// Common needs below nothing, left to the months after (zero or less).
    pub carried: Decimal,
}

impl Component {
    /// All of them.
    pub const ALL: [Self; 25] = [
        Self::Base,
        Self::Zone1,
        Self::Zone2,
        Self::Zone3,
        Self::Range2,
        Self::Range3,
        Self::Water,
        Self::Heat,
        Self::CatchUp,
        Self::CatchUpHeat,
        Self::Correction,
        Self::Surplus,
        Self::SurplusHeat,
        Self::FullRate,
        Self::Undersupply,
        Self::Absence,
        Self::Fine,
        Self::PrivilegeFederal,
        Self::PrivilegeRegional,
        Self::PrivilegeMunicipal,
        Self::Subsidy,
        Self::PayoutFederal,
        Self::PayoutRegional,
        Self::PayoutMunicipal,
        Self::SubsidyPayout,
    ];

    /// Whether it lowers a charge instead of being one.
    #[must_use]
    pub const fn is_lowering(self) -> bool {
        matches!(self, Self::Undersupply | Self::Absence | Self::Fine) || self.is_privilege()
    }

    /// Whether the increasing coefficient added it: neither privilege nor absence lowers it.
    #[must_use]
    pub const fn is_surplus(self) -> bool {
        matches!(self, Self::Surplus | Self::SurplusHeat)
    }

    /// Whether it is help of a budget to a person: a privilege or a subsidy, on the bill or paid in money.
    #[must_use]
    pub const fn is_privilege(self) -> bool {
        matches!(self, Self::PrivilegeFederal | Self::PrivilegeRegional | Self::PrivilegeMunicipal)
            || self.is_subsidy()
            || self.is_payout()
    }

    /// Whether it is a subsidy, on the bill or paid in money.
    #[must_use]
    pub const fn is_subsidy(self) -> bool {
        matches!(self, Self::Subsidy | Self::SubsidyPayout)
    }

    /// Whether it is paid in money by social protection, so that no bill and no balance knows of it.
    #[must_use]
    pub const fn is_payout(self) -> bool {
        matches!(
            self,
            Self::PayoutFederal | Self::PayoutRegional | Self::PayoutMunicipal | Self::SubsidyPayout
        )
    }

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
