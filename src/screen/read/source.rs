//! `[source.NAME]`: a view read by key, or a function read with arguments.

use super::super::error::Problem;
use super::super::words;
use super::reader::Reader;
use crate::engine::model::{Order, Source, Topic};
use crate::strict::table::Section;

/// The names of the sources, before anything can speak of them.
pub(super) fn declare(reader: &mut Reader<'_>, sections: &[(String, Section<'_, '_>)]) {
    for (name, section) in sections {
        if words::SCOPES.contains(&name.as_str()) {
            reader.refuser.refuse(&section.span, Problem::Reserved(name.clone()));
        }
        reader.known.sources.push(Source { name: name.clone(), ..Source::default() });
    }
}

pub(super) fn fill(reader: &mut Reader<'_>, sections: &[(String, Section<'_, '_>)]) {
    for (at, (_, section)) in sections.iter().enumerate() {
        one(reader, section, at);
    }
}

fn one(reader: &mut Reader<'_>, section: &Section<'_, '_>, at: usize) {
    section.only(&mut reader.refuser, &words::SOURCE);
    let key = reader.one_of(section, &["view", "read"]).unwrap_or("view");
    let is_function = key == "read";
    let relation = section.text(&mut reader.refuser, key);
    let relation = relation.map(|(span, name)| reader.relation(&span, name)).unwrap_or_default();
    let by = reader.pairs(section, "by", None);
    let order = order(reader, section, at);
    let filter: Vec<String> = reader.texts(section, "filter").into_iter().map(|(_, column)| column).collect();
    reader.not_both(section, "filter", "line");
    let line = section.text(&mut reader.refuser, "line").map(|(_, argument)| argument.to_owned());
    let folded = section.text(&mut reader.refuser, "folded").map(|(_, argument)| argument.to_owned());
    if line.is_none() && folded.is_some() {
        section.missing(&mut reader.refuser, "line");
    }
    let topic = section.text(&mut reader.refuser, "topic");
    let any = topic.map(|(_, name)| Topic { name: name.to_owned(), of: None });
    let about = reader.pairs(section, "about", None);
    let about = about.into_iter().map(|(name, of)| Topic { name, of: Some(of) });
    let topics: Vec<Topic> = any.into_iter().chain(about).collect();
    let count = section.text(&mut reader.refuser, "count");
    let count = count.map(|(span, name)| reader.relation(&span, name));
    let page = reader.number(section, "page");
    let load = reader.word(section, "load", words::LOADS).unwrap_or_default();
    let time = reader.word(section, "time", words::TIMES).unwrap_or_default();
    if let Some(source) = reader.known.sources.get_mut(at) {
        let (name, columns) = (std::mem::take(&mut source.name), std::mem::take(&mut source.columns));
        *source = Source {
            name,
            relation,
            is_function,
            by,
            columns,
            order,
            page,
            load,
            filter,
            line,
            folded,
            time,
            topics,
            count,
        };
    }
}

/// `order = ["month desc", "id"]`; its columns are asked for, the next page begins behind their values.
fn order(reader: &mut Reader<'_>, section: &Section<'_, '_>, at: usize) -> Vec<Order> {
    let mut order = Vec::new();
    for (span, text) in reader.texts(section, "order") {
        let (column, down) =
            text.strip_suffix(" desc").map_or((text.as_str(), false), |column| (column, true));
        if reader.column(&span, at, column).is_some() {
            order.push(Order { column: column.to_owned(), down });
        }
    }
    order
}
