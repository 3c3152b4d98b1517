//! Every rule has at least two worked cases: the table of `tests/cases/README.md` beside the cases themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kvartal::format::case::read;

use super::cases::case_files;

const TABLE: &str = include_str!("../cases/README.md");

/// Rules by the paragraph of the dossier, with the cases the table names.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let rows =
        TABLE.lines().filter_map(|line| line.strip_prefix("| §")).filter(|line| !line.starts_with(" |"));
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cases = cells[2].split(',').map(|case| case.trim().trim_matches('`').to_owned());
        (cells[0].to_owned(), cases.collect())
    });
    rows.collect()
}

/// Paragraphs a ground names: `dossier §§ 2, 4.2` is two, `7.2–7.4` three.
fn paragraphs(ground: &str) -> Vec<String> {
    let Some(named) = ground.strip_prefix("dossier §") else { return Vec::new() };
    let parts = named.trim_start_matches('§').split(',').map(str::trim);
    parts.flat_map(|part| part.split_once('–').map_or_else(|| vec![part.to_owned()], range)).collect()
}

fn range((first, last): (&str, &str)) -> Vec<String> {
    let (chapter, first) = first.split_once('.').unwrap();
    let last = last.split_once('.').unwrap().1;
    let numbers = first.parse::<u32>().unwrap()..=last.parse::<u32>().unwrap();
    numbers.map(|number| format!("{chapter}.{number}")).collect()
}

/// The cases by the paragraphs they name.
fn named() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in case_files(&root) {
        let name = file.strip_prefix(&root).unwrap().with_extension("").display().to_string();
        let case = read(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let mut paragraphs: Vec<String> = case.grounds.iter().flat_map(|ground| paragraphs(ground)).collect();
        assert!(!paragraphs.is_empty(), "{name} names no paragraph of the dossier");
        // A rule has its own row, or belongs to that of its paragraph.
        let rows = table();
        for paragraph in &mut paragraphs {
            if !rows.contains_key(paragraph.as_str()) {
                let (chapter, _) = paragraph.split_once(' ').unwrap_or((paragraph, ""));
                *paragraph = chapter.to_owned();
            }
        }
        for paragraph in paragraphs {
            named.entry(paragraph).or_default().insert(name.clone());
        }
    }
    named
}

#[test]
fn every_rule_has_two_cases() {
    let (table, named) = (table(), named());
    assert!(table.len() >= 60, "only {} rules", table.len());
    let few: Vec<&String> = table.iter().filter(|(_, cases)| cases.len() < 2).map(|(rule, _)| rule).collect();
    assert!(few.is_empty(), "fewer than two cases: {few:?}");
    let mut report = String::new();
    for (rule, cases) in &named {
        match table.get(rule) {
            None => report += &format!("§ {rule} has no row\n"),
            Some(told) if told != cases => {
                let list: Vec<String> = cases.iter().map(|case| format!("`{case}`")).collect();
                report += &format!("§ {rule}: {}\n", list.join(", "));
            }
            Some(_) => {}
        }
    }
    let lost: Vec<&String> = table.keys().filter(|rule| !named.contains_key(*rule)).collect();
    assert!(report.is_empty() && lost.is_empty(), "\n{report}{lost:?}");
}
