//! Query by example: what is typed under the columns of a list, as conditions the server filters by.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Entry, Kind};
use super::typed::{self, Wrong};
use super::value::{Show, Value};

/// One column of a source and what its values must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The column.
    pub column: String,
    /// What its values must be.
    pub is: Is,
}

/// What the values of a column must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Is {
    /// All words of the text are in it.
    Like(String),
    /// It is one of these codes.
    OneOf(Vec<String>),
    /// It lies between these two, both included; `Null` = open.
    Between(Value, Value),
}

/// What is typed over the columns of one list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The typed texts by the place of their columns in the grid, to be typed on.
    pub typed: Vec<(usize, String)>,
    /// What they ask.
    pub conditions: Vec<Condition>,
    /// The same for the foot of the list.
    pub told: String,
}

/// What a typed text asks of a column: numbers and days are equal, or between (`10..20`, `>10`, `<20`); anything else is part of a text.
/// The type is the database's name of it, or, before it
/// was asked, that of a value that stands in the column.
///
/// # Errors
/// What is wrong with the text, as for an entry.
pub fn condition(
    text: &str,
    (show, type_name): (&Show, &str),
    sample: &Value,
    today: NaiveDate,
) -> Result<Is, Wrong> {
    let Some(kind) = kind(show, type_name, sample) else { return Ok(Is::Like(text.to_owned())) };
    let entry = Entry { kind, ..Entry::default() };
    let one = |text: &str| typed::value(&entry, text, today);
    if let Some((from, to)) = text.split_once("..") {
        return Ok(Is::Between(one(from)?, one(to)?));
    }
    if let Some(from) = text.strip_prefix('>') {
        return Ok(Is::Between(one(from)?, Value::Null));
    }
    if let Some(to) = text.strip_prefix('<') {
        return Ok(Is::Between(Value::Null, one(to)?));
    }
    let exact = one(text)?;
    Ok(Is::Between(exact.clone(), exact))
}

/// What is typed for a column of such values; none: a text.
fn kind(show: &Show, type_name: &str, sample: &Value) -> Option<Kind> {
    let type_name = type_name.split(['(', ' ']).next().unwrap_or_default();
    match (show, type_name) {
        (Show::Month, _) => return Some(Kind::Month),
        (_, "date" | "timestamp") => return Some(Kind::Day),
        (_, "bigint" | "integer" | "smallint") => return Some(Kind::Int),
        (_, "numeric") => return Some(Kind::Decimal(9)),
        (_, "boolean") => return Some(Kind::Bool),
        _ => {}
    }
    match (show, sample) {
        (_, Value::Day(_) | Value::Moment(_)) => Some(Kind::Day),
        (_, Value::Int(_)) => Some(Kind::Int),
        (_, Value::Dec(_)) => Some(Kind::Decimal(9)),
        (_, Value::Bool(_)) => Some(Kind::Bool),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, 15).unwrap()
    }

    fn day(month: u32, day: u32) -> Value {
        Value::Day(NaiveDate::from_ymd_opt(2026, month, day).unwrap())
    }

    #[test]
    fn a_text_means_what_the_column_holds() {
        let asks =
            |text: &str, show: &Show, sample: &Value| condition(text, (show, ""), sample, today()).unwrap();
        let dec = |number: i64| Value::Dec(Decimal::from(number));
        let money = dec(1);
        assert_eq!(asks("вода хол", &Show::Plain, &Value::from("x")), Is::Like("вода хол".to_owned()));
        assert_eq!(asks("100", &Show::Money, &money), Is::Between(dec(100), dec(100)));
        assert_eq!(asks(">100", &Show::Money, &money), Is::Between(dec(100), Value::Null));
        assert_eq!(asks("10..20", &Show::Plain, &Value::Int(0)), Is::Between(Value::Int(10), Value::Int(20)));
        assert_eq!(asks("..0203", &Show::Plain, &day(1, 1)), Is::Between(Value::Null, day(3, 2)));
        assert_eq!(asks("02", &Show::Month, &day(1, 1)), Is::Between(day(2, 1), day(2, 1)));
        assert!(condition("много", (&Show::Money, ""), &money, today()).is_err());
        // Where no row is left the database still says what the column is.
        let empty = condition("5", (&Show::Plain, "numeric(14,2)"), &Value::Null, today());
        assert_eq!(empty, Ok(Is::Between(dec(5), dec(5))));
    }
}
