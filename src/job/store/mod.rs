//! Rows of the projection on their way to the database: by COPY for a run, by their difference for one unit.

mod column;
mod compared;
mod copied;
mod scope;
mod table;
mod total;

use std::collections::{BTreeMap, HashMap};

use crate::db::driver::{GenericClient, Transaction};

pub use self::compared::Compared;
pub use self::copied::Copied;
use self::scope::Scopes;
use self::table::{EXCEPTION, HOUSE_MONTH, LINE, METER_MONTH, PRIVILEGE_LINE, Sheet, TOTALLED};
use self::total::Totals;
use super::projected::ProjectedUnit;
use crate::calc::ids::{AccountId, Mark};
use crate::calc::line::{Holder, LineKey};
use crate::calc::period::Month;
use crate::calc::projection::Projected;
use crate::calc::recalculation::Entry;
use crate::db::error::DbError;

/// Rows of one run.
pub struct Rows<S> {
    run: i32,
    line: S,
    meter_month: S,
    house_month: S,
    exception: S,
    privilege_line: S,
    /// What the lines come to.
    totals: Totals,
}

/// Puts a row on a sheet, cell by cell in the order of its columns.
macro_rules! row {
    ($sheet:expr; $($cell:expr),+ $(,)?) => {{
        let sheet = &mut $sheet;
        sheet.begin();
        $(sheet.cell($cell);)+
    }};
}

impl<S: Sheet> Rows<S> {
    /// No rows yet.
    #[must_use]
    pub fn new(run: i32) -> Self {
        Self {
            run,
            line: S::of(&LINE),
            meter_month: S::of(&METER_MONTH),
            house_month: S::of(&HOUSE_MONTH),
            exception: S::of(&EXCEPTION),
            privilege_line: S::of(&PRIVILEGE_LINE),
            totals: Totals::default(),
        }
    }

    /// Adds one month of a unit.
    pub fn add(&mut self, unit: &ProjectedUnit, month: &Projected) {
        let id = unit.facts.unit.0;
        let scopes = Scopes::of(unit);
        let scope = |account| scopes.account(account);
        let charges = month.lines.iter().map(|line| Entry {
            key: line.key,
            month: month.month,
            cause: Mark::NEVER,
            volume: line.volume,
            amount: line.amount,
            basis: line.basis,
            rate: line.rate,
        });
        let mut budgets: BTreeMap<(LineKey, Month, Mark), Entry> = BTreeMap::new();
        for entry in charges.chain(month.recalculations.iter().cloned()) {
            let scope = scope(entry.key.account);
            if !entry.key.component.is_privilege() {
                self.add_line(id, scope, &entry);
                continue;
            }
            self.add_privilege(id, scope, &entry);
            if !entry.key.component.is_payout() {
                let key = LineKey { holder: Holder::default(), ..entry.key };
                let sum = budgets.entry((key, entry.month, entry.cause));
                sum.and_modify(|sum| add(sum, &entry)).or_insert(Entry { key, ..entry });
            }
        }
        for entry in budgets.values() {
            self.add_line(id, scope(entry.key.account), entry);
        }
        self.add_quantities(month, id, &scopes);
        self.add_exceptions(month, id, scope);
    }

    /// A charge is stored as a recalculation without a cause, of the month itself.
    fn add_line(&mut self, unit: i64, scope: i32, entry: &Entry) {
        self.totals.add(scope, entry.key.account.0, entry.amount);
        row![self.line;
            self.run,
            unit,
            scope,
            entry.key.account.0,
            entry.key.service.0,
            entry.key.contract.0,
            entry.key.component.code(),
            entry.month.first_day(),
            entry.cause.0,
            entry.basis.code(),
            entry.volume,
            entry.rate,
            entry.amount,
        ];
    }

    /// What one person has by one category; the bill shows the sum of a budget.
    fn add_privilege(&mut self, unit: i64, scope: i32, entry: &Entry) {
        row![self.privilege_line;
            self.run,
            unit,
            scope,
            entry.key.account.0,
            entry.key.service.0,
            entry.key.contract.0,
            entry.key.component.code(),
            entry.month.first_day(),
            entry.cause.0,
            entry.key.holder.person.0,
            entry.key.holder.category.0,
            entry.volume,
            entry.amount,
        ];
    }

    fn add_quantities(&mut self, month: &Projected, unit: i64, scopes: &Scopes<'_>) {
        let run = self.run;
        for entry in &month.meter_months {
            let (meter, day) = (entry.meter.0, entry.month.first_day());
            let scope = scopes.meter(entry.meter);
            row![self.meter_month;
                run, unit, scope, meter, entry.register, day, entry.basis.code(), entry.volume];
        }
        for entry in &month.house_months {
            let (house, service, day) = (entry.house.0, entry.service.0, entry.month.first_day());
            let (basis, volume, area) = (entry.basis.code(), entry.volume, entry.area);
            let (measured, own, per_area) = (entry.measured, entry.own, entry.per_area);
            let scope = scopes.house(entry.house);
            row![self.house_month;
                run, unit, scope, house, service, day, basis, volume, area, measured, own, per_area, entry.carried];
        }
    }

    fn add_exceptions(&mut self, month: &Projected, unit: i64, scope: impl Fn(AccountId) -> i32) {
        let mut numbers: HashMap<(AccountId, i64), i32> = HashMap::new();
        for exception in &month.exceptions {
            let service = exception.service.map_or(0, |service| service.0);
            let number = numbers.entry((exception.account, service)).or_default();
            *number += 1;
            row![self.exception;
                self.run,
                unit,
                scope(exception.account),
                exception.account.0,
                service,
                *number,
                exception.reason.code(),
                exception.reason.to_string(),
            ];
        }
    }
}

impl Rows<Copied> {
    /// Forgets all rows and keeps their room: memory given back is asked for again page by page.
    pub fn clear(&mut self) {
        for sheet in [
            &mut self.line,
            &mut self.meter_month,
            &mut self.house_month,
            &mut self.exception,
            &mut self.privilege_line,
        ] {
            sheet.clear();
        }
        self.totals = Totals::default();
    }

    /// Writes into the detached tables of a run that is being built.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn copy(&self, transaction: &Transaction<'_>) -> Result<(), DbError> {
        for sheet in [&self.line, &self.meter_month, &self.house_month, &self.exception, &self.privilege_line]
        {
            sheet.copy(transaction, self.run).await?;
        }
        self.totals.write(&Totals::default(), transaction, self.run).await
    }
}

impl Rows<Compared> {
    /// Makes the rows of one unit in a published run these: what differs is written, what stands is left alone.
    ///
    /// # Errors
    /// When the database refuses, as it does for a released month.
    pub async fn replace<C: GenericClient>(&self, client: &C, unit: i64) -> Result<(), DbError> {
        let stood = self.line.replace(client, self.run, unit).await?;
        for sheet in [&self.meter_month, &self.house_month, &self.exception, &self.privilege_line] {
            sheet.replace(client, self.run, unit).await?;
        }
        if !stood.moved {
            return Ok(());
        }
        let sql = "insert into billing_data.balance_moved (month, unit_id) select month, $2 from billing_data.run where id = $1";
        client.execute(sql, &[&self.run, &unit]).await?;
        let stood = Totals::of(stood.rows.iter().map(|row| TOTALLED.map(|at| row[at].clone())));
        self.totals.write(&stood, client, self.run).await
    }
}

fn add(sum: &mut Entry, entry: &Entry) {
    sum.volume += entry.volume;
    sum.amount += entry.amount;
}
