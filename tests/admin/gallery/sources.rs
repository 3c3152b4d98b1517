//! The refusals as they stand in the source of the database.

use std::path::Path;

/// Code and template of every call of `admin.refuse` in `sql/api/`.
pub fn refusals() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql/api");
    for module in std::fs::read_dir(modules).unwrap() {
        for file in std::fs::read_dir(module.unwrap().path()).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            found.extend(text.split("perform admin.refuse(").skip(1).map(call));
        }
    }
    found.sort();
    assert!(found.len() > 60, "the calls are written otherwise now: {}", found.len());
    found
}

/// The first two literals of a call: code and sentence.
fn call(text: &str) -> (String, String) {
    let mut literals = text.split('\'');
    literals.next();
    let code = literals.next().unwrap_or_default().to_owned();
    literals.next();
    (code, literals.next().unwrap_or_default().to_owned())
}

/// Whether a sentence is made from a template: its fixed parts follow each other in it.
pub fn fits(template: &str, sentence: &str) -> bool {
    let mut parts = template.split("%s");
    let mut rest = match sentence.strip_prefix(parts.next().unwrap_or_default()) {
        Some(rest) => rest,
        None => return false,
    };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || template.ends_with("%s")
}

#[test]
fn a_sentence_is_told_from_another() {
    assert!(fits("Месяц %s уже выпущен", "Месяц 03.2026 уже выпущен"));
    assert!(!fits("Месяц %s уже выпущен", "Месяц 03.2026 уже закрыт"));
    assert!(fits("%s: не указано %s", "Площадь: не указано area_total"));
    assert!(!fits("Выпущенное не изменяется", "Выпущенное не изменяется никогда"));
}
