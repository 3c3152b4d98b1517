//! What penalty an account owes as of a day: derived from the ledger each time it is asked, table by table.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::calc::ids::Mark;
use crate::calc::money::Money;
use crate::calc::penalty::{Accrued, Credit, Debt, NoParameter, PenaltyKind, accrued, due_date};
use crate::calc::period::Month;
use crate::calc::rules::Rules;
use crate::db::driver::{Client, Row, Transaction};
use crate::db::error::DbError;
use crate::db::load;
use crate::document::number;
use crate::refusal::Refusal;

/// Service and contract, in the order of the bill.
type Place = (i16, i64, i64);

/// One service and contract of an account with what moved its debt.
#[derive(Debug)]
struct Ledger {
    service: String,
    provider: String,
    kind: PenaltyKind,
    debts: Vec<Debt>,
    credits: Vec<Credit>,
}

/// Answers `{"day", "total", "services": [{"service", "provider", "amount", "months": [{"month", "due", "amount", "lines"}]}]}`.
///
/// # Errors
/// When the database fails, or a parameter of the law is not set on a day that needs it.
pub async fn answer(client: &mut Client, args: &Value) -> Result<Value, DbError> {
    let account = args["account_id"].as_i64().unwrap_or_default();
    let day: NaiveDate = args["day"]
        .as_str()
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| DbError::Unavailable("день вопроса не прочитан".to_owned()))?;
    let transaction = client.build_transaction().read_only(true).start().await?;
    let rules = load::rules(&transaction).await?;
    let ledgers = ledgers(&transaction, &rules, account).await?;
    transaction.rollback().await?;
    let mut total = Money::default();
    let mut services = Vec::new();
    for ledger in ledgers.values() {
        let parts = (ledger.debts.as_slice(), ledger.credits.as_slice());
        let tables = accrued(&rules, Mark::NOW, ledger.kind, parts, day).map_err(refused)?;
        let amount: Money = tables.iter().map(|table| table.amount).sum();
        if amount != Money::default() {
            total += amount;
            services.push(told(ledger, amount, &tables));
        }
    }
    Ok(json!({ "day": day, "total": total, "services": services }))
}

fn told(ledger: &Ledger, amount: Money, tables: &[Accrued]) -> Value {
    let months = tables.iter().filter(|table| table.amount != Money::default()).map(|table| {
        json!({
            "month": table.month,
            "due": table.due,
            "amount": table.amount,
            "rows": table.rows,
            "lines": table.lines(&ledger.service),
        })
    });
    json!({
        "service": ledger.service,
        "provider": ledger.provider,
        "amount": amount,
        "text": format!("{} — {} ₽", ledger.service, number::quantity(amount.roubles())),
        "months": months.collect::<Vec<_>>(),
    })
}

async fn ledgers(
    transaction: &Transaction<'_>,
    rules: &Rules,
    account: i64,
) -> Result<BTreeMap<Place, Ledger>, DbError> {
    let mut ledgers = BTreeMap::new();
    for row in &transaction.query(DEBTS, &[&account]).await? {
        let month = Month::of(row.get(7));
        let due = match row.get::<_, Option<NaiveDate>>(8) {
            Some(due) => due,
            None => due_date(rules, Mark::NOW, month).map_err(refused)?,
        };
        let debt = Debt { month, due, amount: money(row, 6)? };
        place(&mut ledgers, row).debts.push(debt);
    }
    for row in &transaction.query(CREDITS, &[&account]).await? {
        let month = row.get::<_, Option<NaiveDate>>(7).map(Month::of);
        let credit = Credit { month, day: row.get(8), amount: money(row, 6)? };
        place(&mut ledgers, row).credits.push(credit);
    }
    Ok(ledgers)
}

fn place<'a>(ledgers: &'a mut BTreeMap<Place, Ledger>, row: &Row) -> &'a mut Ledger {
    ledgers.entry((row.get(0), row.get(1), row.get(2))).or_insert_with(|| Ledger {
        service: row.get(3),
        provider: row.get(4),
        kind: match row.get(5) {
            "repair" => PenaltyKind::Repair,
            "none" => PenaltyKind::None,
            _ => PenaltyKind::Utilities,
        },
        debts: Vec::new(),
        credits: Vec::new(),
    })
}

fn money(row: &Row, at: usize) -> Result<Money, DbError> {
    Money::round(row.get(at)).ok_or_else(|| DbError::Unavailable("сумма не прочитана".to_owned()))
}

fn refused(missing: NoParameter) -> DbError {
    DbError::Refused(Refusal {
        code: "KV006".to_owned(),
        message: format!("Пени не посчитать: {missing}"),
        detail: None,
        hint: None,
    })
}

/// Lines of released months and corrections. A negative recalculation is of its source month, a positive one of the month whose
/// document it is printed in: nobody is late with what was not asked for (dossier § 6.1). Parts: sort, service, contract, names, kind,
/// amount, month, due day.
const DEBTS: &str = "with released as (
        select month, run, due_date from billing_data.month where state in ('released', 'sealed')
    ), moves as (
        select l.service_id, l.contract_id, m.month, sum(l.amount) as amount
        from released m join billing_data.line l on l.run = m.run
        where l.account_id = $1 and l.cause = 0 group by l.service_id, l.contract_id, m.month
        union all
        select l.service_id, l.contract_id, case when sum(l.amount) < 0 then l.source_month else m.month end, sum(l.amount)
        from released m join billing_data.line l on l.run = m.run
        where l.account_id = $1 and l.cause <> 0 group by l.service_id, l.contract_id, m.month, l.source_month, l.cause
        union all
        select c.service_id, c.contract_id, case when c.amount < 0 or c.kind = 'opening' then c.source_month else c.month end, c.amount
        from billing_data.correction c where c.account_id = $1
    )
    select s.sort, s.id, v.contract_id, s.name, o.name, s.penalty, v.amount, v.month, m.due_date
    from moves v
    join cards_data.service s on s.id = v.service_id
    join cards_data.contract c on c.id = v.contract_id
    join cards_data.organisation o on o.id = c.provider_id
    left join billing_data.month m on m.month = v.month
    where v.amount <> 0";

/// Parts of payments by the day the payer paid; a reversal is of the day of what it reverses.
const CREDITS: &str = "select s.sort, s.id, p.contract_id, s.name, o.name, s.penalty, p.amount, p.month, coalesce(r.paid_on, y.paid_on)
    from finance_data.payment_split p
    join finance_data.payment y on y.id = p.payment_id
    left join finance_data.payment r on r.id = y.reverses
    join cards_data.service s on s.id = p.service_id
    join cards_data.contract c on c.id = p.contract_id
    join cards_data.organisation o on o.id = c.provider_id
    where p.account_id = $1 and s.id <> 0";
