//! One value on its way from a row or to a parameter, of whatever type the database says.

use std::error::Error;

use bytes::BytesMut;
use chrono::{Duration, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use tokio_postgres::types::{FromSql, IsNull, Kind, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// A plain value.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    /// Nothing.
    #[default]
    Null,
    /// Text, and everything that is only shown: enumerations, arrays.
    Text(String),
    /// Any whole number.
    Int(i64),
    /// `numeric`, with its scale.
    Dec(Decimal),
    /// `boolean`.
    Bool(bool),
    /// `date`; the ends of time are [`NaiveDate::MIN`] and [`NaiveDate::MAX`].
    Day(NaiveDate),
    /// `timestamp`; the ends of time as with days.
    Moment(NaiveDateTime),
    /// `uuid`.
    Id(Uuid),
    /// `json`, `jsonb`.
    Json(Json),
}

type Failure = Box<dyn Error + Sync + Send>;

impl<'a> FromSql<'a> for Cell {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        if let Kind::Domain(inner) = ty.kind() {
            return Self::from_sql(inner, raw);
        }
        if let Kind::Array(_) = ty.kind() {
            let cells = Vec::<Self>::from_sql(ty, raw)?;
            let words: Vec<String> = cells.iter().map(Self::word).collect();
            return Ok(Self::Text(words.join(", ")));
        }
        Ok(match *ty {
            Type::BOOL => Self::Bool(bool::from_sql(ty, raw)?),
            Type::INT2 => Self::Int(i16::from_sql(ty, raw)?.into()),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::OID => Self::Int(u32::from_sql(ty, raw)?.into()),
            Type::NUMERIC => {
                Decimal::from_sql(ty, raw).map_or_else(|_| Self::Text("?".to_owned()), Self::Dec)
            }
            Type::DATE => Self::Day(day(raw)?),
            // Whoever reads a moment with a zone asks for it in the server's own time: see `read`.
            Type::TIMESTAMP | Type::TIMESTAMPTZ => Self::Moment(moment(raw)?),
            Type::UUID => Self::Id(Uuid::from_sql(ty, raw)?),
            Type::JSON | Type::JSONB => Self::Json(Json::from_sql(ty, raw)?),
            Type::VOID => Self::Null,
            _ => Self::Text(std::str::from_utf8(raw).unwrap_or("?").to_owned()),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

fn whole<const N: usize>(raw: &[u8]) -> Result<[u8; N], Failure> {
    raw.try_into().map_err(|_| Failure::from("a value of another length"))
}

/// Days since the beginning of 2000; the smallest and the largest number stand for the ends of time.
fn day(raw: &[u8]) -> Result<NaiveDate, Failure> {
    let days = i32::from_be_bytes(whole(raw)?);
    let zero = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default();
    Ok(match days {
        i32::MAX => NaiveDate::MAX,
        i32::MIN => NaiveDate::MIN,
        days => zero.checked_add_signed(Duration::days(days.into())).unwrap_or(NaiveDate::MAX),
    })
}

/// Microseconds since the beginning of 2000.
fn moment(raw: &[u8]) -> Result<NaiveDateTime, Failure> {
    let micros = i64::from_be_bytes(whole(raw)?);
    let zero = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default().and_time(chrono::NaiveTime::MIN);
    Ok(match micros {
        i64::MAX => NaiveDateTime::MAX,
        i64::MIN => NaiveDateTime::MIN,
        micros => zero.checked_add_signed(Duration::microseconds(micros)).unwrap_or(NaiveDateTime::MAX),
    })
}

impl ToSql for Cell {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        if let Kind::Domain(inner) = ty.kind() {
            return self.to_sql(inner, out);
        }
        if matches!(self, Self::Null) {
            return Ok(IsNull::Yes);
        }
        if let (Self::Json(Json::Array(list)), Kind::Array(_)) = (self, ty.kind()) {
            return list.iter().map(Self::of_json).collect::<Vec<_>>().to_sql(ty, out);
        }
        match *ty {
            Type::BOOL => self.word().parse::<bool>()?.to_sql(ty, out),
            Type::INT2 => self.word().parse::<i16>()?.to_sql(ty, out),
            Type::INT4 => self.word().parse::<i32>()?.to_sql(ty, out),
            Type::INT8 => self.word().parse::<i64>()?.to_sql(ty, out),
            Type::NUMERIC => self.word().parse::<Decimal>()?.to_sql(ty, out),
            Type::UUID => self.word().parse::<Uuid>()?.to_sql(ty, out),
            Type::DATE => self.put_day(out),
            Type::TIMESTAMP => self.word().parse::<NaiveDateTime>()?.to_sql(ty, out),
            Type::JSON | Type::JSONB => self.json().to_sql(ty, out),
            _ => {
                out.extend_from_slice(self.word().as_bytes());
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Cell {
    fn put_day(&self, out: &mut BytesMut) -> Result<IsNull, Failure> {
        let day = match self {
            Self::Day(day) => *day,
            Self::Moment(moment) => moment.date(),
            other => other.word().parse()?,
        };
        match day {
            NaiveDate::MAX => out.extend_from_slice(&i32::MAX.to_be_bytes()),
            NaiveDate::MIN => out.extend_from_slice(&i32::MIN.to_be_bytes()),
            day => return day.to_sql(&Type::DATE, out),
        }
        Ok(IsNull::No)
    }

    /// The value as the database would print it.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.clone(),
            Self::Int(number) => number.to_string(),
            Self::Dec(number) => number.to_string(),
            Self::Bool(yes) => yes.to_string(),
            Self::Day(NaiveDate::MAX) => "infinity".to_owned(),
            Self::Day(NaiveDate::MIN) => "-infinity".to_owned(),
            Self::Day(day) => day.format("%Y-%m-%d").to_string(),
            Self::Moment(moment) => moment.format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
            Self::Id(id) => id.to_string(),
            Self::Json(json) => json.to_string(),
        }
    }

    /// The value as JSON; decimals are text, so that none passes through floating point.
    #[must_use]
    pub fn json(&self) -> Json {
        match self {
            Self::Null => Json::Null,
            Self::Int(number) => (*number).into(),
            Self::Bool(yes) => (*yes).into(),
            Self::Json(json) => json.clone(),
            other => other.word().into(),
        }
    }

    fn of_json(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::String(text) => Self::Text(text.clone()),
            Json::Bool(yes) => Self::Bool(*yes),
            Json::Number(number) => Self::Text(number.to_string()),
            other => Self::Json(other.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(cell: &Cell, ty: &Type) -> Cell {
        let mut out = BytesMut::new();
        match cell.to_sql(ty, &mut out).unwrap() {
            IsNull::Yes => Cell::Null,
            IsNull::No => Cell::from_sql(ty, &out).unwrap(),
        }
    }

    #[test]
    fn values_come_back_as_they_went() {
        let day = NaiveDate::from_ymd_opt(1957, 3, 9).unwrap();
        for (cell, ty) in [
            (Cell::Null, Type::INT4),
            (Cell::Int(-7), Type::INT2),
            (Cell::Int(7), Type::INT8),
            (Cell::Dec("12.50".parse().unwrap()), Type::NUMERIC),
            (Cell::Bool(true), Type::BOOL),
            (Cell::Day(day), Type::DATE),
            (Cell::Day(NaiveDate::MAX), Type::DATE),
            (Cell::Day(NaiveDate::MIN), Type::DATE),
            (Cell::Moment(day.and_hms_micro_opt(23, 59, 1, 5).unwrap()), Type::TIMESTAMP),
            (Cell::Id(Uuid::from_u128(7)), Type::UUID),
            (Cell::Json(serde_json::json!({"a": [1]})), Type::JSONB),
            (Cell::Text("Ёж".to_owned()), Type::TEXT),
        ] {
            assert_eq!(there_and_back(&cell, &ty), cell);
        }
    }

    #[test]
    fn a_value_becomes_what_the_parameter_is() {
        assert_eq!(there_and_back(&Cell::Text("42".to_owned()), &Type::INT8), Cell::Int(42));
        assert_eq!(there_and_back(&Cell::Int(42), &Type::NUMERIC), Cell::Dec(42.into()));
        assert_eq!(there_and_back(&Cell::Int(42), &Type::TEXT), Cell::Text("42".to_owned()));
        let list = Cell::Json(serde_json::json!([1, 2]));
        assert_eq!(there_and_back(&list, &Type::INT8_ARRAY), Cell::Text("1, 2".to_owned()));
        assert!(Cell::Text("x".to_owned()).to_sql(&Type::INT4, &mut BytesMut::new()).is_err());
    }
}
