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
use super::words::known_word;
use crate::calc::duty::Scale;
use crate::calc::grounds::Deficiency;
use crate::calc::rules::Parameter;
use crate::calc::timeline::Timeline;

const LAW: &str = include_str!("law.toml");
const QUALITY: &str = include_str!("quality.toml");

/// What a value of some parameters may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterKind {
    /// The parameters.
    pub of: Vec<Parameter>,
    /// What is needed, in words.
    pub told: String,
    /// The least.
    pub least: Option<Decimal>,
    /// The most.
    pub most: Option<Decimal>,
    /// Digits behind the point; `None`: any.
    pub digits: Option<u32>,
}

impl ParameterKind {
    pub(super) fn takes(&self, value: Decimal) -> bool {
        self.least.is_none_or(|least| least <= value)
            && self.most.is_none_or(|most| value <= most)
            && self.digits.is_none_or(|digits| value.round_dp(digits) == value)
    }
}

/// The kinds of parameters.
///
/// # Errors
/// Never for the file that is built in; a test reads it.
pub fn parameter_kinds() -> Result<Vec<ParameterKind>, CaseError> {
    let parsed = row::parse(LAW)?;
    Row::root(LAW, &parsed, "закон").rows("kind")?.into_iter().map(kind).collect()
}

fn kind(row: Row<'_>) -> Result<ParameterKind, CaseError> {
    let of: Vec<String> = row.need("of")?;
    let of = of.into_iter().map(|name| known_word(&row, "of", name)).collect::<Result<_, _>>()?;
    let (least, most, digits) = (row.get("least")?, row.get("most")?, row.get("digits")?);
    let kind = ParameterKind { of, told: row.need("told")?, least, most, digits };
    row.close()?;
    Ok(kind)
}

/// The parameters of law.
///
/// # Errors
/// Never for the file that is built in; a test reads it.
pub fn law() -> Result<BTreeMap<Parameter, Timeline<Decimal>>, CaseError> {
    let parsed = row::parse(LAW)?;
    let root = Row::root(LAW, &parsed, "закон");
    root.rows("kind")?;
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
