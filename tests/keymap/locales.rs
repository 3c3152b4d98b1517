//! The two languages say the same things, and nothing in the program asks for a word that is in neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_bundle::FluentResource;
use kvartal::locale::{Lang, Words};

/// The messages and attributes of a language's file with the names of their places, read off its text.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let (mut message, mut key) = (String::new(), String::new());
    for line in lang.source().lines().filter(|line| !line.starts_with('#')) {
        let indented = line.starts_with(' ');
        if let Some((name, _)) = line.split_once('=').filter(|_| !indented) {
            message = name.trim().to_owned();
            key.clone_from(&message);
        } else if let Some((name, _)) = line.trim().strip_prefix('.').and_then(|rest| rest.split_once('=')) {
            key = format!("{message}.{}", name.trim());
        }
        if key.is_empty() {
            continue;
        }
        let places = messages.entry(key.clone()).or_default();
        for part in line.split('$').skip(1) {
            let end = part.find(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_');
            places.insert(part[..end.unwrap_or(part.len())].to_owned());
        }
    }
    messages
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_places() {
    let (russian, english) = (messages(Lang::Ru), messages(Lang::En));
    assert!(russian.len() > 150, "{} messages", russian.len());
    assert_eq!(russian, english);
}

#[test]
fn every_message_is_understood() {
    for lang in Lang::ALL {
        let read = FluentResource::try_new(lang.source().to_owned());
        assert!(read.is_ok(), "{lang:?}: {:?}", read.map(drop).map_err(|(_, errors)| errors));
        for key in messages(lang).keys() {
            assert!(Words::of(lang).has(key), "{lang:?}: {key}");
        }
    }
}

#[test]
fn no_message_is_written_twice() {
    for lang in Lang::ALL {
        let names = lang.source().lines().filter(|line| !line.starts_with([' ', '#', '}']));
        let names: Vec<&str> = names.filter_map(|line| Some(line.split_once(" =")?.0)).collect();
        let unique: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), unique.len(), "{lang:?}");
    }
}

#[test]
fn a_russian_message_is_in_russian_letters() {
    let is_russian =
        |text: &str| text.chars().any(|letter| ('а'..='я').contains(&letter.to_ascii_lowercase()));
    for line in Lang::En.source().lines().filter(|line| !line.starts_with('#')) {
        assert!(!is_russian(line), "{line}");
    }
}

/// Names asked for as `.text("…")` and `.with("…", …)` anywhere in the program.
#[test]
fn every_word_that_is_asked_for_exists() {
    let mut asked = BTreeSet::new();
    for file in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(file).unwrap();
        // Other things have a `text` as well; who uses words names them.
        let program = text.split("#[cfg(test)]").next().filter(|program| program.contains("Words"));
        let program = program.unwrap_or_default();
        for call in [".text(\"", ".with(\""] {
            let calls = program.split(call).skip(1).filter_map(|rest| rest.split('"').next());
            asked.extend(calls.map(str::to_owned));
        }
    }
    assert!(asked.contains("key-test-begin"), "the search finds nothing");
    let missing: Vec<&String> = asked.iter().filter(|key| !Words::of(Lang::Ru).has(key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
