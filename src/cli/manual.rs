//! `kvartal manual`: prints the operator's manual. `docs/manual.md` is what it printed; a test compares.
//!
//! A layer adds its chapter in [`text`].

use super::{CliError, console};
use crate::engine::model::{Part, Screen};
use crate::keymap::{Chapter, Keymap, Terminals, manual};
use crate::locale::{Lang, Words};
use crate::screen::set::{Set, embedded};

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
    let chapters = [
        Chapter::of_keys(words, Keymap::builtin()),
        Chapter::of_drafts(words),
        of_screens(words, lang),
        Chapter::of_terminals(words, lang, Terminals::known()),
    ];
    manual(words, &chapters)
}

/// The chapter of the screens: what each says of itself, its fields and its actions; by code, then those without one.
fn of_screens(words: &Words, lang: Lang) -> Chapter {
    let set = Set::of(&embedded(), lang.code());
    let mut screens: Vec<&Screen> = set.screens.values().collect();
    screens.sort_by_key(|screen| (screen.code.is_empty(), screen.code.as_str(), screen.name.as_str()));
    let body: Vec<String> = screens.into_iter().map(|screen| of_screen(words, screen)).collect();
    Chapter { title: words.text("manual-screens").into_owned(), body: body.join("\n") }
}

/// The fields; one without a caption stands beside the one before it.
fn of_fields(words: &Words, screen: &Screen) -> Vec<String> {
    let mut caption = "";
    let mut lines = Vec::new();
    for field in &screen.fields {
        let own = field.label.trim();
        let beside =
            if own.is_empty() && !caption.is_empty() { words.text("manual-beside") } else { "".into() };
        caption = if own.is_empty() { caption } else { own };
        let name = if caption.is_empty() { field.name.as_str() } else { caption };
        if !field.help.is_empty() {
            lines.push(format!("* **{name}**{beside}: {}", field.help));
        }
    }
    lines
}

fn of_screen(words: &Words, screen: &Screen) -> String {
    let title: String =
        screen.title.0.iter().map(|part| if let Part::Text(text) = part { text } else { "…" }).collect();
    let mut lines = vec![
        format!("### {} {title}", screen.code).replace("  ", " "),
        String::new(),
        screen.help.clone(),
        String::new(),
    ];
    lines.extend(of_fields(words, screen));
    lines.extend(screen.actions.iter().map(|action| match action.command {
        Some(command) => format!("* {}: «{}»", command.title(words), action.title),
        None => format!("* F9: «{}»", action.title),
    }));
    lines.push(String::new());
    lines.join("\n")
}
