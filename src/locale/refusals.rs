//! The database's refusals in English: it speaks Russian to everybody, and a workstation in English tells them in its own words.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::refusal::Refusal;

const EN: &str = include_str!("../../locales/refusals.en.toml");

/// The list as it is written.
#[derive(Debug, Default, Deserialize)]
struct Listed {
    title: BTreeMap<String, String>,
    refusal: BTreeMap<String, String>,
}

/// A sentence with what differs left open.
#[derive(Debug)]
struct Pattern {
    parts: Vec<&'static str>,
    english: &'static str,
}

#[derive(Debug)]
struct Sentences {
    titles: BTreeMap<&'static str, &'static str>,
    /// Those with most fixed letters first: they say most.
    patterns: Vec<Pattern>,
}

/// A refusal in English; what the list does not know stays as it was said.
#[must_use]
pub fn in_english(refusal: &Refusal) -> Refusal {
    let told = |text: &Option<String>| text.as_deref().map(sentence);
    Refusal {
        code: refusal.code.clone(),
        message: sentence(&refusal.message),
        detail: told(&refusal.detail),
        hint: told(&refusal.hint),
    }
}

/// One sentence; a title before its colon is looked up by itself.
fn sentence(text: &str) -> String {
    let sentences = sentences();
    if let Some(english) = sentences.whole(text) {
        return english;
    }
    match text.split_once(": ") {
        Some((title, rest)) => match sentences.whole(rest) {
            Some(rest) => format!("{}: {rest}", sentences.title(title)),
            None => text.to_owned(),
        },
        None => text.to_owned(),
    }
}

impl Sentences {
    fn title<'a>(&self, title: &'a str) -> &'a str {
        self.titles.get(title).copied().unwrap_or(title)
    }

    fn whole(&self, text: &str) -> Option<String> {
        self.patterns.iter().find_map(|pattern| {
            let holes = pattern.holes(text)?;
            let mut english = pattern.english.split("{}");
            let first = english.next().unwrap_or_default().to_owned();
            Some(english.zip(holes).fold(first, |told, (part, hole)| told + self.title(hole) + part))
        })
    }
}

impl Pattern {
    /// What stands in the open places, if the text is this sentence.
    fn holes<'a>(&self, text: &'a str) -> Option<Vec<&'a str>> {
        let (first, others) = self.parts.split_first()?;
        let mut rest = text.strip_prefix(first)?;
        let mut holes = Vec::new();
        for (at, part) in others.iter().enumerate() {
            let is_last = at + 1 == others.len();
            let end = if is_last { rest.strip_suffix(part)?.len() } else { rest.find(part)? };
            holes.push(rest.get(..end)?);
            rest = rest.get(end + part.len()..)?;
        }
        rest.is_empty().then_some(holes)
    }
}

fn sentences() -> &'static Sentences {
    static SENTENCES: OnceLock<Sentences> = OnceLock::new();
    static LISTED: OnceLock<Listed> = OnceLock::new();
    SENTENCES.get_or_init(|| {
        let listed = LISTED.get_or_init(|| toml::from_str(EN).unwrap_or_default());
        let pattern = |(russian, english): (&'static String, &'static String)| Pattern {
            parts: russian.split("{}").collect(),
            english,
        };
        let mut patterns: Vec<Pattern> = listed.refusal.iter().map(pattern).collect();
        patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.parts.concat().len()));
        let titles = listed.title.iter().map(|(russian, english)| (russian.as_str(), english.as_str()));
        Sentences { titles: titles.collect(), patterns }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_russian(text: &str) -> bool {
        text.chars().any(|letter| matches!(letter, 'А'..='я' | 'ё' | 'Ё'))
    }

    #[test]
    fn the_list_is_read_and_keeps_its_open_places() {
        assert!(sentences().patterns.len() > 100);
        for pattern in &sentences().patterns {
            assert_eq!(pattern.english.matches("{}").count() + 1, pattern.parts.len(), "{pattern:?}");
            assert!(!is_russian(pattern.english), "{pattern:?}");
        }
    }

    #[test]
    fn a_title_an_open_place_and_a_hint_are_told() {
        let refusal = Refusal {
            code: "KV004".to_owned(),
            message: "Площадь помещения: «2026-02-30» — не дата".to_owned(),
            detail: None,
            hint: Some("Дата пишется так: 2026-09-30".to_owned()),
        };
        let english = in_english(&refusal);
        assert_eq!(english.message, "Area of premises: “2026-02-30” is no date");
        assert_eq!(english.hint.as_deref(), Some("A date is written like 2026-09-30"));
        assert_eq!(sentence("Чего никто не говорил"), "Чего никто не говорил");
    }

    /// Every sentence of the gallery, which provokes every refusal there is: message, and what to do.
    #[test]
    fn every_refusal_that_can_be_provoked_is_told_in_english() {
        let gallery = include_str!("../../docs/errors.md");
        let rows =
            gallery.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| что сказано"));
        let mut silent = Vec::new();
        for row in rows.filter(|row| !row.starts_with("| ---")) {
            let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            silent.extend(
                [cells[0], cells[2]].into_iter().filter(|text| sentence(text) == *text && is_russian(text)),
            );
        }
        assert!(silent.is_empty(), "locales/refusals.en.toml lacks:\n{}", silent.join("\n"));
    }
}
