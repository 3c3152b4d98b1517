//! Where a payment goes (dossier § 7.1–7.3): what the payer named first; then principal, oldest month first, services
//! still rendered before those that ended, penalty last; inside a step pro rata by largest remainder; the rest waits. What is
//! too old for a court is paid only where the payer named its month (Plenum 22 of 27.06.2017 п. 32).
//!
//! The ledger is divided by `finance.split_round` of the database, in the payment's own transaction. This is the same
//! rule for calculations without a database: worked cases and what-if.

use std::collections::BTreeMap;

use super::ids::{ContractId, ServiceId};
use super::money::{self, Money};
use super::period::Month;

/// What a sum is owed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Principal.
    Debt,
    /// Penalty.
    Penalty,
}

/// One sum that is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// The month whose bill asks for it; of a penalty, the month of the debt it is for.
    pub month: Month,
    /// The service.
    pub service: ServiceId,
    /// The contract.
    pub contract: ContractId,
    /// Principal or penalty.
    pub part: Part,
    /// Whether the service is still rendered.
    pub active: bool,
    /// Whether limitation has run out (ГК 196): it is paid only where the payer names its month.
    pub barred: bool,
    /// The amount; what is not above zero is nobody's debt and gets nothing.
    pub amount: Money,
}

/// What the payer said the money is for; nothing where nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purpose {
    /// The month (ГК 319.1 п. 1).
    pub month: Option<Month>,
    /// The service.
    pub service: Option<ServiceId>,
    /// Principal or penalty.
    pub part: Option<Part>,
}

/// How payments are divided where the law is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Penalty after all principal (Plenum 54 of 22.11.2016); else with its month.
    pub penalty_last: bool,
    /// Which services come first inside a month.
    pub first: First,
}

/// Which services come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// Those still rendered.
    Active,
    /// Those that ended.
    Ended,
    /// All alike.
    Neither,
}

/// What is paid, item by item in the order given, and what waits. The parts and the rest sum to the payment; no part is
/// below zero or above its item.
#[must_use]
pub fn allocate(payment: Money, items: &[Item], purpose: Purpose, order: Order) -> (Vec<Money>, Money) {
    let named: i64 = items.iter().filter(|item| purpose.month == Some(item.month)).map(positive).sum();
    let is_whole = payment.kopecks() >= named;
    let mut steps: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let may = |item: &Item| positive(item) > 0 && (!item.barred || purpose.month == Some(item.month));
    for (place, item) in items.iter().enumerate().filter(|(_, item)| may(item)) {
        steps.entry(step(item, purpose, is_whole, order)).or_default().push(place);
    }
    let mut parts = vec![Money::ZERO; items.len()];
    let mut left = payment.kopecks();
    for places in steps.values() {
        let dues: Vec<i64> = places.iter().map(|place| positive(&items[*place])).collect();
        let share = left.min(dues.iter().sum());
        let Some(shares) = money::split(Money::from_kopecks(share), &dues) else { continue };
        for (place, share) in places.iter().zip(shares) {
            parts[*place] = share;
        }
        left -= share;
    }
    (parts, Money::from_kopecks(left))
}

fn positive(item: &Item) -> i64 {
    item.amount.kopecks().max(0)
}

