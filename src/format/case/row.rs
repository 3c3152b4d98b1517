//! Strict reading of TOML: a table is opened, its keys are asked for one by one, and a key nobody asked for is a
//! mistake with its line and the nearest known key. Numbers are taken from their text, never through binary
//! floating point.

use std::cell::RefCell;
use std::ops::Range;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{CaseError, Mistake};
use crate::calc::money::Money;
use crate::calc::period::{Month, YEARS};

/// What a value must look like, for the message when it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Quoted text.
    Text,
    /// An exact decimal number.
    Number,
    /// Roubles and kopecks.
    Sum,
    /// A whole number.
    Whole,
    /// A number not below zero.
    Quantity,
    /// A number from 0 to 100.
    Percent,
    /// Roubles and kopecks above zero.
    Paid,
    /// A whole number above zero.
    Count,
    /// Digits of a dial.
    Digits,
    /// Registers of a meter.
    Registers,
    /// A number above zero.
    Ratio,
    /// A calendar day.
    Day,
    /// A day with a time of day.
    Moment,
    /// A month in quotes.
    Month,
    /// `true` or `false`.
    Flag,
    /// Places after the point.
    Places,
    /// A table, or a list of tables.
    Table,
}

impl Shape {
    /// The shape in words, with an example.
    #[must_use]
    pub const fn russian(self) -> &'static str {
        match self {
            Self::Text => "текст в кавычках",
            Self::Number => "число, например 47.36",
            Self::Sum => "сумма в рублях с копейками, например 615.21",
            Self::Whole => "целое число, например 3",
            Self::Quantity => "число не меньше нуля, например 54.30",
            Self::Percent => "процент от 0 до 100, например 50",
            Self::Paid => "сумма больше нуля, например 615.21",
            Self::Count => "целое число больше нуля, например 5",
            Self::Digits => "число цифр счётного механизма, от 1 до 12",
            Self::Registers => "число шкал, от 1 до 3",
            Self::Ratio => "число больше нуля, например 20",
            Self::Day => "день без кавычек, например 2026-09-01",
            Self::Moment => "день и время без кавычек, например 2026-09-01T08:30:00",
            Self::Month => "месяц в кавычках, например \"2026-09\"",
            Self::Flag => "true или false",
            Self::Places => "число знаков после запятой, от 0 до 9",
            Self::Table => "таблица в фигурных скобках или раздел в квадратных",
        }
    }
}

/// A value that can be read from a case file.
pub(super) trait Value: Sized {
    /// What it must look like.
    const SHAPE: Shape;
    /// Reads it; `None` when it looks otherwise.
    fn read(value: &DeValue<'_>) -> Option<Self>;
}

impl Value for String {
    const SHAPE: Shape = Shape::Text;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_str().map(Self::from)
    }
}

impl Value for Decimal {
    const SHAPE: Shape = Shape::Number;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        match value {
            DeValue::Integer(whole) if whole.radix() == 10 => Self::from_str_exact(whole.as_str()).ok(),
            DeValue::Float(number) => Self::from_str_exact(number.as_str()).ok(),
            _ => None,
        }
    }
}

impl Value for Money {
    const SHAPE: Shape = Shape::Sum;
    /// A sum with a fraction of a kopeck is refused, not rounded.
    fn read(value: &DeValue<'_>) -> Option<Self> {
        let roubles = Decimal::read(value)?;
        Self::round(roubles).filter(|sum| sum.roubles() == roubles)
    }
}

impl Value for i64 {
    const SHAPE: Shape = Shape::Whole;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_integer().and_then(|whole| Self::from_str_radix(whole.as_str(), whole.radix()).ok())
    }
}

impl Value for i16 {
    const SHAPE: Shape = Shape::Whole;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        i64::read(value).and_then(|whole| Self::try_from(whole).ok())
    }
}

impl Value for u32 {
    const SHAPE: Shape = Shape::Whole;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        i64::read(value).and_then(|whole| Self::try_from(whole).ok())
    }
}

impl Value for bool {
    const SHAPE: Shape = Shape::Flag;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_bool()
    }
}

impl Value for NaiveDate {
    const SHAPE: Shape = Shape::Day;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        let written = value.as_datetime()?;
        let date = written.date.filter(|_| written.time.is_none())?;
        Self::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
    }
}

