//! From a typed text to a value: what it may be, and the sentence when it is not.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::model::{Check, Entry, Kind};
use super::person_name::{Letters, is_name, letters};
use super::value::{Show, Value, day_shown, shown};
use crate::calc::period::YEARS;

/// What is wrong with a typed text: the name of a sentence in the locale and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Name of the message.
    pub message: &'static str,
    /// A number or word for it.
    pub with: String,
}

/// The value of a typed text.
///
/// # Errors
/// What is wrong with it, for the message line.
pub fn value(entry: &Entry, text: &str, today: NaiveDate) -> Result<Value, Wrong> {
    let text = text.trim();
    if text.is_empty() {
        return if entry.must { Err(wrong("wrong-empty", "")) } else { Ok(Value::Null) };
    }
    let value = of_kind(&entry.kind, text, today)?;
    let value = match (entry.check, &value) {
        (Some(Check::Birth), Value::Day(day)) => Value::Day(of_the_past(*day, text, today)),
        _ => value,
    };
    match entry.check.and_then(|check| broken(check, &value, today)) {
        Some(wrong) => Err(wrong),
        None => Ok(value),
    }
}

fn of_kind(kind: &Kind, text: &str, today: NaiveDate) -> Result<Value, Wrong> {
    match kind {
        Kind::Text => Ok(Value::Text(text.to_owned())),
        Kind::Int => plain(text).parse().map(Value::Int).map_err(|_| wrong("wrong-int", "")),
        Kind::Decimal(scale) => decimal(text, *scale),
        Kind::Money => decimal(text, 2),
        Kind::Day => {
            let day = day(text, today).ok_or_else(|| wrong("wrong-day", ""))?;
            if YEARS.contains(&day.year()) { Ok(Value::Day(day)) } else { Err(wrong("wrong-years", "")) }
        }
        Kind::Month => month(text, today).map(Value::Day).ok_or_else(|| wrong("wrong-month", "")),
        Kind::Time => time(text).map(Value::Text).ok_or_else(|| wrong("wrong-time", "")),
        Kind::Bool => match text.to_lowercase().as_str() {
            "1" | "да" | "yes" => Ok(Value::Bool(true)),
            "0" | "нет" | "no" => Ok(Value::Bool(false)),
            _ => Err(wrong("wrong-bool", "")),
        },
        Kind::Choice { codes, .. } => {
            let code = text.split(' ').next().unwrap_or(text);
            if codes.iter().any(|one| one == code) {
                Ok(Value::Text(code.to_owned()))
            } else {
                Err(wrong("wrong-choice", ""))
            }
        }
    }
}

/// What a value looks like while it is typed: no thousands apart, comma for the point.
#[must_use]
pub fn typed(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (Kind::Month, _) => shown(value, &Show::Month),
        (Kind::Bool, Value::Bool(yes)) => if *yes { "1" } else { "0" }.to_owned(),
        (_, Value::Dec(number)) => number.normalize().to_string().replace('.', ","),
        _ => shown(value, &Show::Plain),
    }
}

fn decimal(text: &str, scale: u32) -> Result<Value, Wrong> {
    let text = plain(text).replace(',', ".");
    // The reader of decimals knows powers of ten and marks between digits too, which nobody types and a slip makes.
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let is_plain = digits.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    let number: Option<Decimal> = if is_plain { text.parse().ok() } else { None };
    let number = number.ok_or_else(|| wrong("wrong-number", ""))?;
    if number.normalize().scale() > scale {
        return Err(wrong("wrong-scale", &scale.to_string()));
    }
    Ok(Value::Dec(number))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect()
}

