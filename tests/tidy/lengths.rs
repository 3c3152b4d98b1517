//! How long files and functions may be. Short ones are read; long ones are scrolled.

use super::Complaint;
use super::source::{File, Token, item_end};

const MEDIAN_LINES: usize = 150;
const LONG_LINES: usize = 400;
const MOST_LINES: usize = 600;
const MOST_FUNCTION_LINES: usize = 70;

pub fn files(files: &[File]) -> Vec<Complaint> {
    longer_than(files, MOST_LINES)
}

/// Not forbidden yet, but worth a look.
pub fn long_files(files: &[File]) -> Vec<Complaint> {
    longer_than(files, LONG_LINES)
}

pub fn median(files: &[File]) -> Vec<Complaint> {
    let mut lengths: Vec<usize> = files.iter().filter(|file| file.is_rust()).map(length).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
    let told = format!("half of the Rust files have more than {median} lines, {MEDIAN_LINES} is the limit");
    if median > MEDIAN_LINES { vec![Complaint::new("src", 1, told)] } else { Vec::new() }
}

pub fn functions(files: &[File]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let tokens = file.tokens();
        for at in 0..tokens.len().saturating_sub(1) {
            if tokens[at].text != "fn" || !tokens[at + 1].is_word() {
                continue;
            }
            let lines = function_lines(&tokens, at);
            if lines > MOST_FUNCTION_LINES {
                let told = format!(
                    "fn {} has {lines} lines, {MOST_FUNCTION_LINES} is the limit",
                    tokens[at + 1].text
                );
                complaints.push(Complaint::new(&file.path, tokens[at].line, told));
            }
        }
    }
    complaints
}

fn function_lines(tokens: &[Token], start: usize) -> usize {
    let last = item_end(tokens, start).saturating_sub(1).min(tokens.len() - 1);
    tokens[last].line - tokens[start].line + 1
}

fn longer_than(files: &[File], most: usize) -> Vec<Complaint> {
    let is_code = |file: &&File| {
        file.path.starts_with("bin/")
            || [".rs", ".sql", ".toml", ".sh"].iter().any(|end| file.path.ends_with(end))
    };
    let long = files.iter().filter(is_code).filter(|file| length(file) > most);
    long.map(|file| {
        Complaint::new(&file.path, most + 1, format!("{} lines, {most} is the limit", length(file)))
    })
    .collect()
}

fn length(file: &File) -> usize {
    file.text.lines().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, lines: usize) -> File {
        File::sample(path, &"x\n".repeat(lines))
    }

    #[test]
    fn one_line_too_many_is_seen() {
        assert!(files(&[of("sql/a.sql", 600), of("bin/test", 600), of("docs/long.md", 9000)]).is_empty());
        assert_eq!(files(&[of("sql/a.sql", 601), of("bin/test", 601)]).len(), 2);
        assert_eq!(long_files(&[of("src/a.rs", 401)]).len(), 1);
    }

    #[test]
    fn the_middle_file_decides() {
        assert!(median(&[of("a.rs", 10), of("b.rs", 150), of("c.rs", 599)]).is_empty());
        assert_eq!(median(&[of("a.rs", 10), of("b.rs", 151), of("c.rs", 599)]).len(), 1);
    }

    #[test]
    fn a_function_is_measured_from_its_name_to_its_last_brace() {
        let function = |body: usize| {
            let text = format!(
                "trait T {{ fn short(&self); }}\nfn long(x: [u8; 2]) {{\n{}}}\n",
                "x;\n".repeat(body)
            );
            functions(&[File::sample("src/a.rs", &text)])
        };
        assert!(function(68).is_empty());
        assert_eq!(function(69).iter().map(|complaint| complaint.line).collect::<Vec<_>>(), [2]);
    }
}
