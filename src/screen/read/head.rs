//! `[screen]`.

use super::super::words;
use super::reader::Reader;
use crate::engine::model::{Argument, Screen};
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
    if let Some((_, help)) = reader.must_text(head, "help") {
        help.clone_into(&mut screen.help);
    }
    if let Some((span, kind)) = head.text(&mut reader.refuser, "card_of") {
        reader.identifier(&span, kind);
        kind.clone_into(&mut screen.card_of);
    }
    screen.keys.clone_from(&reader.known.keys);
    screen.dialog = reader.flag(head, "dialog");
    screen.argument = argument(reader, head);
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
    Some(Argument { key: key.to_owned(), function: reader.relation(&span, function) })
}
