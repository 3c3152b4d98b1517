//! `[picture]` and `[field.NAME]`.

use toml::de::DeValue;

use super::super::error::Problem;
use super::super::picture::{Tag, drawn};
use super::super::words;
use super::reader::Reader;
use crate::engine::model::{Derive, Entry, Field, Kind, Lookup, Name, Picture, Screen, Slot};
use crate::strict::nearest::hint;
use crate::strict::table::Section;

/// Reads the pictures; their tags are the fields, in reading order.
pub(super) fn draw(
    reader: &mut Reader<'_>,
    root: &Section<'_, '_>,
    sections: &[(String, Section<'_, '_>)],
    screen: &mut Screen,
) {
    let Some(section) = reader.section(root, "picture", "разделе [picture]") else {
        undrawn(reader, sections);
        return;
    };
    for (name, picture, line, tags) in pictures(reader, &section) {
        let mut slots = Vec::new();
        for tag in tags {
            let described = sections.iter().any(|(name, _)| *name == tag.name);
            if reader.known.fields.contains(&tag.name) {
                reader.refuser.refuse_line(line + tag.line, Problem::Twice(tag.name));
                continue;
            } else if !described {
                reader.refuser.refuse_line(line + tag.line, Problem::Undescribed(tag.name.clone()));
            }
            slots.push(slot(&tag, reader.known.fields.len()));
            screen.fields.push(Field { name: tag.name.clone(), label: tag.label, ..Field::default() });
            reader.known.fields.push(tag.name);
        }
        let at_foot = name == "foot";
        screen.pictures.push(Picture { name, at_foot, beside: None, lines: picture, slots });
    }
    undrawn(reader, sections);
}

pub(super) fn slot(tag: &Tag, field: usize) -> Slot {
    let cells = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    Slot {
        field,
        line: cells(tag.line),
        column: cells(tag.column),
        width: cells(tag.width),
        grows: tag.grows,
    }
}

/// The pictures of a section in the order of the file: name, lines, the line its text begins in, tags.
pub(super) fn pictures(
    reader: &mut Reader<'_>,
    section: &Section<'_, '_>,
) -> Vec<(String, Vec<String>, usize, Vec<Tag>)> {
    let mut found = Vec::new();
    for (name, span) in section.keys() {
        reader.identifier(&span, name);
        let Some((_, text)) = section.text(&mut reader.refuser, name) else { continue };
        let line = reader.refuser.line(&span) + 1;
        let refuser = &mut reader.refuser;
        let picture = drawn(text, &mut |at, problem| refuser.refuse_line(line + at, problem));
        found.push((name.to_owned(), picture.lines, line, picture.tags));
    }
    found
}

fn undrawn(reader: &mut Reader<'_>, sections: &[(String, Section<'_, '_>)]) {
    for (name, section) in sections.iter().filter(|(name, _)| !reader.known.fields.contains(name)) {
        let hint = hint(name, reader.known.fields.iter().map(String::as_str));
        reader.refuser.refuse(&section.span, Problem::Undrawn(name.clone(), hint));
    }
}

pub(super) fn fill(reader: &mut Reader<'_>, sections: &[(String, Section<'_, '_>)], screen: &mut Screen) {
    for (name, section) in sections {
        let Some(at) = reader.known.fields.iter().position(|field| field == name) else { continue };
        let Some(field) = screen.fields.get_mut(at) else { continue };
        one(reader, section, field);
    }
}

fn one(reader: &mut Reader<'_>, section: &Section<'_, '_>, field: &mut Field) {
    section.only(&mut reader.refuser, &words::FIELD);
    reader.not_both(section, "from", "derive");
    reader.not_both(section, "entry", "derive");
    reader.not_both(section, "open", "explain");
    let from = section.text(&mut reader.refuser, "from");
    if let Some((span, from)) = &from {
        field.from = reader.named(span, from, None);
        field.origin = (*from).to_owned();
    }
    field.show = reader.show(section);
    field.entry = entry(reader, section);
    field.lookup = lookup(reader, section);
    field.open = reader.link(section, "open", None);
    field.explain = reader.explain(section, None);
    field.style = reader.one(section, "style", None);
    field.derive = derive(reader, section);
    if let Some((_, help)) = reader.must_text(section, "help") {
        help.clone_into(&mut field.help);
    }
    if from.is_none() && section.get("entry").is_none() && section.get("derive").is_none() {
        reader.refuser.refuse(&section.span, Problem::Hollow(field.name.clone()));
    }
}

