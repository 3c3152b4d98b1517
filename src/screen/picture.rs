//! From the text of a picture to its lines and the places of its fields.

use super::error::{Problem, WIDEST};

/// A picture before its tags are numbered.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Lines, tags replaced by spaces.
    pub(super) lines: Vec<String>,
    /// Tags in reading order.
    pub(super) tags: Vec<Tag>,
}

/// The place of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    /// The text left of it, up to the tag before.
    pub(super) label: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) width: usize,
    pub(super) grows: bool,
}

/// Reads a picture; what is wrong is told with the line of the picture, from 0.
pub(super) fn drawn(text: &str, refuse: &mut impl FnMut(usize, Problem)) -> Drawn {
    let mut picture = Drawn::default();
    for (index, line) in text.lines().enumerate() {
        let width = line.chars().count();
        if width > WIDEST {
            refuse(index, Problem::Wide(width));
        }
        if line.chars().any(char::is_control) {
            refuse(index, Problem::Control);
        }
        match tags(line) {
            Ok((plain, found)) => {
                picture.lines.push(plain);
                picture.tags.extend(found.into_iter().map(|tag| Tag { line: index, ..tag }));
            }
            Err(problem) => {
                refuse(index, problem);
                picture.lines.push(String::new());
            }
        }
    }
    picture
}

/// The tags of one line, and the line without them.
fn tags(line: &str) -> Result<(String, Vec<Tag>), Problem> {
    let mut plain = String::new();
    let mut found = Vec::new();
    let mut label = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(['[', ']']) {
        let (before, bracket) = rest.split_at(start);
        let inside = bracket.strip_prefix('[').ok_or(Problem::Bracket)?;
        let (inside, after) = inside.split_once(']').ok_or(Problem::Bracket)?;
        plain.push_str(before);
        label.push_str(before);
        let (name, grows) = tag(inside).ok_or_else(|| Problem::Tag(inside.to_owned()))?;
        let (column, width) = (plain.chars().count() + 1, inside.chars().count());
        // Spaces that line fields up are no part of a label.
        let words: Vec<&str> = label.split_whitespace().collect();
        let told = words.join(" ").trim_end_matches(':').to_owned();
        found.push(Tag { name: name.to_owned(), label: told, line: 0, column, width, grows });
        label.clear();
        plain.extend(std::iter::repeat_n(' ', width + 2));
        rest = after;
    }
    plain.push_str(rest);
    Ok((plain.trim_end().to_owned(), found))
}

/// `owner ~ ` → its name, and whether it grows.
fn tag(inside: &str) -> Option<(&str, bool)> {
    let mut words = inside.split(' ').filter(|word| !word.is_empty());
    let name = words.next().filter(|name| inside.starts_with(name) && is_identifier(name))?;
    match (words.next(), words.next()) {
        (None, _) => Some((name, false)),
        (Some("~"), None) => Some((name, true)),
        _ => None,
    }
}

/// Whether a text is a name of the database or of a part of a file.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Drawn, Vec<(usize, Problem)>) {
        let mut refused = Vec::new();
        let drawn = drawn(text, &mut |line, problem| refused.push((line, problem)));
        (drawn, refused)
    }

    #[test]
    fn a_tag_stands_between_its_brackets_behind_its_label() {
        let (picture, refused) = read("Счёт: [account   ] [owner ~ ] ₽\n[day  ]\nМесяцы     с [from ]");
        assert_eq!(refused, []);
        assert_eq!(picture.lines, ["Счёт:                         ₽", "", "Месяцы     с"]);
        let place =
            |tag: &Tag| (tag.name.clone(), tag.label.clone(), tag.line, tag.column, tag.width, tag.grows);
        assert_eq!(
            picture.tags.iter().map(place).collect::<Vec<_>>(),
            [
                ("account".into(), "Счёт".into(), 0, 7, 10, false),
                ("owner".into(), String::new(), 0, 20, 8, true),
                ("day".into(), String::new(), 1, 1, 5, false),
                ("from".into(), "Месяцы с".into(), 2, 14, 5, false),
            ]
        );
    }

    #[test]
    fn what_is_no_tag_is_refused_with_its_line() {
        assert_eq!(read("ok\n[a").1, [(1, Problem::Bracket)]);
        assert_eq!(read("a ]").1, [(0, Problem::Bracket)]);
        assert_eq!(read("[ a]").1, [(0, Problem::Tag(" a".into()))]);
        assert_eq!(read("[Счёт ]").1, [(0, Problem::Tag("Счёт ".into()))]);
        assert_eq!(read("[a b]").1, [(0, Problem::Tag("a b".into()))]);
        assert_eq!(read(&"я".repeat(81)).1, [(0, Problem::Wide(81))]);
        assert_eq!(read("a\tb").1, [(0, Problem::Control)]);
    }
}
