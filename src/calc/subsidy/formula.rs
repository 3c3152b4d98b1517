//! The formulas, over numbers that may know where they came from.

use rust_decimal::Decimal;

use crate::calc::figure::{Figure, Tag};
use crate::calc::money::Money;
use crate::calc::trace::{How, Node, Source, What};
use crate::calc::unit::Detail;

/// What a family and its region are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// Members.
    pub persons: i64,
    /// Income of the family a month, the mean of the months the law looks at.
    pub income: Money,
    /// The minimum of subsistence a head; none where the formula does not ask for it.
    pub minimum: Option<Money>,
    /// The share of its income a family pays itself, percent.
    pub share: Decimal,
    /// What the bill comes to: of all that is asked (Russia), or of what lies within the norms.
    pub charge: Money,
}

/// The formula of a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formula {
    /// ЖК 159, ПП РФ 14.12.2005 № 761: the regional standard of cost × persons less the share of the income, which is lowered
    /// as the income a head is below the minimum; never above the bill.
    Russia {
        /// The standard of cost a person and month.
        standard: Money,
        /// The bill with privileges and without them, where the family has any: the standard is lowered alike.
        discounted: Option<(Money, Money)>,
    },
    /// Указ 29.08.2016 № 322: what the payment within the norms is above the share of the income.
    Belarus,
    /// The share is half the income a head in minima × the percent: the cost within the norms less that share of the income.
    Ukraine,
}

/// A subsidy and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subsidy {
    /// The amount, not below nothing and not above the bill.
    pub amount: Money,
    /// What the cost is taken for.
    pub cost: Decimal,
    /// What the family pays itself by the formula.
    pub own: Decimal,
    /// The share of the income, percent, after it was lowered or raised.
    pub share: Decimal,
}

/// The subsidy of a family; `None` where a minimum is missing, or a family has nobody.
#[must_use]
pub fn subsidy(family: &Family, formula: Formula) -> Option<Subsidy> {
    let terms = Terms {
        persons: plain(Decimal::from(family.persons)),
        income: plain(family.income.roubles()),
        minimum: family.minimum.map(|minimum| plain(minimum.roubles())),
        share: plain(family.share),
        hundred: plain(Decimal::ONE_HUNDRED),
    };
    let sum = |sum: Money| plain(sum.roubles());
    let worked = terms.work(match formula {
        Formula::Russia { standard, discounted } => Law::Russia {
            standard: sum(standard),
            discounted: discounted.map(|(with, without)| (sum(with), sum(without))),
        },
        Formula::Belarus => Law::Belarus { charge: sum(family.charge) },
        Formula::Ukraine => Law::Ukraine { charge: sum(family.charge), two: plain(Decimal::TWO) },
    })?;
    let Worked { cost, own, share, amount } = worked;
    let amount = Money::round(amount.value())?.min(family.charge.max(Money::ZERO));
    Some(Subsidy { amount, cost, own, share })
}

/// A number nobody asks the source of.
fn plain(value: Decimal) -> Figure {
    let how = How::Given { source: Source::Nothing, days: None };
    let node = || Node { what: What::Amount, value, unit: String::new(), of: None, rule: None, how };
    Figure::new(Detail::Plain, value, node)
}

/// The numbers of a formula.
pub(super) struct Terms {
    /// Members of the family.
    pub persons: Figure,
    /// Income of the family a month.
    pub income: Figure,
    /// The minimum of subsistence a head.
    pub minimum: Option<Figure>,
    /// The share of its income a family pays itself, percent.
    pub share: Figure,
    /// What percents are divided by.
    pub hundred: Figure,
}

/// The law a formula follows, with the numbers it alone knows.
pub(super) enum Law {
    Russia { standard: Figure, discounted: Option<(Figure, Figure)> },
    Belarus { charge: Figure },
    Ukraine { charge: Figure, two: Figure },
}

/// What the formula gives, before it meets the bill.
pub(super) struct Worked {
    pub cost: Decimal,
    pub own: Decimal,
    pub share: Decimal,
    /// Not below nothing, not rounded.
    pub amount: Figure,
}

const COST: Tag<'static> = Tag(What::Cost, "₽");
const SHARE: Tag<'static> = Tag(What::OwnShare, "%");

