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

/// How many digits a stored number has before and after the point. A number that does not fit is refused:
/// rounding it would change sums that are computed from it.
#[derive(Clone, Copy)]
pub(super) struct Width {
    whole: u32,
    places: u32,
}

/// Areas, m².
pub(super) const AREA: Width = Width { whole: 8, places: 2 };
/// Rates, roubles a unit.
pub(super) const RATE: Width = Width { whole: 8, places: 6 };
/// Volumes, quantities and norms.
pub(super) const VOLUME: Width = Width { whole: 15, places: 7 };
/// Sums in roubles.
pub(super) const SUM: Width = Width { whole: 12, places: 2 };
/// Percents.
pub(super) const PERCENT: Width = Width { whole: 3, places: 4 };

impl Width {
    fn holds(self, number: Decimal) -> bool {
        let limit = 10_i128
            .checked_pow(self.whole)
            .and_then(|limit| Decimal::try_from_i128_with_scale(limit, 0).ok());
        number.scale() <= self.places && limit.is_some_and(|limit| number.abs() < limit)
    }
}

/// Dates in columns that the file itself types as dates.
const DBF_DATE: &str = "%Y%m%d";

impl<'a> Cells<'a> {
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

    fn bound(&self, field: &str) -> Option<&'a BoundValue<'a>> {
        self.bound.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value)
    }

    /// A field's value, if the profile gives the field and it is not empty.
    pub(super) fn may(&self, field: &str) -> Result<Option<Cell<'a>>, Reason> {
        self.bound(field).map_or(Ok(None), |bound| self.resolve(bound))
    }

    /// A field's value.
    pub(super) fn must(&self, field: &str) -> Result<Cell<'a>, Reason> {
        let column = || match self.bound(field).map(|bound| bound.value) {
            Some(Value::Column { name, .. }) => name.clone(),
            _ => field.to_owned(),
        };
        self.may(field)?.ok_or_else(|| Reason::Empty { column: column() })
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

    /// A number of any sign that is stored as it stands: digits with at most one decimal mark.
    pub(super) fn number(&self, width: Width) -> Result<Decimal, Reason> {
        let mark = if self.form == Form::Number { Some('.') } else { self.notation.decimal };
        let is_mark = |sign: char| mark.map_or(matches!(sign, '.' | ','), |mark| sign == mark);
        let digits = self.text.strip_prefix(['-', '+']).unwrap_or(self.text);
        let marks = digits.chars().filter(|&sign| is_mark(sign)).count();
        let only_digits = digits.chars().all(|sign| sign.is_ascii_digit() || is_mark(sign));
        if !only_digits || marks > 1 || digits.len() == marks {
            return Err(self.wrong("число"));
        }
        let plain = self.text.trim_start_matches('+').replace(',', ".");
        let number = Decimal::from_str_exact(&plain).ok().map(|number| number.normalize());
        number.filter(|number| width.holds(*number)).ok_or_else(|| {
            self.wrong(format!("число не длиннее {} знаков до запятой и {} после", width.whole, width.places))
        })
    }

    /// A number not below zero.
    pub(super) fn positive(&self, width: Width) -> Result<Decimal, Reason> {
        let number = self.number(width)?;
        if number.is_sign_negative() && !number.is_zero() {
            return Err(Reason::Negative { column: self.column.to_owned(), text: self.text.to_owned() });
        }
        Ok(number)
    }

    /// A whole number from 0 to `most`.
    pub(super) fn whole(&self, most: u32) -> Result<u32, Reason> {
        let number = self.positive(VOLUME)?;
        let whole = (number.scale() == 0).then(|| u32::try_from(number).ok()).flatten();
        let within = whole.filter(|whole| *whole <= most);
        within.ok_or_else(|| self.wrong(format!("целое число от 0 до {most}")))
    }

    /// A sum of whole kopecks, of any sign.
    pub(super) fn money(&self) -> Result<Money, Reason> {
        Money::round(self.number(SUM)?).ok_or_else(|| self.wrong("сумма в рублях и копейках"))
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
