//! TOML with the lines kept: sections whose keys are taken one by one, each refusal at its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::nearest::hint;
use super::error::{Problem, Refusal, Refusals};

/// Collects what is wrong, with lines.
pub(super) struct Refuser<'t> {
    text: &'t str,
    refusals: Vec<Refusal>,
}

impl<'t> Refuser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, refusals: Vec::new() }
    }

    /// The line a span begins in, from 1.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().get(..span.start).unwrap_or(self.text.as_bytes());
        1 + before.iter().filter(|&&byte| byte == b'\n').count()
    }

    pub(super) fn refuse(&mut self, span: &Range<usize>, problem: Problem) {
        let line = self.line(span);
        self.refusals.push(Refusal { line, problem });
    }

    /// The result, if nothing was refused.
    pub(super) fn finish<T>(mut self, result: Option<T>) -> Result<T, Refusals> {
        self.refusals.sort_by_key(|refusal| refusal.line);
        // A key for the whole profile is read once a file.
        self.refusals.dedup();
        match result {
            Some(result) if self.refusals.is_empty() => Ok(result),
            _ => Err(Refusals(self.refusals)),
        }
    }
}

/// The document, or the refusal of what is not TOML.
pub(super) fn parse<'t>(refuser: &mut Refuser<'t>) -> Option<Spanned<DeTable<'t>>> {
    DeTable::parse(refuser.text)
        .map_err(|error| {
            let span = error.span().unwrap_or_default();
            let same = error.message().contains("duplicate key");
            refuser.refuse(&span, if same { Problem::SameKey } else { Problem::Syntax });
        })
        .ok()
}

/// A table of the document under the name that refusals call it by.
pub(super) struct Section<'d, 't> {
    pub(super) place: String,
    pub(super) span: Range<usize>,
    table: &'d DeTable<'t>,
}

impl<'d, 't> Section<'d, 't> {
    pub(super) fn new(place: String, span: Range<usize>, table: &'d DeTable<'t>) -> Self {
        Self { place, span, table }
    }

    /// The value of a key and the span of the key.
    pub(super) fn get(&self, key: &str) -> Option<(Range<usize>, &'d DeValue<'t>)> {
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((name.span(), value.get_ref()))
    }

    /// Refuses every key that is not known.
    pub(super) fn only(&self, refuser: &mut Refuser<'_>, known: &[&str]) {
        for name in self.table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let key = name.get_ref().to_string();
            let hint = hint(&key, known.iter().copied());
            refuser.refuse(&name.span(), Problem::UnknownKey { place: self.place.clone(), key, hint });
        }
    }

    /// Refuses the lack of a key.
    pub(super) fn missing(&self, refuser: &mut Refuser<'_>, key: &'static str) {
        refuser.refuse(&self.span, Problem::MissingKey { place: self.place.clone(), key });
    }

    /// The text of a key; anything but text in quotes is refused.
    pub(super) fn text(&self, refuser: &mut Refuser<'_>, key: &str) -> Option<(Range<usize>, &'d str)> {
        let (span, value) = self.get(key)?;
        match value {
            DeValue::String(text) => Some((span, text.as_ref())),
            _ => {
                shape(refuser, &span, key, "текст в кавычках");
                None
            }
        }
    }

    /// The tables of a key: one, or a list of them.
    pub(super) fn sections(&self, refuser: &mut Refuser<'_>, key: &str, place: &str) -> Vec<Self> {
        let Some((span, value)) = self.get(key) else { return Vec::new() };
        let one = |span, table| Section::new(place.to_owned(), span, table);
        match value {
            DeValue::Table(table) => return vec![one(span, table)],
            DeValue::Array(list) => {
                let tables = list.iter().map(|item| match item.get_ref() {
                    DeValue::Table(table) => Some(one(item.span(), table)),
                    _ => None,
                });
                if let Some(tables) = tables.collect() {
                    return tables;
                }
            }
            _ => {}
        }
        shape(refuser, &span, key, "раздел с ключами");
        Vec::new()
    }
}

pub(super) fn shape(refuser: &mut Refuser<'_>, span: &Range<usize>, key: &str, expected: &'static str) {
    refuser.refuse(span, Problem::Shape { key: key.to_owned(), expected });
}
