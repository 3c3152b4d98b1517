//! Numbers as PDF writes them, without the detour over a text of their own.

/// Appends a whole number.
pub(super) fn whole(bytes: &mut Vec<u8>, value: i64) {
    if value < 0 {
        bytes.push(b'-');
    }
    let (mut digits, mut place) = ([0_u8; 20], 20);
    let mut rest = value.unsigned_abs();
    loop {
        place -= 1;
        digits[place] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    bytes.extend_from_slice(&digits[place..]);
}

/// Appends a number given in hundredths, without zeros at its end.
pub(super) fn hundredths(bytes: &mut Vec<u8>, value: i64) {
    if value < 0 {
        bytes.push(b'-');
    }
    let (units, rest) = (value.abs() / 100, (value.abs() % 100) as u8);
    whole(bytes, units);
    if rest != 0 {
        bytes.extend_from_slice(&[b'.', b'0' + rest / 10]);
        if !rest.is_multiple_of(10) {
            bytes.push(b'0' + rest % 10);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: fn(&mut Vec<u8>, i64), value: i64) -> String {
        let mut bytes = Vec::new();
        write(&mut bytes, value);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let wholes = [0, 7, -10, 21_000, i64::MIN].map(|value| written(whole, value));
        assert_eq!(wholes, ["0", "7", "-10", "21000", "-9223372036854775808"]);
        let parts = [0, 5, -5, 10, 123, -28_222, 1_200].map(|value| written(hundredths, value));
        assert_eq!(parts, ["0", "0.05", "-0.05", "0.1", "1.23", "-282.22", "12"]);
    }
}
