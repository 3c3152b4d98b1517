//! Words that Markdown lacks, in comments of their own line: `<!-- columns 8 * 25 -->`. They are read twice: in the template, to be
//! refused at their line, and in the filled text, to be obeyed.

use super::block::{Look, Setting, Width};
use crate::document::canvas::Align;
use crate::strict::nearest::hint;

/// An order to whoever lays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Directive {
    /// Where the lines of the next paragraph stand.
    Set(Setting),
    /// The next block is in small print.
    Small,
    /// How the next table looks, and the widths of its columns.
    Table(Look, Vec<Width>),
    /// The next page.
    Page,
    /// From here to `end` on one page.
    Keep,
    /// The end of `keep`.
    End,
    /// Room, in millimetres.
    Space(u16),
}

const WORDS: [&str; 12] = [
    "left", "center", "right", "justify", "small", "columns", "plain", "form", "page", "keep", "end", "space",
];

/// Kinds of fenced blocks.
pub(super) const FENCES: [&str; 3] = ["signatures", "qr", "bars"];

/// Reads a comment, without its marks.
pub(super) fn read(comment: &str) -> Result<Directive, String> {
    let mut words = comment.split_whitespace();
    let word = words.next().unwrap_or_default();
    let rest: Vec<&str> = words.collect();
    let bare = |directive| {
        if rest.is_empty() {
            Ok(directive)
        } else {
            Err(format!("после «{word}» ничего не пишется"))
        }
    };
    match word {
        "left" => bare(Directive::Set(Setting::At(Align::Left))),
        "center" => bare(Directive::Set(Setting::At(Align::Middle))),
        "right" => bare(Directive::Set(Setting::At(Align::Right))),
        "justify" => bare(Directive::Set(Setting::Justified)),
        "small" => bare(Directive::Small),
        "page" => bare(Directive::Page),
        "keep" => bare(Directive::Keep),
        "end" => bare(Directive::End),
        "columns" => Ok(Directive::Table(Look::Grid, widths(&rest)?)),
        "plain" => Ok(Directive::Table(Look::Plain, widths(&rest)?)),
        "form" => Ok(Directive::Table(Look::Form, widths(&rest)?)),
        "space" => match rest.as_slice() {
            [height] => millimetres(height).map(Directive::Space),
            _ => Err("«space» пишется с одним числом миллиметров: <!-- space 10 -->".to_owned()),
        },
        _ => Err(format!(
            "указания «{word}» нет; {}; примечания для себя пишутся так: {{# … #}}",
            hint(word, WORDS)
        )),
    }
}

fn widths(words: &[&str]) -> Result<Vec<Width>, String> {
    words
        .iter()
        .map(|word| match word.strip_suffix('*') {
            Some("") => Ok(Width::Shares(1)),
            Some(shares) => millimetres(shares).map(Width::Shares),
            None => millimetres(word).map(Width::Millimetres),
        })
        .collect()
}

fn millimetres(word: &str) -> Result<u16, String> {
    let number = word.parse::<u16>().ok().filter(|number| (1..=400).contains(number));
    number.ok_or_else(|| {
        format!("«{word}» — не ширина: целое число миллиметров, «*» — остаток, «2*» — две доли остатка")
    })
}

/// The directives and fences of a template that are not known, with their lines.
pub(super) fn wrong(text: &str) -> Vec<(usize, String)> {
    let mut wrong = Vec::new();
    let mut inside = false;
    for (index, line) in text.lines().enumerate() {
        let line_number = index + 1;
        if let Some(fence) = line.trim_start().strip_prefix("```") {
            let name = fence.trim();
            if !inside && !FENCES.contains(&name) {
                wrong.push((line_number, format!("блока «```{name}» нет; {}", hint(name, FENCES))));
            }
            inside = !inside;
        }
        let Some(begin) = line.find("<!--") else { continue };
        let Some(end) = line.find("-->") else {
            wrong.push((line_number, "указание пишется в одной строке: <!-- слово -->".to_owned()));
            continue;
        };
        if line[..begin].trim() != "" || line[end + 3..].trim() != "" {
            wrong.push((line_number, "указание стоит в своей строке, без другого текста".to_owned()));
        } else if let Err(problem) = read(&line[begin + 4..end]) {
            wrong.push((line_number, problem));
        }
    }
    if inside {
        wrong.push((text.lines().count(), "блок «```» не закрыт; допишите строку «```»".to_owned()));
    }
    wrong
}
