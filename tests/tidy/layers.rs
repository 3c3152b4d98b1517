//! Who may know whom: modules by the order of `src/lib.rs`, libraries by the module that owns them.

use std::collections::BTreeSet;

use super::Complaint;
use super::source::{File, Token, follows};

/// Modules that compute and decide, and touch nothing.
const PURE: [&str; 10] =
    ["lang", "refusal", "strict", "calc", "locale", "keymap", "document", "engine", "screen", "format"];

/// Modules at the edges of the program, which do not know each other.
const EDGES: [&str; 4] = ["draw", "term", "db", "output"];

/// What no pure module may name: the runtime, the edges, files, environment, network, processes, clocks.
const IMPURE: [&[&str]; 15] = [
    &["tokio"],
    &["tokio_postgres"],
    &["deadpool_postgres"],
    &["ratatui"],
    &["crossterm"],
    &["skrifa"],
    &["std", "fs"],
    &["std", "env"],
    &["std", "net"],
    &["std", "process"],
    // A length of time is no clock; a point in it is.
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
    &["Utc", "now"],
    &["Local", "now"],
    &["Instant", "now"],
];

/// A library and a module that may name it. Painting knows cells, the terminal makes bytes of them.
const HOMES: [(&str, &str); 9] = [
    ("ratatui", "draw"),
    ("ratatui", "term"),
    ("crossterm", "term"),
    ("skrifa", "output"),
    ("tokio_postgres", "db"),
    ("tokio_postgres_rustls", "db"),
    ("deadpool_postgres", "db"),
    ("deadpool", "db"),
    ("rustls", "db"),
];

pub fn imports(files: &[File]) -> Vec<Complaint> {
    let order = order(files);
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut complaints = Vec::new();
    for (file, modules) in modules_of(files) {
        for path in paths(&file.tokens()) {
            let Some(target) = target(&path, &modules) else { continue };
            let (Some(own), Some(other)) = (place(modules[0]), place(target)) else { continue };
            if other > own {
                complaints.push(Complaint::new(
                    &file.path,
                    path.line,
                    format!("{} imports {target}, which comes after it in src/lib.rs", modules[0]),
                ));
            }
            if own != other && EDGES.contains(&modules[0]) && EDGES.contains(&target) {
                complaints.push(Complaint::new(
                    &file.path,
                    path.line,
                    format!("{} and {target} do not know each other", modules[0]),
                ));
            }
        }
    }
    complaints
}

pub fn purity(files: &[File]) -> Vec<Complaint> {
    complain(
        files,
        |module| PURE.contains(&module),
        |path| {
            let forbidden = IMPURE.iter().find(|forbidden| {
                path.windows(forbidden.len())
                    .any(|part| part.iter().zip(**forbidden).all(|(name, other)| name == other))
            })?;
            Some(format!("a pure module names {}", forbidden.join("::")))
        },
    )
}

pub fn homes(files: &[File]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let libraries: BTreeSet<&str> = HOMES.iter().map(|(library, _)| *library).collect();
    for library in libraries {
        let homes = HOMES.iter().filter(|(owned, _)| *owned == library).map(|(_, home)| *home);
        let homes: Vec<&str> = homes.collect();
        complaints.extend(complain(
            files,
            |module| !homes.contains(&module),
            |path| {
                (path.first().is_some_and(|first| first == library))
                    .then(|| format!("{library} belongs to {}", homes.join(", ")))
            },
        ));
    }
    complaints
}

pub fn floats(files: &[File]) -> Vec<Complaint> {
    complain(
        files,
        |module| module == "calc",
        |path| {
            let float = path.iter().find(|name| matches!(name.as_str(), "f32" | "f64"))?;
            Some(format!("{float} in a calculation"))
        },
    )
}

fn complain(
    files: &[File],
    module: impl Fn(&str) -> bool,
    judge: impl Fn(&[String]) -> Option<String>,
) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (file, _) in modules_of(files).filter(|(_, modules)| module(modules[0])) {
        for path in paths(&file.production_tokens()) {
            complaints.extend(judge(&path.names).map(|told| Complaint::new(&file.path, path.line, told)));
        }
    }
    // A group names a library once for every branch.
    complaints.dedup();
    complaints
}

fn modules_of(files: &[File]) -> impl Iterator<Item = (&File, Vec<&str>)> {
    let modules = files.iter().filter(|file| file.is_rust()).filter_map(|file| Some((file, file.modules()?)));
    modules.filter(|(_, modules)| !modules.is_empty())
}

/// The modules in layer order, as `src/lib.rs` declares them.
fn order(files: &[File]) -> Vec<String> {
    let map = files.iter().find(|file| file.path == "src/lib.rs").map(File::tokens).unwrap_or_default();
    let declared = map.windows(3).filter(|three| three[0].text == "mod" && three[2].text == ";");
    declared.map(|three| three[1].text.clone()).collect()
}

