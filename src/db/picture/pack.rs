//! The compact form of a picture: whole numbers in as few bytes as they need, the numbers of rows and of operations as their
//! distance from the one before, for those of a house were drawn one after the other.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use crate::db::wire::{day_number, day_of};

/// Bytes of a picture on their way out.
#[derive(Debug, Default)]
pub struct Packer {
    bytes: Vec<u8>,
    row: i64,
    mark: i64,
}

/// Bytes of a picture on their way in.
#[derive(Debug)]
pub struct Unpacker<'a> {
    bytes: &'a [u8],
    row: i64,
    mark: i64,
}

/// What a picture is made of. Reading gives nothing where the bytes are of another form.
pub trait Packed: Sized {
    /// Appends itself.
    fn pack(&self, to: &mut Packer);
    /// Reads itself.
    fn unpack(from: &mut Unpacker<'_>) -> Option<Self>;
}

impl Packer {
    /// The whole picture.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// The number of a row or of a thing.
    pub fn row(&mut self, row: i64) {
        self.number(folded(row.wrapping_sub(self.row)));
        self.row = row;
    }

    /// The number of an operation.
    pub fn mark(&mut self, mark: i64) {
        self.number(folded(mark.wrapping_sub(self.mark)));
        self.mark = mark;
    }
}

impl<'a> Unpacker<'a> {
    /// Reads from the beginning.
    #[must_use]
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, row: 0, mark: 0 }
    }

    /// Whether everything was read.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*byte)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// The number of a row or of a thing.
    pub fn row(&mut self) -> Option<i64> {
        self.row = self.row.wrapping_add(unfolded(self.number()?));
        Some(self.row)
    }

    /// The number of an operation.
    pub fn mark(&mut self) -> Option<i64> {
        self.mark = self.mark.wrapping_add(unfolded(self.number()?));
        Some(self.mark)
    }
}

