//! What a court costs and until when it may be asked (dossier § 8): state duty by a dated scale, limitation, enforcement.

use chrono::{Days as Later, Months, NaiveDate};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::ids::Mark;
use super::money::Money;
use super::penalty::NoParameter;
use super::period::Days;
use super::rules::{Parameter, Rules};
use super::timeline::Timeline;

/// One line of a scale of state duty (НК 333.19): for claims above `above`, `base` and `percent` of what is above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// The claim the band begins above, roubles.
    pub above: Decimal,
    /// The duty at its beginning, roubles.
    pub base: Decimal,
    /// Percent of the claim above it.
    pub percent: Decimal,
    /// The least duty of the band, roubles; nothing where the act names none.
    pub least: Option<Decimal>,
    /// The most duty of the band, roubles.
    pub most: Option<Decimal>,
}

/// The scales with their history: a band is true for the days its act is in force.
pub type Scale = Timeline<Band>;

/// What is asked of the court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// A claim (иск).
    Suit,
    /// A court order (судебный приказ).
    Order,
}

/// State duty of an application sent on a day; `None` where no scale is in force or the claim is not above zero.
///
/// # Errors
/// When a parameter is not set on that day.
pub fn duty(
    rules: &Rules,
    scale: &Scale,
    known: Mark,
    (claim, price): (Claim, Money),
    on: NaiveDate,
) -> Result<Option<Money>, NoParameter> {
    let need = |parameter| rules.parameter(parameter, on, known).ok_or(NoParameter { parameter, day: on });
    let price = price.roubles();
    let bands = scale.known(known).filter(|fact| fact.days.contain(on)).map(|fact| fact.value);
    let Some(band) = bands.filter(|band| price > band.above).max_by_key(|band| band.above) else {
        return Ok(None);
    };
    let mut duty = band.base + (price - band.above) * band.percent / Decimal::ONE_HUNDRED;
    duty = band.least.map_or(duty, |least| duty.max(least));
    duty = band.most.map_or(duty, |most| duty.min(most));
    if claim == Claim::Order {
        duty = duty * need(Parameter::DutyOrderPercent)? / Decimal::ONE_HUNDRED;
    }
    if need(Parameter::DutyRoundRoubles)? == Decimal::ONE {
        duty = duty.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    }
    Ok(Money::round(duty))
}

/// Whether a court order is given for the price; above it there is only the claim (ГПК 121).
///
/// # Errors
/// When the limit is not set on that day.
pub fn may_be_ordered(rules: &Rules, known: Mark, price: Money, on: NaiveDate) -> Result<bool, NoParameter> {
    let parameter = Parameter::CourtOrderMost;
    let most = rules.parameter(parameter, on, known).ok_or(NoParameter { parameter, day: on })?;
    Ok(price.roubles() <= most)
}

/// When limitation stood still (ГК 204).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stopped {
    /// So many days in all.
    pub days: u64,
    /// From the application for a court order to its cancellation.
    pub order: Option<Days>,
}

/// Whether a debt due on a day may still be claimed by an application of another day (ГК 196, 200): `due ≥ on − 3 years`, the
/// time the clock stood still added. What an order that was cancelled left of limitation is six months at least (ГК 204 п. 3).
///
/// # Errors
/// When the limitation is not set on that day.
pub fn is_within_limitation(
    rules: &Rules,
    known: Mark,
    (due, stopped): (NaiveDate, Stopped),
    on: NaiveDate,
) -> Result<bool, NoParameter> {
    let need = |parameter| rules.parameter(parameter, on, known).ok_or(NoParameter { parameter, day: on });
    let years =
        Months::new(need(Parameter::LimitationYears)?.to_u32().unwrap_or_default().saturating_mul(12));
    let due = due.checked_add_days(Later::new(stopped.days)).unwrap_or(NaiveDate::MAX);
    let is_young =
        |due: NaiveDate, on: NaiveDate| due >= on.checked_sub_months(years).unwrap_or(NaiveDate::MIN);
    // What was not late yet when the order was asked for, or already too late, the order does not touch.
    let touched = stopped.order.filter(|order| due < order.from && is_young(due, order.from));
    let Some(order) = touched else { return Ok(is_young(due, on)) };
    let stood = u64::try_from(order.count()).unwrap_or_default();
    let rest = Months::new(need(Parameter::LimitationRestMonths)?.to_u32().unwrap_or_default());
    let least = order.to.checked_add_months(rest).unwrap_or(NaiveDate::MAX);
    Ok(on <= least || is_young(due.checked_add_days(Later::new(stood)).unwrap_or(NaiveDate::MAX), on))
}

