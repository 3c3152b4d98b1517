//! From TOML to a [`Profile`]: every key is known, every required one is there, every word is in the vocabulary.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::super::encoding::Encoding;
use super::error::{Problem, Refusals};
use super::kind::{Field, Kind, Need};
use super::mask::DateMask;
use super::{FilePlan, Layout, Notation, Profile, RowPlan, Value};
use crate::calc::period::Month;
use crate::strict::table::{self, Section, parse, shape};

type Refuser<'t> = table::Refuser<'t, Problem>;

/// Keys that may stand for the whole profile or for one file.
const WRITTEN: [&str; 5] = ["encoding", "separator", "decimal", "date_mask", "month_mask"];

pub(super) fn profile(text: &str) -> Result<Profile, Refusals> {
    let mut refuser = Refuser::new(text);
    let document = parse(&mut refuser);
    let profile = document.as_ref().and_then(|document| root(&mut refuser, document.get_ref()));
    Ok(refuser.finish(profile)?)
}

fn root(refuser: &mut Refuser<'_>, document: &DeTable<'_>) -> Option<Profile> {
    let section = Section::new("начале профиля".to_owned(), 0..0, document);
    section.only(refuser, &[&["name", "month", "file"], WRITTEN.as_slice()].concat());
    let name = must(refuser, &section, "name").map(|(_, name)| name.to_owned());
    let month = must(refuser, &section, "month").and_then(|(span, text)| {
        let month = text.parse::<Month>().ok();
        if month.is_none() {
            shape(refuser, &span, "month", "первый месяц учёта, как 2026-09");
        }
        month
    });
    let sections = section.sections(refuser, "file", "[[file]]");
    if section.get("file").is_none() {
        refuser.refuse(&section.span, Problem::NoFiles);
    }
    let files: Vec<Option<FilePlan>> = sections.iter().map(|file| plan(refuser, file, &section)).collect();
    Some(Profile { name: name?, month: month?, files: files.into_iter().collect::<Option<_>>()? })
}

fn must<'d>(
    refuser: &mut Refuser<'_>,
    section: &Section<'d, '_>,
    key: &'static str,
) -> Option<(Range<usize>, &'d str)> {
    if section.get(key).is_none() {
        section.missing(refuser, key);
    }
    section.text(refuser, key)
}

fn plan(refuser: &mut Refuser<'_>, file: &Section<'_, '_>, root: &Section<'_, '_>) -> Option<FilePlan> {
    let kinds = Kind::ALL.map(Kind::word);
    file.only(refuser, &[["name", "kind"].as_slice(), &WRITTEN, &kinds].concat());
    let name = must(refuser, file, "name").map(|(_, name)| name.to_owned());
    let layout = layout(refuser, file, root);
    let notation = notation(refuser, file, root);
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        for section in file.sections(refuser, kind.word(), &format!("[file.{}]", kind.word())) {
            rows.push(row(refuser, kind, &section));
        }
    }
    let line = refuser.line(&file.span);
    Some(FilePlan { line, name: name?, layout: layout?, notation: notation?, rows })
}

/// A text given for the file, or else for the whole profile.
fn written<'d>(
    refuser: &mut Refuser<'_>,
    file: &Section<'d, '_>,
    root: &Section<'d, '_>,
    key: &str,
) -> Option<(Range<usize>, &'d str)> {
    if file.get(key).is_some() { file.text(refuser, key) } else { root.text(refuser, key) }
}

fn layout(refuser: &mut Refuser<'_>, file: &Section<'_, '_>, root: &Section<'_, '_>) -> Option<Layout> {
    let encodings = Encoding::WORDS.map(|(word, _)| word);
    let encoding = written(refuser, file, root, "encoding").and_then(|(span, word)| {
        let found = Encoding::WORDS.iter().find(|(known, _)| *known == word).map(|(_, encoding)| *encoding);
        if found.is_none() {
            refuser.refuse_word(&span, "encoding", word, &encodings);
        }
        found
    });
    let separator = written(refuser, file, root, "separator").map_or(Some(b';'), |(span, text)| {
        let one = <[u8; 1]>::try_from(text.as_bytes()).ok();
        let separator = one.map(|[byte]| byte).filter(|byte| byte.is_ascii() && !b"\"\r\n".contains(byte));
        if separator.is_none() {
            shape(refuser, &span, "separator", "один знак, например \";\" или \"\\t\"");
        }
        separator
    });
    let (span, word) = must(refuser, file, "kind")?;
    match word {
        "csv" => separator.map(|separator| Layout::Csv { separator, encoding }),
        "dbf" => Some(Layout::Dbf { encoding }),
        _ => {
            refuser.refuse_word(&span, "kind", word, &["csv", "dbf"]);
            None
        }
    }
}

