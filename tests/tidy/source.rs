//! The text of the repository, and Rust read just well enough for the laws: comments and literals blanked,
//! then words and signs with their lines.

use std::fs;
use std::path::Path;

/// A text file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// From the root of the repository, with `/`.
    pub path: String,
    pub text: String,
}

impl File {
    pub fn sample(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The names of the modules a file below `src/` stands for: `src/db/config.rs` is `[db, config]`.
    pub fn modules(&self) -> Option<Vec<&str>> {
        let path = self.path.strip_prefix("src/")?.strip_suffix(".rs")?;
        let names = path.split('/').filter(|name| !matches!(*name, "lib" | "main" | "mod"));
        Some(names.collect())
    }

    pub fn tokens(&self) -> Vec<Token> {
        tokens(&mask(&self.text))
    }

    /// Without what is compiled for tests only.
    pub fn production_tokens(&self) -> Vec<Token> {
        without_tests(&self.tokens())
    }
}

/// Every text file of the repository, built and hidden things left out.
pub fn repository() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(root, root, &mut files);
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let hidden = name.starts_with('.') && name != ".ci";
        // A build directory of any name carries the cache's tag.
        if hidden || name == "target" || path.join("CACHEDIR.TAG").exists() {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push(File { path, text });
        }
    }
}

/// A word or a sign of Rust source; `::` is one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub text: String,
}

impl Token {
    pub fn is_word(&self) -> bool {
        self.text.chars().next().is_some_and(|first| first.is_alphanumeric() || first == '_')
    }
}

/// Whether the words and signs at a place are the given ones.
pub fn follows(tokens: &[Token], at: usize, expected: &[&str]) -> bool {
    tokens.len() >= at + expected.len()
        && expected.iter().zip(&tokens[at..]).all(|(expected, token)| *expected == token.text)
}

/// The place of the bracket that closes the one at `open`; the end where none does.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len().saturating_sub(1)
}

/// The place after an item that starts at `start`: past its body, or past its semicolon.
pub fn item_end(tokens: &[Token], start: usize) -> usize {
    let mut at = start;
    while at < tokens.len() {
        match tokens[at].text.as_str() {
            "{" => return closing(tokens, at) + 1,
            ";" => return at + 1,
            "(" | "[" => at = closing(tokens, at) + 1,
            _ => at += 1,
        }
    }
    at
}

fn without_tests(tokens: &[Token]) -> Vec<Token> {
    const TESTS_ONLY: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if follows(tokens, at, &TESTS_ONLY) {
            at = item_end(tokens, at + TESTS_ONLY.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

fn tokens(masked: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for (number, line) in masked.lines().enumerate() {
        let mut rest = line.trim_start();
        while let Some(first) = rest.chars().next() {
            let word =
                rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            let length = match word {
                0 if rest.starts_with("::") => 2,
                0 => first.len_utf8(),
                word => word,
            };
            tokens.push(Token { line: number + 1, text: rest[..length].to_owned() });
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// Blanks comments, strings and characters; lines stay where they are.
pub fn mask(rust: &str) -> String {
    let mut masked = String::with_capacity(rust.len());
    let mut rest = rust;
    while let Some(first) = rest.chars().next() {
        let length = blank_length(rest, masked.chars().next_back());
        let (piece, keep) =
            if length == 0 { (&rest[..first.len_utf8()], true) } else { (&rest[..length], false) };
        masked.extend(piece.chars().map(|letter| if keep || letter == '\n' { letter } else { ' ' }));
        rest = &rest[piece.len()..];
    }
    masked
}

/// How many bytes from here are comment or literal; 0 where code goes on.
fn blank_length(rest: &str, before: Option<char>) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    let in_word = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
    let prefix = rest.find(|letter| !matches!(letter, 'b' | 'c' | 'r')).unwrap_or(rest.len());
    if prefix == 0 || (prefix <= 2 && !in_word) {
        let body = &rest[prefix..];
        let hashes = body.len() - body.trim_start_matches('#').len();
        if rest[..prefix].contains('r') && body[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let inner = &body[hashes + 1..];
            return prefix + hashes + 1 + inner.find(&end).map_or(inner.len(), |at| at + end.len());
        }
        if body.starts_with('"') {
            return prefix + quoted(body, '"');
        }
    }
    if rest.starts_with('\'') { character(rest) } else { 0 }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        let here = &rest[at..];
        let step = if here.starts_with("/*") {
            depth += 1;
            2
        } else if here.starts_with("*/") {
            depth -= 1;
            2
        } else {
            here.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            letter if letter == mark => return at + letter.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

/// A character literal, not a lifetime: `'a'` and `'\n'`, but not `'a` in `&'a str`.
fn character(rest: &str) -> usize {
    let mut letters = rest.chars().skip(1);
    match (letters.next(), letters.next()) {
        (Some('\\'), _) => quoted(rest, '\''),
        (Some(letter), Some('\'')) => 2 + letter.len_utf8(),
        _ => 0,
    }
}

#[test]
fn comments_and_literals_are_blanked_and_code_is_not() {
    let rust = "let a = 'x'; // unwrap()\nlet b: &'a str = \"panic!(\\\"\"; /* f64 /* f32 */ */ r#\"a\"b\"#.c(b\"d\", 'é', '\\'')";
    let words: Vec<String> = tokens(&mask(rust)).into_iter().map(|token| token.text).collect();
    assert_eq!(words.join(" "), "let a = ; let b : & ' a str = ; . c ( , , )");
}

#[test]
fn a_word_that_ends_like_a_prefix_is_no_prefix() {
    let words: Vec<String> =
        tokens(&mask("matcher\"text\" br\"text\"")).into_iter().map(|token| token.text).collect();
    assert_eq!(words, ["matcher"]);
}

#[test]
fn what_is_for_tests_only_is_left_out() {
    let file = File::sample(
        "src/a.rs",
        "fn kept() {}\n#[cfg(test)]\nmod tests { fn gone() {} }\n#[cfg(test)]\nuse gone;\nfn too() {}",
    );
    let words: Vec<String> = file.production_tokens().into_iter().map(|token| token.text).collect();
    assert_eq!(words.join(" "), "fn kept ( ) { } fn too ( ) { }");
}
