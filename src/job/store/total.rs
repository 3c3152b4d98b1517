//! What the lines of a run come to, by the scope they belong to: kept beside them, so that a list of months reads no lines.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::column::Value;
use crate::calc::money::Money;
use crate::db::driver::GenericClient;
use crate::db::error::DbError;

/// Accounts, lines and sum of one scope; or by how much they change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Total {
    accounts: i64,
    lines: i64,
    amount: Money,
}

/// Totals by scope. All lines of an account must be added, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Totals {
    of: BTreeMap<i32, Total>,
    accounts: FxHashSet<(i32, i64)>,
    /// Lines of an account come mostly one after the other.
    last: Option<(i32, i64)>,
}

impl Totals {
    /// Adds a line.
    pub(super) fn add(&mut self, scope: i32, account: i64, amount: Money) {
        let total = self.of.entry(scope).or_default();
        if self.last.replace((scope, account)) != Some((scope, account)) {
            total.accounts += i64::from(self.accounts.insert((scope, account)));
        }
        total.lines += 1;
        total.amount += amount;
    }

    /// What stored lines come to, each given by its scope, account and amount.
    pub(super) fn of(lines: impl Iterator<Item = [Value; 3]>) -> Self {
        let mut totals = Self::default();
        for line in lines {
            let [Value::Int(scope), Value::Big(account), Value::Number(amount)] = line else {
                debug_assert!(false, "{line:?} is no scope, account and amount");
                continue;
            };
            // A stored amount was one of these.
            totals.add(scope, account, Money::round(amount).unwrap_or_default());
        }
        totals
    }

    /// By how much these are more than others.
    fn more_than(&self, others: &Self) -> BTreeMap<i32, Total> {
        let mut differences = self.of.clone();
        for (scope, other) in &others.of {
            let total = differences.entry(*scope).or_default();
            total.accounts -= other.accounts;
            total.lines -= other.lines;
            total.amount = total.amount - other.amount;
        }
        differences.retain(|_, total| *total != Total::default());
        differences
    }

    /// Adds them to the totals of a run in the place of others. The last statement of its transaction: others wait for its rows.
    pub(super) async fn write<C: GenericClient>(
        &self,
        instead_of: &Self,
        client: &C,
        run: i32,
    ) -> Result<(), DbError> {
        let more = self.more_than(instead_of);
        if more.is_empty() {
            return Ok(());
        }
        let scopes: Vec<i32> = more.keys().copied().collect();
        let accounts: Vec<i64> = more.values().map(|total| total.accounts).collect();
        let lines: Vec<i64> = more.values().map(|total| total.lines).collect();
        let amounts: Vec<Decimal> = more.values().map(|total| total.amount.roubles()).collect();
        let sql = "insert into billing_data.run_total as t (run, scope, accounts, lines, amount)
            select $1, * from unnest($2::int[], $3::bigint[], $4::bigint[], $5::numeric[])
            on conflict (run, scope) do update set accounts = t.accounts + excluded.accounts,
                lines = t.lines + excluded.lines, amount = t.amount + excluded.amount";
        client.execute(sql, &[&run, &scopes, &accounts, &lines, &amounts]).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(lines: &[(i32, i64, i64)]) -> Totals {
        let mut totals = Totals::default();
        for (scope, account, kopecks) in lines {
            totals.add(*scope, *account, Money::from_kopecks(*kopecks));
        }
        totals
    }

    /// Account 1 of scope 7 loses a line of 20.00 and one changes from 10.00 to 12.50; scope 8 stays as it is.
    #[test]
    fn a_change_is_the_difference_of_two_sums() {
        let stood = totals(&[(7, 1, 10_00), (7, 1, 20_00), (8, 2, 5_00)]);
        let stand = totals(&[(7, 1, 12_50), (8, 2, 5_00)]);
        let expected = Total { accounts: 0, lines: -1, amount: Money::from_kopecks(-17_50) };
        assert_eq!(stand.more_than(&stood), [(7, expected)].into());
    }

    /// The amounts of stored lines are roubles.
    #[test]
    fn stored_lines_come_to_the_same() {
        let line = |roubles: &str| [Value::Int(7), Value::Big(1), Value::Number(roubles.parse().unwrap())];
        let stored = Totals::of([line("10.00"), line("2.5")].into_iter());
        assert_eq!(stored, totals(&[(7, 1, 10_00), (7, 1, 2_50)]));
    }
}
