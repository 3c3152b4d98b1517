//! `kvartal custom`: a centre's own templates and screens, in the database, instead of those inside the program.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::json;
use similar::{Change, ChangeTag, TextDiff};
use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console, file};
use crate::app::catalogue::joined;
use crate::app::library::laid_over;
use crate::db::connect::Client;
use crate::db::error::DbError;
use crate::db::{catalogue, custom};
use crate::document::template;
use crate::job::door::{Operation, step};
use crate::job::paper::library;
use crate::screen::contract;
use crate::screen::set::{self, Set};

/// Свои шаблоны документов и экраны: хранятся в базе и действуют вместо встроенных
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// Какие файлы свои
    List(All),
    /// Положить свой файл; сначала он проверяется
    Put(Put),
    /// Взять файл, который действует: свой или встроенный
    Get(Get),
    /// Чем свой файл отличается от встроенного
    Diff(One),
    /// Убрать свой файл: снова действует встроенный
    Drop(One),
    /// Проверить все свои файлы этой программой
    Check(All),
}

#[derive(Debug, clap::Args)]
struct All {
    #[command(flatten)]
    database: DatabaseArgs,
}

#[derive(Debug, clap::Args)]
struct One {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Файл, как он называется в программе: reports/passport/household.md
    #[arg(value_name = "ФАЙЛ")]
    path: String,
}

