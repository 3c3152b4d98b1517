//! `kvartal screen sql`: what a screen asks the database.

use super::super::{CliError, console};
use super::files;
use crate::screen::set::Set;
use crate::screen::sketch;

/// Показать запросы, которые шлёт экран
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Код или имя экрана: 210, cards/account_card
    #[arg(value_name = "ЭКРАН")]
    name: String,
}

/// Prints the questions, a source each.
///
/// # Errors
/// There is no such screen.
pub(super) fn run(args: &Args) -> Result<(), CliError> {
    let set = Set::of(&files::all()?, "ru");
    let screen = files::find(&set, &args.name)?;
    for source in &screen.sources {
        console::line(sketch::question(screen, source))?;
    }
    Ok(())
}