impl Value for NaiveDateTime {
    const SHAPE: Shape = Shape::Moment;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        let written = value.as_datetime()?;
        let (date, time) = (written.date?, written.time?);
        let day = NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))?;
        let second = u32::from(time.second.unwrap_or(0));
        day.and_hms_opt(u32::from(time.hour), u32::from(time.minute), second)
    }
}

impl Value for Month {
    const SHAPE: Shape = Shape::Month;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        value.as_str().and_then(|text| Self::from_str(text).ok())
    }
}

impl<T: Value> Value for Vec<T> {
    const SHAPE: Shape = T::SHAPE;
    /// A single value stands for a list of one.
    fn read(value: &DeValue<'_>) -> Option<Self> {
        match value.as_array() {
            Some(list) => list.iter().map(|item| T::read(item.get_ref())).collect(),
            None => T::read(value).map(|one| vec![one]),
        }
    }
}

/// One table of the file, being read.
pub(super) struct Row<'t> {
    text: &'t str,
    table: &'t DeTable<'t>,
    span: Range<usize>,
    section: &'static str,
    asked: RefCell<Vec<&'static str>>,
}

/// Either a bare text or a table with details: `"Иванов"` or `{ person = "Иванов", from = … }`.
pub(super) enum Entry<'t, T> {
    /// The short form, with its line.
    Short(T, usize),
    /// The long form.
    Full(Row<'t>),
}

/// Parses the whole file. `keep` is where the parsed tables live while they are read.
///
/// # Errors
/// [`Mistake::Grammar`] with the line when the text is not TOML.
pub(super) fn parse(text: &str) -> Result<Spanned<DeTable<'_>>, CaseError> {
    DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        let twice = error.message().contains("duplicate key");
        let mistake = if twice { Mistake::KeyTwice } else { misspelt(text, at) };
        CaseError { line: line_of(text, at), mistake }
    })
}

/// What is wrong with the grammar at a place, where it is one of the usual things: a day the calendar does not have, a month without
/// quotes, a comma in a number.
fn misspelt(text: &str, at: usize) -> Mistake {
    let part = |c: char| c.is_ascii_digit() || matches!(c, '-' | ':' | 'T' | '.' | ',');
    let before = text.get(..at).unwrap_or_default().trim_end_matches(' ').trim_end_matches(part);
    let rest = text[before.len()..].trim_start_matches(' ');
    let word = rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())].trim_end_matches(',');
    let date = word.split('T').next().unwrap_or(word);
    if word.split_once(',').is_some_and(|(one, other)| [one, other].iter().all(|n| n.parse::<u64>().is_ok()))
    {
        return Mistake::Comma { number: word.to_owned() };
    }
    if date.len() == 10 && date.bytes().filter(|byte| *byte == b'.').count() == 2 {
        return Mistake::DayOrder { day: date.to_owned() };
    }
    match date.bytes().filter(|byte| *byte == b'-').count() {
        2 if date.len() == 10 => Mistake::NoSuchDay { day: word.to_owned() },
        1 if date.len() == 7 => Mistake::BareMonth { month: date.to_owned() },
        _ => Mistake::Grammar,
    }
}

/// A day or month as written, where its year is beyond those a billing centre has to do with.
fn strange_year(value: &DeValue<'_>, shape: Shape) -> Option<String> {
    let year = match value {
        DeValue::Datetime(written) => i32::from(written.date?.year),
        DeValue::String(month) if shape == Shape::Month => month.split('-').next()?.parse().ok()?,
        _ => return None,
    };
    (!YEARS.contains(&year)).then(|| match value {
        DeValue::Datetime(written) => written.to_string(),
        other => other.as_str().unwrap_or_default().to_owned(),
    })
}

/// The line, from 1, a byte of the text stands in.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// The known word most like the given one, if any is like it at all.
pub(super) fn nearest<'n>(word: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .min()
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 3)
        .map(|(_, name)| name.to_owned())
}

impl<'t> Row<'t> {
    /// Opens the root of a parsed file.
    pub(super) fn root(text: &'t str, parsed: &'t Spanned<DeTable<'t>>, section: &'static str) -> Self {
        Self { text, table: parsed.get_ref(), span: parsed.span(), section, asked: RefCell::default() }
    }

    /// The line the table begins in.
    pub(super) fn line(&self) -> usize {
        line_of(self.text, self.span.start)
    }

