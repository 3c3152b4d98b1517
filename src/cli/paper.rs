//! `kvartal paper`: the file of an issued paper, byte by byte as it was made.

use std::path::PathBuf;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::database::DatabaseArgs;
use super::{CliError, file};
use crate::db::error::DbError;

/// Файл выданной справки
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер справки, например С-1/2026
    #[arg(value_name = "НОМЕР")]
    number: String,
    /// Куда записать; «-» — стандартный вывод
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
    /// Текст для матричного принтера вместо PDF
    #[arg(long)]
    text: bool,
}

/// Writes the file.
///
/// # Errors
/// The refusal of the database, a paper whose file is not made yet, or a file that cannot be written.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let client = args.database.connect("paper").await?;
    let row = client.query_one("select passport.paper_file($1)", &[&args.number]).await;
    let said: Value = row.map_err(|error| CliError::refused(DbError::from(error)))?.get(0);
    let bytes = if args.text {
        said["text"].as_str().map(|text| text.as_bytes().to_vec())
    } else {
        // PostgreSQL breaks its lines.
        said["pdf"].as_str().and_then(|text| BASE64_STANDARD.decode(text.replace('\n', "")).ok())
    };
    let Some(bytes) = bytes else {
        return Err(CliError::Refused(format!(
            "Файл справки {} ещё не составлен: обработчик (kvartal worker) составит его, повторите позже",
            args.number
        )));
    };
    file::give(&args.out, &bytes, format_args!("справка {}", args.number))
}
