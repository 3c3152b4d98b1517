//! What holds for any debts and payments.

use chrono::Days;
use proptest::prelude::*;

use super::testing::law;
use super::*;
use crate::calc::ids::Mark;
use crate::calc::testing::day;

/// Debts of 2024 with their due days, and payments of 2024 and 2025; the rate is 9.5 % from 15.08.2023 to the end of 2026.
fn ledger() -> impl Strategy<Value = (Vec<Debt>, Vec<Credit>)> {
    let debt = (1..13_u32, -3_000..500_000_i64).prop_map(|(of, kopecks)| {
        let month = Month::new(2024, of).unwrap();
        let due = month.next().first_day() + Days::new(9);
        Debt { month, due, amount: Money::from_kopecks(kopecks) }
    });
    let credit = (1..14_u32, 0..700_u64, 1..400_000_i64).prop_map(|(of, after, kopecks)| Credit {
        month: Month::new(2024, of),
        day: day("2024-01-15") + Days::new(after),
        amount: Money::from_kopecks(kopecks),
    });
    (prop::collection::vec(debt, 1..8), prop::collection::vec(credit, 0..8))
}

const THROUGH: &str = "2026-06-30";

fn total(debts: &[Debt], credits: &[Credit]) -> Money {
    let tables = accrued(&law(), Mark::NOW, PenaltyKind::Utilities, (debts, credits), day(THROUGH));
    tables.unwrap().iter().map(|one| one.amount).sum()
}

proptest! {
    /// Nothing of a debt is lost or made when it is cut into parts, and what is left is debts less money, or nothing.
    #[test]
    fn parts_make_the_debt((debts, credits) in ledger()) {
        let owed = settle(&debts, &credits, day(THROUGH));
        let unpaid: Money = owed.iter().map(Owed::unpaid).sum();
        let net = debts.iter().map(|debt| debt.amount).sum::<Money>() - credits.iter().map(|credit| credit.amount).sum();
        prop_assert_eq!(unpaid, net.max(Money::ZERO));
        for owed in owed {
            let sum: Money = owed.tranches.iter().map(|part| part.amount).sum();
            let of_month: Money = debts.iter().filter(|debt| debt.month == owed.month).map(|debt| debt.amount).sum();
            prop_assert_eq!(sum, of_month);
        }
    }

    /// With one rate for all, part by part is the table of balances, before it is rounded.
    #[test]
    fn part_by_part_is_the_table((debts, credits) in ledger()) {
        let (rules, through) = (law(), day(THROUGH));
        for owed in settle(&debts, &credits, through) {
            let exact = |owed: &Owed| {
                let table = penalty(&rules, Mark::NOW, PenaltyKind::Utilities, owed, through).unwrap();
                table.rows.iter().map(|row| row.exact).sum::<Decimal>()
            };
            let apart = owed.tranches.iter().map(|part| exact(&Owed { tranches: vec![*part], ..owed.clone() }));
            // Divisions by 300 and 130 do not end: equal to far below a kopeck.
            prop_assert_eq!(exact(&owed).round_dp(12), apart.sum::<Decimal>().round_dp(12));
        }
    }

    /// A payment taken back on any day leaves nothing behind; the order of the ledger does not matter.
    #[test]
    fn a_reversal_leaves_nothing((debts, credits) in ledger(), kopecks in 1..900_000_i64, after in 0..700_u64) {
        let before = total(&debts, &credits);
        let wrong = Credit { month: Month::new(2024, 3), day: day("2024-01-15") + Days::new(after), amount: Money::from_kopecks(kopecks) };
        let mut all = credits;
        all.insert(0, wrong);
        all.push(Credit { amount: -wrong.amount, ..wrong });
        prop_assert_eq!(total(&debts, &all), before);
        all.reverse();
        let mut turned = debts;
        turned.reverse();
        prop_assert_eq!(total(&turned, &all), before);
    }

    /// More money, or the same money earlier, never costs more than a kopeck a row of rounding.
    #[test]
    fn money_never_costs((debts, credits) in ledger(), kopecks in 1..900_000_i64, named in prop::option::of(1..13_u32)) {
        let before = total(&debts, &credits);
        let mut more = credits;
        let month = named.and_then(|of| Month::new(2024, of));
        more.push(Credit { month, day: day("2024-06-01"), amount: Money::from_kopecks(kopecks) });
        let slack = Money::from_kopecks(40 * i64::try_from(debts.len()).unwrap());
        prop_assert!(total(&debts, &more) <= before + slack);
    }
}
