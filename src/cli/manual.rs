//! `kvartal manual`: prints the operator's manual. `docs/manual.md` is what it printed; a test compares.
//!
//! A layer adds its chapter in [`text`].

use super::{CliError, console};
use crate::keymap::{Chapter, Keymap, Terminals, manual};
use crate::locale::{Lang, Words};

/// In which language.
#[derive(Debug, clap::Args)]
#[command(about = "Руководство оператора в разметке Markdown")]
pub struct Args {
    /// По-английски; без этого параметра — по-русски
    #[arg(long)]
    english: bool,
}

/// Prints it.
///
/// # Errors
/// The output is closed or full.
pub fn run(args: &Args) -> Result<(), CliError> {
    console::text(text(if args.english { Lang::En } else { Lang::Ru }))
}

/// The manual in a language.
#[must_use]
pub fn text(lang: Lang) -> String {
    let words = Words::of(lang);
    let chapters =
        [Chapter::of_keys(words, Keymap::builtin()), Chapter::of_terminals(words, lang, Terminals::known())];
    manual(words, &chapters)
}
