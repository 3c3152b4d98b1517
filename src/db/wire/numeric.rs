//! `numeric` as the server writes and reads it: groups of four decimal digits, the sign and the displayed scale.

use std::error::Error;

use bytes::Buf;
use rust_decimal::Decimal;
use tokio_postgres::types::{FromSql, Type};

/// A group holds four decimal digits.
const GROUP: u128 = 10_000;
/// Most groups a [`Decimal`] can have: 29 digits and up to three of padding.
const MOST: usize = 9;
/// What fills the last group of a number by the places it lacks.
const POWERS: [u128; 4] = [1, 10, 100, 1_000];
/// Bytes of the length before a cell.
const LENGTH: usize = 4;
/// Bytes before the groups: how many, weight of the first, sign, scale.
const HEAD: usize = 8;
/// The mark of a negative number.
const NEGATIVE: i16 = 0x4000;

/// A number out of a `numeric` column. Sums, areas and readings have a few groups and are read without a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl<'a> FromSql<'a> for Number {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        match short(raw) {
            Some(number) => Ok(Self(number)),
            None => Ok(Self(Decimal::from_sql(ty, raw)?)),
        }
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::NUMERIC
    }
}

/// A number whose digits fit 64 bits; `None` for any other, and for what is no number.
fn short(mut raw: &[u8]) -> Option<Decimal> {
    let count = raw.try_get_i16().ok()?;
    let weight = raw.try_get_i16().ok()?;
    let negative = match raw.try_get_i16().ok()? {
        0 => false,
        NEGATIVE => true,
        _ => return None,
    };
    let scale = raw.try_get_i16().ok()?;
    let mut digits: i64 = 0;
    for _ in 0..count {
        digits = digits.checked_mul(GROUP as i64)?.checked_add(raw.try_get_i16().ok()?.into())?;
    }
    // Places the last group stands before the displayed scale; behind it there are only noughts.
    let places = 4 * (i32::from(weight) - i32::from(count) + 1) + i32::from(scale);
    let power = 10_i64.checked_pow(places.unsigned_abs())?;
    let mantissa = if places < 0 { digits / power } else { digits.checked_mul(power)? };
    Decimal::try_new(if negative { -mantissa } else { mantissa }, u32::try_from(scale).ok()?).ok()
}

/// Appends the cell of a `numeric` with the scale the number carries.
pub fn put_numeric(value: Decimal, out: &mut Vec<u8>) {
    let scale = value.scale();
    let padding = (4 - scale % 4) % 4;
    let mut groups = [0_i16; MOST];
    let count = split(value.mantissa().unsigned_abs() * POWERS[padding as usize], &mut groups);
    // A value is at most 28 digits behind the point: these are small.
    let behind = scale.div_ceil(4) as i16;
    let trailing = groups[..count].iter().take_while(|group| **group == 0).count();
    let kept = &groups[trailing..count];
    let weight = if count == 0 { 0 } else { count as i16 - behind - 1 };
    let sign = if value.is_sign_negative() && count > 0 { NEGATIVE } else { 0 };
    let size = HEAD + 2 * kept.len();
    // Put together aside and copied with all the room it might have taken: that length the compiler knows.
    let mut cell = [0_u8; LENGTH + HEAD + 2 * MOST];
    cell[..LENGTH].copy_from_slice(&(size as i32).to_be_bytes());
    let words = [kept.len() as i16, weight, sign, scale as i16].into_iter().chain(kept.iter().rev().copied());
    for (place, word) in cell[LENGTH..].chunks_exact_mut(2).zip(words) {
        place.copy_from_slice(&word.to_be_bytes());
    }
    let end = out.len() + LENGTH + size;
    out.extend_from_slice(&cell);
    out.truncate(end);
}

/// Groups of a whole number, the lowest first; returns how many, without leading zeros.
fn split(mut rest: u128, groups: &mut [i16; MOST]) -> usize {
    let mut count = 0;
    // Division of 128 bits is a call of a hundred instructions: nearly every amount leaves it at once.
    while rest > u128::from(u64::MAX) {
        groups[count] = (rest % GROUP) as i16;
        rest /= GROUP;
        count += 1;
    }
    let mut rest = rest as u64;
    while rest > 0 {
        groups[count] = (rest % GROUP as u64) as i16;
        rest /= GROUP as u64;
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::BytesMut;
    use proptest::prelude::*;
    use tokio_postgres::types::ToSql;

    /// The value without its length, which must be that of the rest.
    fn written(value: Decimal) -> Vec<u8> {
        let mut out = Vec::new();
        put_numeric(value, &mut out);
        let value = out.split_off(4);
        assert_eq!(out, (value.len() as i32).to_be_bytes());
        value
    }

    fn words(text: &str) -> Vec<i16> {
        let bytes = written(text.parse().unwrap());
        bytes.chunks(2).map(|pair| i16::from_be_bytes([pair[0], pair[1]])).collect()
    }

    /// Count of groups, weight of the first, sign, scale, groups: by the server's description of the type.
    #[test]
    fn groups_of_four_digits() {
        assert_eq!(words("0"), [0, 0, 0, 0]);
        assert_eq!(words("0.00"), [0, 0, 0, 2]);
        assert_eq!(words("1"), [1, 0, 0, 0, 1]);
        assert_eq!(words("-12.5"), [2, 0, 0x4000, 1, 12, 5000]);
        assert_eq!(words("10000"), [1, 1, 0, 0, 1]);
        assert_eq!(words("10000.00"), [1, 1, 0, 2, 1]);
        assert_eq!(words("12345.6789"), [3, 1, 0, 4, 1, 2345, 6789]);
        assert_eq!(words("0.0001"), [1, -1, 0, 4, 1]);
        assert_eq!(words("0.00001"), [1, -2, 0, 5, 1000]);
    }

    #[test]
    fn negative_zero_is_zero() {
        let mut zero = Decimal::new(0, 2);
        zero.set_sign_negative(true);
        assert_eq!(written(zero), written(Decimal::new(0, 2)));
    }

    /// What is no number (`NaN`: sign C000), and what is cut off, is refused, not guessed.
    #[test]
    fn what_is_no_number_is_refused() {
        assert!(Number::from_sql(&Type::NUMERIC, &[0, 0, 0, 0, 0xC0, 0, 0, 0]).is_err());
        assert!(Number::from_sql(&Type::NUMERIC, &[0, 1, 0, 0, 0, 0, 0, 0]).is_err());
    }

    proptest! {
        /// The driver's own conversion reads the same number back and writes the same bytes.
        #[test]
        fn reads_back(mantissa in -79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335, scale in 0_u32..=28) {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            let bytes = written(value);
            prop_assert_eq!(Decimal::from_sql(&Type::NUMERIC, &bytes).unwrap(), value);
            let mut theirs = BytesMut::new();
            let _ = value.to_sql(&Type::NUMERIC, &mut theirs).unwrap();
            prop_assert_eq!(&bytes[..], &theirs[..]);
        }

        /// What travels by the million is read as the driver reads it, the displayed scale included.
        #[test]
        fn is_read_as_the_driver_reads_it(mantissa in -999_999_999_999_i64..=999_999_999_999, scale in 0_u32..=9) {
            let value = Decimal::new(mantissa, scale);
            let bytes = written(value);
            let Number(ours) = Number::from_sql(&Type::NUMERIC, &bytes).unwrap();
            let theirs = Decimal::from_sql(&Type::NUMERIC, &bytes).unwrap();
            prop_assert_eq!((ours, ours.scale()), (theirs, theirs.scale()));
            prop_assert_eq!((ours, ours.scale()), (value, scale));
        }
    }
}
