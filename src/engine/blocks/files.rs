//! The operator's inbox folder, as `app` reads it: a line for each file, the first lines of the one under the cursor below.

use chrono::NaiveDateTime;
use serde_json::Value as Json;

use super::tree::{Node, Tree};
use crate::engine::value::harmless;

/// The folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// Where it is.
    pub path: String,
    /// Its files, the newest first.
    pub files: Vec<File>,
    /// Older files that are not listed.
    pub older: u64,
    /// What is wrong with the folder: a word of the locale's `inbox-…`.
    pub problem: Option<String>,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// Its name; a request names it so, whatever is painted.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// When it was put there.
    pub at: Option<NaiveDateTime>,
    /// The encoding its letters show.
    pub encoding: Option<String>,
    /// Its first lines.
    pub head: Vec<String>,
    /// The day it was imported before.
    pub known_on: Option<String>,
    /// Who did and what came of it.
    pub known: Option<String>,
    /// Why its lines are not here: a word of the locale's `inbox-…`.
    pub problem: Option<String>,
}

impl Folder {
    /// The folder of an answer.
    #[must_use]
    pub fn of(answer: &Json) -> Self {
        let files = answer["files"].as_array().into_iter().flatten();
        Self {
            path: harmless(answer["path"].as_str().unwrap_or_default()),
            files: files.map(file).collect(),
            older: answer["older"].as_u64().unwrap_or_default(),
            problem: answer["problem"].as_str().map(str::to_owned),
        }
    }
}

fn file(one: &Json) -> File {
    let text = |name: &str| one[name].as_str().map(harmless);
    File {
        name: one["name"].as_str().unwrap_or_default().to_owned(),
        size: one["size"].as_u64().unwrap_or_default(),
        at: one["at"].as_str().and_then(|at| at.parse().ok()),
        encoding: text("encoding"),
        head: one["head"].as_array().into_iter().flatten().filter_map(Json::as_str).map(harmless).collect(),
        known_on: text("known_on"),
        known: text("known"),
        problem: text("problem"),
    }
}

/// The lines the cursor goes over: where the folder was read before, it stays on its file.
#[must_use]
pub fn lines(folder: &Folder, before: &Tree) -> Tree {
    let here = before.nodes.get(before.at).map(|node| node.text.as_str());
    let node = |file: &File| Node { text: harmless(&file.name), ..Node::default() };
    let nodes: Vec<Node> = folder.files.iter().map(node).collect();
    let at = nodes.iter().position(|node| Some(node.text.as_str()) == here).unwrap_or_default();
    Tree { nodes, at, top: before.top }
}

/// Rows of the list in a middle of this height: half of it, the first lines have the rest.
#[must_use]
pub fn rows(height: u16) -> u16 {
    height.saturating_sub(2) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_stays_on_its_file_and_nothing_reaches_the_terminal_raw() {
        let answer = |names: &[&str]| {
            let files: Vec<Json> =
                names.iter().map(|name| serde_json::json!({ "name": name, "size": 1 })).collect();
            Folder::of(&serde_json::json!({ "path": "/srv/a\u{1b}[2J", "files": files }))
        };
        let mut tree = lines(&answer(&["a", "b"]), &Tree::default());
        tree.at = 1;
        let again = answer(&["new", "a", "b"]);
        assert_eq!(lines(&again, &tree).at, 2, "«b» is the third now");
        assert_eq!(lines(&answer(&["a"]), &tree).at, 0, "«b» has vanished");
        assert!(!again.path.contains('\u{1b}'));
        assert_eq!(rows(17), 7);
    }
}
