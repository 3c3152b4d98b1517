//! The operator's manual, as Markdown, from the command list and the keymaps. Other layers add chapters of
//! their own; nothing in it is written twice.

use std::fmt::Write;

use super::{Command, Context, Key, Keymap, Sequence, Terminals};
use crate::locale::{Lang, Words};

/// A chapter of the manual: a title without marks, and its Markdown below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// The title.
    pub title: String,
    /// The text; headings in it begin at the third level.
    pub body: String,
}

/// The whole manual: title, then the chapters.
#[must_use]
pub fn manual(words: &Words, chapters: &[Chapter]) -> String {
    let mut text = format!("# {}\n\n{}\n", words.text("manual-title"), words.text("manual-note"));
    for chapter in chapters {
        let _ = write!(text, "\n## {}\n\n{}\n", chapter.title, chapter.body.trim());
    }
    text
}

impl Chapter {
    /// The chapter of the keys.
    #[must_use]
    pub fn of_keys(words: &Words, map: &Keymap) -> Self {
        let sections = [
            paragraph(&words.text("manual-keys-text")),
            bar(words, map, false),
            bar(words, map, true),
            others(words, map),
            places(words, map),
            synonyms(words, map),
        ];
        Self { title: words.text("manual-keys").into_owned(), body: sections.join("\n") }
    }

    /// The chapter of what becomes of a screen that is left with something unwritten.
    #[must_use]
    pub fn of_drafts(words: &Words) -> Self {
        Self {
            title: words.text("manual-drafts").into_owned(),
            body: paragraph(&words.text("manual-drafts-text")),
        }
    }

    /// The chapter of the terminals and what to change in them.
    #[must_use]
    pub fn of_terminals(words: &Words, lang: Lang, terminals: &Terminals) -> Self {
        let mut body = paragraph(&words.text("manual-terminals-text"));
        body.push('\n');
        for mode in terminals.modes() {
            let Some(advice) = mode.advice(lang) else { continue };
            let _ = write!(body, "* **{}**: {advice}", mode.name);
            if !mode.lost.is_empty() {
                let lost: Vec<&str> = mode.lost.iter().map(|(_, key)| key.as_str()).collect();
                let lost = words.with("manual-loses", &[("keys", lost.join(", ").into())]);
                let _ = write!(body, " ({lost})");
            }
            body.push('\n');
        }
        Self { title: words.text("manual-terminals").into_owned(), body }
    }
}

/// A message of several lines as one paragraph.
fn paragraph(text: &str) -> String {
    format!("{}\n", text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn bar(words: &Words, map: &Keymap, second_row: bool) -> String {
    let title = if second_row { "manual-second-row" } else { "manual-first-row" };
    let mut text = heading(words, title, &["manual-key", "manual-label", "manual-command", "manual-meaning"]);
    for (command, number) in map.bar(Context::Form, second_row).into_iter().zip(1..) {
        let Some(command) = command else { continue };
        let key = Sequence { second_row, key: Key::F(number) };
        let (label, name, help) = (command.label(words), command.title(words), command.help(words));
        let _ = writeln!(text, "| {key} | {label} | {name} | {help} |");
    }
    text
}

/// Commands that have keys everywhere, without those of the bar.
fn others(words: &Words, map: &Keymap) -> String {
    let mut text = heading(words, "manual-others", &["manual-key", "manual-command", "manual-meaning"]);
    for command in Command::ALL {
        let keys: Vec<String> = (map.keys_of(Context::Text, *command).iter())
            .filter(|keys| !matches!(keys.key, Key::F(_)))
            .map(ToString::to_string)
            .collect();
        if !keys.is_empty() {
            let (name, help) = (command.title(words), command.help(words));
            let _ = writeln!(text, "| {} | {name} | {help} |", keys.join(", "));
        }
    }
    text
}

/// Keys that mean something in one place only, or something else there.
fn places(words: &Words, map: &Keymap) -> String {
    let columns = ["manual-place", "manual-key", "manual-command", "manual-meaning"];
    let mut text = heading(words, "manual-contexts", &columns);
    for context in Context::ALL {
        for command in Command::ALL {
            let everywhere = map.keys_of(Context::Text, *command);
            let keys = map.keys_of(context, *command).into_iter().filter(|keys| !everywhere.contains(keys));
            for key in keys {
                let place = words.text(&format!("context-{}", context.name()));
                let (name, help) = (command.title(words), command.help(words));
                let _ = writeln!(text, "| {place} | {key} | {name} | {help} |");
            }
        }
    }
    text
}

fn synonyms(words: &Words, map: &Keymap) -> String {
    let mut text = String::new();
    for extra in Keymap::extra_files() {
        let files: Vec<(&str, &str)> = Keymap::builtin_files().iter().chain([extra]).copied().collect();
        let Ok(with) = Keymap::read(&files) else { continue };
        let name = extra.0.trim_start_matches("keymaps/").trim_end_matches(".toml");
        let title = words.with("manual-synonyms", &[("name", name.into())]);
        let _ = write!(text, "### {title}\n\n{}\n", paragraph(&words.text("manual-synonyms-text")));
        for (command, context) in
            Command::ALL.iter().flat_map(|command| [(command, Context::Text), (command, Context::Sheet)])
        {
            let before = [map.keys_of(context, *command), map.keys_of(Context::Text, *command)].concat();
            let in_text = with.keys_of(Context::Text, *command);
            let added = with.keys_of(context, *command).into_iter().filter(|keys| {
                !before.contains(keys) && (context == Context::Text || !in_text.contains(keys))
            });
            for keys in added {
                let _ = writeln!(text, "* {keys}: {}", command.title(words));
            }
        }
        text.push('\n');
    }
    text
}

/// A heading and the head of a table.
fn heading(words: &Words, title: &str, columns: &[&str]) -> String {
    let names: Vec<_> = columns.iter().map(|column| words.text(column)).collect();
    let rule = vec!["---"; columns.len()].join(" | ");
    format!("### {}\n\n| {} |\n| {rule} |\n", words.text(title), names.join(" | "))
}