/// A day: `25.09.2026`, `25.9.26`, `25.09` and `2509` of this year, `.` today, `+3` and `-1` days from today.
fn day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if text == "." {
        return Some(today);
    }
    if let Some(days) = text.strip_prefix(['+', '-']) {
        let days: i64 = days.parse().ok().filter(|days| (0..=36_600).contains(days))?;
        let days = chrono::TimeDelta::try_days(if text.starts_with('-') { -days } else { days })?;
        return today.checked_add_signed(days);
    }
    let parts: Vec<String> = if text.contains(['.', '/', ',']) {
        text.split(['.', '/', ',']).map(str::to_owned).collect()
    } else {
        let digits: Vec<char> = text.chars().collect();
        match digits.len() {
            4 | 6 | 8 => vec![
                digits[..2].iter().collect(),
                digits[2..4].iter().collect(),
                digits[4..].iter().collect(),
            ],
            _ => return None,
        }
    };
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok());
    let year = match parts.get(2).map_or("", String::as_str) {
        "" => today.year(),
        year => of_year(year, today)?,
    };
    if parts.len() > 3 {
        return None;
    }
    NaiveDate::from_ymd_opt(year, number(1)?, number(0)?)
}

/// A month: `09.2026`, `9.26`, `0926`, `09` of this year, `.` this one; its first day.
fn month(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if text == "." {
        return today.with_day(1);
    }
    let whole = || match text.len() {
        4 | 6 => text.split_at_checked(2).unwrap_or((text, "")),
        _ => (text, ""),
    };
    let (month, year) = text.split_once(['.', '/', ',']).unwrap_or_else(whole);
    let year = if year.is_empty() { today.year() } else { of_year(year, today)? };
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)
}

/// A time of the day as `08:30`: typed so, or `8.30`, `0830`, `830`, `8`; `24:00` is the end of the day.
fn time(text: &str) -> Option<String> {
    let short = || if text.len() > 2 { text.split_at_checked(text.len() - 2) } else { Some((text, "0")) };
    let (hour, minute) = text.split_once([':', '.', ',']).or_else(short)?;
    let number = |part: &str| {
        let is_short = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_short)
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let is_of_day = minute < 60 && (hour < 24 || (hour, minute) == (24, 0));
    is_of_day.then(|| format!("{hour:02}:{minute:02}"))
}

/// A birth that cannot be ahead and was typed with two digits of its year is of the century before: nobody is born in
/// 2030 yet. Of nothing else that is said: a reading of next month would be one of a hundred years ago.
fn of_the_past(day: NaiveDate, text: &str, today: NaiveDate) -> NaiveDate {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let has_short_year = match text.rsplit(['.', '/', ',']).next() {
        Some(last) if last.len() < text.len() => {
            last.len() == 2 && text.matches(['.', '/', ',']).count() == 2
        }
        _ => digits == 6,
    };
    if day > today && has_short_year { day.with_year(day.year() - 100).unwrap_or(day) } else { day }
}

/// Two digits are of the century that puts them nearest, at most twenty years ahead.
fn of_year(text: &str, today: NaiveDate) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(if year <= today.year() % 100 + 20 { 2000 + year } else { 1900 + year }),
        4 => Some(year),
        _ => None,
    }
}

fn broken(check: Check, value: &Value, today: NaiveDate) -> Option<Wrong> {
    if let (Check::Name, Value::Text(text)) = (check, value) {
        return broken_name(text);
    }
    let bad = match (check, value) {
        (Check::NotNegative, value) => value.decimal().is_some_and(|number| number < Decimal::ZERO),
        (Check::NotZero, value) => value.decimal().is_some_and(|number| number.is_zero()),
        (Check::Positive, value) => value.decimal().is_some_and(|number| number <= Decimal::ZERO),
        (Check::NotFuture | Check::Birth, Value::Day(day)) => *day > today,
        (Check::Snils, Value::Text(text)) => !snils(text),
        (Check::Inn, Value::Text(text)) => !inn(text),
        (Check::Kpp, Value::Text(text)) => !kpp(text),
        (Check::BankAccount, Value::Text(text)) => !all_digits(text, 20),
        (Check::Bic, Value::Text(text)) => !all_digits(text, 9),
        _ => false,
    };
    bad.then(|| match check {
        Check::NotNegative => wrong("wrong-negative", ""),
        Check::NotZero => wrong("wrong-zero", ""),
        Check::Positive => wrong("wrong-positive", ""),
        Check::NotFuture | Check::Birth => wrong("wrong-future", &day_shown(today)),
        Check::Snils => wrong("wrong-snils", ""),
        Check::Inn => wrong("wrong-inn", ""),
        Check::Kpp => wrong("wrong-kpp", ""),
        Check::Name => wrong("wrong-name", ""),
        Check::BankAccount => wrong("wrong-bank-account", ""),
        Check::Bic => wrong("wrong-bic", ""),
    })
}

