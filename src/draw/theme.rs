//! How a meaning looks. Never by colour alone: the engine says it with a word or a sign as well, so every theme loses
//! nothing.

use ratatui::style::{Color, Modifier, Style};

use crate::engine::canvas::Tone;
use crate::engine::settings::Look;

/// What the terminal can show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// The sixteen named colours; a background of its own only for the bar, the focus and errors, so that a light palette
    /// stays as legible as a dark one.
    #[default]
    Colour,
    /// Bold, underline and reverse; no colour is ever named, which `NO_COLOR` and plain terminals need.
    Mono,
    /// The same, and frames of `+`, `-` and `|`.
    Ascii,
}

impl Theme {
    /// The theme an operator chose.
    #[must_use]
    pub const fn of(look: Look) -> Self {
        match look {
            Look::Colour => Self::Colour,
            Look::Mono => Self::Mono,
            Look::Ascii => Self::Ascii,
        }
    }

    /// The style of a meaning.
    #[must_use]
    pub fn style(self, tone: Tone) -> Style {
        match self {
            Self::Colour => colour(tone),
            Self::Mono | Self::Ascii => mono(tone),
        }
    }

    /// A character as this terminal shows it; every stand-in is one column wide too.
    #[must_use]
    pub fn symbol(self, symbol: &str) -> &str {
        if self == Self::Ascii { plain(symbol) } else { symbol }
    }
}

fn colour(tone: Tone) -> Style {
    let style = Style::new();
    match tone {
        Tone::Plain | Tone::Value | Tone::Frame => style,
        Tone::Entry => style.add_modifier(Modifier::UNDERLINED),
        Tone::Focus | Tone::Bar => style.fg(Color::Black).bg(Color::Cyan),
        Tone::Changed => style.fg(Color::Magenta).add_modifier(Modifier::UNDERLINED),
        Tone::Error => style.fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD),
        Tone::Warning => style.fg(Color::Red).add_modifier(Modifier::BOLD),
        Tone::Faint | Tone::BarFaint => style.fg(Color::DarkGray),
        Tone::Title | Tone::BarKey => style.add_modifier(Modifier::BOLD),
        Tone::Tab => style.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Tone::Query => style.fg(Color::Green).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    }
}

fn mono(tone: Tone) -> Style {
    let modifier = match tone {
        Tone::Plain | Tone::Value | Tone::Frame | Tone::Faint | Tone::BarFaint => Modifier::empty(),
        Tone::Entry => Modifier::UNDERLINED,
        Tone::Focus | Tone::Bar => Modifier::REVERSED,
        Tone::Changed | Tone::Tab => Modifier::BOLD | Modifier::UNDERLINED,
        Tone::Error => Modifier::BOLD | Modifier::REVERSED,
        Tone::Warning | Tone::Title | Tone::BarKey => Modifier::BOLD,
        Tone::Query => Modifier::UNDERLINED | Modifier::REVERSED,
    };
    Style::new().add_modifier(modifier)
}

/// Stand-ins for characters that fonts and PuTTY's "poor man's lines" lose. Letters, №, ° and «» stay: without them there
/// is no Russian, and a terminal without UTF-8 is refused at the start. «р» stands for the sign of the rouble, as on a typewriter.
fn plain(symbol: &str) -> &str {
    match symbol {
        "─" | "━" | "–" | "—" | "−" | "‑" => "-",
        "×" => "x",
        "÷" => "/",
        "≈" => "~",
        "₽" => "р",
        "²" => "2",
        "³" => "3",
        "“" | "”" => "\"",
        "’" => "'",
        "│" | "┃" => "|",
        "┌" | "┐" | "└" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "›" | "→" | "▸" | "►" => ">",
        "‹" | "←" | "◄" => "<",
        "▾" | "▼" | "↓" => "v",
        "▲" | "↑" => "^",
        "█" | "▓" => "#",
        "░" | "▒" | "·" | "…" => ".",
        "•" => "*",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Tone; 15] = [
        Tone::Plain,
        Tone::Value,
        Tone::Entry,
        Tone::Focus,
        Tone::Changed,
        Tone::Error,
        Tone::Warning,
        Tone::Faint,
        Tone::Title,
        Tone::BarKey,
        Tone::Bar,
        Tone::BarFaint,
        Tone::Tab,
        Tone::Frame,
        Tone::Query,
    ];

    #[test]
    fn without_colour_no_colour_is_named() {
        for tone in ALL {
            for theme in [Theme::Mono, Theme::Ascii] {
                let style = theme.style(tone);
                assert_eq!((style.fg, style.bg), (None, None), "{tone:?}");
            }
        }
    }

    #[test]
    fn only_bar_focus_and_errors_have_a_background() {
        let with: Vec<Tone> =
            ALL.into_iter().filter(|tone| Theme::Colour.style(*tone).bg.is_some()).collect();
        assert_eq!(with, [Tone::Focus, Tone::Error, Tone::Bar]);
    }

    /// Every sign the program says anything with has a stand-in, but for letters and what no Russian font lacks.
    #[test]
    fn no_sign_is_left_to_a_font_that_lacks_it() {
        let known = |letter: char| {
            letter.is_ascii() || ('\u{400}'..='\u{45f}').contains(&letter) || "№«»°".contains(letter)
        };
        let told = [
            include_str!("../../locales/ru.ftl"),
            include_str!("../../locales/en.ftl"),
            include_str!("../../locales/terms.en.toml"),
            include_str!("../calc/trace/text.rs"),
            include_str!("../calc/trace/rule.rs"),
        ];
        for letter in told.into_iter().flat_map(str::chars) {
            let shown = Theme::Ascii.symbol(&letter.to_string()).to_owned();
            assert!(shown.chars().count() == 1 && shown.chars().all(known), "{letter} is shown as {shown}");
        }
    }

    #[test]
    fn the_focus_is_seen_in_every_theme() {
        for theme in [Theme::Colour, Theme::Mono, Theme::Ascii] {
            for other in [Tone::Plain, Tone::Value, Tone::Entry, Tone::Changed, Tone::Faint] {
                assert_ne!(theme.style(Tone::Focus), theme.style(other), "{theme:?} {other:?}");
            }
        }
    }
}