    /// A mistake about this table as a whole.
    pub(super) fn mistake(&self, mistake: Mistake) -> CaseError {
        CaseError { line: self.line(), mistake }
    }

    /// A mistake about the value of one key.
    pub(super) fn mistake_at(&self, key: &str, mistake: Mistake) -> CaseError {
        let at = self.table.get(key).map_or(self.span.start, |value| value.span().start);
        CaseError { line: line_of(self.text, at), mistake }
    }

    /// The line a key's value begins in.
    pub(super) fn line_at(&self, key: &str) -> usize {
        line_of(self.text, self.table.get(key).map_or(self.span.start, |value| value.span().start))
    }

    fn ask(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// The value of a key that may be left out.
    pub(super) fn get<T: Value>(&self, key: &'static str) -> Result<Option<T>, CaseError> {
        let Some(value) = self.ask(key) else { return Ok(None) };
        let shape = Mistake::Shape { key: key.to_owned(), shape: T::SHAPE };
        let read = T::read(value.get_ref()).ok_or_else(|| self.mistake_at(key, shape))?;
        match strange_year(value.get_ref(), T::SHAPE) {
            Some(written) => Err(self.mistake_at(key, Mistake::Year { written })),
            None => Ok(Some(read)),
        }
    }

    /// The value of a key that must be there.
    pub(super) fn need<T: Value>(&self, key: &'static str) -> Result<T, CaseError> {
        self.get(key)?.ok_or_else(|| self.mistake(Mistake::Missing { section: self.section, key }))
    }

    /// The value of a key, or what it means when left out.
    pub(super) fn or<T: Value>(&self, key: &'static str, default: T) -> Result<T, CaseError> {
        Ok(self.get(key)?.unwrap_or(default))
    }

    /// The tables under a key: a list of tables, or a single one; none when the key is left out.
    pub(super) fn rows(&self, key: &'static str) -> Result<Vec<Row<'t>>, CaseError> {
        let refused = |line| {
            Err(CaseError { line, mistake: Mistake::Shape { key: key.to_owned(), shape: Shape::Table } })
        };
        self.entries::<NoShortForm>(key)?
            .into_iter()
            .map(|entry| match entry {
                Entry::Full(row) => Ok(row),
                Entry::Short(_, line) => refused(line),
            })
            .collect()
    }

    /// The things under a key, each in its short form or as a table; none when the key is left out.
    pub(super) fn entries<T: Value>(&self, key: &'static str) -> Result<Vec<Entry<'t, T>>, CaseError> {
        let Some(value) = self.ask(key) else { return Ok(Vec::new()) };
        match value.get_ref() {
            DeValue::Array(list) => list.iter().map(|item| self.entry(key, item)).collect(),
            _ => Ok(vec![self.entry(key, value)?]),
        }
    }

    fn entry<T: Value>(
        &self,
        key: &'static str,
        item: &'t Spanned<DeValue<'t>>,
    ) -> Result<Entry<'t, T>, CaseError> {
        let line = line_of(self.text, item.span().start);
        if let DeValue::Table(table) = item.get_ref() {
            let asked = RefCell::default();
            return Ok(Entry::Full(Row { text: self.text, table, span: item.span(), section: key, asked }));
        }
        let shape = Mistake::Shape { key: key.to_owned(), shape: T::SHAPE };
        T::read(item.get_ref())
            .map(|short| Entry::Short(short, line))
            .ok_or(CaseError { line, mistake: shape })
    }

    /// Ends the reading of this table.
    ///
    /// # Errors
    /// [`Mistake::UnknownKey`] for the first key that was not asked for.
    pub(super) fn close(self) -> Result<(), CaseError> {
        let asked = self.asked.borrow();
        let stray = self.table.keys().filter(|key| !asked.contains(&&**key.get_ref()));
        let Some(key) = stray.min_by_key(|key| key.span().start) else { return Ok(()) };
        let mistake = Mistake::UnknownKey {
            section: self.section,
            key: key.get_ref().to_string(),
            nearest: nearest(key.get_ref(), asked.iter().copied()),
        };
        Err(CaseError { line: line_of(self.text, key.span().start), mistake })
    }
}

/// Stands where only tables are taken.
struct NoShortForm;

impl Value for NoShortForm {
    const SHAPE: Shape = Shape::Table;
    fn read(_: &DeValue<'_>) -> Option<Self> {
        None
    }
}
