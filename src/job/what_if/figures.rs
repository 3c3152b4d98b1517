//! What comes of it: sums by service, provider and house, accounts in order of their change, the bills that change most.

use std::collections::BTreeMap;

use crate::calc::ids::{AccountId, ContractId, HouseId};
use crate::calc::line::LineKey;
use crate::calc::money::Money;
use crate::job::projected::ProjectedUnit;

/// How many bills are kept by themselves.
pub const LARGEST: usize = 200;

/// Groups of equal number that accounts are cut into.
const DECILES: usize = 10;

/// An amount without and with the changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pair {
    /// Without.
    pub before: Money,
    /// With.
    pub after: Money,
}

impl Pair {
    /// What the changes add.
    #[must_use]
    pub fn change(self) -> Money {
        self.after - self.before
    }

    fn add(&mut self, other: Self) {
        self.before += other.before;
        self.after += other.after;
    }
}

/// A sum over accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Accounts whose amount changes.
    pub moved: i64,
    /// Amounts of all accounts.
    pub amount: Pair,
}

impl Sum {
    fn add(&mut self, pair: Pair) {
        self.moved += i64::from(pair.before != pair.after);
        self.amount.add(pair);
    }
}

/// One account's bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    /// The account.
    pub account: AccountId,
    /// Whose it is to see.
    pub scope: i32,
    /// Its amounts in the months compared.
    pub amount: Pair,
}

/// A tenth of the accounts that change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decile {
    /// Accounts in it.
    pub accounts: i64,
    /// The smallest change in it.
    pub least: Money,
    /// The largest.
    pub most: Money,
    /// Sum of its changes.
    pub change: Money,
}

/// Everything that is kept.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Accounts in the operator's sight.
    pub accounts: i64,
    /// Their sum.
    pub total: Sum,
    /// By service.
    pub services: BTreeMap<i64, Sum>,
    /// By provider.
    pub providers: BTreeMap<i64, Sum>,
    /// By house, with its scope.
    pub houses: BTreeMap<HouseId, (i32, Sum)>,
    /// From the least change to the largest; empty where nothing changes.
    pub deciles: Vec<Decile>,
    /// The bills that change most, at most [`LARGEST`].
    pub bills: Vec<Bill>,
    /// Accounts out of sight: only how many change, and by how much.
    pub unseen: Sum,
}

/// Gathers units, one after the other.
#[derive(Debug, Default)]
pub struct Figures {
    providers: BTreeMap<ContractId, i64>,
    gathered: Gathered,
    moved: Vec<Bill>,
}

impl Figures {
    /// Nothing gathered yet; `providers` says who is owed under each contract.
    #[must_use]
    pub fn new(providers: BTreeMap<ContractId, i64>) -> Self {
        Self { providers, ..Self::default() }
    }

    /// Adds a unit without and with the changes. `visible` says whether the operator may see a scope.
    pub fn add(&mut self, before: &ProjectedUnit, after: &ProjectedUnit, visible: impl Fn(i32) -> bool) {
        let mut amounts: BTreeMap<AccountId, BTreeMap<(i64, ContractId), Pair>> = BTreeMap::new();
        let mut put = |key: &LineKey, pair: Pair| {
            let of_account = amounts.entry(key.account).or_default();
            of_account.entry((key.service.0, key.contract)).or_default().add(pair);
        };
        each(before, |key, amount| put(key, Pair { before: amount, ..Pair::default() }));
        each(after, |key, amount| put(key, Pair { after: amount, ..Pair::default() }));
        for house in &after.facts.houses {
            for account in house.premises.iter().flat_map(|premises| &premises.accounts) {
                let own = amounts.remove(&account.id).unwrap_or_default();
                self.add_account(account.id, (house.id, house.scope), &own, visible(house.scope));
            }
        }
    }

