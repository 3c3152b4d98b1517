//! `NAME.en.toml`: the same screen in other words. Only texts may stand in it, and pictures with the same tags.

use toml::de::{DeTable, DeValue};

use super::super::error::Problem;
use super::field::{pictures, slot};
use super::reader::Reader;
use crate::engine::model::{Confirm, Part, Picture, Screen, Template};
use crate::strict::table::Section;

pub(super) fn lay(reader: &mut Reader<'_>, document: &DeTable<'_>, screen: &mut Screen) {
    let root = Section::new("переводе".to_owned(), 0..0, document);
    root.only(&mut reader.refuser, &["screen", "picture", "field", "grid", "tab", "action"]);
    if let Some(head) = reader.section(&root, "screen", "разделе [screen] перевода") {
        head.only(&mut reader.refuser, &["title", "called", "help"]);
        if let Some((span, title)) = head.text(&mut reader.refuser, "title") {
            screen.aka = beginning(&screen.title);
            screen.title = reader.template(&span, title);
        }
        if let Some((_, called)) = head.text(&mut reader.refuser, "called") {
            screen.aka = std::mem::replace(&mut screen.called, called.to_owned());
        }
        put(reader, &head, "help", &mut screen.help);
    }
    if let Some(section) = reader.section(&root, "picture", "разделе [picture] перевода") {
        redraw(reader, &section, screen);
    }
    for (name, section) in reader.sections(&root, "field") {
        section.only(&mut reader.refuser, &["help"]);
        if let Some(at) = reader.field(&section.span, &name)
            && let Some(field) = screen.fields.get_mut(at)
        {
            put(reader, &section, "help", &mut field.help);
        }
    }
    for (name, section) in reader.sections(&root, "grid") {
        titles(reader, &name, &section, screen);
    }
    for (name, section) in reader.sections(&root, "tab") {
        section.only(&mut reader.refuser, &["title"]);
        let all: Vec<String> = screen.tabs.iter().map(|tab| tab.name.clone()).collect();
        match screen.tabs.iter_mut().find(|tab| tab.name == name) {
            Some(tab) => put(reader, &section, "title", &mut tab.title),
            None => reader.unknown(&section.span, "части", &name, &all),
        }
    }
    for (name, section) in reader.sections(&root, "action") {
        section.only(&mut reader.refuser, &["title", "confirm"]);
        let all: Vec<String> = screen.actions.iter().map(|action| action.name.clone()).collect();
        match screen.actions.iter_mut().find(|action| action.name == name) {
            Some(action) => {
                action.aka.clone_from(&action.title);
                put(reader, &section, "title", &mut action.title);
                if let Some((span, question)) = section.text(&mut reader.refuser, "confirm") {
                    action.confirm = Confirm::Ask(reader.template(&span, question));
                }
            }
            None => reader.unknown(&section.span, "действия", &name, &all),
        }
    }
}

/// The text of a title before its first value.
fn beginning(title: &Template) -> String {
    let text = title.0.iter().map_while(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Value(..) => None,
    });
    text.collect::<String>().trim_end_matches([' ', ':', ',', '«', '№']).to_owned()
}

/// What a screen and its actions are called in an overlay that is not laid: found by, never shown.
pub fn name(text: &str, screen: &mut Screen) {
    let Ok(document) = DeTable::parse(text) else { return };
    let document = document.get_ref();
    let called = part(document, "screen").and_then(|head| words(head, "called"));
    if let Some(title) = called.or_else(|| part(document, "screen").and_then(title)) {
        screen.aka = title.trim_end_matches([' ', ':', ',', '“', '№']).to_owned();
    }
    let Some(actions) = part(document, "action") else { return };
    for action in &mut screen.actions {
        action.aka = part(actions, &action.name).and_then(title).unwrap_or_default();
    }
}

fn part<'t, 'd>(of: &'t DeTable<'d>, name: &str) -> Option<&'t DeTable<'d>> {
    match of.get(name)?.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn title(of: &DeTable<'_>) -> Option<String> {
    words(of, "title").map(|title| title.split('{').next().unwrap_or_default().trim().to_owned())
}

fn words(of: &DeTable<'_>, name: &str) -> Option<String> {
    match of.get(name)?.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn put(reader: &mut Reader<'_>, section: &Section<'_, '_>, key: &str, text: &mut String) {
    if let Some((_, given)) = section.text(&mut reader.refuser, key) {
        given.clone_into(text);
    }
}

/// `[grid.NAME] titles = { column = "Title" }` and what is said where there are no rows.
fn titles(reader: &mut Reader<'_>, name: &str, section: &Section<'_, '_>, screen: &mut Screen) {
    section.only(&mut reader.refuser, &["titles", "empty", "empty_new"]);
    let Some(at) = reader.grid(&section.span, name) else { return };
    if let Some(grid) = screen.grids.get_mut(at) {
        put(reader, section, "empty", &mut grid.empty);
        put(reader, section, "empty_new", &mut grid.empty_new);
    }
    let Some(titles) = reader.section(section, "titles", "«titles»") else { return };
    let Some(grid) = screen.grids.get_mut(at) else { return };
    let columns =
        reader.known.sources.get(grid.source).map(|source| source.columns.clone()).unwrap_or_default();
    for (name, span) in titles.keys() {
        let found = columns.iter().position(|column| column == name);
        match grid.columns.iter_mut().find(|column| Some(column.column) == found) {
            Some(column) => put(reader, &titles, name, &mut column.title),
            None => reader.unknown(&span, "колонки", name, &columns),
        }
    }
}

/// The pictures in other words; every field keeps its number.
fn redraw(reader: &mut Reader<'_>, section: &Section<'_, '_>, screen: &mut Screen) {
    for (name, lines, line, tags) in pictures(reader, section) {
        let Some(picture) = screen.pictures.iter_mut().find(|picture| picture.name == name) else {
            let all: Vec<String> = screen.pictures.iter().map(|picture| picture.name.clone()).collect();
            reader.unknown(&section.span, "рисунка", &name, &all);
            continue;
        };
        let fields = &reader.known.fields;
        let wanted: Vec<&str> =
            picture.slots.iter().filter_map(|slot| fields.get(slot.field).map(String::as_str)).collect();
        let mut drawn: Vec<&str> = tags.iter().map(|tag| tag.name.as_str()).collect();
        let mut sorted = wanted.clone();
        sorted.sort_unstable();
        drawn.sort_unstable();
        if drawn != sorted {
            let tags = wanted.join(", ");
            reader.refuser.refuse_line(line, Problem::OtherTags { picture: name, tags });
            continue;
        }
        let mut slots = Vec::new();
        for tag in tags {
            let Some(at) = fields.iter().position(|field| *field == tag.name) else { continue };
            slots.push(slot(&tag, at));
            if let Some(field) = screen.fields.get_mut(at) {
                field.label = tag.label;
            }
        }
        *picture = Picture { lines, slots, ..std::mem::take(picture) };
    }
}
