//! One value of a row of the projection, of one of the few types it has: rows are plain vectors, without a box a value.

use std::error::Error;

use crate::db::driver::types::{IsNull, ToSql, Type, to_sql_checked};
use bytes::BytesMut;
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// A value on its way to a column of the type it was made for.
#[derive(Debug, Clone, PartialEq)]
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

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Small(value) => value.to_sql(ty, out),
            Self::Int(value) => value.to_sql(ty, out),
            Self::Big(value) => value.to_sql(ty, out),
            Self::Day(value) => value.to_sql(ty, out),
            Self::Number(value) => value.to_sql(ty, out),
            Self::Text(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::INT2, Type::INT4, Type::INT8, Type::DATE, Type::NUMERIC, Type::TEXT].contains(ty)
    }

    to_sql_checked!();
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

/// One column of rows as an array for a statement. A value of another type than its column's cannot be there: rows and
/// types are written side by side.
pub fn array(rows: &[Vec<Value>], at: usize, ty: &Type) -> Box<dyn ToSql + Sync + Send> {
    macro_rules! of {
        ($variant:ident) => {
            Box::new(
                rows.iter()
                    .filter_map(|row| match row.get(at) {
                        Some(Value::$variant(value)) => Some(value.clone()),
                        _ => None,
                    })
                    .collect::<Vec<_>>(),
            )
        };
    }
    match *ty {
        Type::INT2 => of!(Small),
        Type::INT4 => of!(Int),
        Type::INT8 => of!(Big),
        Type::DATE => of!(Day),
        Type::NUMERIC => of!(Number),
        _ => of!(Text),
    }
}
