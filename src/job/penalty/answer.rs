//! What penalty an account owes as of a day: derived from the ledger each time it is asked, table by table. Asked by the
//! books of a seal, it is what that seal accrued, by the law as it was known then.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::ledger::{self, Ledger, Place};
use super::{refused, since};
use crate::calc::ids::Mark;
use crate::calc::money::Money;
use crate::calc::penalty::{Accrued, accrued_since};
use crate::calc::period::Month;
use crate::calc::trace::Said;
use crate::db::driver::{Client, Row, Transaction};
use crate::db::error::DbError;
use crate::db::load;
use crate::document::number;
use crate::lang::Lang;

/// All there is: later than any month.
const ALL_BOOKS: NaiveDate = match NaiveDate::from_ymd_opt(9_000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

/// Answers `{"day", "total", "services": [{"service", "provider", "amount", "months": [{"month", "due", "amount", "lines"}]}]}`.
///
/// # Errors
/// When the database fails, or a parameter of the law is not set on a day that needs it.
pub async fn answer(client: &mut Client, args: &Value) -> Result<Value, DbError> {
    let account = args["account_id"].as_i64().unwrap_or_default();
    let service = args["service_id"].as_i64();
    let day: NaiveDate = args["day"]
        .as_str()
        .and_then(|day| day.parse().ok())
        .ok_or_else(|| DbError::Unavailable("день вопроса не прочитан".to_owned()))?;
    let transaction = client.build_transaction().read_only(true).start().await?;
    let rules = load::rules(&transaction).await?;
    let since = since(&transaction).await?;
    let (books, known) = asked_books(&transaction, args["is_booked"] == json!(true), day).await?;
    let ledgers = ledger::read(&transaction, (&rules, known), &[account], books).await?;
    let names = names(&transaction, &ledgers).await?;
    transaction.rollback().await?;
    let mut total = Money::default();
    let mut services = Vec::new();
    for (place, ledger) in ledgers.iter().filter(|(place, _)| service.is_none_or(|one| one == place.service))
    {
        let parts = (ledger.debts.as_slice(), ledger.credits.as_slice());
        let tables = accrued_since(&rules, known, ledger.kind, parts, (since, day)).map_err(refused)?;
        let amount: Money = tables.iter().map(|table| table.amount).sum();
        if amount != Money::default() {
            total += amount;
            let unnamed = (String::new(), String::new());
            services.push(told(
                names.get(&(place.contract, place.service)).unwrap_or(&unnamed),
                place,
                amount,
                &tables,
            ));
        }
    }
    Ok(json!({ "day": day, "total": total, "services": services }))
}

/// Which books are read and which law: of a seal those it closed and the law it knew, else all of today.
async fn asked_books(
    transaction: &Transaction<'_>,
    is_booked: bool,
    day: NaiveDate,
) -> Result<(NaiveDate, Mark), DbError> {
    let sql = "select known from billing_data.penalty_month where through = $1";
    let booked = if is_booked { transaction.query_opt(sql, &[&day]).await? } else { None };
    Ok(booked.map_or((ALL_BOOKS, Mark::NOW), |row| (Month::of(day).first_day(), Mark(row.get(0)))))
}

fn told((service, provider): &(String, String), place: &Place, amount: Money, tables: &[Accrued]) -> Value {
    let months = tables.iter().filter(|table| table.amount != Money::default()).map(|table| {
        json!({
            "month": table.month,
            "due": table.due,
            "amount": table.amount,
            "rows": table.rows,
            "lines": table.lines(service),
        })
    });
    json!({
        "service_id": place.service,
        "service": service,
        "provider": provider,
        "amount": amount,
        "text": format!("{service} — {} ₽", number::quantity(amount.roubles())),
        "months": months.collect::<Vec<_>>(),
    })
}

/// Names of service and provider.
async fn names(
    transaction: &Transaction<'_>,
    ledgers: &BTreeMap<Place, Ledger>,
) -> Result<BTreeMap<(i64, i64), (String, String)>, DbError> {
    let places: (Vec<i64>, Vec<i64>) = ledgers.keys().map(|place| (place.contract, place.service)).unzip();
    let sql = "select x.contract_id, x.service_id, s.name, o.name
        from unnest($1::bigint[], $2::bigint[]) x (contract_id, service_id)
        join cards_data.service s on s.id = x.service_id
        join cards_data.contract c on c.id = x.contract_id
        join cards_data.organisation o on o.id = c.provider_id";
    let rows = transaction.query(sql, &[&places.0, &places.1]).await?;
    Ok(rows.iter().map(|row| ((row.get(0), row.get(1)), (row.get(2), row.get(3)))).collect())
}

/// The penalties booked in a month, debt by debt, each with its table: `[{"service_id", "text", "tree"}]`.
///
/// # Errors
/// As [`answer`].
pub async fn booked_in(
    transaction: &Transaction<'_>,
    account: i64,
    month: Month,
    lang: Lang,
) -> Result<Vec<Value>, DbError> {
    let sql = "select p.service_id, p.contract_id, p.debt_month, p.through, p.accrued, p.amount, s.name
        from billing_data.penalty p join cards_data.service s on s.id = p.service_id
        where p.account_id = $1 and p.month = $2 order by s.sort, p.service_id, p.contract_id, p.through, p.debt_month";
    let rows = transaction.query(sql, &[&account, &month.first_day()]).await?;
    let mut seals = BTreeMap::new();
    for row in &rows {
        let through: NaiveDate = row.get(3);
        if let std::collections::btree_map::Entry::Vacant(unknown) = seals.entry(through) {
            unknown.insert(sealed(transaction, account, through).await?);
        }
    }
    Ok(rows.iter().map(|row| booked(row, &seals[&row.get::<_, NaiveDate>(3)], lang)).collect())
}

/// Tables by service, contract and month of the debt.
type Tables = BTreeMap<(i64, i64, Month), Accrued>;

/// What a seal accrued, made again from its books and its law.
async fn sealed(transaction: &Transaction<'_>, account: i64, through: NaiveDate) -> Result<Tables, DbError> {
    let rules = load::rules(transaction).await?;
    let since = since(transaction).await?;
    let (books, known) = asked_books(transaction, true, through).await?;
    let mut tables = Tables::new();
    for (place, ledger) in ledger::read(transaction, (&rules, known), &[account], books).await? {
        let parts = (ledger.debts.as_slice(), ledger.credits.as_slice());
        for table in accrued_since(&rules, known, ledger.kind, parts, (since, through)).map_err(refused)? {
            tables.insert((place.service, place.contract, table.month), table);
        }
    }
    Ok(tables)
}

fn booked(row: &Row, tables: &Tables, lang: Lang) -> Value {
    let (service, of, through): (i64, Month, NaiveDate) = (row.get(0), Month::of(row.get(2)), row.get(3));
    let (accrued, amount): (Decimal, Decimal) = (row.get(4), row.get(5));
    let table = tables.get(&(service, row.get(1), of));
    let tree = table.map(|table| table.rows.iter().map(|row| row.told(lang)).collect::<Vec<_>>());
    let sum = format!("{} {}", row.get::<_, &str>(6), number::quantity(amount));
    let said = Said::Penalty { of, sum: &sum, through, accrued: &number::quantity(accrued) }.told(lang);
    let before = match accrued - amount {
        before if before.is_zero() => String::new(),
        before => format!(", {}", Said::BookedBefore(&number::quantity(before)).told(lang)),
    };
    json!({ "service_id": service, "text": said + &before, "tree": tree.unwrap_or_default() })
}
