//! Why a bill asks for more or less than the charge of its month: recalculations and penalties with their grounds.

use rust_decimal::Decimal;

use super::convert::{NotUnderstood, Sums};
use super::data::{self, Data};
use super::part;
use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::document::invoice::{Penalty, Recalculation};
use crate::document::number;

/// The service as the table names it.
fn service(
    (service, contract): (i64, i64),
    name: &str,
    data: &Data,
    sums: &Sums<'_>,
) -> Result<String, NotUnderstood> {
    let line = data.lines.iter().find(|line| (line.service_id, line.contract_id) == (service, contract));
    match line {
        Some(line) => Ok(part::printed(line, sums)?.service),
        None => Ok(name.to_owned()),
    }
}

pub(super) fn recalculation(
    ground: &data::Ground,
    data: &Data,
    sums: &Sums<'_>,
) -> Result<Recalculation, NotUnderstood> {
    let said = ground.ground.as_deref().filter(|text| !text.trim().is_empty());
    Ok(Recalculation {
        service: service((ground.service_id, ground.contract_id), &ground.service, data, sums)?,
        months: ground.months.iter().map(|day| Month::of(*day)).collect(),
        ground: format!(
            "{} от {}{}",
            ground.title,
            ground.day.format("%d.%m.%Y"),
            said.map(|text| format!(": {text}")).unwrap_or_default()
        ),
        amount: sums.money(ground.amount)?,
    })
}

pub(super) fn penalty(given: &data::Penalty, data: &Data, sums: &Sums<'_>) -> Result<Penalty, NotUnderstood> {
    let amount = sums.money(given.amount)?;
    Ok(Penalty {
        service: service((given.service_id, given.contract_id), &given.service, data, sums)?,
        months: given.months.iter().map(|day| Month::of(*day)).collect(),
        ground: ground(given, amount),
        amount,
    })
}

/// What the law takes for a day, and of what; the days and balances are told by the account's calculation.
fn ground(given: &data::Penalty, amount: Money) -> String {
    let rate = given.rate.map(|rate: Decimal| format!(" {} %", number::rate(rate))).unwrap_or_default();
    let law = match given.kind.as_str() {
        "repair" => format!("1/300 ставки{rate} за день (ЖК 155 ч. 14.1)"),
        _ => format!("1/300, с 91-го дня 1/130 ставки{rate} (ЖК 155 ч. 14)"),
    };
    let taken = if amount < Money::ZERO { " меньше учтённых" } else { "" };
    format!("Пени по {}{taken}: {law}", number::day(given.through))
}
