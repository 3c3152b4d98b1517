//! Rows of the projection by columns: a vector of one type each, so that a row costs no allocation, a copy walks across
//! and a statement takes a column as an array.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::db::driver::Row;
use crate::db::driver::types::{ToSql, Type};
use crate::db::wire::{Day, Number, day_number, put_cell, put_fixed, put_numeric};

/// A value on its way to the column of its type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Value {
    /// `smallint`.
    Small(i16),
    /// `int`.
    Int(i32),
    /// `bigint`.
    Big(i64),
    /// `date`.
    Day(NaiveDate),
    /// `numeric`.
    Number(Decimal),
    /// `text`.
    Text(String),
}

macro_rules! from {
    ($($of:ty => $variant:ident),+) => {$(
        impl From<$of> for Value {
            fn from(value: $of) -> Self {
                Self::$variant(value)
            }
        }
    )+};
}

from!(i16 => Small, i32 => Int, i64 => Big, NaiveDate => Day, Decimal => Number, String => Text);

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl Value {
    /// The value of a row at a column of a type the projection has; of any other, as text.
    #[must_use]
    pub fn read(row: &Row, at: usize, ty: &Type) -> Self {
        match *ty {
            Type::INT2 => Self::Small(row.get(at)),
            Type::INT4 => Self::Int(row.get(at)),
            Type::INT8 => Self::Big(row.get(at)),
            Type::DATE => Self::Day(row.get::<_, Day>(at).0),
            Type::NUMERIC => Self::Number(row.get::<_, Number>(at).0),
            _ => Self::Text(row.get(at)),
        }
    }
}

/// The values of one column.
#[derive(Debug)]
pub enum Column {
    /// `smallint`.
    Small(Vec<i16>),
    /// `int`.
    Int(Vec<i32>),
    /// `bigint`.
    Big(Vec<i64>),
    /// `date`.
    Day(Vec<NaiveDate>),
    /// `numeric`.
    Number(Vec<Decimal>),
    /// `text`.
    Text(Vec<String>),
}

impl Column {
    /// An empty column of a type the projection has; of any other, of `text`.
    #[must_use]
    pub fn of(ty: &Type) -> Self {
        match *ty {
            Type::INT2 => Self::Small(Vec::new()),
            Type::INT4 => Self::Int(Vec::new()),
            Type::INT8 => Self::Big(Vec::new()),
            Type::DATE => Self::Day(Vec::new()),
            Type::NUMERIC => Self::Number(Vec::new()),
            _ => Self::Text(Vec::new()),
        }
    }

    /// Adds a value. One of another type cannot come: rows and types are written side by side, and the length of the
    /// columns is compared by whoever adds a row.
    pub fn push(&mut self, value: &Value) {
        match (self, value) {
            (Self::Small(all), Value::Small(value)) => all.push(*value),
            (Self::Int(all), Value::Int(value)) => all.push(*value),
            (Self::Big(all), Value::Big(value)) => all.push(*value),
            (Self::Day(all), Value::Day(value)) => all.push(*value),
            (Self::Number(all), Value::Number(value)) => all.push(*value),
            (Self::Text(all), Value::Text(value)) => all.push(value.clone()),
            (column, value) => debug_assert!(false, "{value:?} does not belong to {column:?}"),
        }
    }

    /// Forgets the values and keeps their room.
    pub fn clear(&mut self) {
        match self {
            Self::Small(all) => all.clear(),
            Self::Int(all) => all.clear(),
            Self::Big(all) => all.clear(),
            Self::Day(all) => all.clear(),
            Self::Number(all) => all.clear(),
            Self::Text(all) => all.clear(),
        }
    }

    /// The whole column as the value of an array parameter.
    #[must_use]
    pub fn array(&self) -> Box<dyn ToSql + Sync + Send + '_> {
        match self {
            Self::Small(all) => Box::new(all.as_slice()),
            Self::Int(all) => Box::new(all.as_slice()),
            Self::Big(all) => Box::new(all.as_slice()),
            Self::Day(all) => Box::new(all.iter().map(|day| Day(*day)).collect::<Vec<_>>()),
            Self::Number(all) => Box::new(all.as_slice()),
            Self::Text(all) => Box::new(all.as_slice()),
        }
    }

    /// The value of a row that was pushed.
    #[must_use]
    pub fn get(&self, row: usize) -> Value {
        match self {
            Self::Small(all) => Value::Small(all[row]),
            Self::Int(all) => Value::Int(all[row]),
            Self::Big(all) => Value::Big(all[row]),
            Self::Day(all) => Value::Day(all[row]),
            Self::Number(all) => Value::Number(all[row]),
            Self::Text(all) => Value::Text(all[row].clone()),
        }
    }

    /// Appends the cell of a row that was pushed.
    pub fn put(&self, row: usize, out: &mut Vec<u8>) {
        match self {
            Self::Small(all) => put_fixed(all[row].to_be_bytes(), out),
            Self::Int(all) => put_fixed(all[row].to_be_bytes(), out),
            Self::Big(all) => put_fixed(all[row].to_be_bytes(), out),
            Self::Day(all) => put_fixed(day_number(all[row]).to_be_bytes(), out),
            Self::Number(all) => put_numeric(all[row], out),
            Self::Text(all) => put_cell(all[row].as_bytes(), out),
        }
    }
}
