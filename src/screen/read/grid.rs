//! `[grid.NAME]`: rows of one source. Columns are those of its source, without a scope.

use toml::de::DeValue;

use super::super::words;
use super::field::kind;
use super::reader::Reader;
use crate::engine::model::{Column, Commit, Edit, Grid, Mode, RowName, Total};
use crate::strict::table::Section;

/// The names of the grids, before anything can speak of their rows.
pub(super) fn declare(reader: &mut Reader<'_>, sections: &[(String, Section<'_, '_>)]) {
    for (name, section) in sections {
        let source = reader.must_text(section, "source");
        let source = source.and_then(|(span, source)| reader.source(&span, source));
        reader.known.grids.push((name.clone(), source));
    }
}

pub(super) fn read(reader: &mut Reader<'_>, name: &str, section: &Section<'_, '_>, at: usize) -> Grid {
    section.only(&mut reader.refuser, &words::GRID);
    // Where the source is refused the rest is read all the same: everything that is wrong is told at once.
    let source = reader.known.grids.get(at).and_then(|(_, source)| *source);
    if section.get("columns").is_none() {
        section.missing(&mut reader.refuser, "columns");
    }
    let listed = section.sections(&mut reader.refuser, "columns", "колонке таблицы");
    let columns: Vec<Column> = listed.iter().filter_map(|item| column(reader, item, source)).collect();
    let mode = reader.word(section, "mode", words::MODES).unwrap_or_default();
    if mode == Mode::Mass && section.get("commit").is_none() {
        section.missing(&mut reader.refuser, "commit");
    }
    if section.get("key").is_none() {
        section.missing(&mut reader.refuser, "key");
    }
    let keys = reader.texts(section, "key");
    let key = keys.iter().filter_map(|(span, key)| reader.column(span, source, key)).collect();
    let marks = section.text(&mut reader.refuser, "marks").map(|(span, name)| reader.relation(&span, name));
    let mut said =
        |word| section.text(&mut reader.refuser, word).map(|(_, text)| text.to_owned()).unwrap_or_default();
    let (empty, empty_new) = (said("empty"), said("empty_new"));
    Grid {
        name: name.to_owned(),
        source: source.unwrap_or_default(),
        mode,
        commit: commit(reader, section, &columns, source, at),
        columns,
        key,
        style: own(reader, section, "style", source),
        enter: reader.link(section, "enter", Some(at)),
        explain: reader.explain(section, Some(at)),
        empty,
        empty_new,
        marks,
    }
}

/// A column of the grid's own source.
fn own(
    reader: &mut Reader<'_>,
    section: &Section<'_, '_>,
    key: &str,
    source: Option<usize>,
) -> Option<usize> {
    let (span, column) = section.text(&mut reader.refuser, key)?;
    reader.column(&span, source, column)
}

fn column(reader: &mut Reader<'_>, section: &Section<'_, '_>, source: Option<usize>) -> Option<Column> {
    section.only(&mut reader.refuser, &words::COLUMN);
    reader.must_text(section, "col");
    let title = reader.must_text(section, "title").map(|(_, title)| title.to_owned());
    if section.get("w").is_none() {
        section.missing(&mut reader.refuser, "w");
    }
    let edit = edit(reader, section, source);
    let drop = reader.number(section, "drop").unwrap_or_default();
    Some(Column {
        column: own(reader, section, "col", source)?,
        title: title?,
        width: reader.number(section, "w")?,
        grow: reader.number(section, "grow").unwrap_or_default(),
        drop: u8::try_from(drop).unwrap_or(u8::MAX),
        show: reader.show(section),
        total: reader.word(section, "total", words::TOTALS).unwrap_or(Total::None),
        edit,
        is_amount: reader.flag(section, "amount"),
        month: reader.one(section, "month", None),
        kind: String::new(),
    })
}

