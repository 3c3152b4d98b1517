//! The table of a penalty (dossier § 6.5).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::rate::Law;
use super::{Accrued, Credit, Debt, NoParameter, Owed, PenaltyKind, Row, Step, Tranche, settle};
use crate::calc::ids::Mark;
use crate::calc::money::Money;
use crate::calc::period::Days;
use crate::calc::rules::{Parameter, Rules};

/// Penalties of all monthly debts of one service and contract through a day, the day included; months that cost
/// nothing and owe nothing late are left out.
///
/// # Errors
/// When a parameter is not set on a day that needs it.
pub fn accrued(
    rules: &Rules,
    known: Mark,
    kind: PenaltyKind,
    parts: (&[Debt], &[Credit]),
    through: NaiveDate,
) -> Result<Vec<Accrued>, NoParameter> {
    accrued_since(rules, known, kind, parts, (NaiveDate::MIN, through))
}

/// The same of the days from `since` on: those before it are not charged, though a delay goes on being counted through
/// them. For debts that came from another program with what it had accrued.
///
/// # Errors
/// When a parameter is not set on a day that needs it.
pub fn accrued_since(
    rules: &Rules,
    known: Mark,
    kind: PenaltyKind,
    (debts, credits): (&[Debt], &[Credit]),
    (since, through): (NaiveDate, NaiveDate),
) -> Result<Vec<Accrued>, NoParameter> {
    let owed = settle(debts, credits, through);
    let tables = owed.iter().map(|owed| of_debt((rules, known), kind, owed, (since, through)));
    tables.filter(|table| table.as_ref().map_or(true, |table| !table.rows.is_empty())).collect()
}

/// The penalty of one monthly debt through a day, the day included.
///
/// Every part has the rate of the day it was paid, what is unpaid that of `through` (dossier § 6.3). Parts with one
/// rate make one table of balances, so that with one rate for all it is the table everybody knows.
///
/// # Errors
/// When a parameter is not set on a day that needs it.
pub fn penalty(
    rules: &Rules,
    known: Mark,
    kind: PenaltyKind,
    owed: &Owed,
    through: NaiveDate,
) -> Result<Accrued, NoParameter> {
    of_debt((rules, known), kind, owed, (NaiveDate::MIN, through))
}

fn of_debt(
    (rules, known): (&Rules, Mark),
    kind: PenaltyKind,
    owed: &Owed,
    (since, through): (NaiveDate, NaiveDate),
) -> Result<Accrued, NoParameter> {
    let law = Law { rules, known };
    let mut by_rate: BTreeMap<Decimal, Vec<(NaiveDate, Money)>> = BTreeMap::new();
    if kind != PenaltyKind::None {
        for Tranche { paid, amount } in &owed.tranches {
            let last = paid.unwrap_or(through).min(through);
            if last > owed.due && last >= since {
                by_rate.entry(law.rate(last)?).or_default().push((last, *amount));
            }
        }
    }
    let mut rows = Vec::new();
    for (rate, parts) in by_rate {
        rows.extend(table(law, kind, owed, (rate, &parts), since)?);
    }
    rows.sort_by_key(|row| (row.from, row.to, row.rate));
    let whole = rules.parameter(Parameter::PenaltyRounding, through, known) == Some(Decimal::ONE);
    let amount = if whole {
        Money::round(rows.iter().map(|row| row.exact).sum()).unwrap_or_default()
    } else {
        rows.iter().map(|row| row.amount).sum()
    };
    Ok(Accrued { month: owed.month, due: owed.due, through, rows, amount })
}

/// Rows of the parts with one rate: `(last day owed, amount)`, of the days from `since` on.
fn table(
    law: Law<'_>,
    kind: PenaltyKind,
    owed: &Owed,
    (rate, parts): (Decimal, &[(NaiveDate, Money)]),
    since: NaiveDate,
) -> Result<Vec<Row>, NoParameter> {
    let Some(last) = parts.iter().map(|(last, _)| *last).max() else { return Ok(Vec::new()) };
    let mut cuts: BTreeSet<NaiveDate> = law.cuts(owed.due, last).into_iter().collect();
    cuts.extend(owed.due.succ_opt());
    cuts.extend(Some(since).filter(|since| *since > owed.due && *since <= last));
    cuts.extend(parts.iter().filter_map(|(last, _)| last.succ_opt()));
    let cuts: Vec<NaiveDate> = cuts.into_iter().collect();
    let mut rows: Vec<(Days, Money, Step)> = Vec::new();
    for pair in cuts.windows(2) {
        let days = Days { from: pair[0], to: pair[1] };
        if days.from < since {
            continue;
        }
        let balance = parts.iter().filter(|(last, _)| *last >= days.from).map(|(_, amount)| *amount).sum();
        let step = law.step(kind, owed.month, days.from, (days.from - owed.due).num_days())?;
        match rows.last_mut() {
            Some((before, same, cost)) if *same == balance && *cost == step => before.to = days.to,
            _ => rows.push((days, balance, step)),
        }
    }
    Ok(rows.into_iter().map(|row| priced(row, rate)).collect())
}

/// `balance × days × rate ÷ 100 ÷ divisor`, divided last so that nothing is lost before the rounding.
fn priced((days, balance, step): (Days, Money, Step), rate: Decimal) -> Row {
    let exact = match step {
        Step::Grace | Step::Moratorium => Decimal::ZERO,
        Step::Through(divisor) => balance
            .roubles()
            .saturating_mul(Decimal::from(days.count()))
            .saturating_mul(rate)
            .checked_div(divisor.saturating_mul(Decimal::ONE_HUNDRED))
            .unwrap_or_default(),
    };
    Row {
        from: days.from,
        to: days.to.pred_opt().unwrap_or(days.from),
        days: days.count(),
        balance,
        rate,
        step,
        exact,
        amount: Money::round(exact).unwrap_or_default(),
    }
}
