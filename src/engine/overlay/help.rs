//! A text to be read: of the last message, then of the field, of the screen, of the keys, then what its author wants to know.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Pages of help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// Title and lines of each page.
    pub pages: Vec<(String, Vec<String>)>,
    /// The page in sight.
    pub page: usize,
    /// The first line in sight.
    pub top: usize,
}

impl Help {
    /// The next page, round.
    pub fn turn(&mut self) {
        self.page = (self.page + 1) % self.pages.len().max(1);
        self.top = 0;
    }

    /// Scrolls.
    pub fn scroll(&mut self, by: isize) {
        let lines = self.pages.get(self.page).map_or(0, |(_, lines)| lines.len());
        self.top = self.top.saturating_add_signed(by).min(lines.saturating_sub(1));
    }
}

/// Breaks a text into lines of so many columns, at spaces; a word that is longer than a line is broken where the line ends.
#[must_use]
pub fn broken(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            for letter in word.chars() {
                if line.width() + letter.width().unwrap_or(0) > width {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_nothing_is_left_out() {
        assert_eq!(broken("Счёт закрыт, откройте его", 12), ["Счёт закрыт,", "откройте его"]);
        assert_eq!(broken("1234567890 12", 4), ["1234", "5678", "90", "12"]);
        assert_eq!(broken("раз\n\nдва", 9), ["раз", "", "два"]);
    }
}
