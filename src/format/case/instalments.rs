//! Payment by instalments: a charge that grew by more than the law allows against the same month of the last year (354 пп. 72,
//! 75; dossier § 4.3).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Case, Played};
use crate::calc::ids::{AccountId, Mark, ServiceId};
use crate::calc::money::Money;
use crate::calc::penalty::PenaltyKind;
use crate::calc::period::Month;
use crate::calc::rules::Parameter;

/// A service whose payment may be put off, and by how many percent it grew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instalment {
    /// The service.
    pub service: ServiceId,
    /// Charged in the same month of the last year.
    pub before: Money,
    /// Charged now.
    pub now: Money,
    /// Growth, percent.
    pub growth: Decimal,
}

/// The utilities of an account to offer instalments for: the law knows none for upkeep and capital repair; none where the case does not know the last year.
#[must_use]
pub fn instalments(case: &Case, played: &Played, account: AccountId, month: Month) -> Vec<Instalment> {
    let day = month.first_day();
    let Some(most) = case.rules.parameter(Parameter::InstalmentGrowthPercent, day, Mark::NOW) else {
        return Vec::new();
    };
    let before = charged(played, account, month.plus(-12));
    let is_utility =
        |service: &ServiceId| case.penalties.get(service).is_none_or(|kind| *kind == PenaltyKind::Utilities);
    let now = charged(played, account, month).into_iter().filter(|(service, _)| is_utility(service));
    let grown = now.filter_map(|(service, now)| {
        let before = *before.get(&service).filter(|before| **before > Money::ZERO)?;
        let growth = (now - before).roubles() * Decimal::ONE_HUNDRED / before.roubles();
        (growth > most).then_some(Instalment { service, before, now, growth })
    });
    grown.collect()
}

/// What an account is charged for each service in a month.
fn charged(played: &Played, account: AccountId, month: Month) -> BTreeMap<ServiceId, Money> {
    let mut sums: BTreeMap<ServiceId, Money> = BTreeMap::new();
    let lines = played.months.get(&month).into_iter().flat_map(|bill| &bill.charged.lines);
    for line in lines.filter(|line| line.key.account == account && !line.key.component.is_lowering()) {
        *sums.entry(line.key.service).or_default() += line.amount;
    }
    sums
}
