//! What stands booked of a month, beside what the calculation gives for it from the facts as they were known.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::calc::ids::{AccountId, ContractId, ServiceId};
use crate::calc::line::{Component, Holder, LineKey};
use crate::calc::period::Month;
use crate::calc::unit::Outcome;
use crate::db::driver::{Row, Transaction};
use crate::db::error::DbError;

/// Charges as booked, without recalculations.
#[derive(Debug, Clone, Default)]
pub struct Bookings(BTreeMap<LineKey, Booked>);

/// One booked charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// Roubles.
    pub amount: Decimal,
    /// The name of its service.
    pub service: String,
}

/// How the calculation agrees with what is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// To the kopeck.
    Agrees,
    /// Another sum is booked.
    Booked(Decimal),
    /// Nothing is booked: a month not charged yet, or a payout, which is not on the account.
    Nothing,
}

impl Bookings {
    /// Charges of the accounts of a unit.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn of_unit(transaction: &Transaction<'_>, unit: i64, month: Month) -> Result<Self, DbError> {
        let sql = "select l.account_id, l.service_id, l.contract_id, l.component, l.amount, s.name
            from billing_data.month m
            join billing_data.line l on l.run = m.run
            join cards_data.account a on a.id = l.account_id
            join cards_data.service s on s.id = l.service_id
            where m.month = $1 and a.unit_id = $2 and l.cause = 0";
        let rows = transaction.query(sql, &[&month.first_day(), &unit]).await?;
        Ok(Self(rows.iter().filter_map(booked).collect()))
    }

    /// How the calculation agrees with what is booked, for each of its lines. Privileges of several persons paid by one
    /// budget are booked as one sum.
    #[must_use]
    pub fn agreements(&self, outcome: &Outcome) -> Vec<Agreement> {
        let mut sums: BTreeMap<LineKey, Decimal> = BTreeMap::new();
        for line in &outcome.lines {
            *sums.entry(place(line.key)).or_default() += line.amount.roubles();
        }
        let agreement = |key: LineKey| match self.0.get(&key) {
            None => Agreement::Nothing,
            Some(booked) if sums.get(&key) == Some(&booked.amount) => Agreement::Agrees,
            Some(booked) => Agreement::Booked(booked.amount),
        };
        outcome.lines.iter().map(|line| agreement(place(line.key))).collect()
    }

    /// Booked charges the calculation does not give at all.
    pub fn unmatched<'a>(&'a self, outcome: &Outcome) -> impl Iterator<Item = (LineKey, &'a Booked)> {
        let given: BTreeSet<LineKey> = outcome.lines.iter().map(|line| place(line.key)).collect();
        self.0.iter().filter(move |(key, _)| !given.contains(key)).map(|(key, booked)| (*key, booked))
    }
}

/// Where a line is booked: nobody's name stands there.
fn place(key: LineKey) -> LineKey {
    LineKey { holder: Holder::default(), ..key }
}

fn booked(row: &Row) -> Option<(LineKey, Booked)> {
    let key = LineKey {
        account: AccountId(row.get(0)),
        service: ServiceId(row.get(1)),
        contract: ContractId(row.get(2)),
        component: Component::from_code(row.get(3))?,
        holder: Holder::default(),
    };
    Some((key, Booked { amount: row.get(4), service: row.get(5) }))
}
