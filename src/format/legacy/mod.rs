//! The data of an old program: its tables read by a [`Profile`] into typed rows. Good rows pass, a bad one is
//! listed with its reason; and as what is left out must show, the sums that the old program charged stand beside
//! what is charged here.

mod bind;
mod cells;
mod control;
mod facts;
mod houses;
mod intake;
mod money;
mod parties;
mod places;
mod reason;
mod services;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::profile::{Profile, Refusals};
use crate::calc::period::Month;

pub use control::Reconciled;
pub use facts::Trial;
pub use houses::{AccountPlan, HousePlan};
pub use money::{ChargeBase, Control, OpeningBalance};
pub use parties::Provider;
pub use places::{Account, Address, Areas, Premises, Street};
pub use reason::Reason;
pub use services::{Norm, Service, Tariff};

/// A code or number of the old program; rows that refer to one another share it.
pub type Code = Arc<str>;

/// A file as it was handed over.
#[derive(Debug, Clone, Copy)]
pub struct SourceFile<'a> {
    /// Its name, without folders.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Where a row stood.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// The file.
    pub file: Code,
    /// The line, from 1; in a DBF the number of the record.
    pub line: u64,
}

/// A row and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// Where it stood.
    pub at: Source,
    /// The row.
    pub row: T,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {reason}")]
pub struct BadRow {
    /// Where it stands.
    pub at: Source,
    /// Why.
    pub reason: Reason,
}

/// Everything that was read. References between rows hold: what a row names is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegacyData {
    /// The month of the charge bases; opening balances stand at its beginning.
    pub month: Month,
    /// Providers, by unique code.
    pub providers: Vec<Sourced<Provider>>,
    /// Streets, by unique code.
    pub streets: Vec<Sourced<Street>>,
    /// Services, by unique code.
    pub services: Vec<Sourced<Service>>,
    /// Rates, by unique service and day.
    pub tariffs: Vec<Sourced<Tariff>>,
    /// Norms, by unique service and day.
    pub norms: Vec<Sourced<Norm>>,
    /// Premises, by unique address, in the order of the accounts that first named them.
    pub premises: Vec<Premises>,
    /// Accounts, by unique number.
    pub accounts: Vec<Sourced<Account>>,
    /// Charge bases, by unique account and service.
    pub bases: Vec<Sourced<ChargeBase>>,
    /// Opening balances, by unique account and service.
    pub balances: Vec<Sourced<OpeningBalance>>,
    /// Control sums.
    pub controls: Vec<Sourced<Control>>,
    /// Rows not taken, in the order of reading: what is missing comes before the rows that miss it.
    pub bad: Vec<BadRow>,
    /// Columns nobody asked for, by file, so that nothing is left behind unnoticed.
    pub unused_columns: BTreeMap<Code, Vec<String>>,
    /// Files nobody asked for.
    pub unused_files: Vec<String>,
}

/// Reads the files of an old program as the profile says.
///
/// # Errors
/// Where a file is missing or is not a table, or a column is missing: everything that is wrong, each with the
/// line of the profile that asked for it. Bad rows are no error: they are listed in the data.
pub fn read(profile: &Profile, files: &[SourceFile<'_>]) -> Result<LegacyData, Refusals> {
    let bound = bind::bind(profile, files)?;
    Ok(intake::take_all(profile, files, &bound))
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, строка {}", self.file, self.line)
    }
}
