//! What a cell holds and how it is shown: typed once by the database, never parsed back from what was shown.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One value of a source, a key or an argument.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// Text, as stored: it may hold anything, [`shown`] makes it harmless.
    Text(String),
    /// Whole number.
    Int(i64),
    /// Exact decimal; its scale is the one it is shown with.
    Dec(Decimal),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Day(NaiveDate),
    /// A moment, in the server's local time.
    Moment(NaiveDateTime),
    /// Id made by a client.
    Id(Uuid),
    /// A list of small facts that only a block understands.
    Json(serde_json::Value),
}

/// How a value is shown where its type alone does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Show {
    /// As its type is shown.
    #[default]
    Plain,
    /// Roubles with two places, thousands apart.
    Money,
    /// The month of a day: `09.2026`.
    Month,
    /// A word of a closed set: the locale's `choice-SET-CODE`.
    Choice(String),
    /// A decimal without the zeros after its last digit.
    Trimmed,
    /// A decimal with thousands apart and no zeros after its last digit: a sum of what is no money.
    Grouped,
    /// A decimal with thousands apart and the places the database gives it: a column of sums and of counts.
    Scaled,
    /// Roubles a unit: two places like any sum, more where the tariff has them.
    Price,
    /// What the database calls a thing of its own: told in the language of the operator.
    Said,
    /// An address, shortened where it does not fit; of any other text the end is kept.
    Ending,
}

/// The text of a value, one line, without characters that a terminal would obey.
#[must_use]
pub fn shown(value: &Value, show: &Show) -> String {
    match (value, show) {
        (Value::Null, _) => String::new(),
        (Value::Dec(number), Show::Money) => grouped(&format!(
            "{:.2}",
            number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        )),
        (Value::Int(number), Show::Money) => grouped(&format!("{number}.00")),
        (Value::Dec(number), Show::Price) => {
            let number = number.normalize();
            let places = usize::try_from(number.scale()).unwrap_or(usize::MAX).max(2);
            grouped(&format!("{number:.places$}"))
        }
        (Value::Dec(number), Show::Grouped) => grouped(&number.normalize().to_string()),
        (Value::Dec(number), Show::Scaled) => grouped(&number.to_string()),
        (Value::Int(number), Show::Grouped | Show::Scaled) => grouped(&number.to_string()),
        (Value::Dec(number), Show::Trimmed) => comma(&number.normalize().to_string()),
        (Value::Dec(number), _) => comma(&number.to_string()),
        (Value::Day(day), Show::Month) => format!("{:02}.{}", day.month(), day.year()),
        (Value::Day(day), _) => day_shown(*day),
        (Value::Moment(moment), _) => moment.format("%d.%m.%Y %H:%M").to_string(),
        (Value::Text(text), _) => harmless(text),
        (Value::Int(number), _) => number.to_string(),
        (Value::Bool(true), _) => "да".to_owned(),
        (Value::Bool(false), _) => "нет".to_owned(),
        (Value::Id(id), _) => id.to_string(),
        (Value::Json(json), _) => harmless(&json.to_string()),
    }
}

/// A day as operators write it; the ends of time are nothing.
#[must_use]
pub fn day_shown(day: NaiveDate) -> String {
    if (1800..=9000).contains(&day.year()) { day.format("%d.%m.%Y").to_string() } else { String::new() }
}

/// The same text with everything a terminal might obey made visible as a dot.
#[must_use]
pub fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' || c == '\t' {
                ' '
            } else if is_control(c) {
                '·'
            } else {
                c
            }
        })
        .collect()
}

/// Control characters, and the marks that turn the direction of text round.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn comma(number: &str) -> String {
    number.replace('.', ",")
}

/// `-1234567.50` → `-1 234 567,50`.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

impl Value {
    /// Whether there is nothing, or an empty text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            _ => false,
        }
    }

    /// Whether numbers stand right.
    #[must_use]
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Int(_) | Self::Dec(_))
    }

    /// A plain yes.
    #[must_use]
    pub const fn is_true(&self) -> bool {
        matches!(self, Self::Bool(true))
    }

    /// The value as an argument of an operation: days as `YYYY-MM-DD`, decimals as text so that none passes through floating
    /// point.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Text(text) => text.clone().into(),
            Self::Int(number) => (*number).into(),
            Self::Dec(number) => number.to_string().into(),
            Self::Bool(yes) => (*yes).into(),
            Self::Day(day) => day.format("%Y-%m-%d").to_string().into(),
            Self::Moment(moment) => moment.format("%Y-%m-%dT%H:%M:%S").to_string().into(),
            Self::Id(id) => id.to_string().into(),
            Self::Json(json) => json.clone(),
        }
    }

    /// The decimal behind a number.
    #[must_use]
    pub fn decimal(&self) -> Option<Decimal> {
        match self {
            Self::Int(number) => Some(Decimal::from(*number)),
            Self::Dec(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> String {
        shown(&Value::Dec(text.parse().unwrap()), &Show::Money)
    }

    #[test]
    fn money_has_two_places_and_thousands_apart() {
        assert_eq!(money("1234567.5"), "1 234 567,50");
        assert_eq!(money("-123"), "-123,00");
        assert_eq!(money("0.005"), "0,01");
        assert_eq!(money("-1000.10"), "-1 000,10");
    }

    #[test]
    fn a_grouped_number_has_thousands_apart_and_no_idle_zeros() {
        let sum = |text: &str| shown(&Value::Dec(text.parse().unwrap()), &Show::Grouped);
        assert_eq!(sum("176985.84400"), "176 985,844");
        assert_eq!(sum("-1277.346"), "-1 277,346");
        assert_eq!((sum("100000"), sum("0.50")), ("100 000".to_owned(), "0,5".to_owned()));
        assert_eq!(shown(&Value::Int(9_271_997), &Show::Grouped), "9 271 997");
    }

    #[test]
    fn a_column_of_sums_and_counts_keeps_the_places_of_each() {
        let told = |text: &str| shown(&Value::Dec(text.parse().unwrap()), &Show::Scaled);
        assert_eq!(
            (told("27186.80"), told("1700.00"), told("3")),
            ("27 186,80".to_owned(), "1 700,00".to_owned(), "3".to_owned())
        );
    }

    #[test]
    fn a_price_has_two_places_or_all_the_tariff_has() {
        let price = |text: &str| shown(&Value::Dec(text.parse().unwrap()), &Show::Price);
        assert_eq!((price("51.9000"), price("60")), ("51,90".to_owned(), "60,00".to_owned()));
        assert_eq!((price("2584.2"), price("36.932500")), ("2 584,20".to_owned(), "36,9325".to_owned()));
    }

    #[test]
    fn data_cannot_speak_to_the_terminal() {
        assert_eq!(shown(&Value::from("a\u{1b}[2Jb\nc\u{202e}d"), &Show::Plain), "a·[2Jb c·d");
    }

    #[test]
    fn the_ends_of_time_are_not_days() {
        assert_eq!(day_shown(NaiveDate::MAX), "");
        assert_eq!(day_shown(NaiveDate::from_ymd_opt(2026, 9, 1).unwrap()), "01.09.2026");
    }
}
