//! Money is whole kopecks. A fraction of a kopeck cannot be represented, so rounding happens exactly where a
//! decimal becomes money, and nowhere else (billing rules, dossier § 0.1: half away from zero, once, at the line).

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// A signed sum in kopecks; positive is owed by the payer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

/// Places of a rouble.
const PLACES: u32 = 2;

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A sum given in whole kopecks.
    #[must_use]
    pub const fn from_kopecks(kopecks: i64) -> Self {
        Self(kopecks)
    }

    /// The sum in whole kopecks.
    #[must_use]
    pub const fn kopecks(self) -> i64 {
        self.0
    }

    /// Rounds roubles to the kopeck, half away from zero, so that a reversal nets to nothing.
    /// `None` when the sum does not fit in 64 bits of kopecks.
    #[must_use]
    pub fn round(roubles: Decimal) -> Option<Self> {
        // Nearly every sum that comes here is of whole kopecks already.
        if let Some(missing) = PLACES.checked_sub(roubles.scale()) {
            let units = i64::try_from(roubles.mantissa()).ok()?;
            return units.checked_mul(10_i64.pow(missing)).map(Self);
        }
        let kopecks = roubles.checked_mul(Decimal::ONE_HUNDRED)?;
        kopecks.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64().map(Self)
    }

    /// The sum in roubles with two places.
    #[must_use]
    pub fn roubles(self) -> Decimal {
        Decimal::new(self.0, 2)
    }
}

/// Rounds a volume to the number of places a service prints, half away from zero (dossier § 0.1: a reader of
/// the invoice must be able to repeat the multiplication).
#[must_use]
pub fn round_volume(volume: Decimal, scale: u32) -> Decimal {
    let Some(spare) = volume.scale().checked_sub(scale).filter(|spare| *spare > 0) else { return volume };
    round_short(volume, scale, spare).unwrap_or_else(|| round_long(volume, scale))
}

/// A number whose digits fit 64 bits: areas, readings and their products, ten million times a city's month. `spare` places are dropped.
fn round_short(volume: Decimal, scale: u32, spare: u32) -> Option<Decimal> {
    let digits = i64::try_from(volume.mantissa()).ok()?;
    let power = 10_i64.checked_pow(spare)?;
    let up = digits.checked_rem(power)?.abs() >= power / 2;
    Some(Decimal::new(digits / power + if up { digits.signum() } else { 0 }, scale))
}

fn round_long(volume: Decimal, scale: u32) -> Decimal {
    volume.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero)
}

/// Splits `whole` by `weights` so that the parts always sum to the whole (largest remainder, dossier § 7.3).
/// Ties go to the larger weight, then to the earlier place. Weights must not be negative; where all are
/// zero every part is zero and the whole cannot be placed: `None`.
#[must_use]
pub fn split(whole: Money, weights: &[i64]) -> Option<Vec<Money>> {
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if total <= 0 || weights.iter().any(|w| *w < 0) {
        return None;
    }
    let (sign, amount) = (whole.0.signum(), i128::from(whole.0).abs());
    let mut parts: Vec<i128> = weights.iter().map(|w| amount * i128::from(*w) / total).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&i| {
        let remainder = amount * i128::from(weights[i]) % total;
        (std::cmp::Reverse(remainder), std::cmp::Reverse(weights[i]), i)
    });
    let missing = amount - parts.iter().sum::<i128>();
    for &place in order.iter().take(usize::try_from(missing).ok()?) {
        parts[place] += 1;
    }
    parts.into_iter().map(|part| i64::try_from(part).ok().map(|part| Money(part * sign))).collect()
}

impl From<Money> for Decimal {
    fn from(sum: Money) -> Self {
        sum.roubles()
    }
}

impl std::ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl std::ops::Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::ZERO, |total, sum| total + sum)
    }
}

impl std::fmt::Display for Money {
    /// Roubles with two places and a decimal point: `-12.05`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.roubles().fmt(f)
    }
}

impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rounded(volume: &str, scale: u32) -> String {
        round_volume(volume.parse().unwrap(), scale).to_string()
    }

    /// Half goes away from zero, and a number with fewer places keeps them.
    #[test]
    fn half_away_from_zero() {
        assert_eq!(rounded("2.345", 2), "2.35");
        assert_eq!(rounded("-2.345", 2), "-2.35");
        assert_eq!(rounded("2.3449", 2), "2.34");
        assert_eq!(rounded("0.0005", 3), "0.001");
        assert_eq!(rounded("-0.0004", 3), "0.000");
        assert_eq!(rounded("7.5", 0), "8");
        assert_eq!(rounded("7.5", 3), "7.5");
        assert_eq!(Money::round("-0.005".parse().unwrap()), Some(Money::from_kopecks(-1)));
        assert_eq!(Money::round("12.5".parse().unwrap()), Some(Money::from_kopecks(12_50)));
        assert_eq!(Money::round(Decimal::MAX), None);
    }

    proptest! {
        /// The short way and the library's come to the same.
        #[test]
        fn short_is_long(digits in any::<i64>(), places in 0..=28_u32, scale in 0..=9_u32) {
            let volume = Decimal::from_i128_with_scale(digits.into(), places);
            prop_assert_eq!(round_volume(volume, scale), round_long(volume, scale));
            let kopecks = round_long(volume, PLACES).checked_mul(Decimal::ONE_HUNDRED).and_then(|all| all.to_i64());
            prop_assert_eq!(Money::round(volume).map(Money::kopecks), kopecks);
        }
    }
}