/// The enforcement fee of a sum that is collected from a person (229-ФЗ ст. 112).
///
/// # Errors
/// When the percent or the least fee is not set on that day.
pub fn enforcement_fee(
    rules: &Rules,
    known: Mark,
    collected: Money,
    on: NaiveDate,
) -> Result<Option<Money>, NoParameter> {
    let need = |parameter| rules.parameter(parameter, on, known).ok_or(NoParameter { parameter, day: on });
    let percent = need(Parameter::EnforcementPercent)?;
    let fee = collected.roubles() * percent / Decimal::ONE_HUNDRED;
    Ok(Money::round(fee.max(need(Parameter::EnforcementLeast)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::penalty::testing::law;
    use crate::calc::testing::{d, day};

    fn sum(text: &str) -> Money {
        Money::round(d(text)).unwrap()
    }

    /// The scale of 259-ФЗ from 09.09.2024 and the one before it.
    fn scale() -> Scale {
        let band = |from: &str, to: &str, numbers: [&str; 5]| {
            let number = |text: &str| (!text.is_empty()).then(|| d(text));
            let [above, base, percent, least, most] = numbers.map(number);
            crate::calc::timeline::Fact {
                days: crate::calc::testing::days(&format!("{from}..{to}")),
                asserted: Mark(1),
                retracted: Mark::NOW,
                row: 0,
                value: Band {
                    above: above.unwrap(),
                    base: base.unwrap(),
                    percent: percent.unwrap(),
                    least,
                    most,
                },
            }
        };
        let old = [
            ["0", "0", "4", "400", ""],
            ["20000", "800", "3", "", ""],
            ["100000", "3200", "2", "", ""],
            ["200000", "5200", "1", "", ""],
            ["1000000", "13200", "0.5", "", "60000"],
        ];
        let new = [
            ["0", "4000", "0", "", ""],
            ["100000", "4000", "3", "", ""],
            ["300000", "10000", "2.5", "", ""],
            ["500000", "15000", "2", "", ""],
        ];
        let old = old.map(|numbers| band("2015-01-01", "2024-09-09", numbers));
        Timeline(old.into_iter().chain(new.map(|numbers| band("2024-09-09", "", numbers))).collect())
    }

    fn of(claim: Claim, price: &str, on: &str) -> String {
        duty(&law(), &scale(), Mark::NOW, (claim, sum(price)), day(on)).unwrap().unwrap().to_string()
    }

    /// Dossier § 8.1: 4 000 + 46 305.40 × 3 % = 5 389.162; 10 000 + 18 940.05 × 2.5 % = 10 473.50125; an order is half,
    /// of the duty before it is rounded: 2 694.581, 5 236.750625.
    #[test]
    fn the_examples_of_the_dossier() {
        let of = |price| (of(Claim::Suit, price, "2026-03-02"), of(Claim::Order, price, "2026-03-02"));
        assert_eq!(of("38214.77"), ("4000.00".into(), "2000.00".into()));
        assert_eq!(of("146305.40"), ("5389.00".into(), "2695.00".into()));
        assert_eq!(of("318940.05"), ("10474.00".into(), "5237.00".into()));
    }

    /// The bands join without a step, and a band begins above its limit.
    #[test]
    fn bands_join() {
        assert_eq!(of(Claim::Suit, "100000.00", "2026-03-02"), "4000.00");
        assert_eq!(of(Claim::Suit, "300000.00", "2026-03-02"), "10000.00");
        // 4 000 + 16.67 × 3 % = 4 000.5001: fifty kopecks go up.
        assert_eq!(of(Claim::Suit, "100016.67", "2026-03-02"), "4001.00");
    }

    /// The day before the new scale the old one counts: 4 % of 5 000 is 200, not less than 400; 800 + 18 214.77 × 3 %.
    #[test]
    fn the_scale_of_the_day() {
        assert_eq!(of(Claim::Suit, "5000.00", "2024-09-08"), "400.00");
        assert_eq!(of(Claim::Suit, "38214.77", "2024-09-08"), "1346.00");
        assert_eq!(of(Claim::Suit, "38214.77", "2024-09-09"), "4000.00");
        assert_eq!(of(Claim::Suit, "20000000.00", "2024-09-08"), "60000.00");
    }

    #[test]
    fn an_order_ends_at_half_a_million() {
        let may = |price| may_be_ordered(&law(), Mark::NOW, sum(price), day("2026-03-02")).unwrap();
        assert!(may("500000.00") && !may("500000.01"));
    }

    /// Three years are counted to the day; a debt whose due day is the same day three years before may be claimed.
    #[test]
    fn limitation_is_counted_to_the_day() {
        let within = |due, days| {
            let stopped = Stopped { days, order: None };
            is_within_limitation(&law(), Mark::NOW, (day(due), stopped), day("2026-03-15")).unwrap()
        };
        assert!(within("2023-03-15", 0) && !within("2023-03-14", 0) && within("2023-03-14", 1));
    }

    /// An order was before the court from 01.03.2026 to 01.05.2026. Of a debt due 10.03.2023 nine days were left, so six months:
    /// through 01.11.2026. Of one due 10.04.2024 more than a year was left: three years and 61 days, through 10.06.2027. One due
    /// 28.02.2023 was too late already, one due on the day of the application was not late yet.
    #[test]
    fn a_cancelled_order_leaves_six_months_at_least() {
        let order = Some(crate::calc::testing::days("2026-03-01..2026-05-01"));
        let within = |due, on| {
            let stopped = Stopped { days: 0, order };
            is_within_limitation(&law(), Mark::NOW, (day(due), stopped), day(on)).unwrap()
        };
        assert!(within("2023-03-10", "2026-11-01") && !within("2023-03-10", "2026-11-02"));
        assert!(within("2024-04-10", "2027-06-10") && !within("2024-04-10", "2027-06-11"));
        assert!(!within("2023-02-28", "2026-06-01"));
        assert!(within("2026-03-01", "2029-03-01") && !within("2026-03-01", "2029-03-02"));
    }

    /// 12 % of 10 000 is 1 200, not less than 2 000; of 50 000 it is 6 000. Before 2026 7 %, not less than 1 000.
    #[test]
    fn the_enforcement_fee_of_the_day() {
        let fee = |collected, on| {
            enforcement_fee(&law(), Mark::NOW, sum(collected), day(on)).unwrap().unwrap().to_string()
        };
        assert_eq!(
            (fee("10000", "2026-01-01"), fee("50000", "2026-01-01")),
            ("2000.00".into(), "6000.00".into())
        );
        assert_eq!(
            (fee("10000", "2025-12-31"), fee("50000", "2025-12-31")),
            ("1000.00".into(), "3500.00".into())
        );
    }
}
