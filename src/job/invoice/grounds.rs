//! Why a bill asks for more or less than the charge of its month: recalculations and penalties with their grounds.

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
            "{} от {}{}{}",
            ground.title,
            ground.day.format("%d.%m.%Y"),
            said.map(|text| format!(": {text}")).unwrap_or_default(),
            ground.beyond.as_ref().map(|text| format!("; {text}")).unwrap_or_default()
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
    let taken = if amount < Money::ZERO { " меньше учтённых" } else { "" };
    let rate = given.rate.map(|rate| format!("ставки {} % за день", number::rate(rate)));
    let told: Vec<String> = [steps(&given.law), rate].into_iter().flatten().collect();
    let law = if told.is_empty() { String::new() } else { format!(": {}", told.join(" ")) };
    let citation = given.law.citation.as_deref().map(|act| format!(" ({act})")).unwrap_or_default();
    format!("Пени по {}{taken}{law}{citation}", number::day(given.through))
}

/// Which shares of the rate a day costs: «1/300», «1/300, с 91-го дня 1/130»; none where the law of that day has no row.
fn steps(law: &data::PenaltyLaw) -> Option<String> {
    let first = format!("1/{}", number::quantity(law.first?.normalize()));
    Some(match (law.second_from, law.second) {
        (Some(from), Some(second)) => {
            let (from, second) = (from.normalize(), second.normalize());
            format!("{first}, с {}-го дня 1/{}", number::quantity(from), number::quantity(second))
        }
        _ => first,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn told(law: &Value, rate: Option<&str>, amount: i64) -> String {
        let given = json!({ "service_id": 1, "contract_id": 1, "service": "", "months": [], "through": "2026-05-31",
            "rate": rate, "law": law, "amount": "0" });
        ground(&serde_json::from_value(given).unwrap(), Money::from_kopecks(amount))
    }

    /// Every number of the sentence is the law's of that day: other rows, other words.
    #[test]
    fn the_ground_says_what_the_rows_of_the_law_say() {
        let law = json!({ "first": "300.000", "second": "130", "second_from": "91", "citation": "ЖК РФ, ст. 155 ч. 14" });
        assert_eq!(
            told(&law, Some("9.5"), 61),
            "Пени по 31.05.2026: 1/300, с 91-го дня 1/130 ставки 9,50 % за день (ЖК РФ, ст. 155 ч. 14)"
        );
        let law = json!({ "first": "360", "second": "170.5", "second_from": "61", "citation": "366-ФЗ" });
        assert_eq!(
            told(&law, Some("12.25"), -61),
            "Пени по 31.05.2026 меньше учтённых: 1/360, с 61-го дня 1/170,5 ставки 12,25 % за день (366-ФЗ)"
        );
        let repair = json!({ "first": "250", "citation": "ЖК РФ, ст. 155 ч. 14.1" });
        assert_eq!(
            told(&repair, Some("9.5"), 317),
            "Пени по 31.05.2026: 1/250 ставки 9,50 % за день (ЖК РФ, ст. 155 ч. 14.1)"
        );
        assert_eq!(told(&json!({}), None, 1), "Пени по 31.05.2026");
    }
}
