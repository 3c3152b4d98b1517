//! Numbers of organisations that pass their check digits and belong to nobody: the bank region 99 and the tax
//! region 99 do not exist.

/// The bank of all organisations of the town.
pub const BANK_NAME: &str = "Банк «Речной берег» г. Светлоречинск";
/// Its code (БИК).
pub const BIC: &str = "049902707";
/// Its correspondent account.
pub const CORRESPONDENT_ACCOUNT: &str = "30101810000000000707";
/// The reason code (КПП) of every organisation here.
pub const KPP: &str = "990101001";

fn digits(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.chars().filter_map(|c| c.to_digit(10))
}

fn tin_digit(weights: &[u32], stem: &str) -> u32 {
    let sum: u32 = weights.iter().zip(digits(stem)).map(|(weight, digit)| weight * digit).sum();
    sum % 11 % 10
}

/// Tax number of company `number`: region 99, inspection 01, five digits, one check digit.
#[must_use]
pub fn company_tin(number: i64) -> String {
    let stem = format!("9901{:05}", number % 100_000);
    let check = tin_digit(&[2, 4, 10, 3, 5, 9, 4, 6, 8], &stem);
    format!("{stem}{check}")
}

/// Tax number of sole trader `number`: region 99, inspection 02, six digits, two check digits.
#[must_use]
pub fn trader_tin(number: i64) -> String {
    let stem = format!("9902{:06}", number % 1_000_000);
    let first = tin_digit(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8], &stem);
    let stem = format!("{stem}{first}");
    let second = tin_digit(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], &stem);
    format!("{stem}{second}")
}

/// Sum of a bank account's key over the last three digits of the bank code and the account; 0 where it fits.
fn key_sum(account: &str) -> u32 {
    let bank = &BIC[BIC.len() - 3..];
    digits(bank)
        .chain(digits(account))
        .zip([7, 1, 3].into_iter().cycle())
        .map(|(d, w)| d * w % 10)
        .sum::<u32>()
        % 10
}

/// Settlement account `number` at the bank of the town: 20 digits of which the ninth is the key.
#[must_use]
pub fn settlement_account(number: i64) -> String {
    let with_key = |key: u32| format!("40702810{key}{number:011}");
    (0..10).map(with_key).find(|account| key_sum(account) == 0).unwrap_or_else(|| with_key(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 9901000010: 2·9+4·9+10·0+3·1+5·0+9·0+4·0+6·0+8·1 = 65; 65 mod 11 = 10, mod 10 = 0.
    #[test]
    fn tax_number_of_a_company_ends_in_its_check_digit() {
        assert_eq!(company_tin(1), "9901000010");
    }

    /// Stem 9902000001: 7·9+2·9+4·0+10·2+3·0+…+8·1 = 63+18+20+8 = 109; mod 11 = 10, mod 10 = 0.
    /// With it 99020000010: 3·9+7·9+2·0+4·2+10·0+…+6·1+8·0 = 27+63+8+6 = 104; mod 11 = 5.
    #[test]
    fn tax_number_of_a_trader_ends_in_two_check_digits() {
        assert_eq!(trader_tin(1), "990200000105");
    }

    /// The published synthetic pair of account and bank: 40702810600000000123 at 049902707.
    #[test]
    fn key_of_an_account_fits_the_bank() {
        assert_eq!(settlement_account(123), "40702810600000000123");
    }
}
