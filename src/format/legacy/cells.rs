//! Values of a row's fields as the profile assembles them: column or constant, map, default; then text, numbers,
//! dates, each refused with its reason.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::profile::{Notation, Value};
use super::super::table::{Form, Row};
use super::Reason;
use super::bind::{BoundRows, BoundValue};
use crate::calc::money::Money;
use crate::calc::period::Month;

/// A row seen through the fields of its kind.
pub(super) struct Cells<'a> {
    pub(super) row: Row<'a>,
    pub(super) bound: &'a BoundRows<'a>,
    pub(super) notation: &'a Notation,
}

/// A value that is not empty, and what to call it in a refusal.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) column: &'a str,
    pub(super) text: &'a str,
    form: Form,
    notation: &'a Notation,
}

/// Dates in columns that the file itself types as dates.
const DBF_DATE: &str = "%Y%m%d";

impl<'a> Cells<'a> {
    fn values(&self, field: &str) -> &'a [BoundValue<'a>] {
        let found = self.bound.fields.iter().find(|(name, _)| *name == field);
        found.map_or(&[], |(_, values)| values.as_slice())
    }

    fn resolve(&self, bound: &'a BoundValue<'a>) -> Result<Option<Cell<'a>>, Reason> {
        let cell = |column, text, form| Cell { column, text, form, notation: self.notation };
        let (name, map, default) = match bound.value {
            Value::Constant(text) => return Ok(Some(cell("value", text.as_str(), Form::Text))),
            Value::Column { name, map, default, .. } => (name.as_str(), map, default),
        };
        match (self.row.cell(bound.column), map) {
            ("", _) => Ok(default.as_deref().map(|text| cell(name, text, Form::Text))),
            (text, None) => Ok(Some(cell(name, text, bound.form))),
            (text, Some(map)) => match map.get(text) {
                Some(meaning) => Ok(Some(cell(name, meaning, Form::Text))),
                None => Err(Reason::NotMapped { column: name.to_owned(), text: text.to_owned() }),
            },
        }
    }

    /// A field's value, if the profile gives the field and it is not empty.
    pub(super) fn may(&self, field: &str) -> Result<Option<Cell<'a>>, Reason> {
        self.values(field).first().map_or(Ok(None), |bound| self.resolve(bound))
    }

    /// A field's value.
    pub(super) fn must(&self, field: &str) -> Result<Cell<'a>, Reason> {
        let column = || match self.values(field).first().map(|bound| bound.value) {
            Some(Value::Column { name, .. }) => name.clone(),
            _ => field.to_owned(),
        };
        self.may(field)?.ok_or_else(|| Reason::Empty { column: column() })
    }

    /// All values of a field that is a list; none may be empty.
    pub(super) fn list(&self, field: &str) -> Result<Vec<Cell<'a>>, Reason> {
        let each = self.values(field).iter().map(|bound| {
            let empty = || match bound.value {
                Value::Column { name, .. } => Reason::Empty { column: name.clone() },
                Value::Constant(_) => Reason::Empty { column: field.to_owned() },
            };
            self.resolve(bound)?.ok_or_else(empty)
        });
        each.collect()
    }

    /// The text of a field, if any.
    pub(super) fn text(&self, field: &str) -> Result<Option<String>, Reason> {
        Ok(self.may(field)?.map(|cell| cell.text.to_owned()))
    }

    /// Refuses a row of another month than `wanted`; a row that names none is of this one.
    pub(super) fn check_month(&self, wanted: Month) -> Result<(), Reason> {
        let Some(cell) = self.may("month")? else { return Ok(()) };
        let found = Month::of(cell.day(&cell.notation.month)?);
        if found == wanted { Ok(()) } else { Err(Reason::OtherMonth { found, wanted }) }
    }
}

impl Cell<'_> {
    pub(super) fn wrong(&self, wanted: impl Into<String>) -> Reason {
        Reason::Shape { column: self.column.to_owned(), text: self.text.to_owned(), wanted: wanted.into() }
    }

    /// A number of any sign: digits with at most one decimal mark.
    pub(super) fn number(&self) -> Result<Decimal, Reason> {
        let mark = if self.form == Form::Number { Some('.') } else { self.notation.decimal };
        let is_mark = |sign: char| mark.map_or(matches!(sign, '.' | ','), |mark| sign == mark);
        let digits = self.text.strip_prefix(['-', '+']).unwrap_or(self.text);
        let marks = digits.chars().filter(|&sign| is_mark(sign)).count();
        let only_digits = digits.chars().all(|sign| sign.is_ascii_digit() || is_mark(sign));
        if !only_digits || marks > 1 || digits.len() == marks {
            return Err(self.wrong("число"));
        }
        let plain = self.text.trim_start_matches('+').replace(',', ".");
        Decimal::from_str_exact(&plain).map_err(|_| self.wrong("число покороче, до 28 знаков"))
    }

    /// A number not below zero.
    pub(super) fn positive(&self) -> Result<Decimal, Reason> {
        let number = self.number()?;
        if number.is_sign_negative() && !number.is_zero() {
            return Err(Reason::Negative { column: self.column.to_owned(), text: self.text.to_owned() });
        }
        Ok(number)
    }

    /// A whole number from 0 to `most`.
    pub(super) fn whole(&self, most: u32) -> Result<u32, Reason> {
        let number = self.positive()?.normalize();
        let whole = (number.scale() == 0).then(|| u32::try_from(number).ok()).flatten();
        let within = whole.filter(|whole| *whole <= most);
        within.ok_or_else(|| self.wrong(format!("целое число от 0 до {most}")))
    }

    /// A sum of whole kopecks, of any sign.
    pub(super) fn money(&self) -> Result<Money, Reason> {
        let roubles = self.number()?;
        let money = Money::round(roubles).filter(|money| money.roubles() == roubles);
        money.ok_or_else(|| self.wrong("сумма в рублях и копейках"))
    }

    /// A date.
    pub(super) fn date(&self) -> Result<NaiveDate, Reason> {
        self.day(&self.notation.date)
    }

    fn day(&self, mask: &super::super::profile::DateMask) -> Result<NaiveDate, Reason> {
        let day = match self.form {
            Form::Date => NaiveDate::parse_from_str(self.text, DBF_DATE).ok(),
            _ => mask.read(self.text),
        };
        day.ok_or_else(|| self.wrong(format!("дата вида {mask}")))
    }
}
