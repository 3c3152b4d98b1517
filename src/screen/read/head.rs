//! `[screen]`.

use super::super::words;
use super::reader::Reader;
use crate::engine::model::{Argument, Picture, Screen};
use crate::strict::table::Section;

/// The names of the keys, before anything can speak of them.
pub(super) fn keys(reader: &mut Reader<'_>, head: &Section<'_, '_>) {
    for (span, key) in reader.texts(head, "keys") {
        if reader.identifier(&span, &key) {
            reader.known.keys.push(key);
        }
    }
}

pub(super) fn fill(reader: &mut Reader<'_>, head: &Section<'_, '_>, screen: &mut Screen) {
    head.only(&mut reader.refuser, &words::SCREEN);
    if let Some((span, code)) = head.text(&mut reader.refuser, "code") {
        if code.is_empty() || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            reader.shape(&span, "code", "цифры в кавычках, как \"210\"");
        }
        code.clone_into(&mut screen.code);
    }
    if let Some((span, title)) = reader.must_text(head, "title") {
        screen.title = reader.template(&span, title);
    }
    if let Some((_, called)) = head.text(&mut reader.refuser, "called") {
        called.clone_into(&mut screen.called);
    }
    if let Some((_, help)) = reader.must_text(head, "help") {
        help.clone_into(&mut screen.help);
    }
    if let Some((span, kind)) = head.text(&mut reader.refuser, "card_of") {
        reader.identifier(&span, kind);
        kind.clone_into(&mut screen.card_of);
    }
    screen.keys.clone_from(&reader.known.keys);
    screen.optional = optional(reader, head);
    screen.role = reader.word(head, "role", words::ROLES);
    screen.own = reader.flag(head, "own");
    screen.dialog = reader.flag(head, "dialog");
    let step = head.text(&mut reader.refuser, "step_to");
    screen.step_to = step.map(|(span, kind)| reader.relation(&span, kind));
    screen.pages = pages(reader, head, screen);
    beside(reader, head, screen);
    screen.argument = argument(reader, head);
}

/// Keys that may be empty; each is one of the keys.
fn optional(reader: &mut Reader<'_>, head: &Section<'_, '_>) -> Vec<String> {
    let keys = reader.known.keys.clone();
    let mut optional = Vec::new();
    for (span, key) in reader.texts(head, "optional") {
        if keys.contains(&key) {
            optional.push(key);
        } else {
            reader.unknown(&span, "ключа", &key, &keys);
        }
    }
    optional
}

/// `beside = { RIGHT = "LEFT" }`: pictures that stand in one row where there is room; the left one is drawn before.
fn beside(reader: &mut Reader<'_>, head: &Section<'_, '_>, screen: &mut Screen) {
    let Some(section) = reader.section(head, "beside", "«beside»") else { return };
    for (right, span) in section.keys() {
        let Some((_, left)) = section.text(&mut reader.refuser, right) else { continue };
        let is_free = |picture: &Picture| !picture.at_foot && picture.beside.is_none();
        let at =
            |name: &str| screen.pictures.iter().position(|picture| picture.name == name && is_free(picture));
        match (at(right), at(left)) {
            (Some(right), Some(left)) if left < right => screen.pictures[right].beside = Some(left),
            (Some(_), Some(_)) => {
                reader.shape(&span, "beside", "{ правый = \"левый\" }: левый рисунок стоит в файле раньше");
            }
            (found, _) => {
                let all: Vec<String> = screen.pictures.iter().map(|picture| picture.name.clone()).collect();
                reader.unknown(&span, "рисунка", if found.is_none() { right } else { left }, &all);
            }
        }
    }
}

/// Pictures that are turned: two at least, none of them the foot.
fn pages(reader: &mut Reader<'_>, head: &Section<'_, '_>, screen: &Screen) -> Vec<usize> {
    let mut pages = Vec::new();
    for (span, name) in reader.texts(head, "pages") {
        match screen.pictures.iter().position(|picture| picture.name == name && !picture.at_foot) {
            Some(picture) => pages.push(picture),
            None => {
                let all: Vec<String> = screen.pictures.iter().map(|picture| picture.name.clone()).collect();
                reader.unknown(&span, "рисунка", &name, &all);
            }
        }
    }
    if let (1, Some((span, _))) = (pages.len(), head.get("pages")) {
        reader.shape(&span, "pages", "[\"рисунок\", \"рисунок\", …]: листов не меньше двух");
    }
    pages
}

fn argument(reader: &mut Reader<'_>, head: &Section<'_, '_>) -> Option<Argument> {
    let section = reader.section(head, "argument", "«argument»")?;
    section.only(&mut reader.refuser, &words::ARGUMENT);
    let (key_span, key) = reader.must_text(&section, "key")?;
    let (span, function) = reader.must_text(&section, "function")?;
    if !reader.known.keys.iter().any(|known| known == key) {
        let keys = reader.known.keys.clone();
        reader.unknown(&key_span, "ключа", key, &keys);
    }
    let function = reader.relation(&span, function);
    let with = reader.pairs(&section, "with", None);
    Some(Argument { key: key.to_owned(), function, with })
}
