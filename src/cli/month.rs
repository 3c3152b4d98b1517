//! `kvartal charge`, `release`, `seal`: the month, each an operation; long work is followed with its progress.

use std::time::Duration;

use chrono::NaiveDate;
use indicatif::{ProgressBar, ProgressStyle};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::calc::period::Month;
use crate::document::number;
use crate::job::door::{DoorError, JobState, Operation, Session};

/// Рассчитать месяц: всем, одному дому или одному счёту
#[derive(Debug, clap::Args)]
pub struct Charge {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Месяц, например 2026-09
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
    /// Только дом с этим номером карточки
    #[arg(long, value_name = "НОМЕР", conflicts_with = "account")]
    house: Option<String>,
    /// Только дом этого лицевого счёта
    #[arg(long, value_name = "СЧЁТ")]
    account: Option<String>,
}

/// Выпустить месяц: начисления больше не изменяются
#[derive(Debug, clap::Args)]
pub struct Release {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Месяц, например 2026-09
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
    /// Кассовый день, которым засчитываются авансы (по умолчанию сегодня)
    #[arg(long, value_name = "ДЕНЬ")]
    cash_day: Option<NaiveDate>,
}

/// Закрыть месяц: платежи и остатки больше не изменяются
#[derive(Debug, clap::Args)]
pub struct Seal {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Месяц, например 2026-09
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
}

/// Charges a month.
///
/// # Errors
/// The refusal, or how the job ended.
pub async fn charge(args: &Charge) -> Result<(), CliError> {
    let mut order = json!({ "month": args.month });
    for (name, value) in [("house", &args.house), ("account", &args.account)] {
        if let Some(value) = value {
            order[name] = json!(value);
        }
    }
    let mut session = Session::open(&args.database.address()?, "kvartal charge").await?;
    let result = job(&mut session, "billing.charge", order).await?;
    if args.house.is_some() || args.account.is_some() {
        return console::line(format_args!("{}: дом пересчитан.", args.month));
    }
    console::line(format_args!(
        "{}: счетов {}, строк {}, начислено {}, замечаний {}; изменились за время расчёта домов: {}.",
        args.month,
        result["accounts"],
        result["lines"],
        sum(&result["amount"]),
        result["exceptions"],
        result["moved"]
    ))
}

/// Releases a month, waiting while changes are still being recomputed.
///
/// # Errors
/// The refusal.
pub async fn release(args: &Release) -> Result<(), CliError> {
    let session = Session::open(&args.database.address()?, "kvartal release").await?;
    let mut order = json!({ "month": args.month });
    if let Some(day) = args.cash_day {
        order["cash_day"] = json!(day);
    }
    let mut told = String::new();
    let result = loop {
        match session.commit(&operation("billing.release", order.clone())).await {
            Err(DoorError::Db(error)) if error.code() == "KV007" && session.worker_alive().await? => {
                let now = error.to_string();
                if told != now {
                    console::remark(&now);
                    told = now;
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            other => break other?,
        }
    };
    console::line(format_args!("{}: выпущен, оплатить до {}.", args.month, day(&result["due_date"])))
}

/// Seals a month and waits for its balances and hash.
///
/// # Errors
/// The refusal, or how the job ended.
pub async fn seal(args: &Seal) -> Result<(), CliError> {
    let mut session = Session::open(&args.database.address()?, "kvartal seal").await?;
    let result = job(&mut session, "billing.seal", json!({ "month": args.month })).await?;
    console::line(format_args!(
        "{}: закрыт; строк {}, сумма {}, остатков {}, контрольная сумма {}.",
        args.month,
        result["lines"],
        sum(&result["sum"]),
        result["balances"],
        text(&result["hash"])
    ))
}

/// Orders a job and follows it.
async fn job(session: &mut Session, kind: &str, args: Value) -> Result<Value, CliError> {
    follow(session, &operation(kind, args)).await
}

/// Commits an order and follows its job. Ctrl-C asks the worker to cancel it.
pub(super) async fn follow(session: &mut Session, operation: &Operation) -> Result<Value, CliError> {
    session.commit(operation).await?;
    let bar = ProgressBar::no_length();
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
        bar.set_style(style);
    }
    let followed = session.follow(operation.id, |state| show(&bar, state)).await;
    bar.finish_and_clear();
    Ok(followed?)
}

fn show(bar: &ProgressBar, state: &JobState) {
    bar.set_message(state.stage.clone().unwrap_or_else(|| "ждём обработчика".to_owned()));
    if let Some(total) = state.total {
        bar.set_length(total.unsigned_abs());
    }
    bar.set_position(state.done.unsigned_abs());
}

/// An operation of a new number, without a ground.
pub(super) fn operation(kind: &str, args: Value) -> Operation {
    Operation { id: Uuid::new_v4(), kind: kind.to_owned(), args, ground: None }
}

/// A value of an answer as text, without the quotes of JSON.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A sum of an answer as paper has it: «1 778 816,28».
fn sum(value: &Value) -> String {
    let told = text(value);
    told.parse::<Decimal>().map_or(told, number::quantity)
}

/// A day of an answer as paper has it: «15.10.2026».
fn day(value: &Value) -> String {
    let told = text(value);
    told.parse::<NaiveDate>().map_or(told, number::day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_days_are_told_as_paper_has_them() {
        assert_eq!(sum(&json!("1778816.28")).replace('\u{a0}', " "), "1 778 816,28");
        assert_eq!(day(&json!("2026-10-15")), "15.10.2026");
        assert_eq!((sum(&json!(null)), day(&json!("—"))), ("null".to_owned(), "—".to_owned()));
    }
}
