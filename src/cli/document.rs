//! `kvartal document`: the archive, from the command line: found, taken, printed.

use std::path::PathBuf;

use chrono::{DateTime, Local, NaiveDate};
use serde_json::json;
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console, file};
use crate::db::error::DbError;
use crate::job::document::{self, Media, Purpose};
use crate::job::door::{Operation, step};

/// Архив документов: найти, взять файлом
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Найти документы, новые сверху
    List(List),
    /// Взять документ файлом, байт в байт как он составлен
    Get(Get),
    /// Напечатать документ на принтере сервера
    Print(Print),
}

#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер документа, лицевой счёт или слова названия
    #[arg(value_name = "ЧТО")]
    line: Option<String>,
    /// Только этого вида, например passport.household
    #[arg(long, value_name = "ВИД")]
    kind: Option<String>,
    /// Составленные с этого дня
    #[arg(long, value_name = "ДЕНЬ")]
    from: Option<NaiveDate>,
    /// Составленные по этот день
    #[arg(long, value_name = "ДЕНЬ")]
    to: Option<NaiveDate>,
    /// Сколько документов показать
    #[arg(long, value_name = "ЧИСЛО", default_value_t = 20)]
    limit: i32,
}

#[derive(Debug, clap::Args)]
struct Get {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер документа, например С-15/2026
    #[arg(value_name = "НОМЕР")]
    number: String,
    /// Куда записать; «-» — стандартный вывод
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
    /// Текст для матричного принтера вместо PDF
    #[arg(long)]
    text: bool,
    #[command(flatten)]
    over: file::Over,
}

#[derive(Debug, clap::Args)]
struct Print {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Номер документа, например С-15/2026
    #[arg(value_name = "НОМЕР")]
    number: String,
    /// Принтер, как его называет экран 953; без этого тот, что предложил бы экран печати
    #[arg(long, value_name = "ПРИНТЕР")]
    printer: Option<String>,
    /// Сколько экземпляров
    #[arg(long, value_name = "ЧИСЛО", default_value_t = 1)]
    copies: u8,
    /// С пометкой «копия» на каждом листе
    #[arg(long)]
    copy: bool,
}

/// Runs the task.
///
/// # Errors
/// The refusal of the database, or a file that cannot be written.
pub async fn run(args: &Args) -> Result<(), CliError> {
    match &args.task {
        Task::List(args) => list(args).await,
        Task::Get(args) => get(args).await,
        Task::Print(args) => print(args).await,
    }
}

async fn list(args: &List) -> Result<(), CliError> {
    let client = args.database.connect("document").await?;
    let sql = "select created_at, number, kind_title, coalesce(subject, ''), title
        from admin.document_list($1, $2, $3, $4, null, $5)";
    let rows = client
        .query(sql, &[&args.line, &args.kind, &args.from, &args.to, &args.limit])
        .await
        .map_err(|error| CliError::refused(DbError::from(error)))?;
    for row in &rows {
        let at: DateTime<Local> = row.get(0);
        let (number, kind, subject): (&str, &str, &str) = (row.get(1), row.get(2), row.get(3));
        console::line(format_args!("{}  {number:<14} {kind}: {subject}", at.format("%d.%m.%Y %H:%M")))?;
    }
    if rows.is_empty() {
        console::line("Документов не найдено.")?;
    }
    Ok(())
}

async fn get(args: &Get) -> Result<(), CliError> {
    let client = args.database.connect("document").await?;
    let media = if args.text { Media::Text } else { Media::Pdf };
    let id = document::find(&client, &args.number).await.map_err(CliError::refused)?;
    let bytes = document::fetch(&client, id, media, Purpose::Get).await.map_err(CliError::refused)?;
    file::give(&args.out, &bytes, args.over, format_args!("документ {}", args.number))
}

async fn print(args: &Print) -> Result<(), CliError> {
    let client = args.database.connect("document").await?;
    let document = document::find(&client, &args.number).await.map_err(CliError::refused)?;
    let offer = client.query_one("select printer from admin.print_offer($1)", &[&document]).await;
    let offered: String = offer.map_err(|error| CliError::refused(DbError::from(error)))?.get(0);
    let printer = args.printer.clone().unwrap_or(offered);
    let way = client.query_opt("select way from admin.printer_list where printer = $1", &[&printer]).await;
    let way = way.map_err(|error| CliError::refused(DbError::from(error)))?;
    if way.is_some_and(|row| matches!(row.get(0), "outbox" | "terminal")) {
        return Err(CliError::Refused(format!(
            "На «{printer}» печатает только рабочее место. Отсюда файл берут так: kvartal document get {} --out ФАЙЛ",
            args.number
        )));
    }
    let told =
        json!({ "document": document, "printer": printer, "copies": args.copies, "as_copy": args.copy });
    let operation =
        Operation { id: Uuid::new_v4(), kind: "admin.print".to_owned(), args: told, ground: None };
    step::commit(&client, &operation).await.map_err(CliError::refused)?;
    console::line(format_args!(
        "Документ {} отправлен на «{printer}»; что вышло, показывает экран 955.",
        args.number
    ))
}
