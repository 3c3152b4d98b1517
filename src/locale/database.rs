//! What the database says, in English: its refusals, and what it calls its own things. It speaks Russian to everybody; a workstation
//! in English tells it in its own words.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::refusal::Refusal;

const REFUSALS: [&str; 2] = [
    include_str!("../../locales/refusals.en.toml"),
    include_str!("../../locales/refusals_directories.en.toml"),
];
const TERMS: [&str; 2] =
    [include_str!("../../locales/terms.en.toml"), include_str!("../../locales/terms_calculation.en.toml")];

/// What the database calls its own things, and how it tells them apart.
#[derive(Debug, Default, Deserialize)]
struct Terms {
    term: BTreeMap<String, String>,
    told: BTreeMap<String, String>,
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
            Some(english.zip(holes).fold(first, |told, (part, hole)| told + &self.told(hole) + part))
        })
    }

    /// What stands in an open place: a title, several of them, or a sentence of the list itself.
    fn told(&self, hole: &str) -> String {
        if hole.contains("», «") {
            return hole.split("», «").map(|one| self.told(one)).collect::<Vec<_>>().join("”, “");
        }
        self.titles
            .get(hole)
            .map(|title| (*title).to_owned())
            .or_else(|| self.whole(hole))
            .unwrap_or_else(|| hole.to_owned())
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
    static REFUSED: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    SENTENCES.get_or_init(|| {
        let titles = terms().term.iter().map(|(russian, english)| (russian.as_str(), english.as_str()));
        Sentences { titles: titles.collect(), patterns: patterns(REFUSED.get_or_init(listed)) }
    })
}

/// The sentences of all files, by what the database says.
fn listed() -> BTreeMap<String, String> {
    REFUSALS
        .iter()
        .flat_map(|file| toml::from_str::<BTreeMap<String, String>>(file).unwrap_or_default())
        .collect()
}

fn terms() -> &'static Terms {
    static LISTED: OnceLock<Terms> = OnceLock::new();
    LISTED.get_or_init(|| {
        let mut all = Terms::default();
        for file in TERMS {
            let terms: Terms = toml::from_str(file).unwrap_or_default();
            all.term.extend(terms.term);
            all.told.extend(terms.told);
        }
        all
    })
}

/// Those with most fixed letters first.
fn patterns(listed: &'static BTreeMap<String, String>) -> Vec<Pattern> {
    let pattern = |(russian, english): (&'static String, &'static String)| Pattern {
        parts: russian.split("{}").collect(),
        english,
    };
    let mut patterns: Vec<Pattern> = listed.iter().map(pattern).collect();
    patterns.sort_by_key(|pattern| std::cmp::Reverse(pattern.parts.concat().len()));
    patterns
}

/// What the database calls a thing of its own, in English; town data and whatever else is not listed stay as they are. Parts of a
/// change («общая площадь: 54,30 → 50») are told one by one.
#[must_use]
pub fn said(text: &str) -> String {
    static TOLD: OnceLock<Sentences> = OnceLock::new();
    let told = TOLD
        .get_or_init(|| Sentences { titles: sentences().titles.clone(), patterns: patterns(&terms().told) });
    if let Some(english) = told.titles.get(text) {
        return (*english).to_owned();
    }
    for between in ["; ", " → ", ": "] {
        if text.contains(between) {
            return text.split(between).map(said).collect::<Vec<_>>().join(between);
        }
    }
    told.whole(text).unwrap_or_else(|| text.to_owned())
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

    /// What the base says of readings too old to be recalculated, one after the other.
    #[test]
    fn sentences_of_the_base_are_told_part_by_part() {
        let of = |day: &str| {
            format!(
                "показание прибора № ХВ-1 от {day}: месяцы 02.2026–03.2026 старше срока перерасчёта, не учтённый за них расход — в 04.2026 (354 п. 61)"
            )
        };
        let told = said(&[of("20.03.2026"), of("21.03.2026")].join("; "));
        assert!(
            told.starts_with("reading of meter No ХВ-1 of 20.03.2026: the months 02.2026–03.2026 are beyond"),
            "{told}"
        );
        assert!(!is_russian(&told.replace("ХВ-1", "")), "{told}");
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
