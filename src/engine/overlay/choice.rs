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
    /// Goes to the next item that begins with a letter, typed in either keyboard layout.
    pub fn find(&mut self, letter: char) {
        let key = |c: char| latin_key(c).to_lowercase().next();
        let begins = |(_, word): &(String, String)| word.chars().next().and_then(key) == key(letter);
        let after = self.items.iter().enumerate().skip(self.at + 1).find(|(_, item)| begins(item));
        let found = after.or_else(|| self.items.iter().enumerate().find(|(_, item)| begins(item)));
        self.at = found.map_or(self.at, |(index, _)| index);
    }
}
