//! Text into lines of a given width. Every place a text may be shortened says so with an ellipsis.

use super::glue;
use super::metrics::{Metrics, Unprintable};
use super::page::{Length, Style};

/// What stands for the part of a text there was no room for.
const ELLIPSIS: char = '…';

/// Breaks a text into lines no wider than `width`: between words that may be parted, and inside a word only where it is wider than
/// a line. A no-break space never breaks. An empty text has no lines.
///
/// # Errors
/// A character that is not in the face.
pub fn wrap(text: &str, style: Style, width: Length, metrics: &Metrics) -> Result<Vec<String>, Unprintable> {
    if !text.is_empty() && !text.contains(char::is_control) && metrics.width(text, style)? <= width {
        return Ok(vec![text.to_owned()]);
    }
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in pieces(text, style, width, metrics)? {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if metrics.width(&longer, style)? <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut rest = word.as_str();
        while metrics.width(rest, style)? > width {
            let (head, tail) = rest.split_at(fitting(rest, style, width, metrics)?);
            lines.push(head.to_owned());
            rest = tail;
        }
        rest.clone_into(&mut line);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    Ok(lines)
}

/// Words, with those they are not parted from as long as both fit a line: «кв. 19», «ст. 155».
fn pieces(text: &str, style: Style, width: Length, metrics: &Metrics) -> Result<Vec<String>, Unprintable> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = "";
    for word in words(text) {
        let glued = pieces.last().filter(|_| !glue::parts(last, word)).map(|piece| format!("{piece} {word}"));
        match (glued, pieces.last_mut()) {
            (Some(glued), Some(piece)) if metrics.width(&glued, style)? <= width => *piece = glued,
            _ => pieces.push(word.to_owned()),
        }
        last = word;
    }
    Ok(pieces)
}

/// Like [`wrap`], but at most `most` lines: what does not fit is cut with an ellipsis.
///
/// # Errors
/// A character that is not in the face.
pub fn wrap_most(
    text: &str,
    style: Style,
    width: Length,
    most: usize,
    metrics: &Metrics,
) -> Result<Vec<String>, Unprintable> {
    let mut lines = wrap(text, style, width, metrics)?;
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push(ELLIPSIS);
            *last = shorten(last, style, width, metrics)?;
        }
    }
    Ok(lines)
}

/// The text on one line: whole where it fits, else cut with an ellipsis.
fn shorten(text: &str, style: Style, width: Length, metrics: &Metrics) -> Result<String, Unprintable> {
    if metrics.width(text, style)? <= width {
        return Ok(text.to_owned());
    }
    let room = width - metrics.width("…", style)?;
    let mut kept = text.trim_end_matches(ELLIPSIS);
    kept = &kept[..fitting(kept, style, room, metrics)?];
    Ok(format!("{}{ELLIPSIS}", kept.trim_end()))
}

/// How many bytes of a text fit into a width; at least one character, so that breaking always ends.
fn fitting(text: &str, style: Style, width: Length, metrics: &Metrics) -> Result<usize, Unprintable> {
    let mut end = text.chars().next().map_or(0, char::len_utf8);
    for (place, character) in text.char_indices().skip(1) {
        if metrics.width(&text[..place + character.len_utf8()], style)? > width {
            break;
        }
        end = place + character.len_utf8();
    }
    Ok(end)
}

/// The words of a text: what stands between spaces and control characters. A no-break space is part of a word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c == ' ' || c.is_control()).filter(|word| !word.is_empty())
}
