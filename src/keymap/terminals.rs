//! The key sequences of terminals, from `keymaps/terminals.toml`: bytes to keys, and what a mode loses.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::{Bytes, Key};
use crate::locale::Lang;

/// The longest sequence of the table and of anything a terminal answers; longer ones are noise.
pub(super) const LONGEST: usize = 32;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    mode: Vec<Row>,
    #[serde(default)]
    absent: Vec<Absent>,
}

/// Keys that may not come at all, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Absent {
    keys: Vec<String>,
    advice: BTreeMap<String, String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    keys: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    lost: BTreeMap<String, String>,
    #[serde(default)]
    advice: BTreeMap<String, String>,
}

/// A way of a terminal to send its keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mode {
    /// What its users call it.
    pub name: String,
    /// Its sequences.
    pub keys: Vec<(Key, Bytes)>,
    /// Sequences that mean another key here, and what that is; the price of this mode.
    pub lost: Vec<(Bytes, String)>,
    advice: BTreeMap<String, String>,
}

impl Mode {
    /// What to change in the terminal, for a mode that is better left.
    #[must_use]
    pub fn advice(&self, lang: Lang) -> Option<&str> {
        self.advice.get(lang.code()).map(String::as_str)
    }
}

/// Every known sequence.
#[derive(Debug, Default)]
pub struct Terminals {
    modes: Vec<Mode>,
    keys: BTreeMap<Vec<u8>, Key>,
    absent: BTreeMap<Key, BTreeMap<String, String>>,
}

/// Signs whose width terminals disagree about, and what must stand under them.
pub const RULER: [&str; 2] = ["№─Ж│я»|", "123456|"];

impl Terminals {
    /// The table of the house. Its tests read it; should it be refused all the same, it would be empty.
    #[must_use]
    pub fn known() -> &'static Self {
        static KNOWN: OnceLock<Terminals> = OnceLock::new();
        KNOWN.get_or_init(|| Self::read(include_str!("../../keymaps/terminals.toml")).unwrap_or_default())
    }

    /// Reads a table.
    ///
    /// # Errors
    /// What is wrong, for whoever edits the table: its form, a key that does not exist, a sequence with two
    /// meanings.
    pub fn read(text: &str) -> Result<Self, String> {
        let table: Table = toml::from_str(text).map_err(|error| error.to_string())?;
        let mut read = Self::default();
        for row in table.mode {
            let mut keys = Vec::new();
            for (name, sequences) in row.keys {
                let key: Key = name.parse().map_err(|error| format!("{}: {error}", row.name))?;
                keys.extend(sequences.iter().map(|text| (key, Bytes::of_notation(text))));
            }
            for (key, bytes) in &keys {
                let before = read.keys.insert(bytes.0.clone(), *key);
                if let Some(before) = before.filter(|before| before != key) {
                    return Err(format!("{}: {bytes} is {key} and {before}", row.name));
                }
            }
            let lost = row.lost.into_iter().map(|(text, told)| (Bytes::of_notation(&text), told)).collect();
            read.modes.push(Mode { name: row.name, keys, lost, advice: row.advice });
        }
        for absent in table.absent {
            for name in &absent.keys {
                let key: Key = name.parse().map_err(|error| format!("{name}: {error}"))?;
                if read.absent.insert(key, absent.advice.clone()).is_some() {
                    return Err(format!("{key} has two pieces of advice"));
                }
            }
        }
        Ok(read)
    }

    /// What to look for when a key does not come at all.
    #[must_use]
    pub fn absent(&self, key: Key, lang: Lang) -> Option<&str> {
        self.absent.get(&key)?.get(lang.code()).map(String::as_str)
    }

    /// The key of a whole sequence.
    #[must_use]
    pub fn key(&self, bytes: &[u8]) -> Option<Key> {
        self.keys.get(bytes).copied()
    }

    /// The key of a sequence whose Esc came alone before.
    pub(super) fn key_of_tail(&self, bytes: &[u8]) -> Option<Key> {
        if bytes.len() < 2 || bytes.len() >= LONGEST {
            return None;
        }
        let mut whole = vec![0x1b];
        whole.extend_from_slice(bytes);
        self.key(&whole)
    }

    /// The modes, in the order of the table.
    #[must_use]
    pub fn modes(&self) -> &[Mode] {
        &self.modes
    }

    /// The mode to warn of when a sequence arrives: one with advice that alone has the sequence.
    #[must_use]
    pub fn known_bad(&self, bytes: &[u8]) -> Option<&Mode> {
        let has = |mode: &&Mode| mode.keys.iter().any(|(_, sequence)| sequence.0 == bytes);
        let mut modes = self.modes.iter().filter(has);
        let first = modes.next()?;
        (modes.next().is_none() && !first.advice.is_empty()).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_has_one_meaning() {
        let two =
            "[[mode]]\nname = 'a'\nkeys = { F1 = ['^[[M'] }\n[[mode]]\nname = 'b'\nkeys = { F2 = ['^[[M'] }";
        assert!(Terminals::read(two).unwrap_err().contains("F2 and F1"));
        assert!(Terminals::read(&two.replace("F2", "F1")).is_ok());
        assert!(Terminals::read("[[mode]]\nname = 'a'\nkeys = { FF = ['^[[M'] }").is_err());
    }

    #[test]
    fn the_table_of_the_house_is_read() {
        let read = Terminals::read(include_str!("../../keymaps/terminals.toml")).unwrap();
        assert!(read.modes().len() > 5);
        for mode in read.modes() {
            assert_eq!(mode.advice(Lang::Ru).is_some(), mode.advice(Lang::En).is_some(), "{}", mode.name);
            assert!(mode.lost.is_empty() || mode.advice(Lang::Ru).is_some(), "{} loses keys", mode.name);
        }
    }
}
