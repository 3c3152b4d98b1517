//! One key press, as a terminal can tell it.

use std::fmt;
use std::str::FromStr;

use super::KeyError;

/// A key press. Shift and Ctrl with other keys do not exist here: terminals cannot tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A character, as the keyboard's layout gives it.
    Char(char),
    /// A function key, from 1. Keys past F10 are recognised and never bound.
    F(u8),
    /// Enter, of either part of the keyboard.
    Enter,
    /// Esc alone.
    Esc,
    /// Tab.
    Tab,
    /// Shift with Tab.
    BackTab,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PgUp,
    /// Page down.
    PgDn,
    /// Insert.
    Ins,
    /// Delete.
    Del,
    /// Backspace, whichever byte the terminal sends for it.
    Backspace,
    /// Alt with a character; Alt with a digit is the function key of that number (0 is F10).
    Alt(char),
    /// Ctrl with a Latin letter, in lower case, or a sign.
    Ctrl(char),
}

/// Keys with a name of their own.
const NAMED: [(Key, &str); 16] = [
    (Key::Enter, "Enter"),
    (Key::Esc, "Esc"),
    (Key::Tab, "Tab"),
    (Key::BackTab, "BackTab"),
    (Key::Up, "Up"),
    (Key::Down, "Down"),
    (Key::Left, "Left"),
    (Key::Right, "Right"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PgUp, "PgUp"),
    (Key::PgDn, "PgDn"),
    (Key::Ins, "Ins"),
    (Key::Del, "Del"),
    (Key::Backspace, "Backspace"),
    (Key::Char(' '), "Space"),
];

/// Keys a terminal sends as another one or not at all, and what the operator would get instead.
const UNSENDABLE: [&str; 4] = ["Shift+", "Ctrl+Shift+", "Alt+Shift+", "Ctrl+Alt+"];

impl Key {
    /// The same function key, whether pressed as itself or as Alt with a digit.
    #[must_use]
    pub fn plain(self) -> Self {
        match self {
            Self::Alt(digit) => digit.to_digit(10).and_then(Self::function).unwrap_or(self),
            other => other,
        }
    }

    /// The function key a digit stands for: 1 to 9, and 0 for F10.
    pub(super) fn function(digit: u32) -> Option<Self> {
        match digit {
            0 => Some(Self::F(10)),
            1..=9 => u8::try_from(digit).ok().map(Self::F),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((_, name)) = NAMED.iter().find(|(key, _)| key == self) {
            return f.write_str(name);
        }
        match self {
            Self::F(number) => write!(f, "F{number}"),
            Self::Alt(letter) => write!(f, "Alt+{letter}"),
            Self::Ctrl(letter) => write!(f, "Ctrl+{}", letter.to_uppercase()),
            Self::Char(letter) => write!(f, "{letter}"),
            _ => Ok(()),
        }
    }
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        if let Some((key, _)) = NAMED.iter().find(|(_, name)| *name == text) {
            return Ok(*key);
        }
        let unknown = || KeyError::Unknown(text.to_owned());
        if let Some(letter) = single(text) {
            return Ok(Self::Char(letter));
        }
        if let Some(number) = text.strip_prefix('F') {
            let number = number.parse().map_err(|_| unknown())?;
            return if (1..=24).contains(&number) { Ok(Self::F(number)) } else { Err(unknown()) };
        }
        if UNSENDABLE.iter().any(|prefix| text.starts_with(prefix)) {
            return Err(KeyError::Unsendable(text.to_owned()));
        }
        let (modifier, rest) = text.split_once('+').ok_or_else(unknown)?;
        match (modifier, single(rest)) {
            ("Alt", Some(letter)) => Ok(Self::Alt(letter)),
            ("Ctrl", Some(letter)) => Ok(Self::Ctrl(letter.to_ascii_lowercase())),
            ("Alt" | "Ctrl", None) => Err(KeyError::Unsendable(text.to_owned())),
            _ => Err(unknown()),
        }
    }
}

fn single(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_reads_back_what_it_writes() {
        let mut keys: Vec<Key> = NAMED.iter().map(|(key, _)| *key).collect();
        keys.extend((1..=24).map(Key::F));
        keys.extend([
            Key::Alt('2'),
            Key::Alt('м'),
            Key::Ctrl('c'),
            Key::Ctrl('['),
            Key::Char('*'),
            Key::Char('+'),
        ]);
        for key in keys {
            assert_eq!(key.to_string().parse::<Key>(), Ok(key), "{key}");
        }
    }

    #[test]
    fn what_no_terminal_sends_is_named_apart_from_what_is_misspelt() {
        for text in ["Shift+F4", "Ctrl+F2", "Alt+F4", "Ctrl+Enter", "Shift+Enter", "Ctrl+Shift+A"] {
            assert_eq!(text.parse::<Key>(), Err(KeyError::Unsendable(text.to_owned())));
        }
        for text in ["", "F0", "F25", "Fx", "Entr", "Win+A"] {
            assert_eq!(text.parse::<Key>(), Err(KeyError::Unknown(text.to_owned())));
        }
    }

    #[test]
    fn alt_with_a_digit_is_the_function_key() {
        assert_eq!(Key::Alt('2').plain(), Key::F(2));
        assert_eq!(Key::Alt('0').plain(), Key::F(10));
        assert_eq!(Key::Alt('f').plain(), Key::Alt('f'));
    }
}
