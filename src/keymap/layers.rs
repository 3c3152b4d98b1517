//! Which key starts which command, by the place of the focus.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::error::{KeyError, KeymapError};
use super::sequence::SECOND_ROW;
use super::{Command, Key, Sequence};

/// Where the focus is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// A field of a form.
    Form,
    /// A field of several lines, or any other place where every character is text.
    Text,
    /// A list: typing starts a filter.
    List,
    /// A numeric cell of a sheet.
    Sheet,
    /// A date nobody has begun to edit.
    Date,
    /// A question.
    Dialog,
    /// The command line with the palette under it.
    Palette,
}

impl Context {
    /// Every place.
    pub const ALL: [Self; 7] =
        [Self::Form, Self::Text, Self::List, Self::Sheet, Self::Date, Self::Dialog, Self::Palette];

    /// Its table in a keymap.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Text => "text",
            Self::List => "list",
            Self::Sheet => "sheet",
            Self::Date => "date",
            Self::Dialog => "dialog",
            Self::Palette => "palette",
        }
    }

    fn of_table(file: &str, name: &str) -> Result<Option<Self>, KeymapError> {
        if name == COMMON {
            return Ok(None);
        }
        let found = Self::ALL.into_iter().find(|context| context.name() == name);
        found.map(Some).ok_or_else(|| KeymapError::UnknownContext {
            file: file.to_owned(),
            name: name.to_owned(),
            known: [COMMON].into_iter().chain(Self::ALL.map(Self::name)).collect::<Vec<_>>().join(", "),
        })
    }

    /// Characters that are commands there; everywhere else every character is text.
    fn takes(self, letter: char) -> bool {
        match self {
            Self::Sheet => "+*/".contains(letter),
            Self::Date => ".+-".contains(letter),
            Self::Dialog => letter.is_ascii_digit(),
            Self::List => letter == ' ',
            Self::Form | Self::Text | Self::Palette => false,
        }
    }
}

/// The table of a keymap that holds in every place.
const COMMON: &str = "common";

/// The keymaps every workstation has, in the order they are laid.
const BUILTIN: [(&str, &str); 2] = [
    ("keymaps/default.toml", include_str!("../../keymaps/default.toml")),
    ("keymaps/numpad.toml", include_str!("../../keymaps/numpad.toml")),
];

/// Sets of synonyms an operator may switch on.
const EXTRAS: [(&str, &str); 2] = [
    ("keymaps/1c.toml", include_str!("../../keymaps/1c.toml")),
    ("keymaps/oracle.toml", include_str!("../../keymaps/oracle.toml")),
];

/// Files as written: place → command → keys.
type Tables = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Which key starts which command in which place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keymap {
    rows: BTreeMap<(Option<Context>, Sequence), Command>,
}

