//! `kvartal explain`: «Почему?» — the trace of an account's amounts.

use serde_json::Value;

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::calc::period::Month;
use crate::document::number;
use crate::job::door::Session;

/// Объяснить начисления счёта: формула, объёмы, тариф, дни и откуда каждое число
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер лицевого счёта
    #[arg(long, value_name = "СЧЁТ")]
    account: String,
    /// Месяц, например 2026-09; закрытый объясняется по сведениям, известным тогда
    #[arg(long, value_name = "МЕСЯЦ")]
    month: Month,
    /// Только услуга с этим кодом, например heating
    #[arg(long, value_name = "КОД")]
    service: Option<String>,
    /// Печатать JSON вместо текста
    #[arg(long)]
    json: bool,
}

/// Prints the explanation.
///
/// # Errors
/// The refusal, or an unknown service.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let mut session = Session::open(&args.database.address()?, "kvartal explain").await?;
    let mut answer = session.explain(&args.account, args.month.first_day()).await?;
    if let Some(code) = &args.service {
        keep_service(&session, &mut answer, code).await?;
    }
    if args.json {
        return console::line(format_args!("{answer:#}"));
    }
    print(&answer)
}

/// Keeps the lines of one service; a code nobody knows is refused with the known ones.
async fn keep_service(session: &Session, answer: &mut Value, code: &str) -> Result<(), CliError> {
    let rows = session
        .client
        .query("select code, service_id, name from cards.services order by sort", &[])
        .await
        .map_err(|error| CliError::refused(crate::db::error::DbError::from(error)))?;
    let Some(row) = rows.iter().find(|row| row.get::<_, &str>(0) == code) else {
        let known: Vec<&str> = rows.iter().map(|row| row.get(0)).collect();
        return Err(CliError::Refused(format!("Нет услуги с кодом «{code}»; есть: {}.", known.join(", "))));
    };
    let (id, name): (i64, &str) = (row.get(1), row.get(2));
    if let Some(lines) = answer["lines"].as_array_mut() {
        lines.retain(|line| line["trace"]["key"]["service"].as_i64() == Some(id));
    }
    if let Some(entries) = answer["recalculations"].as_array_mut() {
        entries.retain(|entry| entry["service"].as_str() == Some(name));
    }
    if let Some(entries) = answer["instalments"].as_array_mut() {
        entries.retain(|entry| entry["service_id"].as_i64() == Some(id));
    }
    Ok(())
}

/// What stands in the ledger for a line, as sums are written.
fn booked(line: &Value) -> String {
    let sum = line["booked"].as_str().unwrap_or_default();
    sum.parse().map_or_else(|_| sum.to_owned(), number::quantity)
}

fn print(answer: &Value) -> Result<(), CliError> {
    let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
    for line in list("lines") {
        console::line(line["text"].as_str().unwrap_or_default())?;
        if line["differs"].as_bool() == Some(true) {
            console::line(format_args!(
                "  Записано {} ₽: сегодняшний расчёт не воспроизводит эту сумму.",
                booked(&line)
            ))?;
        }
    }
    for entry in list("recalculations") {
        let word = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        console::line(format_args!("{} — {}", word("text"), word("because")))?;
        if entry["beyond"].is_string() {
            console::line(format_args!("  {}", word("beyond")))?;
        }
    }
    for entry in list("instalments") {
        console::line(entry["text"].as_str().unwrap_or_default())?;
        for line in entry["tree"].as_array().into_iter().flatten() {
            console::line(format_args!("  {}", line.as_str().unwrap_or_default()))?;
        }
    }
    for exception in list("exceptions") {
        console::line(format_args!("Внимание: {}", exception.as_str().unwrap_or_default()))?;
    }
    if list("lines").is_empty() && list("recalculations").is_empty() {
        console::line("Начислений нет.")?;
    }
    Ok(())
}
