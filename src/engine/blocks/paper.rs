//! The lines of a paper, as `app` lays them out for the terminal.

use serde_json::Value as Json;

use super::tree::Node;
use crate::engine::value::harmless;

/// The lines of an answer; a line that begins with a form feed parts two pages.
#[must_use]
pub fn nodes(answer: &Json) -> Vec<Node> {
    let lines = answer["lines"].as_array().into_iter().flatten().filter_map(Json::as_str);
    lines
        .map(|line| Node { text: harmless(line), is_heading: line.starts_with('\u{c}'), ..Node::default() })
        .map(|node| if node.is_heading { Node { text: "─".repeat(80), ..node } } else { node })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_parted_and_nothing_reaches_the_terminal_raw() {
        let nodes = nodes(&serde_json::json!({ "lines": ["Справка\u{1b}[2J", "\u{c}", "2"] }));
        assert_eq!(nodes.len(), 3);
        assert!(!nodes[0].text.contains('\u{1b}'));
        assert!(nodes[1].is_heading && nodes[1].text.starts_with('─'));
    }
}
