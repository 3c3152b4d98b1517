//! One line of typed text with a cursor: the first character replaces what stood there, an arrow or an edit keeps it.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::keymap::Command;

/// A line being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    text: String,
    /// Visible characters before the cursor.
    cursor: usize,
    /// Nothing was typed since the cursor came here: the first character replaces all.
    fresh: bool,
}

impl Line {
    /// A line with a text, the cursor at its end, to be replaced by the first character.
    #[must_use]
    pub fn fresh(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.graphemes(true).count(), fresh: true }
    }

    /// What is typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the next character replaces all.
    #[must_use]
    pub const fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// How many visible characters it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.graphemes(true).count()
    }

    /// Whether nothing is typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The cursor comes back: the next character replaces all again.
    pub fn enter(&mut self) {
        self.cursor = self.len();
        self.fresh = true;
    }

    /// Types a character, if there is room for it.
    pub fn insert(&mut self, letter: char, longest: usize) -> bool {
        if self.fresh {
            self.text.clear();
            self.cursor = 0;
            self.fresh = false;
        }
        if self.len() >= longest {
            return false;
        }
        let at = self.byte();
        self.text.insert(at, letter);
        self.cursor = self.text[..at + letter.len_utf8()].graphemes(true).count();
        true
    }

    /// Puts a pasted text in, whole or not at all.
    pub fn paste(&mut self, text: &str, longest: usize) -> bool {
        let kept = if self.fresh { 0 } else { self.len() };
        if kept + text.graphemes(true).count() > longest {
            return false;
        }
        text.chars().for_each(|letter| {
            self.insert(letter, longest);
        });
        true
    }

    /// Obeys a command of editing; `false` = not one of a line.
    pub fn edit(&mut self, command: Command) -> bool {
        match command {
            Command::Left => self.cursor = self.cursor.saturating_sub(1),
            Command::Right => self.cursor = (self.cursor + 1).min(self.len()),
            Command::First => self.cursor = 0,
            Command::Last => self.cursor = self.len(),
            Command::EraseBefore if self.cursor > 0 => {
                self.cursor -= 1;
                self.remove();
            }
            Command::EraseBefore => {}
            Command::EraseUnder if self.fresh => {
                self.text.clear();
                self.cursor = 0;
            }
            Command::EraseUnder => self.remove(),
            _ => return false,
        }
        self.fresh = false;
        true
    }

    /// The part that fits into so many columns with the cursor in it, and the cursor's column there.
    #[must_use]
    pub fn window(&self, room: usize) -> (String, usize) {
        // A text that fits stays where it is; behind a full field the cursor stands on its last place.
        if self.text.width() <= room {
            let before: String = self.text.graphemes(true).take(self.cursor).collect();
            return (self.text.clone(), before.width().min(room.saturating_sub(1)));
        }
        let letters: Vec<&str> = self.text.graphemes(true).collect();
        let mut first = 0;
        while letters.get(first..self.cursor).is_some_and(|part| part.concat().width() + 1 > room.max(1)) {
            first += 1;
        }
        let before = letters.get(first..self.cursor).map_or(0, |part| part.concat().width());
        (letters.get(first..).map(<[_]>::concat).unwrap_or_default(), before)
    }

    fn byte(&self) -> usize {
        self.text.grapheme_indices(true).nth(self.cursor).map_or(self.text.len(), |(at, _)| at)
    }

    fn remove(&mut self) {
        let at = self.byte();
        let length = self.text[at..].graphemes(true).next().map_or(0, str::len);
        self.text.replace_range(at..at + length, "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &mut Line, text: &str) {
        for letter in text.chars() {
            line.insert(letter, 100);
        }
    }

    #[test]
    fn the_first_character_replaces_and_an_arrow_keeps() {
        let mut line = Line::fresh("45,20");
        typed(&mut line, "46");
        assert_eq!(line.text(), "46");
        line.enter();
        line.edit(Command::Last);
        typed(&mut line, ",5");
        assert_eq!(line.text(), "46,5");
    }

    #[test]
    fn a_paste_that_does_not_fit_is_refused_whole() {
        let mut line = Line::default();
        assert!(!line.paste("12345", 4));
        assert_eq!(line.text(), "");
        assert!(line.paste("1234", 4));
    }

    #[test]
    fn the_cursor_stays_in_sight() {
        let line = Line::fresh("0123456789");
        assert_eq!(line.window(5), ("6789".to_owned(), 4));
    }

    #[test]
    fn letters_are_what_is_seen() {
        let mut line = Line::default();
        typed(&mut line, "й\u{306}ц");
        assert_eq!(line.len(), 2);
        line.edit(Command::First);
        line.edit(Command::EraseUnder);
        assert_eq!(line.text(), "ц");
    }
}