/// A path as written, with every branch of a `use` tree spelt out.
struct Path {
    line: usize,
    names: Vec<String>,
    /// How many `mod name { … }` of the same file surround it.
    inside: usize,
}

/// The module of the crate a path leads to, if it leaves its own.
fn target<'a>(path: &'a Path, modules: &[&str]) -> Option<&'a str> {
    let up = path.names.iter().take_while(|name| *name == "super").count();
    let from_root = match path.names.first()?.as_str() {
        "crate" => 1,
        "super" if modules.len() + path.inside == up => up,
        _ => return None,
    };
    path.names.get(from_root).map(String::as_str)
}

fn paths(tokens: &[Token]) -> Vec<Path> {
    let mut paths = Vec::new();
    let mut braces = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let inside = braces.iter().filter(|is_module| **is_module).count();
        match token.text.as_str() {
            "{" => braces.push(at >= 2 && tokens[at - 2].text == "mod"),
            "}" => drop(braces.pop()),
            _ => {}
        }
        let is_use = token.text == "use";
        let start = if is_use { at + 1 } else { at };
        let mut found = Vec::new();
        let end = if is_use {
            branch(tokens, start, &[], &mut found)
        } else if token.is_word() {
            straight(tokens, start, &mut found)
        } else {
            at + 1
        };
        paths.extend(found.into_iter().map(|names| Path { line: token.line, names, inside }));
        at = end.max(at + 1);
    }
    paths
}

/// `a::b::c`; answers with the place after it.
fn straight(tokens: &[Token], start: usize, found: &mut Vec<Vec<String>>) -> usize {
    let mut names = vec![tokens[start].text.clone()];
    let mut at = start + 1;
    while follows(tokens, at, &["::"]) && tokens.get(at + 1).is_some_and(Token::is_word) {
        names.push(tokens[at + 1].text.clone());
        at += 2;
    }
    found.push(names);
    at
}

/// One branch of a `use` tree, with what stands before it; answers with the place after it.
fn branch(tokens: &[Token], start: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut names = before.to_vec();
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "::" => {}
            "{" => {
                at += 1;
                while at < tokens.len() && !follows(tokens, at, &["}"]) {
                    at = branch(tokens, at, &names, found);
                    at += usize::from(follows(tokens, at, &[","]));
                }
                return at + 1;
            }
            "as" => at += 1,
            _ if token.is_word() || token.text == "*" => names.push(token.text.clone()),
            _ => break,
        }
        at += 1;
    }
    found.push(names);
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn house(path: &str, text: &str) -> Vec<File> {
        let map = "pub mod calc;\npub mod document;\npub mod db;\npub mod output;\npub mod job;\n";
        vec![File::sample("src/lib.rs", map), File::sample(path, text)]
    }

    fn lines(complaints: &[Complaint]) -> Vec<usize> {
        complaints.iter().map(|complaint| complaint.line).collect()
    }

    #[test]
    fn an_import_from_above_is_seen_however_it_is_written() {
        let text = "use crate::job::run;\nuse crate::{calc, job::{a, b}};\nuse super::super::job;\nfn f() { crate::job::g() }\nuse super::money;\nuse crate::calc::line;";
        assert_eq!(lines(&imports(&house("src/calc/line.rs", text))), [1, 2, 2, 3, 4]);
    }

    #[test]
    fn a_module_inside_a_file_counts_as_a_step() {
        let text = "mod inner {\n use super::job;\n use super::super::job;\n}";
        assert_eq!(lines(&imports(&house("src/calc/mod.rs", text))), [3]);
    }

    #[test]
    fn edges_do_not_know_each_other() {
        let complaints =
            imports(&house("src/output/mod.rs", "use crate::db::Client;\nuse crate::document::Page;"));
        assert_eq!(lines(&complaints), [1]);
    }

    #[test]
    fn impurity_is_seen_in_groups_and_paths_but_not_in_tests() {
        let text = "use std::{fmt, fs::File, time::Instant};\nfn f() { chrono::Utc::now() }\n#[cfg(test)]\nmod tests { use std::fs; }\nuse std::fmt::Write;";
        assert_eq!(lines(&purity(&house("src/calc/money.rs", text))), [1, 1, 2]);
        assert_eq!(lines(&purity(&house("src/db/money.rs", text))), [0_usize; 0]);
    }

    #[test]
    fn a_library_outside_its_home_is_seen() {
        let text = "use tokio_postgres::Client;\nuse skrifa::Op;";
        assert_eq!(lines(&homes(&house("src/db/x.rs", text))), [2]);
        assert_eq!(lines(&homes(&house("src/job/x.rs", text))), [2, 1]);
    }

    #[test]
    fn a_float_in_a_calculation_is_seen() {
        let text = "fn f(x: i64) -> f64 {\n x as f64 }\n// f64\nfn g() { f32::from(1) }";
        assert_eq!(lines(&floats(&house("src/calc/x.rs", text))), [1, 2, 4]);
        assert_eq!(lines(&floats(&house("src/job/x.rs", text))), [0_usize; 0]);
    }
}
