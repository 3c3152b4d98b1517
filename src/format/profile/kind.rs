//! The closed vocabulary of a profile: the kinds of rows, and the fields of each. `docs/import.md` explains them
//! to the administrator; a test compares the two.

use super::method::ChargeMethod;

/// A kind of row that a file can give. Rows are read in this order, whatever the order of files, so that a row
/// finds what it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A provider (поставщик): an organisation that is paid for services.
    Provider,
    /// A street by its code, where accounts name streets by codes.
    Street,
    /// A service (услуга) with its provider and method of charging.
    Service,
    /// A rate (тариф) of a service from a day on.
    Tariff,
    /// A norm (норматив) of a service from a day on.
    Norm,
    /// A personal account (лицевой счёт) with its premises.
    Account,
    /// What an account is charged by for a service in the month.
    ChargeBase,
    /// The balance of an account and service at the beginning of the month.
    OpeningBalance,
    /// A sum the old program charged, to compare with.
    Control,
}

/// A field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Whether a profile must give it.
    pub need: Need,
    /// Words it is limited to; empty for most.
    pub words: &'static [&'static str],
}

/// Whether a profile must give a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Always, and no cell may be empty.
    Always,
    /// Unless another field is given.
    Unless(&'static str),
    /// No.
    Optional,
}

const fn must(name: &'static str) -> Field {
    Field { name, need: Need::Always, words: &[] }
}

const fn may(name: &'static str) -> Field {
    Field { name, need: Need::Optional, words: &[] }
}

const fn unless(name: &'static str, other: &'static str) -> Field {
    Field { name, need: Need::Unless(other), words: &[] }
}

const PROVIDER: &[Field] = &[
    must("code"),
    must("name"),
    may("fee_agent"),
    may("fee_centre"),
    may("tin"),
    may("okpo"),
    may("bic"),
    may("mfo"),
    may("settlement_account"),
    may("bank"),
];
const STREET: &[Field] = &[must("code"), must("name"), may("city")];
const SERVICE: &[Field] = &[
    must("code"),
    may("becomes"),
    must("name"),
    must("unit"),
    must("scale"),
    must("provider"),
    Field { name: "method", need: Need::Always, words: &ChargeMethod::WORDS },
];
const TARIFF: &[Field] = &[must("service"), must("from"), must("rate")];
const NORM: &[Field] = &[must("service"), must("from"), must("value")];
const ACCOUNT: &[Field] = &[
    must("number"),
    may("last_name"),
    may("first_name"),
    may("patronymic"),
    unless("city", "street_code"),
    unless("street", "street_code"),
    may("street_code"),
    must("house"),
    may("flat"),
    may("area_total"),
    may("area_living"),
    may("area_heated"),
    may("persons"),
    may("opened"),
    may("closed"),
];
const CHARGE_BASE: &[Field] = &[must("account"), must("service"), may("month"), must("base")];
const OPENING_BALANCE: &[Field] = &[must("account"), must("service"), may("month"), must("amount")];
const CONTROL: &[Field] = &[may("account"), must("service"), may("month"), must("amount")];

impl Kind {
    /// Every kind, in the order of reading.
    pub const ALL: [Self; 9] = [
        Self::Provider,
        Self::Street,
        Self::Service,
        Self::Tariff,
        Self::Norm,
        Self::Account,
        Self::ChargeBase,
        Self::OpeningBalance,
        Self::Control,
    ];

    /// Its name in a profile.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.description().0
    }

    /// Its fields.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        self.description().1
    }

    fn description(self) -> (&'static str, &'static [Field]) {
        match self {
            Self::Provider => ("provider", PROVIDER),
            Self::Street => ("street", STREET),
            Self::Service => ("service", SERVICE),
            Self::Tariff => ("tariff", TARIFF),
            Self::Norm => ("norm", NORM),
            Self::Account => ("account", ACCOUNT),
            Self::ChargeBase => ("charge_base", CHARGE_BASE),
            Self::OpeningBalance => ("opening_balance", OPENING_BALANCE),
            Self::Control => ("control", CONTROL),
        }
    }
}
