//! What a bank and the centre keep of a payment (dossier § 7.5): a percentage of each payment and payee, rounded by itself;
//! what is booked is the sum of the rounded parts, never a percentage of the total.

use rust_decimal::Decimal;

use super::money::Money;

/// How one fee is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fee {
    /// Percent of the payment.
    pub percent: Decimal,
    /// No less than this a payment.
    pub least: Option<Money>,
    /// No more than this.
    pub most: Option<Money>,
}

impl Fee {
    /// The fee of one payment to one payee, never above the payment. A payment taken back takes its fee back.
    #[must_use]
    pub fn of(self, gross: Money) -> Money {
        if gross < Money::ZERO {
            Money::ZERO - self.of_paid(Money::ZERO - gross)
        } else {
            self.of_paid(gross)
        }
    }

    fn of_paid(self, gross: Money) -> Money {
        let fee = Money::round(gross.roubles() * self.percent / Decimal::ONE_HUNDRED).unwrap_or_default();
        let fee = self.least.map_or(fee, |least| fee.max(least));
        let fee = self.most.map_or(fee, |most| fee.min(most));
        fee.min(gross)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::testing::d;

    fn sum(text: &str) -> Money {
        Money::round(d(text)).unwrap()
    }

    /// Dossier § 7.5.
    #[test]
    fn each_payment_is_rounded_by_itself() {
        let centre = Fee { percent: d("1.5"), ..Fee::default() };
        let fees = ["612.44", "1287.31", "95.07"].map(|gross| centre.of(sum(gross)));
        assert_eq!(fees, ["9.19", "19.31", "1.43"].map(sum));
    }

    #[test]
    fn a_payment_taken_back_takes_its_fee_back() {
        let fee = Fee { percent: d("1.5"), least: Some(sum("3")), most: Some(sum("10")) };
        assert_eq!(
            ["-612.44", "-100", "-5000", "-2"].map(|gross| fee.of(sum(gross))),
            ["-9.19", "-3", "-10", "-2"].map(sum)
        );
    }

    #[test]
    fn least_most_and_no_more_than_there_is() {
        let fee = Fee { percent: d("1"), least: Some(sum("3")), most: Some(sum("10")) };
        assert_eq!(
            ["100", "500", "5000", "2"].map(|gross| fee.of(sum(gross))),
            ["3", "5", "10", "2"].map(sum)
        );
    }
}
