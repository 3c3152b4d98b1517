//! Which money paid which month, and when (dossier § 6.5, 7.1): day by day, a payment's own month first; what that month does not
//! need goes at once to the oldest other debt of the same service and contract, so that nobody pays a penalty on money that is
//! there, and what a later payment names cannot take an earlier one away from a debt it has paid.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Credit, Debt, Owed, Tranche};
use crate::calc::money::Money;
use crate::calc::period::Month;

/// A month being paid.
struct Open {
    due: NaiveDate,
    left: i64,
    paid: BTreeMap<NaiveDate, i64>,
}

impl Open {
    /// Takes what it needs and gives back the rest.
    fn take(&mut self, day: NaiveDate, kopecks: i64) -> i64 {
        let part = kopecks.min(self.left);
        if part > 0 {
            self.left -= part;
            *self.paid.entry(day).or_default() += part;
        }
        kopecks - part.max(0)
    }
}

/// Cuts the debts of one service and contract into parts by the days they were paid, oldest due day first. Money
/// later than `through` is not known yet.
#[must_use]
pub fn settle(debts: &[Debt], credits: &[Credit], through: NaiveDate) -> Vec<Owed> {
    let mut months: BTreeMap<Month, Open> = BTreeMap::new();
    for debt in debts {
        let open = months.entry(debt.month).or_insert(Open { due: debt.due, left: 0, paid: BTreeMap::new() });
        open.left += debt.amount.kopecks();
    }
    let mut money = by_day(credits, through);
    for open in months.values_mut().filter(|open| open.left < 0) {
        *money.entry(open.due).or_default().entry(None).or_default() -= open.left;
        open.left = 0;
    }
    let mut order: Vec<Month> = months.keys().copied().collect();
    order.sort_by_key(|month| (months[month].due, *month));
    for (day, parts) in money {
        let mut spare = 0;
        for (month, kopecks) in parts {
            let own = month.and_then(|month| months.get_mut(&month));
            spare += own.map_or(kopecks, |open| open.take(day, kopecks));
        }
        for month in &order {
            if let Some(open) = months.get_mut(month) {
                spare = open.take(day, spare);
            }
        }
    }
    let owed = order.iter().filter_map(|month| months.remove(month).map(|open| owed(*month, open)));
    owed.filter(|owed| !owed.tranches.is_empty()).collect()
}

/// Credits of a day by the month they were split to, added up, so that a payment and its reversal are nothing.
fn by_day(credits: &[Credit], through: NaiveDate) -> BTreeMap<NaiveDate, BTreeMap<Option<Month>, i64>> {
    let mut sums: BTreeMap<NaiveDate, BTreeMap<_, i64>> = BTreeMap::new();
    for credit in credits.iter().filter(|credit| credit.day <= through) {
        *sums.entry(credit.day).or_default().entry(credit.month).or_default() += credit.amount.kopecks();
    }
    sums
}

fn owed(month: Month, open: Open) -> Owed {
    let part = |paid, kopecks| Tranche { paid, amount: Money::from_kopecks(kopecks) };
    let mut tranches: Vec<Tranche> =
        open.paid.into_iter().map(|(day, kopecks)| part(Some(day), kopecks)).collect();
    if open.left > 0 {
        tranches.push(part(None, open.left));
    }
    Owed { month, due: open.due, tranches }
}
