//! How Russian paper writes numbers, days and months (dossier of documents § 1.2).

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::calc::trace::apart;

const MONTHS: [(&str, &str); 12] = [
    ("январь", "января"),
    ("февраль", "февраля"),
    ("март", "марта"),
    ("апрель", "апреля"),
    ("май", "мая"),
    ("июнь", "июня"),
    ("июль", "июля"),
    ("август", "августа"),
    ("сентябрь", "сентября"),
    ("октябрь", "октября"),
    ("ноябрь", "ноября"),
    ("декабрь", "декабря"),
];

/// A sum in a table: `1 234,56`, always two places, a leading minus where negative.
#[must_use]
pub fn money(sum: Money) -> String {
    quantity(sum.roubles())
}

/// A volume or an area with the places it carries: `1 234,567`.
#[must_use]
pub fn quantity(value: Decimal) -> String {
    apart(&value.to_string(), "-")
}

/// A rate: as many places as it has, two at least. Rates are stored with six places, few of them used.
#[must_use]
pub fn rate(value: Decimal) -> String {
    let mut shown = value.normalize();
    if shown.scale() < 2 {
        shown.rescale(2);
    }
    quantity(shown)
}

/// A day in a table: `15.04.2026`.
#[must_use]
pub fn day(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}

/// A day in a letter: `21 ноября 2026 г.`
#[must_use]
pub fn day_in_words(day: NaiveDate) -> String {
    format!("{} {} {} г.", day.day(), names(day).1, day.year())
}

/// A billing period in a heading: `ноябрь 2026 г.`
#[must_use]
pub fn month(month: Month) -> String {
    let day = month.first_day();
    format!("{} {} г.", names(day).0, day.year())
}

/// A billing period after "of": `ноября 2026 г.`
#[must_use]
pub fn month_genitive(month: Month) -> String {
    let day = month.first_day();
    format!("{} {} г.", names(day).1, day.year())
}

/// A billing period in a table: `11.2026`.
#[must_use]
pub fn month_short(month: Month) -> String {
    month.first_day().format("%m.%Y").to_string()
}

/// Several billing periods in a table, neighbours joined: `03.2026, 05.2026 – 08.2026`.
#[must_use]
pub fn months(months: &[Month]) -> String {
    let mut sorted = months.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
        .chunk_by(|earlier, later| earlier.next() == *later)
        .map(|run| match run {
            [first, .., last] => format!("{} – {}", month_short(*first), month_short(*last)),
            [only] => month_short(*only),
            [] => String::new(),
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// The month's name in the nominative and in the genitive.
fn names(day: NaiveDate) -> (&'static str, &'static str) {
    MONTHS[day.month0() as usize % MONTHS.len()]
}
