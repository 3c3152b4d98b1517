//! `kvartal penalty`: what penalty an account owes as of a day, with its table; or what was booked for everybody in a month.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::Value;

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::calc::period::Month;
use crate::db::error::DbError;
use crate::job::door::Session;

/// Accounts read at a time.
const PAGE: i32 = 1_000;

/// Посчитать пени счёта на день — по каждой услуге и месяцу долга: дни, остаток, доля ставки; или показать пени всех счетов за месяц
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер лицевого счёта
    #[arg(long, value_name = "СЧЁТ", required_unless_present = "month", requires = "as_of")]
    account: Option<String>,
    /// День включительно, например 2026-10-20; платежи позже него не учитываются
    #[arg(long, value_name = "ДЕНЬ", requires = "account")]
    as_of: Option<NaiveDate>,
    /// Пени всех счетов, учтённые в этом месяце: таблица с разделителем «;»
    #[arg(long, value_name = "МЕСЯЦ", conflicts_with_all = ["account", "as_of", "json"])]
    month: Option<Month>,
    /// Только счета, в номере или адресе которых есть эти слова, например «Садовая, д. 5»
    #[arg(long, value_name = "СЛОВА", requires = "month")]
    filter: Option<String>,
    /// Печатать JSON вместо текста
    #[arg(long)]
    json: bool,
}

/// Prints the penalty.
///
/// # Errors
/// The refusal.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let mut session = Session::open(&args.database.address()?, "kvartal penalty").await?;
    if let Some(month) = args.month {
        return everybody(&session, month, args.filter.as_deref()).await;
    }
    let (account, day) = (args.account.as_deref().unwrap_or_default(), args.as_of.unwrap_or_default());
    let answer = session.penalty(account, day).await?;
    if args.json {
        return console::line(format_args!("{answer:#}"));
    }
    let list = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
    let word = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    for service in list(&answer, "services") {
        for month in list(&service, "months") {
            for line in list(&month, "lines") {
                let depth = usize::try_from(line["depth"].as_u64().unwrap_or_default()).unwrap_or_default();
                console::line(format_args!("{}{}", "  ".repeat(depth), word(&line, "text")))?;
            }
        }
    }
    console::line(format_args!("Всего пени по {}: {} ₽", day.format("%d.%m.%Y"), word(&answer, "total")))
}

/// The accounts of a month, page by page, and their sum.
async fn everybody(session: &Session, month: Month, filter: Option<&str>) -> Result<(), CliError> {
    let sql = "select account_id, account, address, oldest, days, debt, accrued, amount
        from billing.penalty_accounts($1, $2, null, jsonb_build_object('account_id', $3::bigint), $4) order by account_id";
    console::line(format_args!("счёт;адрес;долг с;дней;долг;начислено всего;пени месяца"))?;
    let first = month.first_day();
    let (mut after, mut accounts, mut sum) = (0_i64, 0_u64, Decimal::ZERO);
    loop {
        let rows = session
            .client
            .query(sql, &[&first, &filter, &after, &PAGE])
            .await
            .map_err(|error| CliError::refused(DbError::from(error)))?;
        let Some(last) = rows.last() else { break };
        after = last.get(0);
        for row in &rows {
            let (account, address): (&str, &str) = (row.get(1), row.get(2));
            let (oldest, days): (NaiveDate, i32) = (row.get(3), row.get(4));
            let (debt, accrued, amount): (Decimal, Decimal, Decimal) = (row.get(5), row.get(6), row.get(7));
            console::line(format_args!(
                "{account};{address};{};{days};{debt};{accrued};{amount}",
                oldest.format("%m.%Y")
            ))?;
            sum += amount;
            accounts += 1;
        }
    }
    console::remark(format!("{month}: счетов с пенями {accounts}, пени {sum} ₽"));
    Ok(())
}
