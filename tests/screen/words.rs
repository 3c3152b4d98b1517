//! `screens/README.md` is the specification: every word the reader takes stands in it, and no other.

use std::collections::{BTreeMap, BTreeSet};

use kvartal::screen::words;

const README: &str = include_str!("../../screens/README.md");

/// The words of each `### section`: the first column of its table.
fn described() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut found: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let mut section = None;
    for line in README.lines() {
        if let Some(heading) = line.strip_prefix('#') {
            section = heading.strip_prefix("## ");
        }
        let word = line.strip_prefix("| `").and_then(|rest| rest.split_once('`'));
        if let (Some(section), Some((word, _))) = (section, word) {
            found.entry(section).or_default().insert(word);
        }
    }
    found
}

#[test]
fn every_word_of_the_reader_is_described_and_no_other() {
    let known: BTreeMap<&str, BTreeSet<&str>> =
        words::SECTIONS.iter().map(|(section, words)| (*section, words.iter().copied().collect())).collect();
    assert_eq!(described(), known);
}

#[test]
fn every_value_of_a_word_is_described() {
    fn names<T>(values: &[(&'static str, T)]) -> Vec<&'static str> {
        values.iter().map(|(name, _)| *name).collect()
    }
    let all = [
        words::FILE.to_vec(),
        words::SHOWS.to_vec(),
        words::KINDS.to_vec(),
        words::BLOCKS.to_vec(),
        names(words::LOADS),
        names(words::TIMES),
        names(words::MODES),
        names(words::TOTALS),
        names(words::NEXTS),
        names(words::CHECKS),
        names(words::GROUNDS),
        names(words::PREVIEWS),
        names(words::COMMANDS),
        names(words::FUNCTIONS),
        names(words::ROLES),
    ];
    for word in all.concat() {
        assert!(README.contains(&format!("`{word}`")), "«{word}» is described nowhere");
    }
    for now in words::NOW {
        assert!(README.contains(&format!("`now.{now}`")), "now.{now}");
    }
}

#[test]
fn the_example_of_the_description_can_be_read() {
    let mut files = README.split("```toml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let (screen, overlay) = (files.next().unwrap().0, files.next().unwrap().0);
    let read =
        kvartal::screen::read("meters/seal_change", screen, &[("meters/seal_change.en.toml", overlay)]);
    let read = read.unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    assert_eq!(kvartal::screen::lint::screen(&read), [""; 0]);
    assert_eq!(read.fields[read.field("from").unwrap()].label, "From");
}