/// Small numbers of either sign as small numbers.
const fn folded(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

const fn unfolded(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -((number & 1).cast_signed())
}

impl Packed for () {
    fn pack(&self, _: &mut Packer) {}

    fn unpack(_: &mut Unpacker<'_>) -> Option<Self> {
        Some(())
    }
}

impl Packed for bool {
    fn pack(&self, to: &mut Packer) {
        to.bytes.push(u8::from(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(from.byte()? != 0)
    }
}

impl Packed for u8 {
    fn pack(&self, to: &mut Packer) {
        to.bytes.push(*self);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        from.byte()
    }
}

impl Packed for i64 {
    fn pack(&self, to: &mut Packer) {
        to.number(folded(*self));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(unfolded(from.number()?))
    }
}

/// Narrower whole numbers take the way of the widest: small ones are as short in it.
macro_rules! narrower {
    ($($name:ty),+) => {$(
        impl Packed for $name {
            fn pack(&self, to: &mut Packer) {
                i64::from(*self).pack(to);
            }

            fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
                i64::unpack(from)?.try_into().ok()
            }
        }
    )+};
}

narrower!(i16, i32, u32);

impl Packed for String {
    fn pack(&self, to: &mut Packer) {
        to.number(self.len() as u64);
        to.bytes.extend_from_slice(self.as_bytes());
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let length = usize::try_from(from.number()?).ok()?;
        let (text, rest) = from.bytes.split_at_checked(length)?;
        from.bytes = rest;
        Self::from_utf8(text.to_vec()).ok()
    }
}

/// A scale above this one says that the digits do not fit 64 bits and stand whole.
const WIDE: u8 = 0x80;

impl Packed for Decimal {
    fn pack(&self, to: &mut Packer) {
        // At most 28 places.
        let scale = self.scale() as u8;
        if let Ok(short) = i64::try_from(self.mantissa()) {
            scale.pack(to);
            short.pack(to);
        } else {
            (scale | WIDE).pack(to);
            to.bytes.extend_from_slice(&self.mantissa().to_le_bytes());
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let scale = from.byte()?;
        if scale & WIDE == 0 {
            return Self::try_new(i64::unpack(from)?, scale.into()).ok();
        }
        let (digits, rest) = from.bytes.split_first_chunk()?;
        from.bytes = rest;
        Self::try_from_i128_with_scale(i128::from_le_bytes(*digits), (scale & !WIDE).into()).ok()
    }
}

impl Packed for NaiveDate {
    fn pack(&self, to: &mut Packer) {
        // Most facts have no end: that takes a byte.
        let day = if *self == Self::MAX { 0 } else { folded(day_number(*self).into()) + 1 };
        to.number(day);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        match from.number()?.checked_sub(1) {
            None => Some(Self::MAX),
            Some(day) => day_of(unfolded(day).try_into().ok()?),
        }
    }
}

impl Packed for NaiveDateTime {
    fn pack(&self, to: &mut Packer) {
        use chrono::Timelike;
        self.date().pack(to);
        self.num_seconds_from_midnight().pack(to);
        self.nanosecond().pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let day = NaiveDate::unpack(from)?;
        let (seconds, parts) = (u32::unpack(from)?, u32::unpack(from)?);
        Some(day.and_time(NaiveTime::from_num_seconds_from_midnight_opt(seconds, parts)?))
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut Packer) {
        self.is_some().pack(to);
        if let Some(value) = self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some(if bool::unpack(from)? { Some(T::unpack(from)?) } else { None })
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, to: &mut Packer) {
        to.number(self.len() as u64);
        self.iter().for_each(|one| one.pack(to));
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        let count = usize::try_from(from.number()?).ok()?;
        // A thing takes a byte at least, or nothing at all: a count of another form must not ask for the memory of the world.
        let mut all = Self::with_capacity(count.min(from.bytes.len()));
        for _ in 0..count {
            all.push(T::unpack(from)?);
        }
        Some(all)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, to: &mut Packer) {
        self.0.pack(to);
        self.1.pack(to);
    }

    fn unpack(from: &mut Unpacker<'_>) -> Option<Self> {
        Some((A::unpack(from)?, B::unpack(from)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn again<T: Packed>(value: &T) -> T {
        let mut packer = Packer::default();
        value.pack(&mut packer);
        let bytes = packer.finish();
        let mut from = Unpacker::of(&bytes);
        let read = T::unpack(&mut from).unwrap();
        assert!(from.is_done());
        read
    }

    proptest! {
        #[test]
        fn numbers_come_back(number: i64, small: i16, positive: u32) {
            prop_assert_eq!((again(&number), again(&small), again(&positive)), (number, small, positive));
        }

        #[test]
        fn decimals_come_back_with_their_scale(high: i32, rest: u64, scale in 0_u32..=28) {
            let value = Decimal::from_i128_with_scale((i128::from(high) << 64) + i128::from(rest), scale);
            prop_assert_eq!((again(&value), again(&value).scale()), (value, scale));
        }

        #[test]
        fn days_and_moments_come_back(day in -80_000_000_i32..80_000_000, second in 0_u32..86_400) {
            let day = NaiveDate::from_num_days_from_ce_opt(day).unwrap();
            let moment = day.and_time(NaiveTime::from_num_seconds_from_midnight_opt(second, 5).unwrap());
            prop_assert_eq!((again(&day), again(&moment)), (day, moment));
        }

        #[test]
        fn rows_and_marks_come_back(numbers: Vec<(i64, i64)>) {
            let mut packer = Packer::default();
            numbers.iter().for_each(|(row, mark)| { packer.row(*row); packer.mark(*mark); });
            let bytes = packer.finish();
            let mut from = Unpacker::of(&bytes);
            let read: Vec<_> = numbers.iter().map(|_| (from.row().unwrap(), from.mark().unwrap())).collect();
            prop_assert_eq!(read, numbers);
        }

        #[test]
        fn texts_and_lists_come_back(texts: Vec<Option<String>>) {
            prop_assert_eq!(again(&texts), texts);
        }
    }

    #[test]
    fn the_ends_of_time_come_back() {
        assert_eq!(again(&[NaiveDate::MAX, NaiveDate::MIN].to_vec()), [NaiveDate::MAX, NaiveDate::MIN]);
    }

    #[test]
    fn a_fact_without_an_end_takes_a_byte_for_it() {
        let mut packer = Packer::default();
        NaiveDate::MAX.pack(&mut packer);
        assert_eq!(packer.finish(), [0]);
    }
}
