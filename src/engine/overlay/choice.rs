//! A closed set to choose from.

use crate::engine::grid::RowKey;
use crate::engine::window::WindowId;
use crate::keymap::latin_key;

/// A list of codes with their words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen.
    pub title: String,
    /// Codes and words.
    pub items: Vec<(String, String)>,
    /// The one under the cursor.
    pub at: usize,
    /// The letters it was found by, folded; empty after another key.
    pub sought: String,
    /// Where the code goes.
    pub target: Target,
}

/// Where a chosen code goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Into a field.
    Field(WindowId, usize),
    /// To the row of a sheet that waits to know what its value means.
    Row {
        /// The screen.
        window: WindowId,
        /// The sheet.
        grid: usize,
        /// The row.
        key: RowKey,
    },
}

impl Choice {
    /// Goes to the next item with a word that begins with the letters typed so far, in either keyboard layout. Letters that lead nowhere
    /// begin anew with the last, so that one letter again and again walks its words.
    pub fn find(&mut self, letter: char) {
        let before = std::mem::take(&mut self.sought);
        let letter = folded(&letter.to_string());
        let longer = format!("{before}{letter}");
        let further = (!before.is_empty()).then(|| self.next_with(&longer, self.at)).flatten();
        let (found, sought) = match further {
            Some(at) => (Some(at), longer),
            None => (self.next_with(&letter, self.at + 1), letter),
        };
        self.at = found.unwrap_or(self.at);
        self.sought = sought;
    }

    /// The first item from a place on, round the end, with a word that begins so.
    fn next_with(&self, letters: &str, from: usize) -> Option<usize> {
        let fits = |at: &usize| {
            let word = folded(&self.items[*at].1);
            word.split_whitespace().any(|part| part.starts_with(letters)) || word.starts_with(letters)
        };
        (from..self.items.len()).chain(0..from.min(self.items.len())).find(fits)
    }
}

/// Letters as either layout writes them.
fn folded(text: &str) -> String {
    text.chars().map(latin_key).collect::<String>().to_lowercase()
}
