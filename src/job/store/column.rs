//! Values of rows: each knows its place in a column, as a cell of a COPY and in the array of a statement.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::calc::money::Money;
use crate::db::driver::Row;
use crate::db::driver::types::{ToSql, Type};
use crate::db::wire::{Day, Number, day_number, put_cell, put_fixed, put_numeric};

/// A value of one of the types the projection has.
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

/// What may stand in a row.
pub trait Cell: Into<Value> {
    /// Appends the cell of a binary COPY.
    fn put(self, out: &mut Vec<u8>);
}

macro_rules! cells {
    ($($of:ty => $variant:ident, |$value:ident, $out:ident| $put:expr);+ $(;)?) => {$(
        impl From<$of> for Value {
            fn from(value: $of) -> Self {
                Self::$variant(value.into())
            }
        }

        impl Cell for $of {
            #[inline]
            fn put(self, $out: &mut Vec<u8>) {
                let $value = self;
                $put;
            }
        }
    )+};
}

cells! {
    i16 => Small, |value, out| put_fixed(value.to_be_bytes(), out);
    i32 => Int, |value, out| put_fixed(value.to_be_bytes(), out);
    i64 => Big, |value, out| put_fixed(value.to_be_bytes(), out);
    NaiveDate => Day, |value, out| put_fixed(day_number(value).to_be_bytes(), out);
    Decimal => Number, |value, out| put_numeric(value, out);
    Money => Number, |value, out| put_numeric(value.roubles(), out);
    &str => Text, |value, out| put_cell(value.as_bytes(), out);
    String => Text, |value, out| put_cell(value.as_bytes(), out);
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
    Day(Vec<Day>),
    /// `numeric`.
    Number(Vec<Decimal>),
    /// `text`.
    Text(Vec<String>),
}

impl Column {
    /// The column of a type the projection has, out of values of that type; of any other type, of `text`. A value of another type
    /// cannot come: rows and types are written side by side.
    pub fn of<'v>(ty: &Type, values: impl Iterator<Item = &'v Value>) -> Self {
        let mut column = match *ty {
            Type::INT2 => Self::Small(Vec::new()),
            Type::INT4 => Self::Int(Vec::new()),
            Type::INT8 => Self::Big(Vec::new()),
            Type::DATE => Self::Day(Vec::new()),
            Type::NUMERIC => Self::Number(Vec::new()),
            _ => Self::Text(Vec::new()),
        };
        values.for_each(|value| column.push(value));
        column
    }

    fn push(&mut self, value: &Value) {
        match (self, value) {
            (Self::Small(all), Value::Small(value)) => all.push(*value),
            (Self::Int(all), Value::Int(value)) => all.push(*value),
            (Self::Big(all), Value::Big(value)) => all.push(*value),
            (Self::Day(all), Value::Day(value)) => all.push(Day(*value)),
            (Self::Number(all), Value::Number(value)) => all.push(*value),
            (Self::Text(all), Value::Text(value)) => all.push(value.clone()),
            (column, value) => debug_assert!(false, "{value:?} does not belong to {column:?}"),
        }
    }

    /// The whole column as the value of an array parameter.
    #[must_use]
    pub fn array(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Small(all) => all,
            Self::Int(all) => all,
            Self::Big(all) => all,
            Self::Day(all) => all,
            Self::Number(all) => all,
            Self::Text(all) => all,
        }
    }
}