impl Keymap {
    /// The keys of the house.
    ///
    /// They are part of the program and read by its tests; should they be refused all the same, no key would
    /// be bound.
    #[must_use]
    pub fn builtin() -> &'static Self {
        static MAP: OnceLock<Keymap> = OnceLock::new();
        MAP.get_or_init(|| Self::read(&BUILTIN).unwrap_or_default())
    }

    /// The keys of the house and a set of synonyms, by the name of its file without folder and ending. A name that is none adds
    /// nothing.
    #[must_use]
    pub fn with_synonyms(name: &str) -> Self {
        let extra =
            EXTRAS.iter().find(|(file, _)| file.strip_prefix("keymaps/") == Some(&format!("{name}.toml")));
        let files: Vec<(&str, &str)> = BUILTIN.iter().chain(extra).copied().collect();
        Self::read(&files).unwrap_or_else(|_| Self::builtin().clone())
    }

    /// The files a keymap is made of, name and text; [`Keymap::read`] takes them.
    #[must_use]
    pub fn builtin_files() -> &'static [(&'static str, &'static str)] {
        &BUILTIN
    }

    /// Sets of synonyms, name and text: to be read after the builtin files when the operator wants them.
    #[must_use]
    pub fn extra_files() -> &'static [(&'static str, &'static str)] {
        &EXTRAS
    }

    /// Lays files over one another. A later file adds keys and never takes one away from another command.
    ///
    /// # Errors
    /// A file that cannot be read as one; an unknown place or command; a key that no terminal sends, that
    /// would take text away, or that is bound twice in one place.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, KeymapError> {
        let mut map = Self::default();
        for (file, text) in files {
            let tables: Tables = toml::from_str(text).map_err(|error| KeymapError::Unreadable {
                file: (*file).to_owned(),
                told: error.to_string(),
            })?;
            for (place, rows) in tables {
                let context = Context::of_table(file, &place)?;
                for (name, keys) in rows {
                    let command = name.parse().map_err(|_| KeymapError::UnknownCommand {
                        file: (*file).to_owned(),
                        name: name.clone(),
                    })?;
                    keys.iter().try_for_each(|keys| map.bind(file, context, command, keys))?;
                }
            }
        }
        Ok(map)
    }

    fn bind(
        &mut self,
        file: &str,
        context: Option<Context>,
        command: Command,
        keys: &str,
    ) -> Result<(), KeymapError> {
        let sequence: Result<Sequence, KeyError> =
            keys.parse().and_then(|keys| bindable(context, command, keys).map(|()| keys));
        let sequence = sequence.map_err(|why| KeymapError::Key {
            file: file.to_owned(),
            command: command.name(),
            why,
        })?;
        match self.rows.insert((context, sequence), command) {
            Some(first) if first != command => Err(KeymapError::Twice {
                file: file.to_owned(),
                keys: sequence.to_string(),
                context,
                first: first.name(),
                second: command.name(),
            }),
            _ => Ok(()),
        }
    }

    /// What a key means in a place; `second_row` after F9. Nothing: the key is text, or means nothing.
    #[must_use]
    pub fn command(&self, context: Context, second_row: bool, key: Key) -> Option<Command> {
        let sequence = Sequence { second_row, key: key.plain() };
        let found = self.rows.get(&(Some(context), sequence));
        found.or_else(|| self.rows.get(&(None, sequence))).copied()
    }

    /// The keys that start a command in a place, the shortest first.
    #[must_use]
    pub fn keys_of(&self, context: Context, command: Command) -> Vec<Sequence> {
        let bound = self.rows.iter().filter(|((place, keys), bound)| {
            let hidden = || self.command(context, keys.second_row, keys.key) != Some(command);
            **bound == command && place.is_none_or(|place| place == context) && !hidden()
        });
        let mut keys: Vec<Sequence> = bound.map(|((_, keys), _)| *keys).collect();
        keys.sort_by_key(|keys| (keys.second_row, !matches!(keys.key, Key::F(_)), *keys));
        keys.dedup();
        keys
    }

    /// The ten places of the bar, F1 to F10.
    #[must_use]
    pub fn bar(&self, context: Context, second_row: bool) -> [Option<Command>; 10] {
        let mut bar = [None; 10];
        for (place, number) in bar.iter_mut().zip(1..) {
            *place = self.command(context, second_row, Key::F(number));
        }
        bar
    }
}

/// Whether a key may start a command in a place.
fn bindable(context: Option<Context>, command: Command, keys: Sequence) -> Result<(), KeyError> {
    let told = || keys.to_string();
    match keys.key {
        Key::F(11..) => Err(KeyError::Unsendable(told())),
        Key::Ctrl(letter) => match letter {
            'm' | 'j' => Err(KeyError::SameByte(told(), "Enter")),
            'i' => Err(KeyError::SameByte(told(), "Tab")),
            'h' => Err(KeyError::SameByte(told(), "Backspace")),
            '[' => Err(KeyError::SameByte(told(), "Esc")),
            's' | 'q' | 'z' => Err(KeyError::TakenByLine(told())),
            'c' if command != Command::Stop => Err(KeyError::Fixed(told(), "прервать запрос")),
            'a'..='z' => Ok(()),
            _ => Err(KeyError::Unsendable(told())),
        },
        Key::Alt('0'..='9') => Err(KeyError::Fixed(told(), "функциональная клавиша с этим номером")),
        // Alt with a letter arrives as another letter in the other layout.
        Key::Alt(_) => Err(KeyError::Text(told())),
        Key::Char(letter) => {
            let free = !keys.second_row && context.is_some_and(|context| context.takes(letter));
            if free { Ok(()) } else { Err(KeyError::Text(told())) }
        }
        key if key == SECOND_ROW && !keys.second_row && command != Command::More => {
            Err(KeyError::Fixed(told(), "второй ряд команд"))
        }
        Key::F(1) if !keys.second_row && command != Command::Help => Err(KeyError::Fixed(told(), "помощь")),
        Key::Esc if command != Command::Cancel => Err(KeyError::Fixed(told(), "отмена и шаг назад")),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "layers_tests.rs"]
mod tests;
