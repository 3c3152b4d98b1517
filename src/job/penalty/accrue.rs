//! What a seal books: for every debt that was ever late, all penalty through the last day of the sealed month less what was
//! booked for it before.
//!
//! Accounts are read in batches, and only those whose penalty can have moved since the last seal: whoever owed for a bill
//! that is late, whose money became known late or was taken back, whose debt was corrected. When the law itself moved for
//! days that are past, everybody.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::ledger::{self, Ledger, money};
use super::refused;
use crate::calc::ids::Mark;
use crate::calc::money::Money;
use crate::calc::penalty::{Accrued, accrued_since, law_moved};
use crate::calc::period::Month;
use crate::calc::rules::{Parameter, Rules};
use crate::db::driver::Transaction;
use crate::db::error::DbError;
use crate::db::load;

/// Accounts read together.
const BATCH: i32 = 1_000;

/// What a seal accrues by.
struct Seal {
    month: Month,
    /// The month it is booked in.
    booked_in: NaiveDate,
    through: NaiveDate,
    since: NaiveDate,
    rules: Rules,
    known: Mark,
}

/// What was booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Booked {
    /// Rows.
    pub rows: i64,
    /// Their sum, roubles.
    pub amount: Decimal,
}

/// Accrues the penalties of a sealed month, in the caller's transaction.
///
/// # Errors
/// When the database fails, or a parameter of the law is not set on a day that needs it.
pub async fn accrue(transaction: &Transaction<'_>, month: Month) -> Result<Booked, DbError> {
    let mut booked = Booked::default();
    let Some(seal) = seal(transaction, month).await? else { return Ok(booked) };
    let (everybody, newest) = reach(transaction, &seal).await?;
    let candidates = transaction.prepare(CANDIDATES).await?;
    let (first, next) = (month.first_day(), month.next().first_day());
    let portal = transaction.bind(&candidates, &[&first, &next, &everybody, &newest]).await?;
    loop {
        let rows = transaction.query_portal(&portal, BATCH).await?;
        if rows.is_empty() {
            break;
        }
        let accounts: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
        let written = batch(transaction, &seal, &accounts).await?;
        booked.rows += written.rows;
        booked.amount += written.amount;
    }
    transaction
        .execute(
            "insert into billing_data.penalty_month (through, month, since, known, rows, amount) values ($1, $2, $3, $4, $5, $6)",
            &[&seal.through, &seal.booked_in, &seal.since, &seal.known.0, &booked.rows, &booked.amount],
        )
        .await?;
    Ok(booked)
}

/// None where the month's penalties are booked already.
async fn seal(transaction: &Transaction<'_>, month: Month) -> Result<Option<Seal>, DbError> {
    let sql = "select (select min(month) from billing_data.month where state in ('collecting', 'charged')),
        (select coalesce(max(known), 0) from admin_data.operation),
        exists (select from billing_data.penalty_month where through = $1),
        (select min(since) from billing_data.penalty_month)";
    let through = month.next().first_day() - Days::new(1);
    let row = transaction.query_one(sql, &[&through]).await?;
    if row.get(2) {
        return Ok(None);
    }
    let rules = load::rules(transaction).await?;
    Ok(Some(Seal {
        month,
        booked_in: row.get(0),
        through,
        since: row.get::<_, Option<NaiveDate>>(3).unwrap_or_else(|| month.first_day()),
        rules,
        known: Mark(row.get(1)),
    }))
}

/// Whether everybody is read, and whether the bill of the month before can be late enough to cost something.
async fn reach(transaction: &Transaction<'_>, seal: &Seal) -> Result<(bool, bool), DbError> {
    let sql = "select (select max(known) from billing_data.penalty_month),
        (select due_date from billing_data.month where month = $1)";
    let before = seal.month.plus(-1).first_day();
    let row = transaction.query_one(sql, &[&before]).await?;
    let (known, due): (Option<i64>, Option<NaiveDate>) = (row.get(0), row.get(1));
    let everybody =
        known.is_none_or(|known| law_moved(&seal.rules, (Mark(known), seal.known), seal.month.first_day()));
    let grace = |parameter| seal.rules.parameter(parameter, seal.through, seal.known);
    let grace = [Parameter::PenaltyGrace, Parameter::RepairGrace].into_iter().filter_map(grace).min();
    let grace = Days::new(grace.and_then(|days| days.to_u64()).unwrap_or_default());
    Ok((everybody, due.is_none_or(|due| due + grace < seal.through)))
}

/// Rows to be written, column by column.
#[derive(Default)]
struct Columns {
    accounts: Vec<i64>,
    services: Vec<i64>,
    contracts: Vec<i64>,
    debt_months: Vec<NaiveDate>,
    due_dates: Vec<NaiveDate>,
    debts: Vec<Decimal>,
    accrued: Vec<Decimal>,
    amounts: Vec<Decimal>,
}

/// What was booked for a debt before, and its due day.
type Before = BTreeMap<(i64, i64, i64), BTreeMap<Month, (Money, NaiveDate)>>;

