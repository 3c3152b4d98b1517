//! The parameters of law a case need not write: what a new database is filled with, each value with its ground. A case
//! that names a parameter itself names all of it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::error::CaseError;
use super::row::{self, Row};
use super::rules;
use crate::calc::facts::Timeline;
use crate::calc::rules::Parameter;

const LAW: &str = include_str!("law.toml");

/// The parameters of law.
///
/// # Errors
/// Never for the file that is built in; a test reads it.
pub fn law() -> Result<BTreeMap<Parameter, Timeline<Decimal>>, CaseError> {
    let parsed = row::parse(LAW)?;
    let root = Row::root(LAW, &parsed, "закон");
    let parameters = rules::parameters(&root)?;
    root.close()?;
    Ok(parameters)
}

/// Gives a case the parameters it does not name.
pub(super) fn complete(parameters: &mut BTreeMap<Parameter, Timeline<Decimal>>) -> Result<(), CaseError> {
    for (parameter, values) in law()? {
        parameters.entry(parameter).or_insert(values);
    }
    Ok(())
}
