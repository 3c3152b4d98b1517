//! `kvartal op`: one operation through the door, previewed or committed.

use std::path::{Path, PathBuf};

use serde_json::Value;
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console, difference, file};
use crate::job::door::{Operation, Session};

/// Провести операцию или посмотреть, что она изменит
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Вид операции, например cards.premises_area
    #[arg(value_name = "ВИД", required_unless_present = "list")]
    kind: Option<String>,
    /// Файл с содержанием операции в JSON; «-» — стандартный ввод
    #[arg(long, value_name = "ФАЙЛ", required_unless_present = "list")]
    args: Option<PathBuf>,
    /// Основание: документ или заявление
    #[arg(long, value_name = "ТЕКСТ")]
    ground: Option<String>,
    /// Номер операции (UUID); повтор с тем же номером ничего не меняет
    #[arg(long, value_name = "НОМЕР")]
    id: Option<Uuid>,
    /// Только показать разницу в начислениях
    #[arg(long)]
    preview: bool,
    /// Показать виды операций и есть ли на них право
    #[arg(long)]
    list: bool,
}

/// Previews or commits.
///
/// # Errors
/// The refusal of the door.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let address = args.database.address()?;
    let mut session = Session::open(&address, "kvartal op").await?;
    let (Some(kind), Some(file)) = (&args.kind, &args.args) else {
        return list(&session).await;
    };
    let operation = Operation {
        id: args.id.unwrap_or_else(Uuid::new_v4),
        kind: kind.clone(),
        args: read(file)?,
        ground: args.ground.clone(),
    };
    if args.preview {
        let shown = session.preview(&operation).await?;
        difference::print(&shown)?;
        return console::line(format_args!("\nПровести: тот же вызов без --preview с --id {}", operation.id));
    }
    let result = session.commit(&operation).await?;
    let repeated = result["repeated"].as_bool().unwrap_or_default();
    let done =
        if repeated { "уже была проведена раньше" } else { "проведена" };
    console::line(format_args!("Операция {} {done}.", operation.id))?;
    console::line(&result)
}

/// JSON from a file, or from standard input (`-`).
///
/// # Errors
/// A file that cannot be read, or is no JSON.
pub(super) fn read(path: &Path) -> Result<Value, CliError> {
    let text = file::text("Файл", path)?;
    serde_json::from_str(&text).map_err(|error| {
        CliError::Refused(format!(
            "В файле {} не JSON (строка {}, знак {}): проверьте кавычки и запятые.",
            path.display(),
            error.line(),
            error.column()
        ))
    })
}

async fn list(session: &Session) -> Result<(), CliError> {
    let rows = session
        .client
        .query("select name, title, may, ground from admin.operation_list order by name", &[])
        .await
        .map_err(|error| CliError::refused(crate::db::error::DbError::from(error)))?;
    for row in &rows {
        let (name, title): (&str, &str) = (row.get(0), row.get(1));
        let may = if row.get(2) { "можно" } else { "нет права" };
        let ground = if row.get::<_, &str>(3) == "must" { ", нужно основание" } else { "" };
        console::line(format_args!("{name:<28} {title} ({may}{ground})"))?;
    }
    Ok(())
}
