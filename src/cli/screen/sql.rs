//! `kvartal screen sql`: what a screen asks the database.

use super::super::{CliError, console};
use super::files;
use crate::screen::set::Set;
use crate::screen::sketch;
use crate::strict::nearest::hint;

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
    let Some(screen) = set.find(&args.name) else {
        let names = set.screens.values().flat_map(|screen| [screen.code.as_str(), screen.name.as_str()]);
        return Err(CliError::Refused(format!("Экрана «{}» нет; {}.", args.name, hint(&args.name, names))));
    };
    for source in &screen.sources {
        console::line(sketch::question(screen, source))?;
    }
    Ok(())
}
