//! What is known of a file while it is read, and the names in it.

use std::ops::Range;

use toml::de::DeValue;

use super::super::error::Problem;
use super::super::picture::is_identifier;
use super::super::words;
use crate::engine::model::{Name, Now, Source};
use crate::engine::value::Value;
use crate::strict::nearest::hint;
use crate::strict::table::{Refuser, Section};
use crate::strict::{Fault, Located};

/// What other parts of a file may name.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub(super) keys: Vec<String>,
    pub(super) sources: Vec<Source>,
    /// Fields in reading order.
    pub(super) fields: Vec<String>,
    /// Grids with their sources.
    pub(super) grids: Vec<(String, Option<usize>)>,
}

/// Reads one text.
pub(super) struct Reader<'t> {
    pub(super) refuser: Refuser<'t, Problem>,
    pub(super) known: Known,
}

impl Known {
    pub(super) fn with_text(self, text: &str) -> Reader<'_> {
        Reader { refuser: Refuser::new(text), known: self }
    }
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Known::default().with_text(text)
    }

    pub(super) fn finish<T>(self, result: Option<T>) -> (Known, Result<T, Vec<Located<Problem>>>) {
        (self.known, self.refuser.finish(result))
    }

    /// A table under a key, if there is one.
    pub(super) fn section<'d, 's>(
        &mut self,
        parent: &Section<'d, 's>,
        key: &str,
        place: &str,
    ) -> Option<Section<'d, 's>> {
        let (span, value) = parent.get(key)?;
        match value {
            DeValue::Table(table) => Some(Section::new(place.to_owned(), span, table)),
            _ => {
                self.shape(&span, key, "{ ключ = значение, … }");
                None
            }
        }
    }

    /// The tables `[KEY.NAME]` in the order of the file.
    pub(super) fn sections<'d, 's>(
        &mut self,
        root: &Section<'d, 's>,
        key: &str,
    ) -> Vec<(String, Section<'d, 's>)> {
        let Some((span, value)) = root.get(key) else { return Vec::new() };
        let DeValue::Table(table) = value else {
            self.shape(&span, key, "разделы [вид.имя]");
            return Vec::new();
        };
        let mut found = Vec::new();
        for (name, value) in table {
            let DeValue::Table(inner) = value.get_ref() else {
                self.shape(&name.span(), name.get_ref(), "раздел с ключами");
                continue;
            };
            self.identifier(&name.span(), name.get_ref());
            let place = format!("разделе [{key}.{}]", name.get_ref());
            found.push((name.get_ref().to_string(), Section::new(place, name.span(), inner)));
        }
        found.sort_by_key(|(_, section)| section.span.start);
        found
    }

    pub(super) fn shape(&mut self, span: &Range<usize>, key: &str, expected: &'static str) {
        self.refuser.refuse(span, Fault::Shape { key: key.to_owned(), expected });
    }

    pub(super) fn unknown(&mut self, span: &Range<usize>, what: &'static str, name: &str, all: &[String]) {
        let hint = hint(name, all.iter().map(String::as_str));
        self.refuser.refuse(span, Problem::Unknown { what, name: name.to_owned(), hint });
    }

    /// Refuses what the database could not have called so.
    pub(super) fn identifier(&mut self, span: &Range<usize>, name: &str) -> bool {
        let fits = is_identifier(name);
        if !fits {
            self.refuser.refuse(span, Problem::Identifier(name.to_owned()));
        }
        fits
    }

    /// The place of a column of a source, which is asked for from now on.
    pub(super) fn column(
        &mut self,
        span: &Range<usize>,
        source: impl Into<Option<usize>>,
        column: &str,
    ) -> Option<usize> {
        if !self.identifier(span, column) {
            return None;
        }
        let columns = &mut self.known.sources.get_mut(source.into()?)?.columns;
        Some(columns.iter().position(|known| known == column).unwrap_or_else(|| {
            columns.push(column.to_owned());
            columns.len() - 1
        }))
    }

    /// The source of a name.
    pub(super) fn source(&mut self, span: &Range<usize>, name: &str) -> Option<usize> {
        let found = self.known.sources.iter().position(|source| source.name == name);
        if found.is_none() {
            let all: Vec<String> = self.known.sources.iter().map(|source| source.name.clone()).collect();
            self.unknown(span, "источника", name, &all);
        }
        found
    }

    /// The field of a name.
    pub(super) fn field(&mut self, span: &Range<usize>, name: &str) -> Option<usize> {
        let found = self.known.fields.iter().position(|field| field == name);
        if found.is_none() {
            let all = self.known.fields.clone();
            self.unknown(span, "поля", name, &all);
        }
        found
    }

    /// The grid of a name.
    pub(super) fn grid(&mut self, span: &Range<usize>, name: &str) -> Option<usize> {
        let found = self.known.grids.iter().position(|(grid, _)| grid == name);
        if found.is_none() {
            let all: Vec<String> = self.known.grids.iter().map(|(grid, _)| grid.clone()).collect();
            self.unknown(span, "таблицы", name, &all);
        }
        found
    }

    /// A value somebody names: a text with a scope, or a number, yes or no, or `{ text = … }` of the file itself.
    pub(super) fn name(
        &mut self,
        span: &Range<usize>,
        key: &str,
        value: &DeValue<'_>,
        grid: Option<usize>,
    ) -> Option<Name> {
        match value {
            DeValue::String(text) => self.named(span, text, grid),
            DeValue::Integer(number) if number.radix() == 10 => {
                number.as_str().parse().ok().map(|number| Name::Given(Value::Int(number)))
            }
            DeValue::Boolean(yes) => Some(Name::Given(Value::Bool(*yes))),
            DeValue::Table(table) => {
                let given = Section::new(format!("«{key}»"), span.clone(), table);
                given.only(&mut self.refuser, &["text"]);
                if given.get("text").is_none() {
                    given.missing(&mut self.refuser, "text");
                }
                given.text(&mut self.refuser, "text").map(|(_, text)| Name::Given(Value::from(text)))
            }
            _ => {
                self.shape(
                    span,
                    key,
                    "имя с областью в кавычках, целое число, true, false или { text = \"…\" }",
                );
                None
            }
        }
    }

    /// A name with its scope.
    pub(super) fn named(&mut self, span: &Range<usize>, text: &str, grid: Option<usize>) -> Option<Name> {
        let Some((scope, rest)) = text.split_once('.') else {
            self.refuser.refuse(span, Problem::Bare(text.to_owned()));
            return None;
        };
        match scope {
            "key" if self.known.keys.iter().any(|key| key == rest) => Some(Name::Key(rest.to_owned())),
            "key" => {
                let keys = self.known.keys.clone();
                self.unknown(span, "ключа", rest, &keys);
                None
            }
            "field" => self.field(span, rest).map(Name::Field),
            "marks" => self.grid(span, rest).map(Name::Marks),
            "now" => self.now(span, rest),
            "row" => self.row(span, text, rest, grid),
            _ => {
                let source = self.source(span, scope)?;
                Some(Name::Column { source, column: self.column(span, source, rest)? })
            }
        }
    }

    fn now(&mut self, span: &Range<usize>, what: &str) -> Option<Name> {
        match what {
            "today" => Some(Name::Now(Now::Today)),
            "day" => Some(Name::Now(Now::Day)),
            "month" => Some(Name::Now(Now::Month)),
            "operator" => Some(Name::Now(Now::Operator)),
            _ => {
                self.refuser.refuse_word(span, "now", what, &words::NOW);
                None
            }
        }
    }

    /// `row.COLUMN` of the grid it stands in or the only one, else of the grid in front; `row.GRID.COLUMN` of that grid.
    fn row(&mut self, span: &Range<usize>, text: &str, rest: &str, grid: Option<usize>) -> Option<Name> {
        let (grid, column) = match (rest.split_once('.'), grid) {
            (Some((name, column)), _) => (self.grid(span, name)?, column),
            (None, Some(grid)) => (grid, rest),
            (None, None) if self.known.grids.len() == 1 => (0, rest),
            (None, None) if self.known.grids.is_empty() => {
                self.refuser.refuse(span, Problem::NoGrid(text.to_owned()));
                return None;
            }
            (None, None) => {
                let sources: Vec<_> = self.known.grids.iter().map(|(_, source)| *source).collect();
                let columns: Option<_> =
                    sources.into_iter().map(|source| self.column(span, source, rest)).collect();
                return columns.map(Name::Front);
            }
        };
        let source = self.known.grids.get(grid)?.1;
        Some(Name::Row { grid, column: self.column(span, source, column)? })
    }
}
