//! The bar code under the part that is cut off: the account, the month and the sum, for scanners that type what they
//! read. No standard says what stands in it (dossier of formats § 1.2), so it is the plainest there is, told apart from the right.

use chrono::Datelike;

use crate::calc::money::Money;
use crate::calc::period::Month;

/// Digits of the sum in kopecks, with zeros before it.
const SUM_DIGITS: usize = 10;

/// Account, month as `MMYY`, sum in kopecks as ten digits: `0700000123` `0926` `0000836748`. Money for no certain month has
/// `0000`. `None` where nothing is to pay, or more than ten digits of kopecks.
#[must_use]
pub fn text(account: &str, month: Option<Month>, sum: Money) -> Option<String> {
    let kopecks = u64::try_from(sum.kopecks()).ok().filter(|kopecks| *kopecks > 0)?;
    let sum = format!("{kopecks:0SUM_DIGITS$}");
    let (month, year) =
        month.map_or((0, 0), |month| (month.first_day().month(), month.first_day().year().rem_euclid(100)));
    (sum.len() == SUM_DIGITS).then(|| format!("{account}{month:02}{year:02}{sum}"))
}
