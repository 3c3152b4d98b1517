//! Subsidies of a case (dossier § 5.3–5.5): `[[subsidy]]` asks what the formula of a country gives a family; `subsidy` of an account
//! is one that was granted, for the bill.

use super::dated::{Facts, Times};
use super::error::CaseError;
use super::names::Directory;
use super::row::Row;
use super::words::{word, word_if_any};
use super::{Case, Played};
use crate::calc::grounds::{Form, SubsidyGrant, SubsidyMeasure};
use crate::calc::ids::{AccountId, CategoryId};
use crate::calc::money::Money;
use crate::calc::rules::Rules;
use crate::calc::subsidy::{Family, Formula, Subsidy, subsidy};
use crate::calc::timeline::Timeline;

/// A subsidy a case asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedSubsidy {
    /// The line of the file.
    pub place: usize,
    /// Whose bill of the last month is asked for; none where the case states the sum.
    pub account: Option<AccountId>,
    /// The family; what its bill comes to is put in when it is known.
    pub family: Family,
    /// The formula.
    pub formula: Formula,
    /// What must come out.
    pub expected: Option<Money>,
}

/// The law a subsidy follows.
#[derive(Debug, Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum Law {
    Russia,
    Belarus,
    Ukraine,
}

/// Reads `[[subsidy]]`.
pub(super) fn read(root: &Row<'_>, names: &Directory) -> Result<Vec<AskedSubsidy>, CaseError> {
    let mut subsidies = Vec::new();
    for row in root.rows("subsidy")? {
        let charge: Option<Money> = row.get("charge")?;
        let account: Option<String> =
            if charge.is_none() { Some(row.need("account")?) } else { row.get("account")? };
        let (persons, law) = (row.need("persons")?, word(&row, "law")?);
        let minimum = match law {
            Law::Belarus => row.get("minimum")?,
            Law::Russia | Law::Ukraine => Some(row.need("minimum")?),
        };
        let (income, share) = (row.need("income")?, row.need("share")?);
        subsidies.push(AskedSubsidy {
            place: row.line(),
            account: account.map(|number| names.account(number, row.line_at("account"))).transpose()?,
            family: Family { persons, income, minimum, share, charge: charge.unwrap_or_default() },
            formula: formula(&row, law)?,
            expected: row.get("expect")?,
        });
        row.close()?;
    }
    Ok(subsidies)
}

/// What subsidies of accounts are called.
const CATEGORY: &str = "Субсидия на оплату жилья и коммунальных услуг";

/// Makes the category of granted subsidies.
pub(super) fn category(names: &mut Directory, rules: &mut Rules) {
    let id = CategoryId(names.categories.mention(CATEGORY.to_owned()));
    rules.categories.insert(id, CATEGORY.to_owned());
}

/// Reads `subsidy` of an account: whole months, a sum or the numbers of a formula.
pub(super) fn granted(account: &Row<'_>, names: &mut Directory) -> Result<Timeline<SubsidyGrant>, CaseError> {
    let mut grants = Facts::none();
    for row in account.rows("subsidy")? {
        let person = names.person(row.need("person")?);
        let category = names.category(CATEGORY.to_owned(), row.line())?;
        let measure = match row.get("amount")? {
            Some(sum) => SubsidyMeasure::Amount(sum),
            None => measured(&row)?,
        };
        let form = word_if_any(&row, "form")?.unwrap_or(Form::Discount);
        grants.push(Times::read(&row)?, SubsidyGrant { category, person, form, measure });
        row.close()?;
    }
    Ok(grants.timeline())
}

/// The numbers of the formula of a country; that of Russia where none is named.
fn measured(row: &Row<'_>) -> Result<SubsidyMeasure, CaseError> {
    let (income, share) = (row.need("income")?, row.need("share")?);
    Ok(match word_if_any(row, "law")?.unwrap_or(Law::Russia) {
        Law::Russia => SubsidyMeasure::Formula {
            persons: row.need("persons")?,
            income,
            share,
            minimum: row.need("minimum")?,
            standard: row.need("standard")?,
        },
        Law::Belarus => SubsidyMeasure::AboveShare { income, share },
        Law::Ukraine => SubsidyMeasure::AboveMinima {
            persons: row.need("persons")?,
            income,
            share,
            minimum: row.need("minimum")?,
        },
    })
}

fn formula(row: &Row<'_>, law: Law) -> Result<Formula, CaseError> {
    Ok(match law {
        Law::Belarus => Formula::Belarus,
        Law::Ukraine => Formula::Ukraine,
        Law::Russia => {
            let discounted = match row.get("with_privileges")? {
                Some(with) => Some((with, row.need("without_privileges")?)),
                None => None,
            };
            Formula::Russia { standard: row.need("standard")?, discounted }
        }
    })
}

/// What the subsidies of a case come to, each with the family and its bill; nothing where a formula lacks persons.
#[must_use]
pub fn subsidies(case: &Case, played: &Played) -> Vec<(Family, Option<Subsidy>)> {
    let of = |asked: &AskedSubsidy| {
        let charge = match asked.account {
            Some(account) if asked.family.charge == Money::ZERO => billed(case, played, account),
            _ => asked.family.charge,
        };
        let family = Family { charge, ..asked.family };
        (family, subsidy(&family, asked.formula))
    };
    case.subsidies.iter().map(of).collect()
}

/// The bill of the last month of an account.
fn billed(case: &Case, played: &Played, account: AccountId) -> Money {
    let Some(bill) = played.months.get(&case.month) else { return Money::ZERO };
    let lines = bill.charged.lines.iter();
    let on_bill = lines.filter(|line| line.key.account == account && !line.key.component.is_payout());
    on_bill.map(|line| line.amount).sum()
}
