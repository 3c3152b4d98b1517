//! What moved the debts of accounts: lines of released months, corrections, parts of payments.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calc::ids::Mark;
use crate::calc::money::Money;
use crate::calc::penalty::{Credit, Debt, PenaltyKind, due_date};
use crate::calc::period::Month;
use crate::calc::rules::Rules;
use crate::db::driver::{Row, Transaction};
use crate::db::error::DbError;

use super::refused;

/// One service and contract of an account, in the order of the bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub account: i64,
    pub sort: i16,
    pub service: i64,
    pub contract: i64,
}

/// What moved its debt.
#[derive(Debug)]
pub(super) struct Ledger {
    pub kind: PenaltyKind,
    pub debts: Vec<Debt>,
    pub credits: Vec<Credit>,
}

/// Reads the ledgers of accounts from the books through the month of `books`.
pub(super) async fn read(
    transaction: &Transaction<'_>,
    (rules, known): (&Rules, Mark),
    accounts: &[i64],
    books: NaiveDate,
) -> Result<BTreeMap<Place, Ledger>, DbError> {
    let mut ledgers = BTreeMap::new();
    for row in &transaction.query(DEBTS, &[&accounts, &books]).await? {
        let month = Month::of(row.get(6));
        let due = match row.get::<_, Option<NaiveDate>>(7) {
            Some(due) => due,
            None => due_date(rules, known, month).map_err(refused)?,
        };
        let debt = Debt { month, due, amount: money(row, 5)? };
        place(&mut ledgers, row).debts.push(debt);
    }
    for row in &transaction.query(CREDITS, &[&accounts, &books]).await? {
        let month = row.get::<_, Option<NaiveDate>>(6).map(Month::of);
        let credit = Credit { month, day: row.get(7), amount: money(row, 5)? };
        place(&mut ledgers, row).credits.push(credit);
    }
    Ok(ledgers)
}

/// Rows begin with account, sort, service, contract, kind, amount.
fn place<'a>(ledgers: &'a mut BTreeMap<Place, Ledger>, row: &Row) -> &'a mut Ledger {
    let place = Place { account: row.get(0), sort: row.get(1), service: row.get(2), contract: row.get(3) };
    ledgers.entry(place).or_insert_with(|| Ledger {
        kind: match row.get(4) {
            "housing" => PenaltyKind::Housing,
            "repair" => PenaltyKind::Repair,
            "none" => PenaltyKind::None,
            _ => PenaltyKind::Utilities,
        },
        debts: Vec::new(),
        credits: Vec::new(),
    })
}

pub(super) fn money(row: &Row, at: usize) -> Result<Money, DbError> {
    Money::round(row.get(at)).ok_or_else(|| DbError::Unavailable("сумма не прочитана".to_owned()))
}

/// Lines of released months and corrections. A negative recalculation is of its source month, a positive one of the month whose
/// document it is printed in: nobody is late with what was not asked for (dossier § 6.1), so a part of an instalment counts once
/// the bill of its month is out. What takes a correction back belongs to the debt of that correction, unless it asks again for what a bill that
/// is out had let go. Then: month, due day.
const DEBTS: &str = "with released as (
        select month, run, due_date from billing_data.month where state in ('released', 'sealed') and month <= $2
    ), moves as (
        select l.account_id, l.service_id, l.contract_id, m.month, sum(l.amount) as amount
        from released m join billing_data.line l on l.run = m.run
        where l.account_id = any ($1) and l.cause = 0 group by l.account_id, l.service_id, l.contract_id, m.month
        union all
        select l.account_id, l.service_id, l.contract_id, case when sum(l.amount) < 0 then l.source_month else m.month end, sum(l.amount)
        from released m join billing_data.line l on l.run = m.run
        where l.account_id = any ($1) and l.cause <> 0 group by l.account_id, l.service_id, l.contract_id, m.month, l.source_month, l.cause
        union all
        select c.account_id, c.service_id, c.contract_id, case
                when c.amount < 0 and r.amount > 0 and r.kind <> 'opening' then r.month
                when c.amount < 0 or c.kind = 'opening' or r.month = c.month then c.source_month
                else c.month end, c.amount
        from billing_data.correction c left join billing_data.correction r on r.id = c.reverses
        where c.account_id = any ($1) and c.part = 'debt' and c.month <= $2
            and (c.kind in ('opening', 'manual') or c.source_month <= (select max(r.month) from released r))
    )
    select v.account_id, s.sort, s.id, v.contract_id, s.penalty, v.amount, v.month, m.due_date
    from moves v
    join cards_data.service s on s.id = v.service_id
    left join billing_data.month m on m.month = v.month
    where v.amount <> 0";

/// Parts of payments by the day the payer paid; a reversal is of the day of what it reverses. Then: month, day.
const CREDITS: &str = "select p.account_id, s.sort, s.id, p.contract_id, s.penalty, p.amount, p.month, coalesce(r.paid_on, y.paid_on)
    from finance_data.payment_split p
    join finance_data.payment y on y.id = p.payment_id
    left join finance_data.payment r on r.id = y.reverses
    join cards_data.service s on s.id = p.service_id
    where p.account_id = any ($1) and s.id <> 0 and p.part = 'debt' and p.cash_day < $2::date + interval '1 month'";
