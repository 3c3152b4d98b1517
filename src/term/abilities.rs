//! What the terminal can do, from what the environment says of it. Nothing is asked of the terminal itself: an
//! answer would come as keys, late, or never.

use super::TermError;
use crate::keymap::Pauses;
use crate::locale::Lang;

/// How a screen is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Colours, by the numbers of the 256.
    Colour256,
    /// No colour is named at all: bold, reverse, underline.
    Mono,
    /// As mono, and lines of `+ - |`.
    Ascii,
}

/// What is known of a terminal before anything is written to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abilities {
    /// How to paint.
    pub theme: Theme,
    /// Whether a copy by OSC 52 may arrive in the clipboard; whether it did is not to be known.
    pub clipboard: bool,
    /// How long a lone Esc is held.
    pub pauses: Pauses,
    /// The language asked for.
    pub lang: Lang,
}

/// Beginnings of `TERM` whose terminals understand colours written by the numbers of the 256.
const COLOURED: [&str; 16] = [
    "xterm",
    "screen",
    "tmux",
    "rxvt",
    "linux",
    "putty",
    "konsole",
    "gnome",
    "vte",
    "alacritty",
    "foot",
    "st-",
    "kitty",
    "wezterm",
    "mintty",
    "mlterm",
];

/// Beginnings of `TERM` whose terminals are known to swallow or print OSC 52.
const NO_CLIPBOARD: [&str; 4] = ["linux", "vt", "screen", "cons"];

impl Abilities {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// As [`Abilities::of`].
    pub fn of_environment() -> Result<Self, TermError> {
        Self::of(|name| std::env::var(name).ok())
    }

    /// Decides by variables: `LC_ALL`, `LC_CTYPE`, `LANG`, `TERM`, `COLORTERM`, `NO_COLOR`, `SSH_CONNECTION`,
    /// `SSH_TTY`, and our own `KVARTAL_THEME` (`colour`, `mono`, `ascii`), `KVARTAL_LANG` (`ru`, `en`),
    /// `KVARTAL_ESC_MS` (the hold of a lone Esc), `KVARTAL_ESC_PREFIX` (not empty: Esc and a digit are a
    /// function key), `KVARTAL_OSC52` (`0` or `1`).
    ///
    /// # Errors
    /// The locale is not UTF-8, the terminal is dumb, or the theme does not exist.
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Result<Self, TermError> {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| Some((*name, set(name)?)));
        let (name, value) = locale.unwrap_or(("LANG", String::new()));
        let coding = value.to_ascii_lowercase().replace('-', "");
        if !coding.contains("utf8") {
            return Err(TermError::NotUtf8(format!("{name}={value}")));
        }
        let term = set("TERM").unwrap_or_default();
        if term.is_empty() || term == "dumb" {
            return Err(TermError::Dumb(format!("TERM={term}")));
        }
        let clipboard = match set("KVARTAL_OSC52").as_deref() {
            Some("0") => false,
            Some(_) => true,
            None => !NO_CLIPBOARD.iter().any(|start| term.starts_with(start)),
        };
        let language = ["KVARTAL_LANG", "LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| set(name));
        Ok(Self {
            theme: theme(&set, &term)?,
            clipboard,
            pauses: pauses(&set),
            lang: Lang::of_setting(&language.unwrap_or_default()),
        })
    }
}

fn theme(set: &impl Fn(&str) -> Option<String>, term: &str) -> Result<Theme, TermError> {
    match set("KVARTAL_THEME").as_deref() {
        Some("colour" | "color") => return Ok(Theme::Colour256),
        Some("mono") => return Ok(Theme::Mono),
        Some("ascii") => return Ok(Theme::Ascii),
        Some(other) => return Err(TermError::NoSuchTheme(other.to_owned())),
        None => {}
    }
    let poor = ["-mono", "-m", "-16color", "-8color", "-color"].iter().any(|end| term.ends_with(end));
    let coloured = COLOURED.iter().any(|start| term.starts_with(start)) && !poor;
    let told = term.contains("256color") || term.contains("direct") || set("COLORTERM").is_some();
    let colours = set("NO_COLOR").is_none() && (told || coloured);
    Ok(if colours { Theme::Colour256 } else { Theme::Mono })
}

