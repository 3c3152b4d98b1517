//! Identifiers of the things a calculation speaks of. Numbers drawn on a server carry its node in the high bits.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

ids! {
    /// A calculation unit: one house, or the houses on one group meter.
    UnitId,
    /// A house (дом).
    HouseId,
    /// A flat, room or non-residential unit (помещение).
    PremisesId,
    /// A personal account (лицевой счёт).
    AccountId,
    /// A person (гражданин).
    PersonId,
    /// A charged item (услуга).
    ServiceId,
    /// A contract with the provider who renders a service and is paid for it.
    ContractId,
    /// A tariff: one price list of one service, in parts, with dated rates.
    TariffId,
    /// A consumption norm (норматив): a table of dated values.
    NormId,
    /// A meter (прибор учёта).
    MeterId,
    /// A category of privileged persons (льготная категория).
    CategoryId,
    /// A kind of undersupply or bad quality: a row of 354 Прил. 1.
    DeficiencyId,
}

/// A point of knowledge: the number an operation draws inside its transaction. Two facts are compared in the
/// second time by this number, never by a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Mark(pub i64);

impl Mark {
    /// Later than everything known: facts as they are now.
    pub const NOW: Self = Self(i64::MAX);
    /// Before the first operation.
    pub const NEVER: Self = Self(0);
}
