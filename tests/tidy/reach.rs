//! Which source files the compiler sees: a file nobody declares is dead, however alive it looks.

use std::collections::BTreeSet;

use super::Complaint;
use super::source::{File, follows};

pub fn dead_files(files: &[File]) -> Vec<Complaint> {
    let alive = reached(files, false);
    let dead = files.iter().filter(|file| file.is_rust() && !alive.contains(&file.path));
    dead.map(|file| Complaint::new(&file.path, 1, "no module declares this file")).collect()
}

/// The files of the program itself, without those that are compiled for tests only.
pub fn production_files(files: &[File]) -> BTreeSet<String> {
    reached(files, true)
}

fn reached(files: &[File], production: bool) -> BTreeSet<String> {
    let mut alive = BTreeSet::new();
    let mut waiting: Vec<&File> = files.iter().filter(|file| is_root(&file.path)).collect();
    while let Some(file) = waiting.pop() {
        if alive.insert(file.path.clone()) {
            let declared = children(file, production);
            waiting.extend(files.iter().filter(|file| declared.contains(&file.path)));
        }
    }
    alive
}

/// Where a compilation starts.
fn is_root(path: &str) -> bool {
    let benchmark =
        path.strip_prefix("benches/").is_some_and(|name| name.ends_with(".rs") && !name.contains('/'));
    benchmark || matches!(path, "src/lib.rs" | "src/main.rs" | "tests/main.rs" | "build.rs")
}

/// The paths a file's `mod name;` may stand for.
fn children(file: &File, production: bool) -> Vec<String> {
    let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
    let owns_folder = is_root(&file.path) || name == "mod.rs";
    let base =
        if owns_folder { folder.to_owned() } else { format!("{folder}/{}", name.trim_end_matches(".rs")) };
    let tokens = if production { file.production_tokens() } else { file.tokens() };
    let mut declared = Vec::new();
    for at in 0..tokens.len() {
        if follows(&tokens, at, &["mod"]) && follows(&tokens, at + 2, &[";"]) {
            let name = &tokens[at + 1].text;
            declared.extend([format!("{base}/{name}.rs"), format!("{base}/{name}/mod.rs")]);
        }
        if follows(&tokens, at, &["#", "[", "path", "="]) {
            declared.extend(quoted(&file.text, tokens[at].line).map(|name| format!("{folder}/{name}")));
        }
    }
    declared
}

/// The first text in quotes on a line; the words and signs of the source do not hold it.
fn quoted(text: &str, line: usize) -> Option<&str> {
    text.lines().nth(line - 1)?.split('"').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undeclared_file_is_dead() {
        let files = [
            File::sample("src/lib.rs", "pub mod db;"),
            File::sample("src/db/mod.rs", "mod cluster;\n// mod comment;"),
            File::sample(
                "src/db/cluster.rs",
                "mod owner;\n#[cfg(test)]\n#[path = \"proofs.rs\"]\nmod tests;",
            ),
            File::sample("src/db/cluster/owner.rs", ""),
            File::sample("src/db/proofs.rs", ""),
            File::sample("src/db/comment.rs", ""),
            File::sample("src/db/owner.rs", ""),
        ];
        let dead: Vec<String> = dead_files(&files).into_iter().map(|complaint| complaint.path).collect();
        assert_eq!(dead, ["src/db/comment.rs", "src/db/owner.rs"]);
        assert!(!production_files(&files).contains("src/db/proofs.rs"));
        assert!(production_files(&files).contains("src/db/cluster/owner.rs"));
    }
}
