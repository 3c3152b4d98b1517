//! The parameters of law a case need not write: what a new database is filled with, each value with its ground. A case
//! that names a parameter itself names all of it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::claims;
use super::error::CaseError;
use super::grounds;
use super::names::Directory;
use super::row::{self, Row};
use super::rules;
use crate::calc::duty::Scale;
use crate::calc::grounds::Deficiency;
use crate::calc::rules::Parameter;
use crate::calc::timeline::Timeline;

const LAW: &str = include_str!("law.toml");
const QUALITY: &str = include_str!("quality.toml");

/// The parameters of law.
///
/// # Errors
/// Never for the file that is built in; a test reads it.
pub fn law() -> Result<BTreeMap<Parameter, Timeline<Decimal>>, CaseError> {
    let parsed = row::parse(LAW)?;
    let root = Row::root(LAW, &parsed, "закон");
    let parameters = rules::parameters(&root)?;
    claims::scale(&root)?;
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

/// The scale of state duty.
///
/// # Errors
/// Never for the file that is built in; a test reads it.
pub fn duty_scale() -> Result<Scale, CaseError> {
    let parsed = row::parse(LAW)?;
    claims::scale(&Row::root(LAW, &parsed, "закон"))
}

/// The scale a case names, or that of the law.
pub(super) fn scale(root: &Row<'_>) -> Result<Scale, CaseError> {
    let named = claims::scale(root)?;
    if named.0.is_empty() { duty_scale() } else { Ok(named) }
}

/// The table of bad quality (354 Прил. 1). A service the case does not have is nobody's price.
pub(super) fn quality(names: &Directory) -> Result<Vec<(usize, Deficiency)>, CaseError> {
    let parsed = row::parse(QUALITY)?;
    let root = Row::root(QUALITY, &parsed, "закон");
    grounds::deficiencies(&root, &|code, line| Ok(names.service(code, line).ok()))
}

/// The built-in table by itself.
///
/// # Errors
/// Never for the file that is built in; a test reads it.
pub fn quality_table() -> Result<Vec<Deficiency>, CaseError> {
    let table = quality(&Directory::default())?;
    Ok(table.into_iter().map(|(_, deficiency)| deficiency).collect())
}
