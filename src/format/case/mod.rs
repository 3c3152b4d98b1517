//! Worked cases: what is known of a house, what was released and changed since, and what must come out — in TOML
//! an accountant can read and write. `docs/calc.md` describes the format.
//!
//! [`read`] gives a [`Case`] or a [`CaseError`] with its line; [`play`](play()) lives the case through, release by
//! release; [`statements`] adds payments, balances and penalties; [`differences`] compares what came out with what was expected.

mod amounts;
mod book;
mod claims;
mod compare;
mod dated;
mod error;
mod expected;
mod fees;
mod grounds;
mod houses;
mod instalments;
mod law;
mod ledger;
mod meters;
mod names;
mod play;
mod row;
mod rules;
mod story;
mod subsidies;
mod words;

pub use claims::{AnsweredClaim, AskedClaim, claims};
pub use compare::{Difference, differences};
pub use error::{CaseError, Mistake, Noun};
pub use expected::{Expected, ExpectedBalance, ExpectedEntry, ExpectedException, ExpectedLine};
pub use fees::{AskedFee, Of, Transfer, transfers};
pub use instalments::{Instalment, instalments};
pub use law::{ParameterKind, duty_scale, law, parameter_kinds, quality_table};
pub use ledger::{Balance, Brought, Correction, Payment, Statement, statements};
pub use names::{Directory, Names};
pub use play::{Played, PlayedMonth, play};
pub use row::Shape;
pub use story::{Operation, Release};
pub use subsidies::{AskedSubsidy, subsidies};

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calc::duty::Scale;
use crate::calc::earlier::Earlier;
use crate::calc::facts::UnitFacts;
use crate::calc::ids::{AccountId, ServiceId};
use crate::calc::penalty::PenaltyKind;
use crate::calc::period::Month;
use crate::calc::rules::Rules;
use row::Row;

/// A worked case.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it shows, in one line.
    pub title: String,
    /// The acts and paragraphs it rests on.
    pub grounds: Vec<String>,
    /// The paragraphs it shows at an edge: the last day, the exact limit, nothing at all. Of no consequence for what is calculated.
    pub edges: Vec<String>,
    /// The month charged last; not released.
    pub month: Month,
    /// What is known of the house, with two times.
    pub facts: UnitFacts,
    /// Tariffs, norms and parameters, with two times.
    pub rules: Rules,
    /// The names behind the ids.
    pub names: Directory,
    /// What other programs or earlier books charged without readings.
    pub earlier: Earlier,
    /// What was released, in order.
    pub releases: Vec<Release>,
    /// What was changed with consequences for released months.
    pub operations: Vec<Operation>,
    /// Debts brought from before.
    pub debts: Vec<Brought>,
    /// Sums put right by hand.
    pub corrections: Vec<Correction>,
    /// Payments, by day.
    pub payments: Vec<Payment>,
    /// Which paragraph on penalties a service follows.
    pub penalties: BTreeMap<ServiceId, PenaltyKind>,
    /// The day penalties are counted through; none where they are not asked for.
    pub as_of: Option<NaiveDate>,
    /// The scale of state duty.
    pub scale: Scale,
    /// Claims that are asked about.
    pub claims: Vec<AskedClaim>,
    /// Subsidies that are asked about.
    pub subsidies: Vec<AskedSubsidy>,
    /// What is kept of payments.
    pub fees: Vec<AskedFee>,
    /// The account that is asked about; all where none is named.
    pub only: Option<AccountId>,
    /// What must come out.
    pub expected: Vec<Expected>,
}

/// Reads a case file.
///
/// # Errors
/// The first mistake of the file, with its line; see [`Mistake`].
pub fn read(text: &str) -> Result<Case, CaseError> {
    let parsed = row::parse(text)?;
    let root = Row::root(text, &parsed, "случай");
    let mut names = Directory::default();
    let (mut rules, penalties) = rules::read(&root, &mut names)?;
    grounds::rules(&root, &mut names, &mut rules)?;
    let facts = houses::read(&root, &mut names)?;
    let releases = story::releases(&root)?;
    let month = story::open_month(&root, &releases)?;
    let case = Case {
        title: root.or("title", String::new())?,
        grounds: root.or("ground", Vec::new())?,
        edges: root.or("edge", Vec::new())?,
        month,
        facts,
        rules,
        earlier: story::earlier(&root, &names)?,
        releases,
        operations: story::operations(&root, &names)?,
        debts: ledger::debts(&root, &mut names)?,
        corrections: ledger::corrections(&root, &mut names)?,
        payments: ledger::payments(&root, &names)?,
        penalties,
        as_of: root.get("as_of")?,
        scale: law::scale(&root)?,
        claims: claims::read(&root, &names)?,
        subsidies: subsidies::read(&root, &names)?,
        fees: fees::read(&root, &names)?,
        only: None,
        expected: expected::read(&root, &names)?,
        names,
    };
    let nobody_asked = root.mistake(Mistake::NoAccounts);
    root.close()?;
    let premises = case.facts.houses.iter().flat_map(|house| &house.premises);
    let nobody = premises.flat_map(|premises| &premises.accounts).next().is_none();
    let named = case.fees.iter().any(|fee| matches!(fee.of, Of::Named(_)));
    if nobody && case.claims.is_empty() && case.subsidies.is_empty() && !named {
        return Err(nobody_asked);
    }
    Ok(case)
}
