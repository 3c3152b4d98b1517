//! A text to be read: of the field, then of the screen, then of the last message, then what its author wants to know.

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

/// Breaks a text into lines of so many columns, at spaces.
#[must_use]
pub fn broken(text: &str, width: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
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
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}
