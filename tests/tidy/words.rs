//! Words that may not stand in the source, or not without a reason. The forbidden ones are put together here
//! from halves, so that this file does not complain of itself.

use super::Complaint;
use super::reach::production_files;
use super::source::{File, follows};

/// Beginnings of paths that exist on somebody's machine only.
const MACHINES: [&str; 5] = [
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
    concat!("/tmp", "/kv"),
];

/// Marks of unfinished work: allowed with a reason in brackets behind them.
const LEFTOVERS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];

pub fn stops(files: &[File]) -> Vec<Complaint> {
    let program = production_files(files);
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.path.starts_with("src/") && program.contains(&file.path)) {
        let tokens = file.production_tokens();
        for at in 0..tokens.len() {
            let calls = |name| follows(&tokens, at, &[".", name, "("]);
            if calls("unwrap") || calls("expect") || follows(&tokens, at, &["panic", "!"]) {
                complaints.push(Complaint::new(
                    &file.path,
                    tokens[at].line,
                    "the program stops here instead of refusing",
                ));
            }
        }
    }
    complaints
}

pub fn ignored_tests(files: &[File]) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let tokens = file.tokens();
        let ignored = (0..tokens.len()).filter(|&at| follows(&tokens, at, &["#", "[", "ignore"]));
        complaints.extend(ignored.map(|at| Complaint::new(&file.path, tokens[at].line, "an ignored test")));
    }
    complaints
}

pub fn machine_paths(files: &[File]) -> Vec<Complaint> {
    by_line(files, |line| {
        let found = MACHINES.into_iter().find(|path| starts_a_path(line, path))?;
        Some(format!("a path of somebody's machine: {found}"))
    })
}

pub fn leftovers(files: &[File]) -> Vec<Complaint> {
    by_line(files, |line| {
        let found = LEFTOVERS.into_iter().find(|mark| stands_alone(line, mark))?;
        Some(format!("{found} without (a reason)"))
    })
}

fn by_line(files: &[File], judge: impl Fn(&str) -> Option<String>) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in files {
        let found =
            file.text.lines().enumerate().filter_map(|(number, line)| Some((number + 1, judge(line)?)));
        complaints.extend(found.map(|(line, told)| Complaint::new(&file.path, line, told)));
    }
    complaints
}

/// Not in the middle of a longer path, as in `src/wo…`; and somebody's name must follow.
fn starts_a_path(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + path.len()..].chars().next();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"._-}".contains(letter))
            && after.is_some_and(|letter| letter.is_alphanumeric() || letter == '.')
    })
}

fn stands_alone(line: &str, mark: &str) -> bool {
    let part_of_word =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    line.match_indices(mark).any(|(at, _)| {
        let after = line[at + mark.len()..].chars().next();
        !part_of_word(line[..at].chars().next_back()) && !part_of_word(after) && after != Some('(')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(complaints: &[Complaint]) -> Vec<usize> {
        complaints.iter().map(|complaint| complaint.line).collect()
    }

    #[test]
    fn a_stop_is_seen_in_the_program_and_allowed_in_tests() {
        let text = "fn f() { x.unwrap(); }\nfn g() { x.unwrap_or(1); }\nfn h() { panic!() }\nfn i() { x\n.expect(\"\") }\n#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }";
        let files = [File::sample("src/lib.rs", text), File::sample("tests/main.rs", text)];
        assert_eq!(lines(&stops(&files)), [1, 3, 5]);
    }

    #[test]
    fn an_ignored_test_is_seen() {
        let text = "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n// #[ignore]";
        assert_eq!(lines(&ignored_tests(&[File::sample("tests/a.rs", text)])), [2]);
    }

    #[test]
    fn a_path_of_a_machine_is_seen_and_an_innocent_one_is_not() {
        let text = MACHINES.map(|path| format!("see \"{path}x\"")).join("\n");
        assert_eq!(lines(&machine_paths(&[File::sample("docs/a.md", &text)])), [1, 2, 3, 4, 5]);
        let text = MACHINES.map(|path| format!("the folder src{path}x, {path} alone")).join("\n");
        assert_eq!(lines(&machine_paths(&[File::sample("docs/a.md", &text)])), [0_usize; 0]);
    }

    #[test]
    fn a_leftover_needs_a_reason() {
        let text =
            LEFTOVERS.map(|mark| format!("{mark}: later\n{mark}(waits for the seal)\n{mark}S")).join("\n");
        assert_eq!(lines(&leftovers(&[File::sample("src/a.rs", &text)])), [1, 4, 7]);
    }
}
