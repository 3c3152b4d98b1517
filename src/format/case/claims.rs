//! What a court costs (dossier § 8): `[[claim]]` asks on a day for the debts of an account, or for a stated sum.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::amounts::Paid;
use super::dated::{Facts, Times};
use super::error::{CaseError, Mistake};
use super::ledger::owing;
use super::names::Directory;
use super::row::Row;
use super::words::word_if_any;
use super::{Case, Played};
use crate::calc::duty::{
    Band, Claim, Scale, Stopped, duty, enforcement_fee, is_within_limitation, may_be_ordered,
};
use crate::calc::ids::{AccountId, Mark};
use crate::calc::money::Money;
use crate::calc::penalty::{NoParameter, due_date};
use crate::calc::period::{Days, Month};

/// A claim a case asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedClaim {
    /// The line of the file.
    pub place: usize,
    /// Whose debts; a claim of a stated sum may name nobody.
    pub account: Option<AccountId>,
    /// The day of filing.
    pub day: NaiveDate,
    /// Order or suit; where nothing is said, an order as long as the law gives one.
    pub kind: Option<Claim>,
    /// The price, where it is stated.
    pub amount: Option<Money>,
    /// When limitation stood still: so many days, or while an order that was cancelled was before the court.
    pub stopped: Stopped,
    /// State duty paid for an order that was cancelled.
    pub paid: Money,
    /// What must come out.
    pub expected: Option<ExpectedClaim>,
}

/// What must come out of a claim; what is not named is not compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExpectedClaim {
    /// Order or suit.
    pub kind: Option<Claim>,
    /// Sums by their names in the file.
    pub sums: BTreeMap<&'static str, Money>,
}

/// What a claim comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnsweredClaim {
    /// Order or suit.
    pub kind: Claim,
    /// Debts whose day has passed, within limitation.
    pub principal: Money,
    /// Their penalty on the day of filing.
    pub penalty: Money,
    /// Both, or what the case stated.
    pub price: Money,
    /// Debts it is too late to ask for.
    pub barred: Money,
    /// State duty.
    pub duty: Money,
    /// What is left of it to pay after the cancelled order.
    pub to_pay: Money,
    /// Enforcement fee, should the debtor not pay in time.
    pub enforcement: Money,
}

impl AnsweredClaim {
    /// Its sums by their names in the file.
    #[must_use]
    pub fn sums(&self) -> [(&'static str, Money); 7] {
        [
            ("principal", self.principal),
            ("penalty", self.penalty),
            ("price", self.price),
            ("barred", self.barred),
            ("duty", self.duty),
            ("to_pay", self.to_pay),
            ("enforcement", self.enforcement),
        ]
    }
}

const SUMS: [&str; 7] = ["principal", "penalty", "price", "barred", "duty", "to_pay", "enforcement"];

/// Reads `[[claim]]`.
pub(super) fn read(root: &Row<'_>, names: &Directory) -> Result<Vec<AskedClaim>, CaseError> {
    let mut claims = Vec::new();
    for row in root.rows("claim")? {
        let amount = row.get::<Paid>("amount")?.map(|amount| amount.0);
        // Without a stated sum it is the debts of somebody.
        let account: Option<String> =
            if amount.is_none() { Some(row.need("account")?) } else { row.get("account")? };
        claims.push(AskedClaim {
            place: row.line(),
            account: account.map(|number| names.account(number, row.line_at("account"))).transpose()?,
            day: row.need("day")?,
            kind: word_if_any(&row, "kind")?,
            amount,
            stopped: Stopped { days: row.or::<u32>("suspended_days", 0)?.into(), order: cancelled(&row)? },
            paid: row.or("paid", Money::ZERO)?,
            expected: expected(&row)?,
        });
        row.close()?;
    }
    Ok(claims)
}

/// `order = { filed, cancelled }`: the order asked for before.
fn cancelled(claim: &Row<'_>) -> Result<Option<Days>, CaseError> {
    let Some(row) = claim.rows("order")?.into_iter().next() else { return Ok(None) };
    let order = Days { from: row.need("filed")?, to: row.need("cancelled")? };
    if order.to <= order.from {
        return Err(row.mistake_at("cancelled", Mistake::EmptyPeriod));
    }
    row.close()?;
    Ok(Some(order))
}

fn expected(claim: &Row<'_>) -> Result<Option<ExpectedClaim>, CaseError> {
    let Some(row) = claim.rows("expect")?.into_iter().next() else { return Ok(None) };
    let mut expected = ExpectedClaim { kind: word_if_any(&row, "kind")?, sums: BTreeMap::new() };
    for name in SUMS {
        expected.sums.extend(row.get(name)?.map(|sum| (name, sum)));
    }
    row.close()?;
    Ok(Some(expected))
}

/// Reads `[[duty]]`: the scale of state duty.
pub(super) fn scale(root: &Row<'_>) -> Result<Scale, CaseError> {
    let mut bands = Facts::none();
    for row in root.rows("duty")? {
        row.get::<String>("ground")?;
        let band = Band {
            above: row.or("above", Decimal::ZERO)?,
            base: row.or("base", Decimal::ZERO)?,
            percent: row.or("percent", Decimal::ZERO)?,
            least: row.get("least")?,
            most: row.get("most")?,
        };
        bands.push(Times::read(&row)?, band);
        row.close()?;
    }
    bands.succession(|one, next| one.above == next.above)
}

/// What the claims of a case come to, in order.
///
/// # Errors
/// When a parameter of law is not set on the day of filing.
pub fn claims(case: &Case, played: &Played) -> Result<Vec<AnsweredClaim>, NoParameter> {
    case.claims.iter().map(|asked| answer(case, played, asked)).collect()
}

fn answer(case: &Case, played: &Played, asked: &AskedClaim) -> Result<AnsweredClaim, NoParameter> {
    let (rules, on) = (&case.rules, asked.day);
    let (mut principal, mut penalty, mut barred) = (Money::ZERO, Money::ZERO, Money::ZERO);
    if let Some(account) = asked.account {
        let statement = owing(case, played, account, on)?;
        let mut open: Vec<Month> = Vec::new();
        for (month, amount) in &statement.owing {
            let due = due_date(rules, Mark::NOW, *month)?;
            if due >= on {
                continue;
            }
            if is_within_limitation(rules, Mark::NOW, (due, asked.stopped), on)? {
                principal += *amount;
                open.push(*month);
            } else {
                barred += *amount;
            }
        }
        let tables = statement.penalties.iter().map(|(_, _, accrued)| accrued);
        penalty = tables.filter(|accrued| open.contains(&accrued.month)).map(|accrued| accrued.amount).sum();
    }
    let price = asked.amount.unwrap_or(principal + penalty);
    let ordered = may_be_ordered(rules, Mark::NOW, price, on)?;
    let kind = asked.kind.unwrap_or(if ordered { Claim::Order } else { Claim::Suit });
    let duty = duty(rules, &case.scale, Mark::NOW, (kind, price), on)?.unwrap_or_default();
    let to_pay = (duty - asked.paid).max(Money::ZERO);
    let enforcement = enforcement_fee(rules, Mark::NOW, price, on)?.unwrap_or_default();
    Ok(AnsweredClaim { kind, principal, penalty, price, barred, duty, to_pay, enforcement })
}