fn pauses(set: &impl Fn(&str) -> Option<String>) -> Pauses {
    let remote = set("SSH_CONNECTION").or_else(|| set("SSH_TTY")).is_some();
    let usual = if remote { Pauses::FAR } else { Pauses::NEAR };
    let hold = set("KVARTAL_ESC_MS").and_then(|text| text.parse().ok()).unwrap_or(usual.hold);
    let prefix = set("KVARTAL_ESC_PREFIX").map(|_| Pauses::PREFIX);
    Pauses { prefix, ..usual }.held(hold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(variables: &[(&str, &str)]) -> Result<Abilities, TermError> {
        Abilities::of(|name| {
            let found = variables.iter().rev().find(|(other, _)| *other == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    fn theme_of(variables: &[(&str, &str)]) -> Theme {
        of(&[&[("LANG", "ru_RU.UTF-8"), ("TERM", "xterm")], variables].concat()).unwrap().theme
    }

    #[test]
    fn colours_are_for_those_who_have_256() {
        for term in ["xterm", "xterm-256color", "putty", "linux", "screen", "tmux-256color"] {
            assert_eq!(theme_of(&[("TERM", term)]), Theme::Colour256, "{term}");
        }
        for term in ["vt100", "vt220", "ansi", "xterm-mono", "xterm-16color", "cons25"] {
            assert_eq!(theme_of(&[("TERM", term)]), Theme::Mono, "{term}");
        }
        assert_eq!(theme_of(&[("TERM", "ansi"), ("COLORTERM", "truecolor")]), Theme::Colour256);
        assert_eq!(theme_of(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), Theme::Mono);
        assert_eq!(theme_of(&[("NO_COLOR", "")]), Theme::Colour256, "an empty variable is none");
    }

    #[test]
    fn a_theme_that_is_named_wins() {
        assert_eq!(theme_of(&[("KVARTAL_THEME", "ascii")]), Theme::Ascii);
        assert_eq!(theme_of(&[("KVARTAL_THEME", "colour"), ("NO_COLOR", "1")]), Theme::Colour256);
        let told = of(&[("LANG", "C.UTF-8"), ("TERM", "xterm"), ("KVARTAL_THEME", "pink")]).unwrap_err();
        assert!(told.to_string().contains("pink"), "{told}");
    }

    #[test]
    fn without_utf8_there_is_a_sentence_in_both_languages() {
        for variables in [&[][..], &[("LANG", "ru_RU.KOI8-R")], &[("LANG", "C.UTF-8"), ("LC_ALL", "C")]] {
            let told = of(&[&[("TERM", "xterm")], variables].concat()).unwrap_err().to_string();
            assert!(
                told.contains("PuTTY") && told.contains("Set LANG") && told.contains("Задайте"),
                "{told}"
            );
        }
        assert!(of(&[("LANG", "ru_RU.utf8"), ("TERM", "xterm")]).is_ok());
        assert!(
            of(&[("LANG", "ru_RU.utf8"), ("TERM", "dumb")]).unwrap_err().to_string().contains("TERM=dumb")
        );
        assert!(of(&[("LANG", "ru_RU.utf8")]).is_err());
    }

    #[test]
    fn esc_is_held_longer_over_a_network() {
        let hold =
            |more: &[(&str, &str)]| of(&[&[("LANG", "C.UTF-8"), ("TERM", "xterm")], more].concat()).unwrap();
        assert_eq!(hold(&[]).pauses, Pauses::NEAR);
        assert_eq!(hold(&[("SSH_TTY", "/dev/pts/1")]).pauses, Pauses::FAR);
        assert_eq!(hold(&[("SSH_CONNECTION", "a b"), ("KVARTAL_ESC_MS", "30")]).pauses.hold, 30);
        assert_eq!(hold(&[("KVARTAL_ESC_PREFIX", "1")]).pauses.prefix, Some(700));
    }
}