/// A name of letters, whose words are each of one alphabet.
fn broken_name(text: &str) -> Option<Wrong> {
    match letters(text) {
        Letters::Mixed(letter) => Some(wrong("wrong-name-mixed", &letter.to_string())),
        Letters::OtherLayout => Some(wrong("wrong-name-layout", "")),
        Letters::Russian | Letters::Latin(_) => (!is_name(text)).then(|| wrong("wrong-name", "")),
    }
}

fn all_digits(text: &str, count: usize) -> bool {
    text.chars().count() == count && text.chars().all(|c| c.is_ascii_digit())
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Check digits of a СНИЛС: the sum of digit × place, modulo 101, 100 counting as 0.
fn snils(text: &str) -> bool {
    let digits = digits(text);
    let Some((body, check)) = digits.split_at_checked(9).filter(|(_, check)| check.len() == 2) else {
        return false;
    };
    let sum: u32 = body.iter().zip((1..=9).rev()).map(|(digit, place)| digit * place).sum();
    sum % 101 % 100 == check[0] * 10 + check[1]
}

/// Check digits of an ИНН of 10 or 12 digits: weighted sums, modulo 11, then 10.
fn inn(text: &str) -> bool {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let digits = digits(text);
    let right = |length: usize| {
        let sum: u32 = digits.iter().zip(&WEIGHTS[11 - length..]).map(|(digit, weight)| digit * weight).sum();
        sum % 11 % 10 == digits[length]
    };
    match digits.len() {
        10 => right(9),
        12 => right(10) && right(11),
        _ => false,
    }
}

/// A КПП: four digits of the tax office, two digits or Latin capitals of the reason, three digits.
fn kpp(text: &str) -> bool {
    text.len() == 9
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| byte.is_ascii_digit() || matches!(at, 4 | 5) && byte.is_ascii_uppercase())
}

