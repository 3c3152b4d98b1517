//! `kvartal screen lint`: all that is wrong with screen files.

use std::path::PathBuf;

use super::super::database::DatabaseArgs;
use super::super::{CliError, console};
use super::files;
use crate::app::catalogue::joined;
use crate::db::catalogue;
use crate::screen::contract::{self, Break, Part};
use crate::screen::set::Set;

/// Проверить файлы экранов; с адресом базы — и против неё
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Файлы экранов; без них — все экраны программы
    #[arg(value_name = "ФАЙЛ")]
    files: Vec<PathBuf>,
    /// Сверить и с базой: представления, колонки, функции, операции
    #[arg(long)]
    contract: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Prints what is wrong.
///
/// # Errors
/// Something is wrong, or the database was not read.
pub(super) async fn run(args: &Args) -> Result<(), CliError> {
    let mut all = files::all()?;
    let mut asked = Vec::new();
    for path in &args.files {
        let (name, text) = files::given(path)?;
        asked.push(name.clone());
        all.insert(name, text.into());
    }
    let about = |file: &str| asked.is_empty() || asked.iter().any(|asked| asked == file);
    let mut told: Vec<String> = Vec::new();
    for language in ["ru", "en"] {
        for wrong in Set::of(&all, language).check(&[]).iter().filter(|wrong| about(&wrong.file)) {
            if !told.contains(&wrong.to_string()) {
                told.push(wrong.to_string());
            }
        }
    }
    if args.contract || args.database.is_given() {
        let client = args.database.connect("screen").await?;
        let rows = catalogue::read(&client).await.map_err(CliError::refused)?;
        let catalogue = joined(rows);
        for screen in Set::of(&all, "ru").screens.values() {
            let file = format!("{}.toml", screen.name);
            if about(&file) {
                let breaks = contract::check(screen, &catalogue);
                // What is missing is told once, of its source, not of every column.
                let gone = screen.sources.iter().map(|source| format!("{} в базе нет", source.relation));
                let gone: Vec<String> = gone.collect();
                let once =
                    |found: &&Break| matches!(found.part, Part::Source(_)) || !gone.contains(&found.told);
                let found = breaks.iter().filter(once);
                told.extend(
                    found.map(|found| format!("{file}: {}: {}", place(screen, found.part), found.told)),
                );
            }
        }
    }
    for line in &told {
        console::line(line)?;
    }
    match told.len() {
        0 => Ok(()),
        count => Err(CliError::Refused(format!("Найдено: {count}. Исправьте файлы и проверьте ещё раз."))),
    }
}

/// Where something is broken.
fn place(screen: &crate::engine::model::Screen, part: Part) -> String {
    match part {
        Part::Screen => "экран".to_owned(),
        Part::Source(at) => format!("источник {}", screen.sources.get(at).map_or("", |source| &source.name)),
        Part::Field(at) => format!("поле {}", screen.fields.get(at).map_or("", |field| &field.name)),
        Part::Grid(at) => format!("таблица {}", screen.grids.get(at).map_or("", |grid| &grid.name)),
        Part::Column(at, column) => {
            let grid = screen.grids.get(at);
            let title = grid.and_then(|grid| grid.columns.get(column)).map_or("", |column| &column.title);
            format!("таблица {}, колонка «{title}»", grid.map_or("", |grid| &grid.name))
        }
        Part::Action(at) => format!("действие {}", screen.actions.get(at).map_or("", |action| &action.name)),
    }
}
