//! Closed lists of words: methods, parameters, components. The list is the one the type itself has for its
//! serialised form, so a new method needs no line here.

use serde::Deserialize;
use serde::de::IntoDeserializer;

use super::error::{CaseError, Mistake};
use super::row::{Row, nearest};

/// A word that must be there.
pub(super) fn word<'de, T: Deserialize<'de>>(row: &Row<'_>, key: &'static str) -> Result<T, CaseError> {
    let written: String = row.need(key)?;
    known_word(row, key, written)
}

/// A word that may be left out.
pub(super) fn word_if_any<'de, T: Deserialize<'de>>(
    row: &Row<'_>,
    key: &'static str,
) -> Result<Option<T>, CaseError> {
    row.get::<String>(key)?.map(|written| known_word(row, key, written)).transpose()
}

pub(super) fn known_word<'de, T: Deserialize<'de>>(
    row: &Row<'_>,
    key: &'static str,
    written: String,
) -> Result<T, CaseError> {
    T::deserialize(written.clone().into_deserializer()).map_err(|Unknown(known)| {
        let nearest = nearest(&written, known.iter().copied());
        row.mistake_at(key, Mistake::UnknownWord { key, word: written, nearest, known: known.join(", ") })
    })
}

/// The refusal of a word, with the words that would have been taken.
#[derive(Debug)]
struct Unknown(&'static [&'static str]);

impl std::fmt::Display for Unknown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

impl std::error::Error for Unknown {}

impl serde::de::Error for Unknown {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self(&[])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self(expected)
    }
}
