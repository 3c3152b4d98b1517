//! What the lines of a run come to, by the scope they belong to: kept beside them, so that a list of months reads no lines.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::column::Value;
use crate::db::driver::GenericClient;
use crate::db::error::DbError;

/// Accounts, lines and roubles of one scope; or by how much they change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Total {
    accounts: i64,
    lines: i64,
    amount: Decimal,
}

/// Totals by scope.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Totals(BTreeMap<i32, Total>);

impl Totals {
    /// What lines come to, each given by its scope, account and amount. All lines of an account must be among them, or none.
    pub(super) fn of(lines: impl Iterator<Item = [Value; 3]>) -> Self {
        let mut accounts: FxHashSet<(i32, i64)> = FxHashSet::default();
        // Lines of an account come mostly one after the other.
        let mut last = None;
        let mut totals = Self::default();
        for line in lines {
            let [Value::Int(scope), Value::Big(account), Value::Number(amount)] = line else {
                debug_assert!(false, "{line:?} is no scope, account and amount");
                continue;
            };
            let total = totals.0.entry(scope).or_default();
            if last.replace((scope, account)) != Some((scope, account)) {
                total.accounts += i64::from(accounts.insert((scope, account)));
            }
            total.lines += 1;
            total.amount += amount;
        }
        totals
    }

    /// By how much these are more than others.
    pub(super) fn less(mut self, others: &Self) -> Self {
        for (scope, other) in &others.0 {
            let total = self.0.entry(*scope).or_default();
            total.accounts -= other.accounts;
            total.lines -= other.lines;
            total.amount -= other.amount;
        }
        self.0.retain(|_, total| *total != Total::default());
        self
    }

    /// Adds them to the totals of a run. The last statement of its transaction: others wait for its rows.
    pub(super) async fn write<C: GenericClient>(&self, client: &C, run: i32) -> Result<(), DbError> {
        if self.0.is_empty() {
            return Ok(());
        }
        let scopes: Vec<i32> = self.0.keys().copied().collect();
        let accounts: Vec<i64> = self.0.values().map(|total| total.accounts).collect();
        let lines: Vec<i64> = self.0.values().map(|total| total.lines).collect();
        let amounts: Vec<Decimal> = self.0.values().map(|total| total.amount).collect();
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

    fn totals(lines: &[(i32, i64, &str)]) -> Totals {
        let line = |(scope, account, amount): &(i32, i64, &str)| {
            [Value::Int(*scope), Value::Big(*account), Value::Number(amount.parse().unwrap())]
        };
        Totals::of(lines.iter().map(line))
    }

    /// Account 1 of scope 7 loses a line of 20.00 and one changes from 10.00 to 12.50; scope 8 stays as it is.
    #[test]
    fn a_change_is_the_difference_of_two_sums() {
        let stood = totals(&[(7, 1, "10.00"), (7, 1, "20.00"), (8, 2, "5.00")]);
        let stand = totals(&[(7, 1, "12.50"), (8, 2, "5.00")]);
        let expected = Total { accounts: 0, lines: -1, amount: Decimal::new(-1750, 2) };
        assert_eq!(stand.less(&stood), Totals([(7, expected)].into()));
    }
}
