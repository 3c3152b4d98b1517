//! `kvartal penalty`: what penalty an account owes as of a day, with its table.

use chrono::NaiveDate;
use serde_json::Value;

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::job::door::Session;

/// Посчитать пени счёта на день: по каждой услуге и месяцу долга — дни, остаток, доля ставки
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер лицевого счёта
    #[arg(long, value_name = "СЧЁТ")]
    account: String,
    /// День включительно, например 2026-10-20; платежи позже него не учитываются
    #[arg(long, value_name = "ДЕНЬ")]
    as_of: NaiveDate,
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
    let answer = session.penalty(&args.account, args.as_of).await?;
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
    console::line(format_args!(
        "Всего пени по {}: {} ₽",
        args.as_of.format("%d.%m.%Y"),
        word(&answer, "total")
    ))
}
