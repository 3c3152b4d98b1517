//! What a change makes of the bills: by account, service and month, with totals and the largest of it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::projected::ProjectedUnit;
use crate::calc::facts::{Account, UnitFacts};
use crate::calc::ids::{AccountId, Mark, MeterId, ServiceId};
use crate::calc::money::Money;
use crate::calc::period::{Days, Month};
use crate::calc::recalculation::{Cause, RecalculationDepth, Scope};
pub use crate::engine::difference::{BalanceChange, Beyond, Change, Difference, ServiceChange};

/// How many single changes a difference carries; the rest is counted.
pub const SHOWN: usize = 500;

/// What amounts are compared under.
type Key = (AccountId, ServiceId, Month, Month);

/// Gathers the changes of units, one by one.
#[derive(Debug, Default)]
pub struct Gathering {
    changes: BTreeMap<Key, (Money, Money)>,
    numbers: BTreeMap<AccountId, String>,
    unseen: BTreeSet<AccountId>,
    exceptions: BTreeSet<(AccountId, String)>,
    beyond: Option<TooFar>,
}

/// What an operation touches before the first month that is recalculated.
#[derive(Debug)]
struct TooFar {
    before: Month,
    from: Month,
    accounts: BTreeSet<AccountId>,
    readings: BTreeSet<(MeterId, NaiveDate)>,
}

impl Gathering {
    /// Adds a unit before and after. `visible` says whether the operator may see a scope.
    pub fn add(&mut self, before: &ProjectedUnit, after: &ProjectedUnit, visible: impl Fn(i32) -> bool) {
        let mut amounts = BTreeMap::new();
        sum(&mut amounts, before, |pair: &mut (Money, Money), amount| pair.0 += amount);
        sum(&mut amounts, after, |pair: &mut (Money, Money), amount| pair.1 += amount);
        amounts.retain(|_, (before, after)| before != after);
        for house in &after.facts.houses {
            for account in house.premises.iter().flat_map(|premises| &premises.accounts) {
                self.numbers.insert(account.id, account.number.clone());
                if !visible(house.scope) {
                    self.unseen.insert(account.id);
                }
            }
        }
        let was: BTreeSet<_> = before.months.iter().flat_map(|month| &month.exceptions).collect();
        let new = after.months.iter().flat_map(|month| &month.exceptions).filter(|one| !was.contains(one));
        self.exceptions.extend(new.map(|one| (one.account, one.reason.to_string())));
        self.changes.extend(amounts);
    }

    /// Adds the months of a unit's causes that are too far back to be recalculated, with the accounts open in them.
    pub fn add_beyond(&mut self, facts: &UnitFacts, causes: &[Cause], depth: RecalculationDepth<'_>) {
        let premises = || facts.houses.iter().flat_map(|house| &house.premises);
        for cause in causes {
            let Some(months) = depth.beyond(cause) else { continue };
            let touched = |account: &&Account| match cause.scope {
                Scope::Account(due) => account.id == due,
                Scope::Everybody | Scope::House => true,
            };
            for account in premises().flat_map(|premises| &premises.accounts).filter(touched) {
                let from = account.calc_from.map_or(months.start, |from| from.max(months.start));
                let days = Days { from: from.first_day(), to: months.end.first_day() };
                if days.from < days.to && account.open.over(days, Mark::NOW).next().is_some() {
                    let told = self.too_far(from, months.end);
                    told.from = told.from.min(from);
                    told.accounts.insert(account.id);
                }
            }
            let readings: Vec<_> = readings_of(facts, cause.mark, months.end).collect();
            if !readings.is_empty() {
                self.too_far(months.start, months.end).readings.extend(readings);
            }
        }
    }

    fn too_far(&mut self, from: Month, before: Month) -> &mut TooFar {
        self.beyond.get_or_insert_with(|| TooFar {
            before,
            from,
            accounts: BTreeSet::new(),
            readings: BTreeSet::new(),
        })
    }

    /// The difference, with names instead of ids.
    #[must_use]
    pub fn finish(self, service: impl Fn(ServiceId) -> String) -> Difference {
        let mut difference = Difference { beyond: self.beyond.map(TooFar::told), ..Difference::default() };
        let mut services: BTreeMap<(ServiceId, Month), Money> = BTreeMap::new();
        let (mut seen, mut unseen) = (BTreeSet::new(), BTreeSet::new());
        let mut rows = Vec::new();
        for ((account, id, bill, month), (before, after)) in self.changes {
            let change = (after - before).roubles();
            if self.unseen.contains(&account) {
                unseen.insert(account);
                difference.unseen_total += change;
                continue;
            }
            seen.insert(account);
            difference.total += change;
            *services.entry((id, bill)).or_default() += after - before;
            rows.push(Change {
                account: self.numbers.get(&account).cloned().unwrap_or_default(),
                service: service(id),
                bill: bill.to_string(),
                month: month.to_string(),
                before: before.roubles(),
                after: after.roubles(),
            });
        }
        rows.sort_by_key(|row| std::cmp::Reverse((row.after - row.before).abs()));
        difference.more = rows.len().saturating_sub(SHOWN);
        rows.truncate(SHOWN);
        difference.rows = rows;
        difference.accounts = seen.len();
        difference.unseen_accounts = unseen.len();
        difference.services = services
            .into_iter()
            .map(|((id, bill), total)| ServiceChange {
                service: service(id),
                bill: bill.to_string(),
                total: total.roubles(),
            })
            .collect();
        let number = |account| self.numbers.get(account).cloned().unwrap_or_default();
        let seen = self.exceptions.iter().filter(|(account, _)| !self.unseen.contains(account));
        difference.exceptions =
            seen.map(|(account, said)| format!("Счёт {}: {said}", number(account))).collect();
        difference
    }
}

impl TooFar {
    fn told(self) -> Beyond {
        let months = self.from.onwards().take_while(|month| *month < self.before).count();
        let (accounts, readings) = (self.accounts.len(), self.readings.len());
        Beyond { before: self.before.to_string(), months, accounts, readings }
    }
}

/// The readings of days before a month that an operation gave, put right or took back.
fn readings_of(
    facts: &UnitFacts,
    operation: Mark,
    before: Month,
) -> impl Iterator<Item = (MeterId, NaiveDate)> {
    let of_house = facts.houses.iter().flat_map(|house| &house.meters);
    let premises = facts.houses.iter().flat_map(|house| &house.premises);
    let meters = of_house.chain(premises.flat_map(|premises| &premises.meters));
    let meters = meters.chain(facts.groups.iter().map(|group| &group.meter));
    meters.flat_map(move |meter| {
        let moved = meter.readings.0.iter().filter(move |fact| {
            [fact.asserted, fact.retracted].contains(&operation) && fact.days.from < before.first_day()
        });
        moved.map(|fact| (meter.id, fact.days.from))
    })
}

/// What is paid in money stands on no bill, so it changes none.
fn sum(
    amounts: &mut BTreeMap<Key, (Money, Money)>,
    unit: &ProjectedUnit,
    add: impl Fn(&mut (Money, Money), Money),
) {
    for month in &unit.months {
        for line in month.lines.iter().filter(|line| !line.key.component.is_payout()) {
            let key = (line.key.account, line.key.service, month.month, month.month);
            add(amounts.entry(key).or_default(), line.amount);
        }
        for entry in month.recalculations.iter().filter(|entry| !entry.key.component.is_payout()) {
            let key = (entry.key.account, entry.key.service, month.month, entry.month);
            add(amounts.entry(key).or_default(), entry.amount);
        }
    }
}