/// The step an item is paid in: smaller is earlier, equal ones share. The penalty printed in the document of a named month is
/// meant only where the money is enough for the whole of it.
fn step(item: &Item, purpose: Purpose, is_whole: bool, order: Order) -> (bool, bool, Month, bool) {
    let meant = purpose != Purpose::default()
        && purpose.month.is_none_or(|month| month == item.month)
        && purpose.service.is_none_or(|service| service == item.service)
        && purpose
            .part
            .map_or(item.part == Part::Debt || purpose.month.is_some() && is_whole, |part| part == item.part);
    let late = order.penalty_last && item.part == Part::Penalty;
    let second = match order.first {
        First::Active => !item.active,
        First::Ended => item.active,
        First::Neither => false,
    };
    (!meant, late, item.month, second)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calc::testing::month;

    const USUAL: Order = Order { penalty_last: true, first: First::Active };

    fn item(of: &str, service: i64, part: Part, active: bool, kopecks: i64) -> Item {
        let (service, contract) = (ServiceId(service), ContractId(1));
        Item {
            month: month(of),
            service,
            contract,
            part,
            active,
            barred: false,
            amount: Money::from_kopecks(kopecks),
        }
    }

    fn paid(kopecks: i64, items: &[Item], purpose: Purpose, order: Order) -> (Vec<i64>, i64) {
        let (parts, rest) = allocate(Money::from_kopecks(kopecks), items, purpose, order);
        (parts.into_iter().map(Money::kopecks).collect(), rest.kopecks())
    }

    /// Dossier § 7.3.
    #[test]
    fn the_example_of_the_dossier() {
        let dues = [172_348, 31_897, 316_609, 80_636, 38_037];
        let items: Vec<Item> =
            (1..).zip(dues).map(|(service, due)| item("2026-02", service, Part::Debt, true, due)).collect();
        let expected = (vec![67_373, 12_469, 123_767, 31_522, 14_869], 0);
        assert_eq!(paid(250_000, &items, Purpose::default(), USUAL), expected);
    }

    /// May 100 and its penalty 10, June 50 of a service that ended and 50 of one that goes on.
    fn debts() -> [Item; 4] {
        [
            item("2026-05", 1, Part::Debt, true, 100),
            item("2026-05", 1, Part::Penalty, true, 10),
            item("2026-06", 2, Part::Debt, false, 50),
            item("2026-06", 1, Part::Debt, true, 50),
        ]
    }

    #[test]
    fn principal_then_penalty_then_the_rest_waits() {
        let plain = |kopecks| paid(kopecks, &debts(), Purpose::default(), USUAL);
        assert_eq!(plain(100), (vec![100, 0, 0, 0], 0));
        assert_eq!(plain(170), (vec![100, 0, 20, 50], 0));
        assert_eq!(plain(205), (vec![100, 5, 50, 50], 0));
        assert_eq!(plain(300), (vec![100, 10, 50, 50], 90));
    }

    #[test]
    fn the_strategy_is_a_parameter() {
        let by =
            |penalty_last, first| paid(120, &debts(), Purpose::default(), Order { penalty_last, first }).0;
        assert_eq!(by(true, First::Ended), [100, 0, 20, 0]);
        assert_eq!(by(true, First::Neither), [100, 0, 10, 10]);
        // With its month: 110 of May pro rata are paid whole, then June.
        assert_eq!(by(false, First::Active), [100, 10, 0, 10]);
    }

    #[test]
    fn what_the_payer_named_comes_first() {
        let named = |kopecks, purpose| paid(kopecks, &debts(), purpose, USUAL);
        let june = Purpose { month: Some(month("2026-06")), ..Purpose::default() };
        assert_eq!(named(120, june), (vec![20, 0, 50, 50], 0));
        let penalty = Purpose { part: Some(Part::Penalty), ..Purpose::default() };
        assert_eq!(named(30, penalty), (vec![20, 10, 0, 0], 0));
        let ended = Purpose { service: Some(ServiceId(2)), ..Purpose::default() };
        assert_eq!(named(60, ended), (vec![10, 0, 50, 0], 0));
        // The document of May asks for 110: paid whole, its penalty is paid; with a kopeck less only its principal is meant.
        let may = Purpose { month: Some(month("2026-05")), ..Purpose::default() };
        assert_eq!(named(110, may), (vec![100, 10, 0, 0], 0));
        assert_eq!(named(109, may), (vec![100, 0, 0, 9], 0));
    }

    #[test]
    fn what_is_too_old_is_paid_only_by_name() {
        let mut debts = debts();
        (debts[0].barred, debts[1].barred) = (true, true);
        let plain = paid(300, &debts, Purpose::default(), USUAL);
        assert_eq!(plain, (vec![0, 0, 50, 50], 200));
        let may = Purpose { month: Some(month("2026-05")), ..Purpose::default() };
        assert_eq!(paid(300, &debts, may, USUAL), (vec![100, 10, 50, 50], 90));
    }

    fn items() -> impl Strategy<Value = Vec<Item>> {
        let one = (1..5_u32, 1..4_i64, any::<bool>(), any::<bool>(), -50..100_000_i64).prop_map(
            |(of, service, is_penalty, active, kopecks)| {
                let part = if is_penalty { Part::Penalty } else { Part::Debt };
                item(&format!("2026-{of:02}"), service, part, active, kopecks)
            },
        );
        prop::collection::vec(one, 0..9)
    }

    proptest! {
        /// Σ parts = payment; 0 ≤ part ≤ due; the same input, the same output.
        #[test]
        fn parts_make_the_whole(items in items(), payment in 0..400_000_i64, of in 1..6_u32, last in any::<bool>()) {
            let purpose = Purpose { month: Month::new(2026, of), ..Purpose::default() };
            let order = Order { penalty_last: last, first: First::Active };
            let (parts, rest) = paid(payment, &items, purpose, order);
            prop_assert_eq!(parts.iter().sum::<i64>() + rest, payment);
            for (part, item) in parts.iter().zip(&items) {
                prop_assert!(*part >= 0 && *part <= positive(item));
            }
            prop_assert!(rest == 0 || parts.iter().sum::<i64>() == items.iter().map(positive).sum::<i64>());
            prop_assert_eq!(paid(payment, &items, purpose, order), (parts, rest));
        }
    }
}
