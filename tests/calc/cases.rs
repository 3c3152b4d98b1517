//! Every worked case of `tests/cases` comes out as written.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kvartal::format::case::{differences, play, read};

#[test]
fn every_case_comes_out_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = case_files(&root);
    assert!(files.len() >= 50, "only {} cases below {}", files.len(), root.display());
    let mut report = String::new();
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).display().to_string();
        let text = std::fs::read_to_string(file).unwrap();
        check(&name, &text, &mut report);
    }
    assert!(report.is_empty(), "\n{report}");
}

fn check(name: &str, text: &str, report: &mut String) {
    let case = match read(text) {
        Ok(case) => case,
        Err(error) => return writeln!(report, "{name}: {error}").unwrap(),
    };
    let asked = case.claims.iter().any(|claim| claim.expected.is_some())
        || case.subsidies.iter().any(|subsidy| subsidy.expected.is_some())
        || case.fees.iter().any(|fee| !fee.expected.is_empty());
    assert!(asked || !case.expected.is_empty(), "{name} expects nothing");
    let found = differences(&case, &play(&case));
    if !found.is_empty() {
        writeln!(report, "{name}: {}", case.title).unwrap();
        found.iter().for_each(|difference| writeln!(report, "    {difference}").unwrap());
    }
}

/// The case files of a folder and of those below it, in order of their names.
pub fn case_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            files.extend(case_files(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "toml") {
            files.push(entry);
        }
    }
    files
}

/// The comparison itself must be able to fail: a wrong kopeck, a missing line, one line too many.
#[test]
fn a_wrong_expectation_is_reported() {
    let text = include_str!("../cases/golden/kremenchuk-2003.toml");
    let spoilt = text
        .replace("amount = 53.06", "amount = 53.07")
        .replace(r#"  { service = "animals", volume = 1, rate = 0.140, amount = 0.14 },"#, "")
        .replace("total = 181.69", "total = 181.89");
    let case = read(&spoilt).unwrap();
    let found = differences(&case, &play(&case));
    let what: Vec<_> = found.iter().map(|d| (d.what.as_str(), d.expected.as_str(), d.got.as_str())).collect();
    assert_eq!(
        what,
        [("heating: сумма", "53.07", "53.06"), ("animals", "нет", "0.14"), ("итого", "181.89", "181.69")]
    );
}
