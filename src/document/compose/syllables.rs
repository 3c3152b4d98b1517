//! Where a Russian word may be cut: the patterns of the library `hypher`.

use hypher::{Lang, hyphenate};

use super::lines::Cut;

/// The places in bytes, from the left. After a hyphen of its own a word may always be cut.
pub(super) fn places(word: &str, cut: Cut) -> Vec<usize> {
    let mut places: Vec<usize> = word.match_indices('-').map(|(place, _)| place + 1).collect();
    places.retain(|place| *place > 1 && *place < word.len());
    let is_plain = !word.chars().any(|c| c.is_numeric() || c == '\u{a0}');
    let allowed = match cut {
        Cut::Nothing => return Vec::new(),
        Cut::Words => !word.chars().any(char::is_uppercase),
        Cut::Everything | Cut::Overlong => true,
    };
    if is_plain && allowed && places.is_empty() {
        places = by_patterns(word);
    }
    places
}

/// Inside the letters of a word: quotes and commas around them stay where they are.
fn by_patterns(word: &str) -> Vec<usize> {
    let begin = word.find(char::is_alphabetic).unwrap_or(word.len());
    let end = word
        .rfind(char::is_alphabetic)
        .map_or(begin, |place| place + word[place..].chars().next().map_or(0, char::len_utf8));
    let letters = &word[begin..end];
    let lower = letters.to_lowercase();
    if lower.len() != letters.len() || !letters.chars().all(char::is_alphabetic) {
        return Vec::new();
    }
    let mut place = begin;
    let mut places = Vec::new();
    for syllable in hyphenate(&lower, Lang::Russian) {
        place += syllable.len();
        places.push(place);
    }
    places.pop();
    places
}
