//! What a file is, by the names of its columns.

use super::BroughtError;
use crate::format::table::Table;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Readings of meters.
    Readings,
    /// Payments.
    Payments,
}

impl Kind {
    /// As the database calls it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Readings => "readings",
            Self::Payments => "payments",
        }
    }

    /// Places behind the comma of its numbers.
    pub(super) const fn places(self) -> u32 {
        match self {
            Self::Readings => 3,
            Self::Payments => 2,
        }
    }
}

/// Where the values stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    pub kind: Kind,
    pub account: Option<usize>,
    pub serial: Option<usize>,
    pub register: Option<usize>,
    pub day: usize,
    pub day_name: String,
    pub value: usize,
    pub value_name: String,
}

/// Names of columns as they are met, letters and digits only; the first is what documents call it.
const ACCOUNT: &[&str] = &["лицевойсчет", "лс", "счет", "номерлс", "номерлицевогосчета", "account", "ls"];
const SERIAL: &[&str] = &[
    "прибор",
    "номерприбора",
    "заводскойномер",
    "счетчик",
    "счетчика",
    "номерсчетчика",
    "серийныйномер",
    "зав",
    "meter",
    "serial",
];
const REGISTER: &[&str] = &["регистр", "шкала", "зона", "register"];
const DAY: &[&str] = &["дата", "день", "датапоказания", "датаплатежа", "датаоплаты", "date", "day"];
const READING: &[&str] = &["показание", "показания", "текущеепоказание", "reading", "value"];
const AMOUNT: &[&str] = &["сумма", "суммаплатежа", "оплачено", "amount", "sum"];

impl Columns {
    /// The columns of a table; `heading` is its first line, to be shown when it says nothing.
    pub(super) fn of(table: &Table, heading: &str) -> Result<Self, BroughtError> {
        let name =
            |column: usize| table.columns().get(column).map(|one| one.name.clone()).unwrap_or_default();
        let find = |names: &[&str]| -> Result<Option<usize>, BroughtError> {
            let mut found =
                (0..table.columns().len()).filter(|column| names.contains(&plain(&name(*column)).as_str()));
            match (found.next(), found.next()) {
                (Some(one), Some(other)) => Err(BroughtError::Twice(name(one), name(other))),
                (one, _) => Ok(one),
            }
        };
        let (account, serial) = (find(ACCOUNT)?, find(SERIAL)?);
        let unknown = || BroughtError::Unknown(heading.to_owned());
        let day = find(DAY)?.ok_or_else(unknown)?;
        let (kind, value) = match (find(READING)?, find(AMOUNT)?) {
            (Some(_), Some(_)) => return Err(BroughtError::Both(heading.to_owned())),
            (Some(value), None) if account.is_some() || serial.is_some() => (Kind::Readings, value),
            (None, Some(value)) if account.is_some() => (Kind::Payments, value),
            _ => return Err(unknown()),
        };
        Ok(Self {
            kind,
            account,
            serial,
            register: find(REGISTER)?,
            day,
            day_name: name(day),
            value,
            value_name: name(value),
        })
    }
}

/// A name without anything but letters and digits: «Лицевой счёт № » → «лицевойсчет».
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.map(|letter| if letter == 'ё' { 'е' } else { letter }).collect()
}
