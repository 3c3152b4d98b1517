//! `[action.NAME]`: what can be done.

use std::ops::Range;

use toml::de::DeValue;

use super::super::words;
use super::reader::Reader;
use crate::engine::model::{Act, Action, Confirm, Name, Then};
use crate::engine::value::Value;
use crate::strict::table::Section;

/// The keys of which an action has exactly one.
const ACTS: [&str; 11] = [
    "operation",
    "open",
    "undo",
    "cancel_job",
    "login",
    "password",
    "continue",
    "begin",
    "language",
    "search",
    "function",
];

pub(super) fn read(reader: &mut Reader<'_>, name: &str, section: &Section<'_, '_>) -> Option<Action> {
    section.only(&mut reader.refuser, &words::ACTION);
    let title = reader.must_text(section, "title").map(|(_, title)| title.to_owned());
    let command = reader.word(section, "key", words::COMMANDS);
    let enabled = reader.one(section, "enabled", None);
    let refusal = reader.one(section, "refusal", None);
    let named = reader.one(section, "named", None);
    let confirm = section.text(&mut reader.refuser, "confirm");
    let confirm =
        confirm.map_or(Confirm::None, |(span, question)| Confirm::Ask(reader.template(&span, question)));
    let then = then(reader, section);
    let key = reader.one_of(section, &ACTS)?;
    for (part, of) in [
        ("args", ["operation", "function"].as_slice()),
        ("fact", &["operation"]),
        ("ground", &["operation"]),
        ("preview", &["operation"]),
        ("job", &["operation"]),
        ("seen", &["operation"]),
    ] {
        if section.get(part).is_some() && !of.contains(&key) {
            reader.not_both(section, key, part);
        }
    }
    let act = act(reader, section, key)?;
    Some(Action {
        name: name.to_owned(),
        title: title?,
        aka: String::new(),
        named,
        command,
        act,
        enabled,
        refusal,
        confirm,
        then,
    })
}

fn act(reader: &mut Reader<'_>, section: &Section<'_, '_>, key: &'static str) -> Option<Act> {
    Some(match key {
        "operation" => {
            let (span, kind) = section.text(&mut reader.refuser, key)?;
            Act::Operation {
                kind: reader.relation(&span, kind),
                args: reader.pairs(section, "args", None),
                fact: reader.pairs(section, "fact", None),
                ground: reader.word(section, "ground", words::GROUNDS).unwrap_or_default(),
                preview: reader.word(section, "preview", words::PREVIEWS).unwrap_or(true),
                job: reader.flag(section, "job"),
                seen: seen(reader, section),
            }
        }
        "open" => Act::Open(reader.link(section, key, None)?),
        "undo" => Act::Undo(reader.one(section, key, None)?),
        "cancel_job" => Act::CancelJob(reader.one(section, key, None)?),
        "continue" => Act::Continue(Some(reader.one(section, key, None)?)),
        "begin" => reader.flag(section, key).then_some(Act::Continue(None))?,
        "language" => reader.flag(section, key).then_some(Act::Language)?,
        "search" => reader.flag(section, key).then_some(Act::Search)?,
        "function" => {
            let (span, name) = section.text(&mut reader.refuser, key)?;
            Act::Function { name: reader.relation(&span, name), args: reader.pairs(section, "args", None) }
        }
        "login" => {
            let [login, password] = typed(reader, section, key, ["login", "password"])?;
            Act::Login { login, password }
        }
        _ => {
            let [old, new, again] = typed(reader, section, key, ["old", "new", "again"])?;
            Act::Password { old, new, again }
        }
    })
}

/// `seen = "SOURCE.COLUMN"`: of the first source, which is read before the values it vouches for.
fn seen(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<Name> {
    let name = reader.one(section, "seen", None)?;
    if !matches!(name, Name::Column { source: 0, .. })
        && let Some((span, _)) = section.get("seen")
    {
        reader.shape(&span, "seen", "колонка первого источника экрана");
    }
    Some(name)
}

/// `{ login = "field.login", … }`: fields only.
fn typed<const N: usize>(
    reader: &mut Reader<'_>,
    section: &Section<'_, '_>,
    key: &str,
    names: [&'static str; N],
) -> Option<[usize; N]> {
    let table = reader.section(section, key, &format!("«{key}»"))?;
    table.only(&mut reader.refuser, &names);
    let fields = names.map(|name| {
        let (span, value) = table.get(name).or_else(|| {
            table.missing(&mut reader.refuser, name);
            None
        })?;
        match reader.name(&span, name, value, None)? {
            Name::Field(field) => Some(field),
            _ => {
                reader.shape(&span, name, "field.ПОЛЕ");
                None
            }
        }
    });
    let found: Vec<usize> = fields.into_iter().collect::<Option<_>>()?;
    found.try_into().ok()
}

/// `then = ["refresh", { focus = "meter" }]`.
fn then(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Vec<Then> {
    let Some((span, value)) = section.get("then") else { return Vec::new() };
    let DeValue::Array(list) = value else {
        reader.shape(&span, "then", "[\"refresh\", { focus = \"поле\" }, …]");
        return Vec::new();
    };
    let mut all = Vec::new();
    for item in list {
        match item.get_ref() {
            DeValue::String(word) => all.extend(step(reader, &item.span(), word)),
            DeValue::Table(table) => {
                let section = Section::new("«then»".to_owned(), item.span(), table);
                section.only(&mut reader.refuser, &["focus", "open", "put"]);
                all.extend(larger_step(reader, &section));
            }
            _ => reader.shape(&item.span(), "then", "слово или { шаг = … }"),
        }
    }
    all
}

fn step(reader: &mut Reader<'_>, span: &Range<usize>, word: &str) -> Option<Then> {
    match word {
        "close" => Some(Then::Close),
        "refresh" => Some(Then::Refresh),
        "clear" => Some(Then::Clear),
        "adopt" => Some(Then::Adopt),
        _ => {
            reader.refuser.refuse_word(span, "then", word, &words::THEN);
            None
        }
    }
}

fn larger_step(reader: &mut Reader<'_>, section: &Section<'_, '_>) -> Option<Then> {
    match reader.one_of(section, &["focus", "open", "put"])? {
        "focus" => {
            let (span, field) = section.text(&mut reader.refuser, "focus")?;
            reader.field(&span, field).map(Then::Focus)
        }
        "open" => reader.link(section, "open", None).map(Then::Open),
        _ => {
            let put = reader.section(section, "put", "«put»")?;
            let (name, span) = put.keys().into_iter().next()?;
            let field = reader.field(&span, name)?;
            match put.get(name).and_then(|(span, value)| reader.name(&span, name, value, None))? {
                Name::Given(value) => Some(Then::Put(field, value)),
                _ => {
                    reader.shape(&span, "put", "{ поле = число, true, false или { text = \"…\" } }");
                    Some(Then::Put(field, Value::Null))
                }
            }
        }
    }
}