fn edit(reader: &mut Reader<'_>, section: &Section<'_, '_>, source: Option<usize>) -> Option<Edit> {
    let edit = reader.section(section, "edit", "«edit»")?;
    edit.only(&mut reader.refuser, &words::EDIT);
    let kind = kind(reader, &edit)?;
    let bounds = reader.texts(&edit, "plausible");
    let plausible = match bounds.as_slice() {
        [] => None,
        [(low_span, low), (high_span, high)] => {
            reader.column(low_span, source, low).zip(reader.column(high_span, source, high))
        }
        [(span, _), ..] => {
            reader.shape(span, "plausible", "[\"нижняя граница\", \"верхняя граница\"]");
            None
        }
    };
    let (before, dial) = (own(reader, &edit, "before", source), own(reader, &edit, "dial", source));
    Some(Edit { kind, plausible, before, dial })
}

fn commit(
    reader: &mut Reader<'_>,
    section: &Section<'_, '_>,
    columns: &[Column],
    source: Option<usize>,
    at: usize,
) -> Option<Commit> {
    let commit = reader.section(section, "commit", "«commit»")?;
    commit.only(&mut reader.refuser, &words::COMMIT);
    let is_fact = commit.get("args").is_none();
    reader.not_both(&commit, "args", "fact");
    let object = if is_fact { "fact" } else { "args" };
    let (operation, facts) = sent(reader, &commit, object, columns, source, at)?;
    let no_access = reader.section(&commit, "no_access", "«no_access»").and_then(|section| {
        section.only(&mut reader.refuser, &words::NO_ACCESS);
        sent(reader, &section, "fact", columns, source, at)
    });
    let passed = commit.text(&mut reader.refuser, "passed").map(|(_, part)| part.to_owned());
    Some(Commit { operation, facts, is_fact, passed, no_access })
}

/// An operation with the fact, or the arguments, of one row: `row.` what was read, `typed.` what is typed, or any other name.
fn sent(
    reader: &mut Reader<'_>,
    section: &Section<'_, '_>,
    object: &'static str,
    columns: &[Column],
    source: Option<usize>,
    at: usize,
) -> Option<(String, Vec<(String, RowName)>)> {
    let operation = reader.must_text(section, "operation");
    let operation = operation.map(|(span, name)| reader.relation(&span, name));
    let Some(table) = reader.section(section, object, if object == "fact" { "«fact»" } else { "«args»" })
    else {
        if section.get(object).is_none() {
            section.missing(&mut reader.refuser, object);
        }
        return None;
    };
    let mut facts = Vec::new();
    for (name, span) in table.keys() {
        reader.identifier(&span, name);
        let Some((_, value)) = table.get(name) else { continue };
        let text = if let DeValue::String(text) = value { text.as_ref() } else { "" };
        let value = if let Some(cell) = text.strip_prefix("typed.") {
            let column = reader.column(&span, source, cell);
            let typed =
                column.filter(|column| columns.iter().any(|c| c.column == *column && c.edit.is_some()));
            if column.is_some() && typed.is_none() {
                let all: Vec<String> = typed_columns(reader, columns, source);
                reader.unknown(&span, "заполняемой колонки", cell, &all);
            }
            typed.map(RowName::Typed)
        } else if let Some(column) = text.strip_prefix("row.") {
            reader.column(&span, source, column).map(RowName::Column)
        } else {
            reader.name(&span, name, value, Some(at)).map(RowName::Other)
        };
        facts.extend(value.map(|value| (name.to_owned(), value)));
    }
    Some((operation?, facts))
}

fn typed_columns(reader: &Reader<'_>, columns: &[Column], source: Option<usize>) -> Vec<String> {
    let Some(source) = source.and_then(|source| reader.known.sources.get(source)) else { return Vec::new() };
    let typed = columns.iter().filter(|column| column.edit.is_some());
    typed.filter_map(|column| source.columns.get(column.column).cloned()).collect()
}
