//! Values of keys: words, numbers, lists, templates, links.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::super::error::Problem;
use super::super::words;
use super::reader::Reader;
use crate::engine::model::{Explain, Link, Name, Part, Target, Template};
use crate::engine::value::Show;
use crate::strict::table::Section;

impl Reader<'_> {
    /// The text of a key that must be there.
    pub(super) fn must_text<'d>(
        &mut self,
        section: &Section<'d, '_>,
        key: &'static str,
    ) -> Option<(Range<usize>, &'d str)> {
        if section.get(key).is_none() {
            section.missing(&mut self.refuser, key);
        }
        section.text(&mut self.refuser, key)
    }

    /// The value of a word.
    pub(super) fn word<T: Copy>(
        &mut self,
        section: &Section<'_, '_>,
        key: &str,
        all: &[(&str, T)],
    ) -> Option<T> {
        let (span, word) = section.text(&mut self.refuser, key)?;
        let found = all.iter().find(|(known, _)| *known == word).map(|(_, value)| *value);
        if found.is_none() {
            let all: Vec<&str> = all.iter().map(|(known, _)| *known).collect();
            self.refuser.refuse_word(&span, key, word, &all);
        }
        found
    }

    /// A whole number, not negative.
    pub(super) fn number(&mut self, section: &Section<'_, '_>, key: &str) -> Option<usize> {
        let (span, value) = section.get(key)?;
        let number = match value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.shape(&span, key, "целое число без кавычек");
        }
        number
    }

    /// Yes or no; no where it is not said.
    pub(super) fn flag(&mut self, section: &Section<'_, '_>, key: &str) -> bool {
        match section.get(key) {
            None => false,
            Some((_, DeValue::Boolean(yes))) => *yes,
            Some((span, _)) => {
                self.shape(&span, key, "true или false");
                false
            }
        }
    }

    /// A list of texts.
    pub(super) fn texts(&mut self, section: &Section<'_, '_>, key: &str) -> Vec<(Range<usize>, String)> {
        let Some((span, value)) = section.get(key) else { return Vec::new() };
        let list = match value {
            DeValue::Array(list) => list
                .iter()
                .map(|item| match item.get_ref() {
                    DeValue::String(text) => Some((item.span(), text.to_string())),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        list.unwrap_or_else(|| {
            self.shape(&span, key, "[\"…\", \"…\"]");
            Vec::new()
        })
    }

    /// One name under a key.
    pub(super) fn one(&mut self, section: &Section<'_, '_>, key: &str, grid: Option<usize>) -> Option<Name> {
        let (span, value) = section.get(key)?;
        self.name(&span, key, value, grid)
    }

    /// `{ NAME = value, … }` in the order of the file; a table inside makes `outer.inner` of its names.
    pub(super) fn pairs(
        &mut self,
        section: &Section<'_, '_>,
        key: &str,
        grid: Option<usize>,
    ) -> Vec<(String, Name)> {
        let Some((span, value)) = section.get(key) else { return Vec::new() };
        let DeValue::Table(table) = value else {
            self.shape(&span, key, "{ имя = \"источник.колонка\", … }");
            return Vec::new();
        };
        let mut found = Vec::new();
        self.pairs_of(table, "", grid, &mut found);
        found.sort_by_key(|(start, _, _)| *start);
        found.into_iter().map(|(_, name, value)| (name, value)).collect()
    }

    fn pairs_of(
        &mut self,
        table: &DeTable<'_>,
        outer: &str,
        grid: Option<usize>,
        found: &mut Vec<(usize, String, Name)>,
    ) {
        for (key, value) in table {
            self.identifier(&key.span(), key.get_ref());
            let name = format!("{outer}{}", key.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) if !inner.keys().any(|key| key.get_ref() == "text") => {
                    self.pairs_of(inner, &format!("{name}."), grid, found);
                }
                value => {
                    let value = self.name(&key.span(), &name, value, grid);
                    found.extend(value.map(|value| (key.span().start, name, value)));
                }
            }
        }
    }

    /// `cards.account_head`.
    pub(super) fn relation(&mut self, span: &Range<usize>, name: &str) -> String {
        let fits = name.split_once('.').is_some_and(|(module, name)| {
            super::super::picture::is_identifier(module) && super::super::picture::is_identifier(name)
        });
        if !fits {
            self.refuser.refuse(span, Problem::Relation(name.to_owned()));
        }
        name.to_owned()
    }

    /// How a value is shown.
    pub(super) fn show(&mut self, section: &Section<'_, '_>) -> Show {
        let Some((span, value)) = section.get("show") else { return Show::Plain };
        match value {
            DeValue::String(word) => self.show_word(&span, word),
            DeValue::Table(table) => {
                let choice = Section::new("«show»".to_owned(), span, table);
                choice.only(&mut self.refuser, &["choice"]);
                let set = self.must_text(&choice, "choice");
                set.map_or(Show::Plain, |(_, set)| Show::Choice(set.to_owned()))
            }
            _ => {
                self.shape(&span, "show", "слово в кавычках или { choice = \"набор\" }");
                Show::Plain
            }
        }
    }

    fn show_word(&mut self, span: &Range<usize>, word: &str) -> Show {
        match word {
            "plain" => Show::Plain,
            "money" => Show::Money,
            "month" => Show::Month,
            "trimmed" => Show::Trimmed,
            "grouped" => Show::Grouped,
            "scaled" => Show::Scaled,
            "price" => Show::Price,
            "said" => Show::Said,
            "ending" => Show::Ending,
            _ => {
                self.refuser.refuse_word(span, "show", word, &words::SHOWS);
                Show::Plain
            }
        }
    }

    /// «Счёт {head.number}, {head.month:month}».
    pub(super) fn template(&mut self, span: &Range<usize>, text: &str) -> Template {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(start) = rest.find(['{', '}']) {
            let (before, brace) = rest.split_at(start);
            let Some((inside, after)) = brace.strip_prefix('{').and_then(|inside| inside.split_once('}'))
            else {
                self.refuser.refuse(span, Problem::Brace(text.to_owned()));
                return Template(parts);
            };
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let (name, show) = inside.split_once(':').map_or((inside, "plain"), |(name, show)| (name, show));
            let show = show
                .strip_prefix("choice ")
                .map(|set| Show::Choice(set.to_owned()))
                .unwrap_or_else(|| self.show_word(span, show));
            parts.extend(self.named(span, name, None).map(|name| Part::Value(name, show)));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_owned()));
        }
        Template(parts)
    }

    /// `{ screen = "220", with = { … } }`; `screen_of` takes the screen from a column.
    pub(super) fn link(&mut self, section: &Section<'_, '_>, key: &str, grid: Option<usize>) -> Option<Link> {
        let link = self.section(section, key, &format!("«{key}»"))?;
        link.only(&mut self.refuser, &words::LINK);
        self.one_of(&link, &["screen", "screen_of"])?;
        let screen = match link.text(&mut self.refuser, "screen") {
            Some((_, screen)) => Target::Screen(screen.to_owned()),
            None => Target::Column(self.one(&link, "screen_of", grid)?),
        };
        Some(Link { screen, with: self.pairs(&link, "with", grid) })
    }

    /// `{ account = …, month = …, service = … }`.
    pub(super) fn explain(&mut self, section: &Section<'_, '_>, grid: Option<usize>) -> Option<Explain> {
        let explain = self.section(section, "explain", "«explain»")?;
        explain.only(&mut self.refuser, &words::EXPLAIN);
        self.explained(&explain, grid)
    }

    /// The parts of an explanation.
    pub(super) fn explained(&mut self, section: &Section<'_, '_>, grid: Option<usize>) -> Option<Explain> {
        for key in ["account", "month"] {
            if section.get(key).is_none() {
                section.missing(&mut self.refuser, key);
            }
        }
        let service = self.one(section, "service", grid);
        let (account, month) = (self.one(section, "account", grid), self.one(section, "month", grid));
        Some(Explain { account: account?, month: month?, service })
    }

    /// The one key of these that is given.
    pub(super) fn one_of(
        &mut self,
        section: &Section<'_, '_>,
        keys: &[&'static str],
    ) -> Option<&'static str> {
        let given: Vec<&'static str> =
            keys.iter().copied().filter(|key| section.get(key).is_some()).collect();
        if let [one] = given.as_slice() {
            return Some(one);
        }
        let problem = Problem::OneOf { place: section.place.clone(), keys: keys.join(", ") };
        self.refuser.refuse(&section.span, problem);
        None
    }

    /// Refuses two keys together.
    pub(super) fn not_both(&mut self, section: &Section<'_, '_>, one: &'static str, other: &'static str) {
        if let (Some((span, _)), Some(_)) = (section.get(other), section.get(one)) {
            self.refuser.refuse(&span, Problem::NotBoth { place: section.place.clone(), one, other });
        }
    }
}
