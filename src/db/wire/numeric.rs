//! `numeric` as the server reads it: groups of four decimal digits, the sign and the displayed scale.

use bytes::{BufMut, BytesMut};
use rust_decimal::Decimal;

/// A group holds four decimal digits.
const GROUP: u128 = 10_000;
/// Most groups a [`Decimal`] can have: 29 digits and up to three of padding.
const MOST: usize = 9;
/// The mark of a negative number.
const NEGATIVE: i16 = 0x4000;

/// Appends the value of a `numeric` with the scale it carries, without its length.
pub fn put_numeric(value: Decimal, out: &mut BytesMut) {
    let scale = value.scale();
    let padding = (4 - scale % 4) % 4;
    let mut groups = [0_i16; MOST];
    let count = split(value.mantissa().unsigned_abs() * 10_u128.pow(padding), &mut groups);
    // A value is at most 28 digits behind the point: these are small.
    let behind = scale.div_ceil(4) as i16;
    let trailing = groups[..count].iter().take_while(|group| **group == 0).count();
    out.put_i16((count - trailing) as i16);
    out.put_i16(if count == 0 { 0 } else { count as i16 - behind - 1 });
    out.put_i16(if value.is_sign_negative() && count > 0 { NEGATIVE } else { 0 });
    out.put_i16(scale as i16);
    for group in groups[trailing..count].iter().rev() {
        out.put_i16(*group);
    }
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
    use proptest::prelude::*;
    use tokio_postgres::types::{FromSql, ToSql, Type};

    fn written(value: Decimal) -> BytesMut {
        let mut out = BytesMut::new();
        put_numeric(value, &mut out);
        out
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

    proptest! {
        /// The driver's own conversion reads the same number back and writes the same bytes.
        #[test]
        fn reads_back(mantissa in -79_228_162_514_264_337_593_543_950_335_i128..=79_228_162_514_264_337_593_543_950_335, scale in 0_u32..=28) {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            let bytes = written(value);
            prop_assert_eq!(Decimal::from_sql(&Type::NUMERIC, &bytes).unwrap(), value);
            let mut theirs = BytesMut::new();
            let _ = value.to_sql(&Type::NUMERIC, &mut theirs).unwrap();
            prop_assert_eq!(bytes, theirs);
        }
    }
}