#[derive(Debug, clap::Args)]
struct Put {
    #[command(flatten)]
    one: One,
    /// Откуда взять текст; без этого — из файла с тем же путём; «-» — стандартный ввод
    #[arg(long, value_name = "ФАЙЛ")]
    from: Option<PathBuf>,
    /// Основание: распоряжение, просьба
    #[arg(long, value_name = "ТЕКСТ")]
    ground: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Get {
    #[command(flatten)]
    one: One,
    /// Куда записать; «-» — стандартный вывод
    #[arg(long, value_name = "ФАЙЛ")]
    out: PathBuf,
    #[command(flatten)]
    over: file::Over,
}

/// Runs the task.
///
/// # Errors
/// What is wrong with a file, by file and line; the refusal of the database.
pub async fn run(args: &Args) -> Result<(), CliError> {
    match &args.task {
        Task::List(args) => list(args).await,
        Task::Put(args) => put(args).await,
        Task::Get(args) => get(args).await,
        Task::Diff(args) => diff(args).await,
        Task::Drop(args) => drop_one(args).await,
        Task::Check(args) => check(args).await,
    }
}

async fn list(args: &All) -> Result<(), CliError> {
    let client = args.database.connect("custom").await?;
    let sql =
        "select path, left(digest, 12), coalesce(full_name, operator), to_char(put_at, 'DD.MM.YYYY HH24:MI')
        from admin.custom_files order by path";
    let rows = client.query(sql, &[]).await.map_err(|error| CliError::refused(DbError::from(error)))?;
    for row in &rows {
        let [path, digest, who, at] = [0, 1, 2, 3].map(|place| row.get::<_, String>(place));
        console::line(format_args!("{at}  {digest}  {path:<44} {who}"))?;
    }
    if rows.is_empty() {
        console::line("Своих файлов нет: действуют встроенные.")?;
    }
    Ok(())
}

async fn put(args: &Put) -> Result<(), CliError> {
    let path = &args.one.path;
    let text = file::text("Файл", args.from.as_deref().unwrap_or(path.as_ref()))?;
    let client = args.one.database.connect("custom").await?;
    let mut own = custom::read(&client).await.map_err(CliError::refused)?;
    own.insert(path.clone(), text.clone());
    let about = path.split_once('/').map_or(path.as_str(), |(_, rest)| rest);
    let wrong: Vec<String> =
        wrong(&client, &own).await?.into_iter().filter(|told| told.starts_with(about)).collect();
    if !wrong.is_empty() {
        return Err(CliError::Refused(wrong.join("\n")));
    }
    commit(&client, json!({ "path": path, "text": text }), args.ground.clone()).await?;
    console::line(format_args!(
        "Положен {path}: действует для новых документов и со следующего входа в рабочее место."
    ))
}

async fn drop_one(args: &One) -> Result<(), CliError> {
    let client = args.database.connect("custom").await?;
    let own = custom::read(&client).await.map_err(CliError::refused)?;
    if !own.contains_key(&args.path) {
        return Err(CliError::Refused(format!(
            "Файл {} и так встроенный; свои показывает kvartal custom list",
            args.path
        )));
    }
    commit(&client, json!({ "path": args.path, "text": null }), None).await?;
    console::line(format_args!("Убран свой {}: снова действует встроенный.", args.path))
}

async fn commit(client: &Client, args: serde_json::Value, ground: Option<String>) -> Result<(), CliError> {
    let operation = Operation { id: Uuid::new_v4(), kind: "admin.custom_put".to_owned(), args, ground };
    step::commit(client, &operation).await.map(drop).map_err(CliError::refused)
}

async fn get(args: &Get) -> Result<(), CliError> {
    let client = args.one.database.connect("custom").await?;
    let own = custom::read(&client).await.map_err(CliError::refused)?;
    let path = &args.one.path;
    let (text, whose) = match own.get(path) {
        Some(text) => (text.clone(), "свой"),
        None => (embedded(path)?, "встроенный"),
    };
    file::give(&args.out, text.as_bytes(), args.over, format_args!("{path}, {whose}"))
}

/// The file inside the program.
fn embedded(path: &str) -> Result<String, CliError> {
    let found = match path.split_once('/') {
        Some(("reports", rest)) => template::embedded().remove(rest),
        Some(("screens", rest)) => set::embedded().remove(rest).map(Cow::into_owned),
        _ => None,
    };
    found.ok_or_else(|| {
        CliError::Refused(format!("Встроенного файла {path} нет; шаблоны показывает kvartal template list"))
    })
}

async fn diff(args: &One) -> Result<(), CliError> {
    let client = args.database.connect("custom").await?;
    let own = custom::read(&client).await.map_err(CliError::refused)?;
    let Some(text) = own.get(&args.path) else {
        return console::line(format_args!("{}: действует встроенный.", args.path));
    };
    let before = embedded(&args.path).unwrap_or_default();
    for line in changes(&before, text) {
        console::line(line)?;
    }
    Ok(())
}

/// Lines that went with a minus, lines that came with a plus, each with its number.
fn changes(before: &str, after: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(before, after);
    let numbered = |index: Option<usize>| index.map_or(0, |index| index + 1);
    let told = |change: Change<&str>| match change.tag() {
        ChangeTag::Equal => None,
        ChangeTag::Delete => {
            Some(format!("-{}: {}", numbered(change.old_index()), change.value().trim_end()))
        }
        ChangeTag::Insert => {
            Some(format!("+{}: {}", numbered(change.new_index()), change.value().trim_end()))
        }
    };
    diff.iter_all_changes().filter_map(told).collect()
}

async fn check(args: &All) -> Result<(), CliError> {
    let client = args.database.connect("custom").await?;
    let own = custom::read(&client).await.map_err(CliError::refused)?;
    let wrong = wrong(&client, &own).await?;
    if wrong.is_empty() {
        return console::line(format_args!("Своих файлов проверено: {}, замечаний нет.", own.len()));
    }
    Err(CliError::Refused(wrong.join("\n")))
}

/// What is wrong with a centre's own files in this program and this database, by file and line.
///
/// # Errors
/// The database fails.
pub async fn wrong(client: &Client, own: &custom::Files) -> Result<Vec<String>, CliError> {
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let templates = library::customized(own, None).map_err(CliError::refused)?;
    let mut wrong: Vec<String> = templates.check().iter().map(ToString::to_string).collect();
    let files = laid_over(own, None).map_err(CliError::refused)?;
    for language in ["ru", "en"] {
        wrong.extend(Set::of(&files, language).check(&[]).iter().map(ToString::to_string));
    }
    let rows = catalogue::read(client).await.map_err(CliError::refused)?;
    let catalogue = joined(rows);
    for (name, screen) in Set::of(&files, "ru").screens {
        if own.contains_key(&format!("screens/{name}.toml")) {
            let breaks = contract::check(&screen, &catalogue);
            wrong.extend(breaks.iter().map(|found| format!("{name}.toml: {}", found.told)));
        }
    }
    // By file and line, as they were found; the same thing said in both languages once.
    let mut told = BTreeSet::new();
    wrong.retain(|line| told.insert(line.clone()));
    Ok(wrong)
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn a_difference_names_what_went_and_what_came() {
        assert_eq!(changes("а\nб\nв\n", "а\nг\nв\nд\n"), ["-2: б", "+2: г", "+4: д"]);
        assert!(changes("а\n", "а\n").is_empty());
    }
}
