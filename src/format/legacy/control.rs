//! Control totals: what the old program charged beside what is charged here, service by service.

use std::collections::BTreeMap;

use super::{Code, LegacyData};
use crate::calc::money::Money;

/// A service's month by the old program and by this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// The service's code in the old program.
    pub service: Code,
    /// What the old program charged.
    pub source: Money,
    /// What was charged here.
    pub computed: Money,
}

impl Reconciled {
    /// Whether both agree to the kopeck.
    #[must_use]
    pub fn ties(&self) -> bool {
        self.source == self.computed
    }
}

impl LegacyData {
    /// What the old program charged, by service. A service without control rows has no entry.
    #[must_use]
    pub fn control_totals(&self) -> BTreeMap<Code, Money> {
        let mut totals = BTreeMap::new();
        for control in &self.controls {
            *totals.entry(control.row.service.clone()).or_default() += control.row.amount;
        }
        totals
    }

    /// What was owed at the beginning of the month, by service.
    #[must_use]
    pub fn balance_totals(&self) -> BTreeMap<Code, Money> {
        let mut totals = BTreeMap::new();
        for balance in &self.balances {
            *totals.entry(balance.row.service.clone()).or_default() += balance.row.amount;
        }
        totals
    }

    /// Control totals beside computed ones, for every service that either names.
    #[must_use]
    pub fn reconcile(&self, computed: &BTreeMap<Code, Money>) -> Vec<Reconciled> {
        let mut both: BTreeMap<Code, (Money, Money)> = BTreeMap::new();
        for (service, sum) in self.control_totals() {
            both.entry(service).or_default().0 = sum;
        }
        for (service, sum) in computed {
            both.entry(service.clone()).or_default().1 = *sum;
        }
        let line = |(service, (source, computed))| Reconciled { service, source, computed };
        both.into_iter().map(line).collect()
    }
}