fn wrong(message: &'static str, with: &str) -> Wrong {
    Wrong { message, with: with.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
    }

    fn as_day(text: &str) -> Option<String> {
        day(text, today()).map(|day| day.to_string())
    }

    #[test]
    fn days_as_they_are_typed() {
        for text in ["22.11.2026", "22.11.26", "22.11", "2211", "221126", "22112026", ".", "+0", "22/11/26"] {
            assert_eq!(as_day(text).as_deref(), Some("2026-11-22"), "{text}");
        }
        assert_eq!(as_day("-1").as_deref(), Some("2026-11-21"));
        assert_eq!(as_day("01.03.1985").as_deref(), Some("1985-03-01"));
        assert_eq!(as_day("010385").as_deref(), Some("1985-03-01"));
        for text in ["31.02", "0", "1.13.2026", "завтра", "+99999999999", "1.2.3.4"] {
            assert_eq!(as_day(text), None, "{text}");
        }
    }

    /// A birth of 5.5.30 was in 1930; a change that may be ahead is in 2030; a reading or an act of tomorrow is refused, not of 1926; years of
    /// nobody are refused.
    #[test]
    fn a_birth_that_cannot_be_ahead_is_of_the_century_before() {
        let past = Entry { kind: Kind::Day, check: Some(Check::Birth), ..Entry::default() };
        let done = Entry { kind: Kind::Day, check: Some(Check::NotFuture), ..Entry::default() };
        let any = Entry { kind: Kind::Day, ..Entry::default() };
        let year = |entry: &Entry, text: &str| match value(entry, text, today()) {
            Ok(Value::Day(day)) => day.year(),
            other => panic!("{other:?}"),
        };
        for text in ["5.5.30", "050530", "05/05/30"] {
            assert_eq!((year(&past, text), year(&any, text)), (1930, 2030), "{text}");
        }
        for text in ["231126", "23.11.26", "010127"] {
            assert_eq!(value(&done, text, today()), Err(wrong("wrong-future", "22.11.2026")), "{text}");
        }
        assert_eq!(value(&past, "05.05.2030", today()), Err(wrong("wrong-future", "22.11.2026")));
        assert_eq!(value(&any, "01.01.1800", today()), Err(wrong("wrong-years", "")));
        assert_eq!(value(&any, "01.01.2999", today()), Err(wrong("wrong-years", "")));
    }

    #[test]
    fn names_have_no_digits_and_accounts_nothing_else() {
        let of = |check| Entry { check: Some(check), ..Entry::default() };
        for name in ["Салтыков-Щедрин", "д’Артаньян", "Ибн Сина", "О'Нил"]
        {
            assert!(value(&of(Check::Name), name, today()).is_ok(), "{name}");
        }
        for name in ["Иван0в", "-", "Иванов/Петров"] {
            assert_eq!(value(&of(Check::Name), name, today()), Err(wrong("wrong-name", "")), "{name}");
        }
        assert!(value(&of(Check::BankAccount), "40702810500000000001", today()).is_ok());
        assert!(value(&of(Check::BankAccount), "abc", today()).is_err());
        assert!(
            value(&of(Check::Bic), "044525225", today()).is_ok()
                && value(&of(Check::Bic), "44525225", today()).is_err()
        );
    }

    #[test]
    fn times_as_they_are_typed() {
        for (typed, told) in [("8:30", "08:30"), ("0830", "08:30"), ("830", "08:30"), ("8.5", "08:05")] {
            assert_eq!(time(typed).as_deref(), Some(told), "{typed}");
        }
        for (typed, told) in [("8", "08:00"), ("0:00", "00:00"), ("23,59", "23:59"), ("24:00", "24:00")] {
            assert_eq!(time(typed).as_deref(), Some(told), "{typed}");
        }
        for text in ["25:61", "24:01", "12:60", "8:", ":30", "+8:30", "8:+3", "утро", "12:30:00", "00830"]
        {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn months_as_they_are_typed() {
        let entry = Entry { kind: Kind::Month, ..Entry::default() };
        let september = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
        for text in ["09.2026", "9.26", "0926", "092026", "09", "9", "09/26"] {
            assert_eq!(value(&entry, text, today()), Ok(Value::Day(september)), "{text}");
        }
        for text in ["1326", "00", "август", "0926x"] {
            assert_eq!(value(&entry, text, today()), Err(wrong("wrong-month", "")), "{text}");
        }
    }

    #[test]
    fn numbers_take_comma_and_point_and_keep_their_places() {
        let entry = Entry { kind: Kind::Money, ..Entry::default() };
        assert_eq!(value(&entry, "1 234,5", today()), Ok(Value::Dec("1234.5".parse().unwrap())));
        assert_eq!(value(&entry, "1.005", today()), Err(wrong("wrong-scale", "2")));
        for slip in ["12а", "1e3", "1E3", "1_000", "--5", "1.2.3", "½", "٣"] {
            assert_eq!(value(&entry, slip, today()), Err(wrong("wrong-number", "")), "{slip}");
        }
        let both = Entry { check: Some(Check::NotZero), ..entry.clone() };
        assert_eq!(value(&both, "0,00", today()), Err(wrong("wrong-zero", "")));
        assert_eq!(value(&both, "-5", today()), Ok(Value::Dec("-5".parse().unwrap())));
        assert_eq!(value(&entry, "", today()), Ok(Value::Null));
    }

    /// 112-233-445 95 is the pension fund's own example; 7707083893 and 500100732259 are published numbers.
    #[test]
    fn check_digits() {
        assert!(snils("112-233-445 95") && !snils("112-233-445 96") && !snils("1"));
        assert!(
            kpp("780101001")
                && kpp("7801AB001")
                && !kpp("78010100")
                && !kpp("7A0101001")
                && !kpp("7801аб001")
        );
        assert!(inn("7707083893") && !inn("7707083894") && inn("500100732259") && !inn("500100732250"));
    }
}
