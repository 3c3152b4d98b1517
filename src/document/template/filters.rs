//! What a template may do with a field: `{{ born_on | day }}`. They write, they do not compute.
#![allow(clippy::needless_pass_by_value)] // the library hands arguments of filters over

use chrono::NaiveDate;
use minijinja::value::{Kwargs, Rest};
use minijinja::{Environment, Error, ErrorKind, Value};
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;

use crate::calc::money::Money;
use crate::calc::period::Month;
use crate::document::names::{Name, NameCase, Sex};
use crate::document::number;
use crate::document::words::{self, Case, Gender, ROUBLE};
use crate::strict::nearest::hint;

pub(super) fn add(environment: &mut Environment<'_>) {
    environment.add_filter("day", |value: Value| day(&value, number::day));
    environment.add_filter("day_words", |value: Value| day(&value, number::day_in_words));
    environment.add_filter("month", |value: Value| day(&value, |day| number::month(Month::of(day))));
    environment.add_filter("money", |value: Value| decimal(&value, |sum| Ok(number::money(money(sum)?))));
    environment.add_filter("number", |value: Value| decimal(&value, |value| Ok(number::quantity(value))));
    environment.add_filter("sum_words", sum_words);
    environment.add_filter("words", spelled);
    environment.add_filter("plural", plural);
    environment.add_filter("name", |value: Value, case: Option<String>| {
        Ok::<_, Error>(person(&value, case)?.full())
    });
    environment.add_filter("initials", |value: Value, case: Option<String>| {
        Ok::<_, Error>(person(&value, case)?.short())
    });
    environment.add_filter("capital", |text: String| words::capital(&text));
}

fn wrong(told: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, told)
}

/// Nothing stays nothing: an unknown date is an empty place on a form.
fn day(value: &Value, write: fn(NaiveDate) -> String) -> Result<String, Error> {
    if value.is_none() {
        return Ok(String::new());
    }
    let text = value.to_string();
    let day = text.get(..10).unwrap_or(&text).parse::<NaiveDate>();
    day.map(write).map_err(|_| wrong(format!("«{text}» — не дата")))
}

fn decimal(value: &Value, write: impl Fn(Decimal) -> Result<String, Error>) -> Result<String, Error> {
    if value.is_none() {
        return Ok(String::new());
    }
    let text = value.to_string();
    text.parse::<Decimal>().map_err(|_| wrong(format!("«{text}» — не число"))).and_then(write)
}

/// `{{ sum | sum_words }}`, `{{ sum | sum_words("genitive") }}`.
fn sum_words(value: Value, case: Option<String>) -> Result<String, Error> {
    let case = match case.as_deref() {
        None | Some("nominative") => Case::Nominative,
        Some("genitive") => Case::Genitive,
        Some(other) => {
            return Err(wrong(format!(
                "суммы в падеже «{other}» нет; {}",
                hint(other, ["nominative", "genitive"])
            )));
        }
    };
    decimal(&value, |sum| Ok(words::sum(money(sum)?, &ROUBLE, case)))
}

fn money(sum: Decimal) -> Result<Money, Error> {
    Money::round(sum).ok_or_else(|| wrong(format!("«{sum}» — слишком большая сумма")))
}

/// `{{ count | words }}`: «три»; `{{ count | words("feminine") }}`: «две».
fn spelled(count: u64, gender: Option<String>) -> Result<String, Error> {
    let gender = match gender.as_deref() {
        None | Some("masculine") => Gender::Masculine,
        Some("feminine") => Gender::Feminine,
        Some("neuter") => Gender::Neuter,
        Some(other) => {
            return Err(wrong(format!(
                "рода «{other}» нет; {}",
                hint(other, ["masculine", "feminine", "neuter"])
            )));
        }
    };
    Ok(words::spelled(count, gender, Case::Nominative))
}

/// `{{ count | plural("человек", "человека", "человек") }}`: the word alone, after 1, 2 and 5.
fn plural(count: u64, forms: Rest<String>, _: Kwargs) -> Result<String, Error> {
    let [one, few, many] = forms.as_slice() else {
        return Err(wrong("у «plural» три слова: как после 1, 2 и 5".to_owned()));
    };
    Ok(words::one_of(count, Case::Nominative, [one, few, many]).clone())
}

/// A person as data have it: names, sex, and names written by hand for some cases.
#[derive(Deserialize)]
struct Person {
    #[serde(flatten)]
    name: Name,
    #[serde(default)]
    sex: Option<Sex>,
    #[serde(default)]
    cases: BTreeMap<String, Name>,
}

/// The name of a person in a case; one written by hand goes before the rules.
fn person(value: &Value, case: Option<String>) -> Result<Name, Error> {
    let person: Person = Person::deserialize(value.clone()).map_err(|_| {
        wrong("это не человек: у человека есть last_name, first_name и middle_name".to_owned())
    })?;
    let word = case.unwrap_or_else(|| "nominative".to_owned());
    let Some((_, case)) = NameCase::WORDS.iter().find(|(known, _)| *known == word) else {
        let known = NameCase::WORDS.map(|(known, _)| known);
        return Err(wrong(format!("падежа «{word}» нет; {}", hint(&word, known))));
    };
    Ok(person.cases.get(&word).cloned().unwrap_or_else(|| person.name.in_case(person.sex, *case)))
}
