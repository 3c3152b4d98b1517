//! TOML with the lines kept: sections whose keys are taken one by one, each refusal at its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nearest::hint;
use super::{Fault, Located};

/// Collects what is wrong, with lines.
#[derive(Debug)]
pub struct Refuser<'t, P> {
    text: &'t str,
    refusals: Vec<Located<P>>,
}

impl<'t, P: From<Fault> + PartialEq> Refuser<'t, P> {
    /// Nothing wrong with this text yet.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, refusals: Vec::new() }
    }

    /// The line a span begins in, from 1.
    #[must_use]
    pub fn line(&self, span: &Range<usize>) -> usize {
        let before = self.text.as_bytes().get(..span.start).unwrap_or(self.text.as_bytes());
        1 + before.iter().filter(|&&byte| byte == b'\n').count()
    }

    /// Something is wrong at a span.
    pub fn refuse(&mut self, span: &Range<usize>, problem: impl Into<P>) {
        let line = self.line(span);
        self.refusals.push(Located { line, problem: problem.into() });
    }

    /// Something is wrong at a line, counted from 1.
    pub fn refuse_line(&mut self, line: usize, problem: impl Into<P>) {
        self.refusals.push(Located { line, problem: problem.into() });
    }

    /// A word that is not among the known ones.
    pub fn refuse_word(&mut self, span: &Range<usize>, key: &str, word: &str, known: &[&str]) {
        let hint = hint(word, known.iter().copied());
        self.refuse(span, Fault::Word { key: key.to_owned(), word: word.to_owned(), hint });
    }

    /// The result, if nothing was refused.
    ///
    /// # Errors
    /// All that is wrong, by lines.
    pub fn finish<T>(mut self, result: Option<T>) -> Result<T, Vec<Located<P>>> {
        self.refusals.sort_by_key(|refusal| refusal.line);
        // A key for the whole profile is read once a file.
        self.refusals.dedup();
        match result {
            Some(result) if self.refusals.is_empty() => Ok(result),
            _ => Err(self.refusals),
        }
    }
}

/// The document, or the refusal of what is not TOML.
pub fn parse<'t, P: From<Fault> + PartialEq>(refuser: &mut Refuser<'t, P>) -> Option<Spanned<DeTable<'t>>> {
    DeTable::parse(refuser.text)
        .map_err(|error| {
            let span = error.span().unwrap_or_default();
            let same = error.message().contains("duplicate key");
            refuser.refuse(&span, if same { Fault::SameKey } else { Fault::Syntax });
        })
        .ok()
}

/// A table of the document under the name that refusals call it by.
#[derive(Debug, Clone)]
pub struct Section<'d, 't> {
    /// What refusals call it.
    pub place: String,
    /// Where it stands.
    pub span: Range<usize>,
    table: &'d DeTable<'t>,
}

impl<'d, 't> Section<'d, 't> {
    /// A table found at a span.
    #[must_use]
    pub const fn new(place: String, span: Range<usize>, table: &'d DeTable<'t>) -> Self {
        Self { place, span, table }
    }

    /// The value of a key and the span of the key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<(Range<usize>, &'d DeValue<'t>)> {
        let (name, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        Some((name.span(), value.get_ref()))
    }

    /// The keys in the order of the file, with their spans.
    #[must_use]
    pub fn keys(&self) -> Vec<(&'d str, Range<usize>)> {
        let mut keys: Vec<_> = self.table.keys().map(|key| (key.get_ref().as_ref(), key.span())).collect();
        keys.sort_by_key(|(_, span)| span.start);
        keys
    }

    /// Refuses every key that is not known.
    pub fn only<P: From<Fault> + PartialEq>(&self, refuser: &mut Refuser<'_, P>, known: &[&str]) {
        for name in self.table.keys().filter(|name| !known.contains(&name.get_ref().as_ref())) {
            let key = name.get_ref().to_string();
            let hint = hint(&key, known.iter().copied());
            refuser.refuse(&name.span(), Fault::UnknownKey { place: self.place.clone(), key, hint });
        }
    }

    /// Refuses the lack of a key.
    pub fn missing<P: From<Fault> + PartialEq>(&self, refuser: &mut Refuser<'_, P>, key: &'static str) {
        refuser.refuse(&self.span, Fault::MissingKey { place: self.place.clone(), key });
    }

    /// The text of a key; anything but text in quotes is refused.
    pub fn text<P: From<Fault> + PartialEq>(
        &self,
        refuser: &mut Refuser<'_, P>,
        key: &str,
    ) -> Option<(Range<usize>, &'d str)> {
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
    pub fn sections<P: From<Fault> + PartialEq>(
        &self,
        refuser: &mut Refuser<'_, P>,
        key: &str,
        place: &str,
    ) -> Vec<Self> {
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

/// A value of another shape than expected.
pub fn shape<P: From<Fault> + PartialEq>(
    refuser: &mut Refuser<'_, P>,
    span: &Range<usize>,
    key: &str,
    expected: &'static str,
) {
    refuser.refuse(span, Fault::Shape { key: key.to_owned(), expected });
}
