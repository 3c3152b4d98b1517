//! Every refusal has a case: `cases/*.toml` hold files that are wrong in one way each. A case begins with `# file:line: sentence`, one
//! line a refusal; what stands behind `#--- en` is laid over it as a translation.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kvartal::screen::set::{Files, Set};

const HEAD: &str = "[screen]\ntitle = \"x\"\nhelp = \"x\"\n";

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screen/cases");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    cases.sort();
    cases
}

/// What is told of a case, and what its first lines expect.
fn told(text: &str) -> (Vec<String>, Vec<String>) {
    let expected: Vec<String> =
        text.lines().map_while(|line| line.strip_prefix("# ")).map(str::to_owned).collect();
    let body: String = text.lines().skip(expected.len()).map(|line| format!("{line}\n")).collect();
    let (body, overlay) = body.split_once("#--- en\n").map_or((body.as_str(), None), |(b, o)| (b, Some(o)));
    let text = if body.contains("[screen]") || body.starts_with("raw") {
        body.to_owned()
    } else {
        format!("{HEAD}{body}")
    };
    let mut files = Files::from([("cards/case_one.toml".to_owned(), text.into())]);
    if let Some(overlay) = overlay {
        files.insert("cards/case_one.en.toml".to_owned(), overlay.to_owned().into());
    }
    let wrong = Set::of(&files, "en").check(&[]);
    (wrong.iter().map(|wrong| wrong.to_string().replace("cards/case_one", "x")).collect(), expected)
}

#[test]
fn every_case_is_refused_in_its_words() {
    for case in cases() {
        let text = fs::read_to_string(&case).unwrap();
        let (mut told, expected) = told(&text);
        // A case is no whole screen: that nobody can reach it, or what its list says without rows, is not what it is about.
        let is_of_silence = expected.iter().any(|line| line.contains("молчит"));
        told.retain(|line| !line.contains("нет дороги") && (is_of_silence || !line.contains("молчит")));
        if std::env::var_os("KVARTAL_UPDATE").is_some() && expected.is_empty() {
            let head: String = told.iter().map(|line| format!("# {line}\n")).collect();
            fs::write(&case, format!("{head}{text}")).unwrap();
            continue;
        }
        assert_eq!(told, expected, "{}", case.display());
    }
}

/// The sentences of the reader and the linter, from their sources: each begins somewhere in a case.
#[test]
fn every_sentence_has_a_case() {
    let cases: String = cases().iter().map(|case| fs::read_to_string(case).unwrap()).collect();
    let sources =
        [include_str!("../../src/screen/error.rs"), include_str!("../../src/strict/fault.rs")].concat();
    let known: BTreeSet<&str> = sources
        .split("#[error(")
        .skip(1)
        .filter_map(|rest| rest.split('"').nth(1))
        .filter_map(|sentence| sentence.split(['{', '}']).max_by_key(|piece| piece.chars().count()))
        .collect();
    for sentence in known {
        let piece = sentence.trim();
        assert!(piece.chars().count() < 8 || cases.contains(piece), "no case is refused with «{piece}…»");
    }
}
