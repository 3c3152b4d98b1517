//! The worker's explanation as a tree of lines: amounts, the rule of each, and what it was made of down to dated facts.

use serde_json::Value as Json;

use super::blocks::tree::Node;
use super::overlay::help::broken;
use super::value::{Show, Value, harmless, shown};
use crate::locale::Words;

/// Columns a sentence below a recalculation takes: what a terminal of eighty leaves it.
const SENTENCE: usize = 74;

/// The lines of an explanation; with a service, only its.
#[must_use]
pub fn nodes(answer: &Json, service: Option<i64>, words: &Words) -> Vec<Node> {
    let mut nodes = Vec::new();
    let of_service =
        |line: &&Json| service.is_none_or(|id| line["trace"]["key"]["service"].as_i64() == Some(id));
    let lines: Vec<&Json> = list(answer, "lines").filter(of_service).collect();
    let only = lines.len() == 1;
    for line in lines {
        for step in list(line, "tree") {
            nodes.push(node(step, only));
        }
        if line["differs"].as_bool() == Some(true) {
            nodes.push(plain(1, &words.with("trace-differs", &[("sum", booked(line).into())])));
        }
    }
    let of_service =
        |entry: &&Json| service.is_none_or(|id| entry["service_id"].as_i64().is_none_or(|own| own == id));
    for entry in list(answer, "recalculations").filter(of_service) {
        nodes.extend(recalculation(entry));
    }
    for entry in list(answer, "penalties").chain(list(answer, "instalments")).filter(of_service) {
        nodes.push(Node {
            text: harmless(&word(entry, "text")),
            open: true,
            is_heading: true,
            ..Node::default()
        });
        nodes.extend(list(entry, "tree").filter_map(Json::as_str).map(|text| plain(1, text)));
    }
    nodes.extend(
        list(answer, "exceptions")
            .filter_map(Json::as_str)
            .map(|text| plain(0, &words.with("trace-attention", &[("text", text.into())]))),
    );
    if nodes.is_empty() {
        nodes.push(plain(0, &words.text("trace-nothing")));
    }
    nodes
}

fn node(step: &Json, open: bool) -> Node {
    let depth = step["depth"].as_u64().and_then(|depth| usize::try_from(depth).ok()).unwrap_or_default();
    let fact = &step["fact"];
    Node {
        depth,
        text: harmless(&word(step, "text")),
        open: open && depth < 3,
        fact: fact["kind"].as_str().zip(fact["row"].as_i64()).map(|(kind, row)| (kind.to_owned(), row)),
        operation: None,
        is_heading: depth == 0,
    }
}

/// A recalculation and, under it, the operation that caused it and what of older months is in it.
fn recalculation(entry: &Json) -> impl Iterator<Item = Node> {
    let operation = entry["operation"].as_str().and_then(|id| id.parse().ok());
    let told = [
        Node { text: harmless(&word(entry, "text")), open: true, is_heading: true, ..Node::default() },
        Node { depth: 1, text: harmless(&word(entry, "because")), operation, ..Node::default() },
    ];
    let beyond = broken(&word(entry, "beyond"), SENTENCE);
    told.into_iter().chain(beyond.into_iter().filter(|line| !line.is_empty()).map(|line| plain(1, &line)))
}

/// What stands in the ledger for a line, as sums are written.
fn booked(line: &Json) -> String {
    let sum = word(line, "booked");
    sum.parse().map_or(sum, |sum| shown(&Value::Dec(sum), &Show::Money))
}

fn plain(depth: usize, text: &str) -> Node {
    Node { depth, text: harmless(text), ..Node::default() }
}

fn list<'a>(json: &'a Json, name: &str) -> impl Iterator<Item = &'a Json> {
    json[name].as_array().into_iter().flatten()
}

fn word(json: &Json, name: &str) -> String {
    match &json[name] {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::nodes;
    use crate::locale::{Lang, Words};

    /// The end of the sentence is why it is charged now: it is not cut off at the edge.
    #[test]
    fn what_is_too_old_is_told_whole() {
        let beyond = "показание прибора № ХВ-1 от 20.03.2026: месяцы 02.2026–03.2026 старше срока перерасчёта, не учтённый за них расход — в 04.2026 (354 п. 61)";
        let entry = json!({ "text": "Перерасчёт", "because": "Показание прибора", "beyond": beyond });
        let told = nodes(&json!({ "recalculations": [entry] }), None, Words::of(Lang::Ru));
        let lines: Vec<&str> = told[2..].iter().map(|node| node.text.as_str()).collect();
        assert_eq!(lines.join(" "), beyond);
        assert!(lines.len() == 2 && lines.iter().all(|line| line.chars().count() <= 74), "{lines:?}");
    }

    #[test]
    fn what_was_booked_is_written_as_sums_are() {
        let line = json!({ "trace": {}, "tree": [], "differs": true, "booked": "42169.38" });
        let told = nodes(&json!({ "lines": [line] }), None, Words::of(Lang::Ru));
        assert_eq!(told[0].text, "Записано 42 169,38 ₽: сегодняшний расчёт не воспроизводит эту сумму");
    }
}
