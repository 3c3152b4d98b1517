//! `kvartal screen`: the tools of whoever writes screens.

mod files;
mod lint;
mod new;
mod paint;
mod sql;

use super::CliError;

/// Экраны: проверить файлы, начать новый, показать запросы
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    tool: Tool,
}

#[derive(Debug, clap::Subcommand)]
enum Tool {
    Lint(lint::Args),
    New(new::Args),
    Paint(paint::Args),
    Sql(sql::Args),
}

/// Runs the tool.
///
/// # Errors
/// What is wrong with the files, or why the database was not read.
pub async fn run(args: &Args) -> Result<(), CliError> {
    match &args.tool {
        Tool::Lint(args) => lint::run(args).await,
        Tool::New(args) => new::run(args).await,
        Tool::Paint(args) => paint::run(args).await,
        Tool::Sql(args) => sql::run(args),
    }
}