async fn batch(transaction: &Transaction<'_>, seal: &Seal, accounts: &[i64]) -> Result<Booked, DbError> {
    let books = seal.month.first_day();
    let ledgers = ledger::read(transaction, (&seal.rules, seal.known), accounts, books).await?;
    let mut before = before(transaction, accounts).await?;
    let mut columns = Columns::default();
    for (place, ledger) in &ledgers {
        let key = (place.account, place.service, place.contract);
        let booked = before.remove(&key).unwrap_or_default();
        columns.add(key, &tables(seal, ledger)?, &booked);
    }
    for (key, booked) in &before {
        columns.add(*key, &[], booked);
    }
    columns.write(transaction, seal).await
}

async fn before(transaction: &Transaction<'_>, accounts: &[i64]) -> Result<Before, DbError> {
    let sql = "select account_id, service_id, contract_id, debt_month, sum(amount), max(due_date)
        from billing_data.penalty where account_id = any ($1) group by account_id, service_id, contract_id, debt_month";
    let mut before = Before::new();
    for row in &transaction.query(sql, &[&accounts]).await? {
        let of = before.entry((row.get(0), row.get(1), row.get(2))).or_default();
        of.insert(Month::of(row.get(3)), (money(row, 4)?, row.get(5)));
    }
    Ok(before)
}

fn tables(seal: &Seal, ledger: &Ledger) -> Result<Vec<Accrued>, DbError> {
    let parts = (ledger.debts.as_slice(), ledger.credits.as_slice());
    let days = (seal.since, seal.through);
    accrued_since(&seal.rules, seal.known, ledger.kind, parts, days).map_err(refused)
}

impl Columns {
    /// The differences of one service and contract; a debt that is no more gives back what was booked for it.
    fn add(
        &mut self,
        key: (i64, i64, i64),
        tables: &[Accrued],
        booked: &BTreeMap<Month, (Money, NaiveDate)>,
    ) {
        let now: BTreeMap<Month, &Accrued> = tables.iter().map(|table| (table.month, table)).collect();
        let months: BTreeSet<Month> = now.keys().chain(booked.keys()).copied().collect();
        for month in months {
            let table = now.get(&month);
            let (before, due) = booked.get(&month).copied().unwrap_or_default();
            let accrued = table.map(|table| table.amount).unwrap_or_default();
            if accrued == before {
                continue;
            }
            self.accounts.push(key.0);
            self.services.push(key.1);
            self.contracts.push(key.2);
            self.debt_months.push(month.first_day());
            self.due_dates.push(table.map_or(due, |table| table.due));
            self.debts.push(table.map(|table| table.owed_last()).unwrap_or_default().roubles());
            self.accrued.push(accrued.roubles());
            self.amounts.push((accrued - before).roubles());
        }
    }

    async fn write(&self, transaction: &Transaction<'_>, seal: &Seal) -> Result<Booked, DbError> {
        if self.accounts.is_empty() {
            return Ok(Booked::default());
        }
        let sql = "insert into billing_data.penalty (month, through, scope, account_id, service_id, contract_id, debt_month, due_date, debt, accrued, amount)
            select $1, $2, a.scope, x.account_id, x.service_id, x.contract_id, x.debt_month, x.due_date, x.debt, x.accrued, x.amount
            from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::date[], $7::date[], $8::numeric[], $9::numeric[], $10::numeric[])
                x (account_id, service_id, contract_id, debt_month, due_date, debt, accrued, amount)
            join cards_data.account a on a.id = x.account_id";
        transaction
            .execute(
                sql,
                &[
                    &seal.booked_in,
                    &seal.through,
                    &self.accounts,
                    &self.services,
                    &self.contracts,
                    &self.debt_months,
                    &self.due_dates,
                    &self.debts,
                    &self.accrued,
                    &self.amounts,
                ],
            )
            .await?;
        let rows = i64::try_from(self.accounts.len()).unwrap_or(i64::MAX);
        Ok(Booked { rows, amount: self.amounts.iter().sum() })
    }
}

/// Accounts whose penalty can have moved. $1: the sealed month, $2: the month after, $3: everybody, $4: the bill of the month before can
/// cost something. A debt of the month before the sealed one is told apart from older ones by what was charged in it; where money or a correction
/// went to that newest bill past an older one, the account is read to be sure.
const CANDIDATES: &str = "
    select id from cards_data.account where $3
    union
    select b.account_id from billing_data.balance b
    where not $3 and b.month = $1::date - interval '1 month'
        and b.closing - b.penalty_closing > case when $4 then 0 else b.charged - b.privilege + greatest(b.recalculated, 0) end
    union
    select s.account_id from finance_data.payment_split s
    where not $3 and s.cash_day >= $1::date - interval '1 month' and s.cash_day < $1 and s.month >= $1::date - interval '1 month'
    union
    select s.account_id from finance_data.payment_split s join finance_data.payment p on p.id = s.payment_id
    where not $3 and s.cash_day >= $1 and s.cash_day < $2 and (p.reverses is not null or p.paid_on < $1)
    union
    select c.account_id from billing_data.correction c
    where not $3 and (c.month = $1 or c.month = $1::date - interval '1 month' and c.amount < 0)
    union
    select l.account_id from billing_data.month m join billing_data.line l on l.run = m.run
    where not $3 and m.month = $1 and l.cause <> 0 and l.amount < 0
    order by 1";
