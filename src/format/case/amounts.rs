//! Numbers of a case that cannot be any number: an area is not below zero, a payment is above it.

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::row::{Shape, Value};
use crate::calc::money::Money;

/// A number not below zero: an area, a norm, a rate, a reading.
pub(super) struct Quantity(pub Decimal);

/// Percent of a whole, from 0 to 100.
pub(super) struct Percent(pub Decimal);

/// A sum above zero: a payment, what was charged too much.
pub(super) struct Paid(pub Money);

/// A whole number above zero: digits of a dial, registers, parts of a share.
pub(super) struct Count(pub i16);

/// Places after the point.
pub(super) struct Places(pub u32);

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