    fn add_account(
        &mut self,
        account: AccountId,
        (house, scope): (HouseId, i32),
        amounts: &BTreeMap<(i64, ContractId), Pair>,
        visible: bool,
    ) {
        let mut whole = Pair::default();
        amounts.values().for_each(|pair| whole.add(*pair));
        if !visible {
            self.gathered.unseen.add(whole);
            return;
        }
        self.gathered.accounts += 1;
        self.gathered.total.add(whole);
        self.gathered.houses.entry(house).or_insert((scope, Sum::default())).1.add(whole);
        let (mut services, mut providers): (BTreeMap<i64, Pair>, BTreeMap<i64, Pair>) = Default::default();
        for ((service, contract), pair) in amounts {
            services.entry(*service).or_default().add(*pair);
            if let Some(provider) = self.providers.get(contract) {
                providers.entry(*provider).or_default().add(*pair);
            }
        }
        for (sums, parts) in
            [(&mut self.gathered.services, services), (&mut self.gathered.providers, providers)]
        {
            parts.into_iter().for_each(|(part, pair)| sums.entry(part).or_default().add(pair));
        }
        if whole.before != whole.after {
            self.moved.push(Bill { account, scope, amount: whole });
        }
    }

    /// The figures.
    #[must_use]
    pub fn finish(mut self) -> Gathered {
        self.moved.sort_by_key(|bill| (bill.amount.change(), bill.account));
        self.gathered.deciles = deciles(&self.moved);
        self.moved
            .sort_by_key(|bill| (std::cmp::Reverse(bill.amount.change().kopecks().abs()), bill.account));
        self.moved.truncate(LARGEST);
        self.gathered.bills = self.moved;
        self.gathered
    }
}

/// Bills in order of their change, cut into ten: where they do not divide, the first groups are no smaller than the last.
fn deciles(moved: &[Bill]) -> Vec<Decile> {
    let mut rest = moved;
    let mut deciles = Vec::new();
    for left in (1..=DECILES).rev() {
        let (group, behind) = rest.split_at(rest.len().div_ceil(left));
        rest = behind;
        if let (Some(first), Some(last)) = (group.first(), group.last()) {
            deciles.push(Decile {
                accounts: i64::try_from(group.len()).unwrap_or(i64::MAX),
                least: first.amount.change(),
                most: last.amount.change(),
                change: group.iter().map(|bill| bill.amount.change()).sum(),
            });
        }
    }
    deciles
}

fn each(unit: &ProjectedUnit, mut put: impl FnMut(&LineKey, Money)) {
    let mut billed = |key: &LineKey, amount: Money| {
        if !key.component.is_payout() {
            put(key, amount);
        }
    };
    for month in &unit.months {
        month.lines.iter().for_each(|line| billed(&line.key, line.amount));
        month.recalculations.iter().for_each(|entry| billed(&entry.key, entry.amount));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bill(account: i64, change: i64) -> Bill {
        let amount = Pair { before: Money::default(), after: Money::from_kopecks(change) };
        Bill { account: AccountId(account), scope: 1, amount }
    }

    /// 23 accounts in ten groups: three of three, then seven of two.
    #[test]
    fn deciles_hold_everybody_once() {
        let moved: Vec<Bill> = (1..=23).map(|number| bill(number, number * 100)).collect();
        let cut = deciles(&moved);
        let sizes: Vec<i64> = cut.iter().map(|one| one.accounts).collect();
        assert_eq!(sizes, [3, 3, 3, 2, 2, 2, 2, 2, 2, 2]);
        // 1 + 2 + 3 roubles; the last: 22 + 23.
        assert_eq!((cut[0].least, cut[0].most, cut[0].change), (rub(1), rub(3), rub(6)));
        assert_eq!((cut[9].least, cut[9].most, cut[9].change), (rub(22), rub(23), rub(45)));
    }

    #[test]
    fn few_accounts_make_few_groups() {
        assert_eq!(deciles(&[bill(1, -5), bill(2, 7)]).len(), 2);
        assert!(deciles(&[]).is_empty());
    }

    fn rub(roubles: i64) -> Money {
        Money::from_kopecks(roubles * 100)
    }
}