fn notation(refuser: &mut Refuser<'_>, file: &Section<'_, '_>, root: &Section<'_, '_>) -> Option<Notation> {
    let decimal = match written(refuser, file, root, "decimal") {
        None => None,
        Some((_, ",")) => Some(','),
        Some((_, ".")) => Some('.'),
        Some((span, _)) => {
            shape(refuser, &span, "decimal", "\",\" или \".\"");
            None
        }
    };
    let mut mask = |key: &'static str, usual: &str, day: bool| {
        let (span, text) = written(refuser, file, root, key).unwrap_or((0..0, usual));
        let mask = DateMask::new(text, day);
        if mask.is_none() {
            let expected = if day {
                "день, месяц и год, как DD.MM.YYYY"
            } else {
                "месяц и год, как MM.YYYY"
            };
            shape(refuser, &span, key, expected);
        }
        mask
    };
    let (date, month) = (mask("date_mask", "DD.MM.YYYY", true), mask("month_mask", "MM.YYYY", false));
    Some(Notation { decimal, date: date?, month: month? })
}

fn row(refuser: &mut Refuser<'_>, kind: Kind, section: &Section<'_, '_>) -> RowPlan {
    let names: Vec<&str> = kind.fields().iter().map(|field| field.name).collect();
    section.only(refuser, &names);
    let mut values = BTreeMap::new();
    for field in kind.fields() {
        match section.get(field.name) {
            Some((span, written)) => {
                values.extend(value(refuser, field, &span, written).map(|value| (field.name, value)));
            }
            None if lacks(field, section) => section.missing(refuser, field.name),
            None => {}
        }
    }
    RowPlan { line: refuser.line(&section.span), kind, values }
}

fn lacks(field: &Field, section: &Section<'_, '_>) -> bool {
    match field.need {
        Need::Always => true,
        Need::Unless(other) => section.get(other).is_none(),
        Need::Optional => false,
    }
}

/// The value of a field; what is wrong with it is refused.
fn value(
    refuser: &mut Refuser<'_>,
    field: &Field,
    span: &Range<usize>,
    written: &DeValue<'_>,
) -> Option<Value> {
    let line = refuser.line(span);
    match written {
        DeValue::String(name) => {
            Some(Value::Column { line, name: name.to_string(), map: None, default: None })
        }
        DeValue::Table(table) => {
            let section = Section::new(format!("«{}»", field.name), span.clone(), table);
            section.only(refuser, &["column", "value", "map", "default"]);
            origin(refuser, field, &section)
        }
        _ => {
            shape(refuser, span, field.name, "имя колонки в кавычках или { … }");
            None
        }
    }
}

fn origin(refuser: &mut Refuser<'_>, field: &Field, section: &Section<'_, '_>) -> Option<Value> {
    let has = |key| section.get(key).is_some();
    if has("value") == has("column") || (has("value") && (has("map") || has("default"))) {
        let expected = "{ column = …, map = …, default = … } или { value = … }";
        shape(refuser, &section.span, field.name, expected);
        return None;
    }
    if let Some((span, text)) = section.text(refuser, "value") {
        check_word(refuser, field, &span, text);
        return Some(Value::Constant(text.to_owned()));
    }
    let map = section.get("map").and_then(|(span, map)| {
        let DeValue::Table(table) = map else {
            shape(refuser, &span, "map", "{ \"что в файле\" = \"что это значит\", … }");
            return None;
        };
        let map = Section::new("«map»".to_owned(), span, table);
        Some(meanings(refuser, field, &map, table))
    });
    let default = section.text(refuser, "default");
    if let Some((span, word)) = &default {
        check_word(refuser, field, span, word);
    }
    let default = default.map(|(_, text)| text.to_owned());
    let (span, name) = section.text(refuser, "column")?;
    Some(Value::Column { line: refuser.line(&span), name: name.to_owned(), map, default })
}

fn meanings(
    refuser: &mut Refuser<'_>,
    field: &Field,
    map: &Section<'_, '_>,
    table: &DeTable<'_>,
) -> BTreeMap<String, String> {
    let mut meanings = BTreeMap::new();
    for name in table.keys() {
        if let Some((span, meaning)) = map.text(refuser, name.get_ref()) {
            check_word(refuser, field, &span, meaning);
            meanings.insert(name.get_ref().to_string(), meaning.to_owned());
        }
    }
    meanings
}

fn check_word(refuser: &mut Refuser<'_>, field: &Field, span: &Range<usize>, word: &str) {
    if !field.words.is_empty() && !field.words.contains(&word) {
        refuser.refuse_word(span, field.name, word, field.words);
    }
}
