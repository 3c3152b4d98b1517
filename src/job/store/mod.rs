//! Rows of the projection on their way to the database: by COPY for a run, by their difference for one unit.

mod column;
mod scope;
mod table;
mod total;

use std::collections::{BTreeMap, HashMap};

use crate::db::driver::types::Type;
use crate::db::driver::{GenericClient, Transaction};

use self::column::Value;
use self::scope::Scopes;
use self::table::Table;
use self::total::Totals;
use super::projected::ProjectedUnit;
use crate::calc::ids::{AccountId, Mark};
use crate::calc::line::{Holder, LineKey};
use crate::calc::period::Month;
use crate::calc::projection::Projected;
use crate::calc::recalculation::Entry;
use crate::db::error::DbError;

/// Places of scope, account and amount in a row of the table `line`.
const TOTALLED: [usize; 3] = [2, 3, 12];

/// Rows of one run.
pub struct Rows {
    run: i32,
    line: Table,
    meter_month: Table,
    house_month: Table,
    exception: Table,
    privilege_line: Table,
}

/// A row of values of several types.
macro_rules! row {
    ($($value:expr),+ $(,)?) => { [$(Value::from($value)),+] };
}

impl Rows {
    /// No rows yet.
    #[must_use]
    pub fn new(run: i32) -> Self {
        Self {
            run,
            line: lines(),
            meter_month: meter_months(),
            house_month: house_months(),
            exception: exceptions(),
            privilege_line: privilege_lines(),
        }
    }

    /// Forgets all rows and keeps their room: memory given back is asked for again page by page.
    pub fn clear(&mut self) {
        for table in [
            &mut self.line,
            &mut self.meter_month,
            &mut self.house_month,
            &mut self.exception,
            &mut self.privilege_line,
        ] {
            table.clear();
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
        self.line.push(&row![
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
            entry.amount.roubles(),
        ]);
    }

    /// What one person has by one category; the bill shows the sum of a budget.
    fn add_privilege(&mut self, unit: i64, scope: i32, entry: &Entry) {
        self.privilege_line.push(&row![
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
            entry.amount.roubles(),
        ]);
    }

    fn add_quantities(&mut self, month: &Projected, unit: i64, scopes: &Scopes<'_>) {
        let run = self.run;
        for entry in &month.meter_months {
            let (meter, day) = (entry.meter.0, entry.month.first_day());
            let scope = scopes.meter(entry.meter);
            let row = row![run, unit, scope, meter, entry.register, day, entry.basis.code(), entry.volume];
            self.meter_month.push(&row);
        }
        for entry in &month.house_months {
            let (house, service, day) = (entry.house.0, entry.service.0, entry.month.first_day());
            let (basis, volume, area) = (entry.basis.code(), entry.volume, entry.area);
            let (measured, own, per_area) = (entry.measured, entry.own, entry.per_area);
            let scope = scopes.house(entry.house);
            let row = row![
                run,
                unit,
                scope,
                house,
                service,
                day,
                basis,
                volume,
                area,
                measured,
                own,
                per_area,
                entry.carried
            ];
            self.house_month.push(&row);
        }
    }

    fn add_exceptions(&mut self, month: &Projected, unit: i64, scope: impl Fn(AccountId) -> i32) {
        let mut numbers: HashMap<(AccountId, i64), i32> = HashMap::new();
        for exception in &month.exceptions {
            let service = exception.service.map_or(0, |service| service.0);
            let number = numbers.entry((exception.account, service)).or_default();
            *number += 1;
            self.exception.push(&row![
                self.run,
                unit,
                scope(exception.account),
                exception.account.0,
                service,
                *number,
                exception.reason.code(),
                exception.reason.to_string(),
            ]);
        }
    }

    /// Writes into the detached tables of a run that is being built.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn copy(&self, transaction: &Transaction<'_>) -> Result<(), DbError> {
        for table in self.tables() {
            table.copy(transaction, self.run).await?;
        }
        Totals::of(self.line.picked(TOTALLED)).write(transaction, self.run).await
    }

    /// Makes the rows of one unit in a published run these: what differs is written, what stands is left alone.
    ///
    /// # Errors
    /// When the database refuses, as it does for a released month.
    pub async fn replace<C: GenericClient>(&self, client: &C, unit: i64) -> Result<(), DbError> {
        let stood = self.line.replace(client, self.run, unit).await?;
        for table in [&self.meter_month, &self.house_month, &self.exception, &self.privilege_line] {
            table.replace(client, self.run, unit).await?;
        }
        if !stood.moved {
            return Ok(());
        }
        let sql = "insert into billing_data.balance_moved (month, unit_id) select month, $2 from billing_data.run where id = $1";
        client.execute(sql, &[&self.run, &unit]).await?;
        let stood = Totals::of(stood.rows.iter().map(|row| TOTALLED.map(|at| row[at].clone())));
        Totals::of(self.line.picked(TOTALLED)).less(&stood).write(client, self.run).await
    }

    fn tables(&self) -> [&Table; 5] {
        [&self.line, &self.meter_month, &self.house_month, &self.exception, &self.privilege_line]
    }
}

fn lines() -> Table {
    let names = "run, unit_id, scope, account_id, service_id, contract_id, component, source_month, cause, basis, volume, rate, amount";
    let types = &[
        Type::INT4,
        Type::INT8,
        Type::INT4,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::INT2,
        Type::DATE,
        Type::INT8,
        Type::INT2,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
    ];
    let key = "run, account_id, service_id, contract_id, component, source_month, cause";
    Table::new("line", names, types, key).by_account()
}

fn add(sum: &mut Entry, entry: &Entry) {
    sum.volume += entry.volume;
    sum.amount += entry.amount;
}

fn privilege_lines() -> Table {
    let names = "run, unit_id, scope, account_id, service_id, contract_id, component, source_month, cause, person_id, category_id, volume, amount";
    let types = &[
        Type::INT4,
        Type::INT8,
        Type::INT4,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::INT2,
        Type::DATE,
        Type::INT8,
        Type::INT8,
        Type::INT8,
        Type::NUMERIC,
        Type::NUMERIC,
    ];
    let key =
        "run, account_id, service_id, contract_id, component, source_month, cause, person_id, category_id";
    Table::new("privilege_line", names, types, key)
}

fn meter_months() -> Table {
    let names = "run, unit_id, scope, meter_id, register, month, basis, volume";
    let types =
        &[Type::INT4, Type::INT8, Type::INT4, Type::INT8, Type::INT2, Type::DATE, Type::INT2, Type::NUMERIC];
    Table::new("meter_month", names, types, "run, meter_id, register, month")
}

fn house_months() -> Table {
    let names = "run, unit_id, scope, house_id, service_id, month, basis, volume, area, measured, own, per_area, carried";
    let types = &[
        Type::INT4,
        Type::INT8,
        Type::INT4,
        Type::INT8,
        Type::INT8,
        Type::DATE,
        Type::INT2,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
        Type::NUMERIC,
    ];
    Table::new("house_month", names, types, "run, house_id, service_id, month")
}

fn exceptions() -> Table {
    let names = "run, unit_id, scope, account_id, service_id, number, code, sentence";
    let types =
        &[Type::INT4, Type::INT8, Type::INT4, Type::INT8, Type::INT8, Type::INT4, Type::TEXT, Type::TEXT];
    Table::new("exception", names, types, "run, account_id, service_id, number")
}
