//! `kvartal import file`: readings and payments of a file or of standard input, judged row by row and taken through the door.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::json;
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console, file};
use crate::db::error::DbError;
use crate::job::brought;
use crate::job::door::{DoorError, Operation, Session};

/// Arguments of `kvartal import file`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Только прочитать и сказать о каждой непринятой строке, ничего не записывая
    #[arg(long)]
    dry_run: bool,
    /// Принять и сомнительные строки: они проверены
    #[arg(long)]
    doubtful: bool,
    /// Файл; «-» — стандартный ввод (docs/import.md)
    #[arg(value_name = "ФАЙЛ")]
    file: PathBuf,
}

/// Reads, judges, takes.
///
/// # Errors
/// What is wrong with the file, or the refusal of the door.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let (name, bytes) = read(&args.file)?;
    let told = brought::told(&name, &bytes).map_err(|refusal| CliError::Refused(refusal.to_string()))?;
    let session = Session::open(&args.database.address()?, "kvartal import").await?;
    let put = session.client.query_one("select exchange.file_put($1)", &[&told]).await.map_err(failed)?;
    let held: serde_json::Value = put.get(0);
    let key = held["key"].as_i64().unwrap_or_default();
    judged(&session, key).await?;
    if args.dry_run {
        return console::line("Ничего не записано: это проба.");
    }
    let kind = held["kind"].as_str().unwrap_or_default();
    let operation = Operation {
        id: Uuid::new_v4(),
        kind: format!("exchange.{kind}"),
        args: json!({ "file": key, "doubtful": args.doubtful }),
        ground: None,
    };
    let done = session.commit(&operation).await?;
    console::line(format_args!(
        "Принято строк: {}, не принято: {}. Отменить: kvartal undo {}",
        done["taken"], done["refused"], operation.id
    ))
}

fn failed(error: impl Into<DbError>) -> DoorError {
    DoorError::Db(error.into())
}

/// The file with its name, or standard input.
fn read(path: &Path) -> Result<(String, Vec<u8>), CliError> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(("стандартный ввод".to_owned(), bytes));
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let unreadable = |error: std::io::Error| file::refusal("Файл", "не читается", path, &error);
    Ok((name, std::fs::read(path).map_err(unreadable)?))
}

/// Prints what would not be taken, and the totals.
async fn judged(session: &Session, key: i64) -> Result<(), CliError> {
    let rows = "select line, reason, verdict from exchange.file_rows($1, 'refuse doubt', null, 2000)";
    for row in session.client.query(rows, &[&key]).await.map_err(failed)? {
        let (line, reason): (i32, String) = (row.get(0), row.get(1));
        let mark = if row.get::<_, &str>(2) == "doubt" { "сомнительно, " } else { "" };
        console::line(format_args!("строка {line}: {mark}{reason}"))?;
    }
    let head = "select rows, take, trim_scale(take_sum)::text, have, doubt, refuse, known from exchange.file_head($1)";
    let head = session.client.query_one(head, &[&key]).await.map_err(failed)?;
    let count = |column: usize| head.get::<_, i64>(column);
    let sum: String = head.get(2);
    console::line(format_args!(
        "Строк {}: принять {} на {}, уже записано {}, сомнительных {}, отказов {}.",
        count(0),
        count(1),
        sum.replace('.', ","),
        count(3),
        count(4),
        count(5)
    ))?;
    match head.get::<_, Option<String>>(6) {
        Some(known) => console::line(format_args!("Этот файл уже загружен: {known}.")),
        None => Ok(()),
    }
}
