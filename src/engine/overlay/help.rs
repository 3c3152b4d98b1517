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
    /// The page for the author of the screen, where the cursor stands on something with an origin.
    pub author: Option<usize>,
}

impl Help {
    /// F1 once more: what the author of a screen wants to know, and from there the beginning again.
    pub fn for_author(&mut self) {
        match self.author {
            Some(page) if page != self.page => (self.page, self.top) = (page, 0),
            _ => self.turn(),
        }
    }

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
        for word in words(paragraph) {
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

/// The words of a paragraph; a number with its thousands apart and its unit is one of them, or its parts would read as others.
fn words(paragraph: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in paragraph.split_whitespace() {
        match words.last_mut() {
            Some(last) if goes_on(last, word) || is_unit(last, word) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Whether `word` begins with the next three digits of the number that `before` ends with.
fn goes_on(before: &str, word: &str) -> bool {
    let digits = |letters: &mut dyn Iterator<Item = char>| letters.take_while(char::is_ascii_digit).count();
    (1..=3).contains(&digits(&mut before.chars().rev())) && digits(&mut word.chars()) == 3
}

/// Whether `word` is the unit of the number that `before` ends with.
fn is_unit(before: &str, word: &str) -> bool {
    let sign = word.trim_end_matches(['.', ',', ';', ':', ')']);
    before.ends_with(|letter: char| letter.is_ascii_digit()) && ["₽", "м²", "м³", "%"].contains(&sign)
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

    /// `34 104` is one number, `1100000015 104` are two.
    #[test]
    fn a_number_is_not_broken_between_its_thousands() {
        assert_eq!(broken("прежнее 34 104,5 м³", 11), ["прежнее", "34 104,5 м³"]);
        assert_eq!(broken("просят 998,42 ₽. Укажите", 15), ["просят", "998,42 ₽.", "Укажите"]);
        assert_eq!(broken("счёт 1100000015 104", 16), ["счёт 1100000015", "104"]);
    }
}
