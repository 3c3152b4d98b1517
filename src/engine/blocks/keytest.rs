//! The test of a terminal: which keys came, by which bytes, and what to change where they did not.

use std::collections::BTreeSet;

use crate::keymap::{Bytes, Key, Terminals};
use crate::locale::{Lang, Words};

/// The keys the program uses, in the order they are asked for; F10 leaves and so comes last.
pub const WANTED: [Key; 25] = [
    Key::F(1),
    Key::F(2),
    Key::F(3),
    Key::F(4),
    Key::F(5),
    Key::F(6),
    Key::F(7),
    Key::F(8),
    Key::F(9),
    Key::Enter,
    Key::Esc,
    Key::Tab,
    Key::BackTab,
    Key::Backspace,
    Key::Up,
    Key::Down,
    Key::Left,
    Key::Right,
    Key::Ins,
    Key::Del,
    Key::Home,
    Key::End,
    Key::PgUp,
    Key::PgDn,
    Key::F(10),
];

/// The most arrivals remembered.
const MOST: usize = 50;

/// What came of one press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The key; nothing where no key has these bytes.
    pub key: Option<Key>,
    /// Its bytes, where the terminal told them.
    pub bytes: Bytes,
    /// What it does in lists.
    pub means: String,
}

/// The test so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyTest {
    /// Keys that came.
    pub came: BTreeSet<Key>,
    /// The latest arrivals, the last behind.
    pub arrivals: Vec<Arrival>,
}

impl KeyTest {
    /// Takes an arrival.
    pub fn take(&mut self, arrival: Arrival) {
        self.came.extend(arrival.key);
        self.arrivals.push(arrival);
        if self.arrivals.len() > MOST {
            self.arrivals.remove(0);
        }
    }

    /// Whether the same key was pressed as the last time: so the test is left where F10 is dead.
    #[must_use]
    pub fn is_again(&self, key: Key) -> bool {
        self.arrivals.last().is_some_and(|last| last.key == Some(key))
    }

    /// Keys that did not come yet, in their order.
    #[must_use]
    pub fn missing(&self) -> Vec<Key> {
        WANTED.into_iter().filter(|key| !self.came.contains(key)).collect()
    }

    /// What to change in the terminal: by the last bytes, where only a mode that loses keys sends them; else for the first key that
    /// was passed over, which is the first missing one with a later one that came.
    #[must_use]
    pub fn advice(&self, words: &Words, lang: Lang) -> Option<String> {
        let known = Terminals::known();
        let bad = self.arrivals.iter().rev().find_map(|arrival| known.known_bad(&arrival.bytes.0));
        if let Some(mode) = bad {
            let told = [("mode", mode.name.as_str().into()), ("advice", mode.advice(lang)?.into())];
            return Some(words.with("key-test-setting", &told));
        }
        let last = WANTED.iter().rposition(|key| self.came.contains(key))?;
        let passed = WANTED[..last].iter().find(|key| !self.came.contains(key))?;
        let advice = known.absent(*passed, lang)?;
        let told = [("key", passed.to_string().into()), ("advice", advice.into())];
        Some(words.with("key-test-absent", &told))
    }
}

/// A scale of so many columns: tens are numbered, fives are `:`, and the last sign stands in the last column.
#[must_use]
pub fn scale(columns: usize) -> String {
    let mut scale = vec!['.'; columns];
    for five in (5..=columns).step_by(5) {
        scale[five - 1] = ':';
    }
    for ten in (10..=columns).step_by(10) {
        let number = ten.to_string();
        for (sign, place) in number.chars().zip(ten - number.len()..) {
            scale[place] = sign;
        }
    }
    if let Some(last) = scale.last_mut().filter(|last| !last.is_ascii_digit()) {
        *last = '|';
    }
    scale.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(keys: &[Key]) -> KeyTest {
        let mut test = KeyTest::default();
        for key in keys {
            test.take(Arrival { key: Some(*key), bytes: Bytes::default(), means: String::new() });
        }
        test
    }

    #[test]
    fn a_scale_has_as_many_columns_as_it_says() {
        for columns in [0, 1, 4, 9, 10, 60, 80, 99, 100, 132] {
            assert_eq!(scale(columns).chars().count(), columns);
        }
        assert_eq!(scale(20), "....:...10....:...20");
        assert!(scale(132).contains("...:..100") && scale(132).ends_with(":..130.|"), "{}", scale(132));
        assert!(scale(80).ends_with("...80"));
    }

    /// Keys are asked for in their order: what was passed over is what did not come.
    #[test]
    fn a_key_that_was_passed_over_gets_its_advice() {
        let words = Words::of(Lang::Ru);
        assert_eq!(came(&[]).advice(words, Lang::Ru), None);
        assert_eq!(came(&[Key::F(1), Key::F(2)]).advice(words, Lang::Ru), None);
        let told = came(&[Key::F(2)]).advice(words, Lang::Ru).unwrap();
        assert!(told.contains("F1") && told.contains("справк"), "{told}");
        let told = came(&[Key::F(1), Key::F(3)]).advice(words, Lang::Ru).unwrap();
        assert!(told.contains("F2") && told.contains("Xterm R6"), "{told}");
    }

    /// Every key that is asked for has advice in both languages: none is left without an answer.
    #[test]
    fn no_key_is_without_advice() {
        for key in WANTED {
            for lang in Lang::ALL {
                assert!(Terminals::known().absent(key, lang).is_some(), "{key} {lang:?}");
            }
        }
    }

    /// F5 of PuTTY's VT100+ works, and its mode is told of.
    #[test]
    fn bytes_of_a_mode_that_loses_keys_name_the_setting() {
        let mut test = came(&[Key::F(1)]);
        test.take(Arrival { key: Some(Key::F(5)), bytes: Bytes::of_notation("^[OT"), means: String::new() });
        let told = test.advice(Words::of(Lang::En), Lang::En).unwrap();
        assert!(told.contains("VT100+") && told.contains("Xterm R6"), "{told}");
    }
}