impl Terms {
    /// `None` where a minimum the law asks for is missing, or the family has nobody.
    pub fn work(self, law: Law) -> Option<Worked> {
        let Self { persons, income, minimum, share, hundred } = self;
        let head = || income.clone().over(persons.clone(), Tag(What::HeadIncome, "₽"));
        let minima = minimum.filter(is_some).map(|minimum| head().over(minimum, Tag(What::Minima, "")));
        if !is_some(&persons) {
            return None;
        }
        let (cost, share) = match law {
            Law::Russia { standard, discounted } => {
                let mut cost = standard.times(persons, COST);
                if let Some((with, without)) = discounted {
                    if !is_some(&without) {
                        return None;
                    }
                    cost = cost.times(with, Tag(What::Product, "")).over(without, COST);
                }
                let poor = minima.filter(|minima| minima.value() < Decimal::ONE);
                (cost, poor.map_or(share.clone(), |minima| share.times(minima, SHARE)))
            }
            Law::Belarus { charge } => (charge, share),
            Law::Ukraine { charge, two } => {
                (charge, minima?.over(two, Tag(What::Minima, "")).times(share, SHARE))
            }
        };
        let own = income.times(share.clone(), Tag(What::Product, "")).over(hundred, Tag(What::Own, "₽"));
        let (costs, owned) = (cost.value(), own.value());
        let amount = cost.minus(own, Tag(What::Subsidy, "₽"));
        let amount = if amount.value() < Decimal::ZERO {
            amount.becoming(Decimal::ZERO, What::Subsidy)
        } else {
            amount
        };
        Some(Worked { cost: costs, own: owned, share: share.value(), amount })
    }
}

/// Whether one may divide by it.
fn is_some(figure: &Figure) -> bool {
    !figure.value().is_zero()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::testing::d;

    fn sum(text: &str) -> Money {
        Money::round(d(text)).unwrap()
    }

    fn family(persons: i64, income: &str, minimum: Option<&str>, share: &str, charge: &str) -> Family {
        let minimum = minimum.map(sum);
        Family { persons, income: sum(income), minimum, share: d(share), charge: sum(charge) }
    }

    #[test]
    fn the_examples_of_the_dossier() {
        let russia = |income| {
            let formula = Formula::Russia { standard: sum("3812.40"), discounted: None };
            let family = family(3, income, Some("16903"), "18", "20000");
            subsidy(&family, formula).unwrap().amount
        };
        // 3 812,40 × 3 − 18 % × 56 880 = 11 437,20 − 10 238,40
        assert_eq!(russia("56880"), sum("1198.80"));
        // 13 750 ÷ 16 903 = 0,813465…: 11 437,20 − 18 % × 41 250 × 0,813465… = 11 437,20 − 6 039,98
        assert_eq!(russia("41250"), sum("5397.22"));
        assert_eq!(russia("66000"), sum("0"));
        // 214,86 − 20 % × 870
        let belarus = subsidy(&family(2, "870", None, "20", "214.86"), Formula::Belarus).unwrap();
        assert_eq!(belarus.amount, sum("40.86"));
        // 14 300 ÷ 2 ÷ 2 920 ÷ 2 × 15 % = 18,3647 %; 4 120,55 − 2 626,16
        let ukraine = subsidy(&family(2, "14300", Some("2920"), "15", "4120.55"), Formula::Ukraine).unwrap();
        assert_eq!(ukraine.amount, sum("1494.39"));
    }

    #[test]
    fn never_above_the_bill_and_lowered_by_privileges() {
        let plain = Formula::Russia { standard: sum("3812.40"), discounted: None };
        let poor = family(3, "0", Some("16903"), "18", "9000");
        assert_eq!(subsidy(&poor, plain).unwrap().amount, sum("9000"));
        // 11 437,20 × 6 000 ÷ 8 000 = 8 577,90; − 18 % × 41 250 × 13 750 ÷ 16 903 = 6 039,9826
        let halved =
            Formula::Russia { standard: sum("3812.40"), discounted: Some((sum("6000"), sum("8000"))) };
        let family = family(3, "41250", Some("16903"), "18", "6000");
        assert_eq!(subsidy(&family, halved).unwrap().amount, sum("2537.92"));
    }

    #[test]
    fn a_family_of_nobody_or_without_its_minimum_has_none() {
        assert_eq!(subsidy(&family(0, "870", None, "20", "214.86"), Formula::Belarus), None);
        assert_eq!(subsidy(&family(2, "870", None, "15", "214.86"), Formula::Ukraine), None);
    }
}
