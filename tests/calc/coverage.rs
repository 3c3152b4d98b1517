//! Every rule has at least two worked cases, one of them at an edge: the table of `tests/cases/README.md` beside the cases themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kvartal::format::case::read;

use super::cases::case_files;

const TABLE: &str = include_str!("../cases/README.md");

/// The cases of a rule, and whether each is at an edge of it.
type Cases = BTreeMap<String, bool>;

/// Rules by the paragraph of the dossier, with the cases the table names; a star marks the edge.
fn table() -> BTreeMap<String, Cases> {
    let rows =
        TABLE.lines().filter_map(|line| line.strip_prefix("| §")).filter(|line| !line.starts_with(" |"));
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cases = cells[2].split(',').map(str::trim);
        let cases =
            cases.map(|case| (case.trim_end_matches('*').trim_matches('`').to_owned(), case.ends_with('*')));
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

/// The row a paragraph belongs to: its own, or that of its chapter.
fn row_of(rows: &BTreeMap<String, Cases>, paragraph: &str) -> String {
    let (chapter, _) = paragraph.split_once(' ').unwrap_or((paragraph, ""));
    if rows.contains_key(paragraph) { paragraph.to_owned() } else { chapter.to_owned() }
}

/// The cases by the rules they name.
fn named() -> BTreeMap<String, Cases> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let rows = table();
    let mut named: BTreeMap<String, Cases> = BTreeMap::new();
    for file in case_files(&root) {
        let name = file.strip_prefix(&root).unwrap().with_extension("").display().to_string();
        let case = read(&std::fs::read_to_string(&file).unwrap()).unwrap();
        let paragraphs = case.grounds.iter().flat_map(|ground| paragraphs(ground));
        let rules: BTreeSet<String> = paragraphs.map(|paragraph| row_of(&rows, &paragraph)).collect();
        assert!(!rules.is_empty(), "{name} names no paragraph of the dossier");
        let edges: BTreeSet<String> = case.edges.iter().map(|edge| row_of(&rows, edge)).collect();
        assert!(edges.is_subset(&rules), "{name} is at an edge of what it is not about: {edges:?}");
        for rule in rules {
            let edge = edges.contains(&rule);
            named.entry(rule).or_default().insert(name.clone(), edge);
        }
    }
    named
}

#[test]
fn every_rule_has_two_cases_and_one_at_an_edge() {
    let (table, named) = (table(), named());
    assert!(table.len() >= 60, "only {} rules", table.len());
    let few: Vec<&String> = table.iter().filter(|(_, cases)| cases.len() < 2).map(|(rule, _)| rule).collect();
    assert!(few.is_empty(), "fewer than two cases: {few:?}");
    let inside: Vec<&String> =
        table.iter().filter(|(_, cases)| !cases.values().any(|edge| *edge)).map(|(rule, _)| rule).collect();
    assert!(inside.is_empty(), "no case at an edge: {inside:?}");
    let mut report = String::new();
    for (rule, cases) in &named {
        match table.get(rule) {
            None => report += &format!("§ {rule} has no row\n"),
            Some(told) if told != cases => {
                let starred =
                    |(case, edge): (&String, &bool)| format!("`{case}`{}", if *edge { "*" } else { "" });
                let list: Vec<String> = cases.iter().map(starred).collect();
                report += &format!("§ {rule}: {}\n", list.join(", "));
            }
            Some(_) => {}
        }
    }
    let lost: Vec<&String> = table.keys().filter(|rule| !named.contains_key(*rule)).collect();
    assert!(report.is_empty() && lost.is_empty(), "\n{report}{lost:?}");
}
