//! Payments of a released month, by the habits of the payers: registers of a cash day, up to a thousand payments each.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Duration, NaiveDate, Weekday};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{Life, LifeError};
use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::job::town::account::Pay;
use crate::job::town::dice::Dice;
use crate::job::town::model::TownAccount;

/// Payments of one operation.
const REGISTER: usize = 1_000;

/// Accounts whose debts are asked for at a time.
const BATCH: usize = 1_000;

/// Bills are paid until this day of the next month.
const LAST_DAY: i64 = 14;

/// Takes the payments for the bill of `month`, the month `index` of the books.
pub(super) async fn pay(
    life: &mut Life<'_>,
    month: Month,
    index: u32,
    dice: &mut Dice,
    mut tell: impl FnMut(usize),
) -> Result<(), LifeError> {
    let mut registers: BTreeMap<NaiveDate, Vec<Value>> = BTreeMap::new();
    let (mut payers, mut taken): (Vec<TownAccount>, _) = (Vec::with_capacity(BATCH), 0);
    let mut houses = life.town.houses();
    loop {
        let house = houses.next();
        let is_last = house.is_none();
        payers.extend(house.into_iter().flat_map(|house| house.premises).filter_map(|one| one.account));
        if payers.len() >= BATCH || is_last {
            let owed = owed(life, &payers, month).await?;
            for payer in payers.drain(..) {
                let amount = amount(payer.pays(index), owed.get(&payer.id.0).copied().unwrap_or_default());
                if let Some((cash_day, payment)) = payment(&payer, amount, month, dice) {
                    registers.entry(cash_day).or_default().push(payment);
                }
            }
        }
        for register in registers.values_mut().filter(|register| is_last || register.len() >= REGISTER) {
            taken += take(life, register).await?;
            tell(taken);
        }
        if is_last {
            return Ok(());
        }
    }
}

/// What accounts owe under the bill of a month: everything booked until its end, less everything paid.
async fn owed(
    life: &Life<'_>,
    payers: &[TownAccount],
    month: Month,
) -> Result<HashMap<i64, Decimal>, LifeError> {
    let accounts: Vec<i64> = payers.iter().map(|payer| payer.id.0).collect();
    let rows = life
        .watch
        .query(
            "select account_id, sum(closing) from billing.month_balance($1, $2) group by account_id",
            &[&month.next().first_day(), &accounts],
        )
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

fn amount(pay: Pay, owed: Decimal) -> Option<Money> {
    let owed = Money::round(owed).filter(|owed| *owed > Money::ZERO)?;
    match pay {
        Pay::Nothing => None,
        Pay::All => Some(owed),
        Pay::Part(percent) => Money::round(owed.roubles() * Decimal::new(i64::from(percent), 2)),
    }
}

/// A payment with the cash day it counts in: the first working day after it was made.
fn payment(
    payer: &TownAccount,
    amount: Option<Money>,
    month: Month,
    dice: &mut Dice,
) -> Option<(NaiveDate, Value)> {
    let day = month.next().first_day() + Duration::days(dice.between(0, LAST_DAY - 1));
    let source = dice.weighted(&[(55, "банк"), (30, "портал"), (15, "касса центра")]);
    let amount = amount.filter(|amount| *amount > Money::ZERO)?;
    let cash_day = working_day_after(day);
    let payment = json!({
        "account": payer.number, "amount": amount, "paid_on": day, "cash_day": cash_day, "source": source,
    });
    Some((cash_day, payment))
}

fn working_day_after(day: NaiveDate) -> NaiveDate {
    let next = day + Duration::days(1);
    match next.weekday() {
        Weekday::Sat => next + Duration::days(2),
        Weekday::Sun => next + Duration::days(1),
        _ => next,
    }
}

/// Takes a register and leaves it empty.
async fn take(life: &mut Life<'_>, register: &mut Vec<Value>) -> Result<usize, LifeError> {
    let payments = std::mem::take(register);
    if payments.is_empty() {
        return Ok(0);
    }
    let count = payments.len();
    let operation = life.order("finance.payment", json!({ "payments": payments }));
    life.hands.cashier.commit(&operation).await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payments_count_from_the_next_working_day() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 6, day).unwrap();
        // 5 June 2026 is a Friday.
        for (paid, counts) in [(4, 5), (5, 8), (6, 8), (7, 8), (8, 9)] {
            assert_eq!(working_day_after(day(paid)), day(counts));
        }
    }

    #[test]
    fn nobody_pays_more_than_is_owed_or_for_a_credit() {
        let owed = Decimal::new(100_001, 2);
        assert_eq!(amount(Pay::All, owed), Some(Money::from_kopecks(100_001)));
        // 1000.01 × 40 % = 400.004
        assert_eq!(amount(Pay::Part(40), owed), Some(Money::from_kopecks(40_000)));
        assert_eq!(amount(Pay::Nothing, owed), None);
        assert_eq!(amount(Pay::All, Decimal::new(-5_00, 2)), None);
    }
}
