//! Why there can be no workstation on this terminal.

use std::io;

use thiserror::Error;

use crate::locale::{Lang, Words};

/// Why the terminal cannot be used, as a sentence. The first two also in English: who reads them may not be
/// able to see Russian letters.
#[derive(Debug, Error)]
pub enum TermError {
    /// The locale is not UTF-8; what it is.
    #[error("{}", both("term-no-utf8", "setting", .0))]
    NotUtf8(String),
    /// `TERM` names nothing that could show a screen; what it names.
    #[error("{}", both("term-dumb", "term", .0))]
    Dumb(String),
    /// `KVARTAL_THEME` names no theme.
    #[error("{}", Words::of(Lang::Ru).with("term-no-theme", &[("theme", .0.as_str().into())]))]
    NoSuchTheme(String),
    /// Input or output is no terminal.
    #[error("{}", Words::of(Lang::Ru).text("term-no-terminal"))]
    NoTerminal,
    /// The terminal refused.
    #[error("{}", Words::of(Lang::Ru).with("term-broken", &[("told", .0.to_string().into())]))]
    Broken(#[from] io::Error),
}

fn both(key: &str, name: &str, value: &str) -> String {
    Lang::ALL.map(|lang| Words::of(lang).with(key, &[(name, value.into())]).replace('\n', " ")).join("\n")
}