fn entry(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<Entry> {
    let entry = reader.section(section, "entry", "«entry»")?;
    entry.only(&mut reader.refuser, &words::ENTRY);
    let kind = kind(reader, &entry)?;
    Some(Entry {
        must: reader.flag(&entry, "must"),
        longest: reader.number(&entry, "longest").unwrap_or_default(),
        auto_next: reader.word(&entry, "next", words::NEXTS).unwrap_or_default(),
        upper: reader.flag(&entry, "upper"),
        latin: reader.flag(&entry, "latin"),
        default: reader.one(&entry, "default", None),
        check: reader.word(&entry, "check", words::CHECKS),
        within: reader.one(&entry, "within", None),
        plausible: plausible(reader, &entry),
        before: reader.one(&entry, "before", None),
        after: neighbour(reader, &entry, "after", &kind),
        not_before: neighbour(reader, &entry, "not_before", &kind),
        day: neighbour(reader, &entry, "day", &kind),
        again: repeated(reader, &entry),
        told: reader.one(&entry, "told", None),
        secret: reader.flag(&entry, "secret"),
        kind,
    })
}

/// The other field of the form that a day or a time is compared with, or that gives a time its day.
fn neighbour(reader: &mut Reader<'_>, entry: &Section<'_, '_>, key: &str, kind: &Kind) -> Option<usize> {
    let (span, text) = entry.text(&mut reader.refuser, key)?;
    if key == "day" && *kind != Kind::Time {
        reader.shape(&span, key, "только у type = \"time\"");
        return None;
    } else if !matches!(kind, Kind::Month | Kind::Day | Kind::Time) {
        reader.shape(&span, key, "только у type = \"month\", \"day\" и \"time\"");
        return None;
    }
    match reader.named(&span, text, None)? {
        Name::Field(field) => Some(field),
        _ => {
            reader.shape(&span, key, "поле этого экрана: field.ИМЯ");
            None
        }
    }
}

/// The secret field that this one repeats.
fn repeated(reader: &mut Reader<'_>, entry: &Section<'_, '_>) -> Option<usize> {
    let (span, text) = entry.text(&mut reader.refuser, "again")?;
    if let Some(Name::Field(field)) = reader.named(&span, text, None) {
        return Some(field);
    }
    reader.shape(&span, "again", "поле этого экрана: field.ИМЯ");
    None
}

/// Two names or numbers, the lower and the upper bound of belief.
fn plausible(reader: &mut Reader<'_>, entry: &Section<'_, '_>) -> Option<(Name, Name)> {
    let (span, value) = entry.get("plausible")?;
    let bounds: Vec<_> = match value {
        DeValue::Array(list) => list.iter().collect(),
        _ => Vec::new(),
    };
    let [low, high] = bounds.as_slice() else {
        reader.shape(&span, "plausible", "[нижняя граница, верхняя граница]");
        return None;
    };
    let low = reader.name(&low.span(), "plausible", low.get_ref(), None);
    low.zip(reader.name(&high.span(), "plausible", high.get_ref(), None))
}

/// `type`, with what belongs to some types only.
pub(super) fn kind(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<Kind> {
    let (span, word) = reader.must_text(section, "type")?;
    let scale = reader.number(section, "scale");
    let codes: Vec<String> = reader.texts(section, "codes").into_iter().map(|(_, code)| code).collect();
    for (key, of) in [("scale", "decimal"), ("set", "choice"), ("codes", "choice")] {
        if let Some((span, _)) = section.get(key).filter(|_| word != of) {
            reader.shape(
                &span,
                key,
                if of == "choice" {
                    "только у type = \"choice\""
                } else {
                    "только у type = \"decimal\""
                },
            );
        }
    }
    Some(match word {
        "text" => Kind::Text,
        "int" => Kind::Int,
        "decimal" => Kind::Decimal(scale.and_then(|scale| u32::try_from(scale).ok()).unwrap_or(3)),
        "money" => Kind::Money,
        "day" => Kind::Day,
        "month" => Kind::Month,
        "time" => Kind::Time,
        "bool" => Kind::Bool,
        "choice" => {
            let set = reader.must_text(section, "set")?.1.to_owned();
            if codes.is_empty() {
                section.missing(&mut reader.refuser, "codes");
            }
            Kind::Choice { set, codes }
        }
        _ => {
            reader.refuser.refuse_word(&span, "type", word, &words::KINDS);
            return None;
        }
    })
}

/// `{ screen, with, fills = { FIELD = "column" } }`.
fn lookup(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<Lookup> {
    let lookup = reader.section(section, "lookup", "«lookup»")?;
    lookup.only(&mut reader.refuser, &words::LOOKUP);
    let screen = reader.must_text(&lookup, "screen").map(|(_, screen)| screen.to_owned());
    let with = reader.pairs(&lookup, "with", None);
    let mut fills = Vec::new();
    match reader.section(&lookup, "fills", "«fills»") {
        None => lookup.missing(&mut reader.refuser, "fills"),
        Some(filled) => {
            for (name, span) in filled.keys() {
                let column = filled.text(&mut reader.refuser, name).map(|(_, column)| column.to_owned());
                fills.extend(reader.field(&span, name).zip(column));
            }
        }
    }
    Some(Lookup { screen: screen?, with, fills })
}

/// `{ fn = "sum", of = ["row.value"] }`.
fn derive(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<Derive> {
    let derive = reader.section(section, "derive", "«derive»")?;
    derive.only(&mut reader.refuser, &words::DERIVE);
    let wanted = reader.word(&derive, "fn", words::FUNCTIONS);
    let (_, function) = reader.must_text(&derive, "fn")?;
    let names = reader.texts(&derive, "of");
    let of: Vec<Name> = names.iter().filter_map(|(span, name)| reader.named(span, name, None)).collect();
    if let Some((span, DeValue::Array(list))) = derive.get("of")
        && wanted.is_some_and(|wanted| wanted != list.len())
    {
        reader.shape(
            &span,
            "of",
            "столько имён, сколько берёт функция: sum и count_filled — одно, sub — два",
        );
    } else if derive.get("of").is_none() {
        derive.missing(&mut reader.refuser, "of");
    }
    Some(Derive { function: function.to_owned(), of })
}
