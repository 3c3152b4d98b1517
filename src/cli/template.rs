//! `kvartal template`: the tools of whoever changes a template of a document.

use std::io::Write;
use std::path::PathBuf;

use chrono::NaiveDate;

use super::{CliError, console, file};
use crate::app::library::folder;
use crate::document::compose;
use crate::document::template::Templates;
use crate::job::paper::{self, COLUMNS, library};
use crate::output::text;

/// Шаблоны документов: проверить, посмотреть на образце
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Debug, clap::Subcommand)]
enum Tool {
    /// Проверить все шаблоны на образцах данных
    Lint,
    /// Какие документы есть
    List,
    /// Показать документ на образце данных: текстом или файлом PDF
    Show(Show),
}

#[derive(Debug, clap::Args)]
struct Show {
    /// Шаблон, например passport/household.md
    #[arg(value_name = "ШАБЛОН")]
    template: String,
    /// Куда записать PDF; без этого печатается текст
    #[arg(long, value_name = "ФАЙЛ")]
    out: Option<PathBuf>,
    /// Сколько знаков в строке текста
    #[arg(long, value_name = "ЧИСЛО", default_value_t = COLUMNS)]
    columns: usize,
}

/// Runs the tool.
///
/// # Errors
/// What is wrong with the templates, by file and line.
pub fn run(args: &Args) -> Result<(), CliError> {
    let templates = library::templates(folder().as_deref()).map_err(CliError::refused)?;
    match &args.tool {
        Tool::Lint => lint(&templates),
        Tool::List => {
            for (path, front) in templates.documents() {
                console::line(format_args!("{path:<36} {}", front.title))?;
            }
            Ok(())
        }
        Tool::Show(args) => show(&templates, args),
    }
}

fn lint(templates: &Templates) -> Result<(), CliError> {
    let wrong = templates.check();
    if wrong.is_empty() {
        return console::line(format_args!(
            "Шаблонов проверено: {}, замечаний нет",
            templates.documents().count()
        ));
    }
    let told: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    Err(CliError::Refused(told.join("\n")))
}

fn show(templates: &Templates, args: &Show) -> Result<(), CliError> {
    let sample = templates.sample(&args.template).map_err(CliError::refused)?;
    let Some(out) = &args.out else {
        let paper = templates.fill(&args.template, &sample).map_err(CliError::refused)?;
        let columns = args.columns.clamp(40, 250);
        let pages = compose::typed(&paper, columns, compose::ROWS).map_err(CliError::refused)?;
        std::io::stdout().lock().write_all(text::write(&pages).as_bytes())?;
        return Ok(());
    };
    let day = sample["issued_on"].as_str().and_then(|day| day.parse().ok()).unwrap_or(NaiveDate::MIN);
    let made = paper::make(templates, &args.template, &sample, day).map_err(CliError::refused)?;
    // A sheet is looked at again and again while its template is written; nothing but such a sheet is written over.
    let over = file::Over { force: out.extension().is_some_and(|end| end == "pdf") };
    file::give(out, &made.pdf, over, made.title)
}
