//! Numbers of a case that cannot be any number: an area is not below zero, a payment is above it.

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::row::{Shape, Value};
use crate::calc::ids::Mark;
use crate::calc::money::Money;

/// A number not below zero: an area, a norm, a rate, a reading.
pub(super) struct Quantity(pub Decimal);

/// Percent of a whole, from 0 to 100.
pub(super) struct Percent(pub Decimal);

/// A sum above zero: a payment, what was charged too much.
pub(super) struct Paid(pub Money);

/// A whole number above zero: digits of a dial, registers, parts of a share.
pub(super) struct Count(pub i16);

/// Digits of a dial.
pub(super) struct Digits(pub u32);

/// Registers of a meter.
pub(super) struct Registers(pub i16);

/// A number above zero: what readings are multiplied by.
pub(super) struct Ratio(pub Decimal);

/// Places after the point.
pub(super) struct Places(pub u32);

impl Value for Digits {
    const SHAPE: Shape = Shape::Digits;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        u32::read(value).filter(|digits| (1..=12).contains(digits)).map(Self)
    }
}

impl Value for Registers {
    const SHAPE: Shape = Shape::Registers;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        i16::read(value).filter(|registers| (1..=3).contains(registers)).map(Self)
    }
}

impl Value for Ratio {
    const SHAPE: Shape = Shape::Ratio;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        Decimal::read(value).filter(|ratio| *ratio > Decimal::ZERO).map(Self)
    }
}

/// Operations are numbered from 1.
impl Value for Mark {
    const SHAPE: Shape = Shape::Count;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        i64::read(value).filter(|mark| *mark > 0).map(Self)
    }
}

impl Value for Places {
    const SHAPE: Shape = Shape::Places;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        u32::read(value).filter(|places| *places <= 9).map(Self)
    }
}

impl Value for Quantity {
    const SHAPE: Shape = Shape::Quantity;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        Decimal::read(value).filter(|number| *number >= Decimal::ZERO).map(Self)
    }
}

impl Value for Percent {
    const SHAPE: Shape = Shape::Percent;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        Decimal::read(value)
            .filter(|number| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(number))
            .map(Self)
    }
}

impl Value for Paid {
    const SHAPE: Shape = Shape::Paid;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        Money::read(value).filter(|sum| *sum > Money::ZERO).map(Self)
    }
}

impl Value for Count {
    const SHAPE: Shape = Shape::Count;
    fn read(value: &DeValue<'_>) -> Option<Self> {
        i16::read(value).filter(|count| *count > 0).map(Self)
    }
}
