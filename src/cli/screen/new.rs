//! `kvartal screen new`: a first file, written from the catalogue.

use super::super::database::DatabaseArgs;
use super::super::{CliError, console};
use crate::app::catalogue::joined;
use crate::db::catalogue;
use crate::screen::sketch;
use crate::strict::nearest::hint;

/// Начать новый экран по представлению базы
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Представление: cards.account_head
    #[arg(value_name = "ПРЕДСТАВЛЕНИЕ")]
    view: String,
    /// Список строк вместо карточки одной
    #[arg(long)]
    list: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Prints the file.
///
/// # Errors
/// There is no such view, or the database was not read.
pub(super) async fn run(args: &Args) -> Result<(), CliError> {
    let client = args.database.connect("screen").await?;
    let rows = catalogue::read(&client).await.map_err(CliError::refused)?;
    let catalogue = joined(rows);
    let Some(relation) = catalogue.relations.get(&args.view) else {
        let near = hint(&args.view, catalogue.relations.keys().map(String::as_str));
        return Err(CliError::Refused(format!("Представления {} в базе нет; {near}.", args.view)));
    };
    let sketch = if args.list { sketch::list_of_view } else { sketch::of_view };
    console::line(sketch(&args.view, relation).trim_end())
}
