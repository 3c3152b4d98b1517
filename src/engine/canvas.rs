//! What the screen shows: cells with a meaning, not with a colour. The engine fills it; `draw` only translates meanings into
//! what the terminal can do, so that every screen looks the same in colour, without it and without box characters.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::address::shortened;

/// What a run of text means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A label, a frame, plain text.
    #[default]
    Plain,
    /// A value of the database.
    Value,
    /// What can be typed into.
    Entry,
    /// Where the cursor stands.
    Focus,
    /// Typed and not yet written.
    Changed,
    /// Refused, wrong, overdue.
    Error,
    /// To be looked at: implausible, changed by somebody else.
    Warning,
    /// Of less interest: closed, zero, not available now.
    Faint,
    /// Title of the screen, heading of a column or group.
    Title,
    /// The number of a key in the bar.
    BarKey,
    /// The label of a key in the bar.
    Bar,
    /// A key of the bar that does nothing now.
    BarFaint,
    /// The chosen part of the strip of tabs.
    Tab,
    /// A frame drawn with lines.
    Frame,
    /// A criterion of a search, while it is typed.
    Query,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// One visible character; empty behind a wide one.
    pub symbol: String,
    /// What it means.
    pub tone: Tone,
}

/// Rows of cells and the place of the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canvas {
    width: u16,
    height: u16,
    cells: Vec<Cell>,
    /// Where the hardware cursor stands; always set while anything has the focus.
    pub cursor: Option<(u16, u16)>,
    /// How much was asked and refused until this picture: whoever shows it tells that it was seen.
    pub said: u64,
}

impl Canvas {
    /// An empty canvas.
    #[must_use]
    pub fn new(width: u16, height: u16) -> Self {
        let cell = Cell { symbol: " ".to_owned(), tone: Tone::Plain };
        let cells = vec![cell; usize::from(width) * usize::from(height)];
        Self { width, height, cells, cursor: None, said: 0 }
    }

    /// Columns.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Rows.
    #[must_use]
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// One cell; outside the canvas there is none.
    #[must_use]
    pub fn cell(&self, x: u16, y: u16) -> Option<&Cell> {
        if x >= self.width {
            return None;
        }
        self.cells.get(usize::from(y) * usize::from(self.width) + usize::from(x))
    }

    /// Writes a text from a place on, cut at the right edge of the canvas.
    pub fn put(&mut self, x: u16, y: u16, text: &str, tone: Tone) {
        self.put_within(x, y, self.width.saturating_sub(x), text, tone);
    }

    /// Writes a text into so many columns: cut there, with `›` in the last one when something was cut.
    pub fn put_within(&mut self, x: u16, y: u16, room: u16, text: &str, tone: Tone) {
        let room = room.min(self.width.saturating_sub(x));
        if y >= self.height || room == 0 {
            return;
        }
        for (offset, symbol) in fitted(text, usize::from(room)) {
            let at = usize::from(y) * usize::from(self.width) + usize::from(x) + offset;
            if let Some(cell) = self.cells.get_mut(at) {
                *cell = Cell { symbol, tone };
            }
        }
    }

    /// Writes an address into so many columns, shortened where it does not fit; of any other text its beginning is left out,
    /// with `‹` in its place.
    pub fn put_ending(&mut self, x: u16, y: u16, room: u16, text: &str, tone: Tone) {
        let room = room.min(self.width.saturating_sub(x));
        let mut kept = usize::from(room).saturating_sub(1);
        if text.width() <= usize::from(room) || kept == 0 {
            return self.put_within(x, y, room, text, tone);
        }
        if let Some(short) = shortened(text, usize::from(room)) {
            return self.put_within(x, y, room, &short, tone);
        }
        let ending: Vec<&str> = text
            .graphemes(true)
            .rev()
            .take_while(|symbol| {
                let fits = symbol.width() <= kept;
                kept = kept.saturating_sub(symbol.width());
                fits
            })
            .collect();
        let ending: String = ending.into_iter().rev().collect();
        self.put_within(x, y, room, &format!("‹{ending}"), tone);
    }

    /// Writes a text at the right edge of so many columns. One that does not fit goes without the spaces between its thousands, and
    /// is shown as `#####` where it does not fit even so, never cut: half a number is a wrong number.
    pub fn put_number(&mut self, x: u16, y: u16, room: u16, text: &str, tone: Tone) {
        let width = |text: &str| u16::try_from(text.width()).unwrap_or(u16::MAX);
        let close: String;
        let text = if width(text) > room {
            close = text.chars().filter(|letter| *letter != ' ').collect();
            &close
        } else {
            text
        };
        let width = width(text);
        if width > room {
            self.put_within(x, y, room, &"#".repeat(usize::from(room)), tone);
        } else {
            self.put_within(x + room - width, y, width, text, tone);
        }
    }

    /// Gives cells a tone without touching what they show.
    pub fn tint(&mut self, x: u16, y: u16, room: u16, tone: Tone) {
        for column in x..x.saturating_add(room).min(self.width) {
            let at = usize::from(y) * usize::from(self.width) + usize::from(column);
            if let Some(cell) = self.cells.get_mut(at) {
                cell.tone = tone;
            }
        }
    }

    /// Clears a rectangle.
    pub fn clear(&mut self, x: u16, y: u16, width: u16, height: u16) {
        for line in y..y.saturating_add(height) {
            self.put_within(x, line, width, &" ".repeat(usize::from(width)), Tone::Plain);
        }
    }

    /// The text of a row, without trailing spaces.
    #[must_use]
    pub fn row(&self, y: u16) -> String {
        let row: String =
            (0..self.width).filter_map(|x| self.cell(x, y)).map(|cell| cell.symbol.as_str()).collect();
        row.trim_end().to_owned()
    }

    /// All rows, one a line, for snapshots.
    #[must_use]
    pub fn text(&self) -> String {
        let rows: Vec<String> = (0..self.height).map(|y| self.row(y)).collect();
        rows.join("\n")
    }
}

/// The characters of a text with their columns, as many as fit.
fn fitted(text: &str, room: usize) -> Vec<(usize, String)> {
    let cut = text.width() > room;
    let space = if cut { room - 1 } else { room };
    let mut out = Vec::new();
    let mut at = 0;
    for symbol in text.graphemes(true) {
        // Whoever made the text may have let a control character through: no terminal obeys it, no painter stops at it.
        let symbol = match symbol {
            // A font without the space that breaks no line shows a box for it.
            "\u{a0}" | "\u{202f}" => " ",
            symbol if symbol.contains(char::is_control) => "·",
            symbol => symbol,
        };
        let width = symbol.width();
        if at + width > space {
            break;
        }
        if width == 0 {
            continue;
        }
        out.push((at, symbol.to_owned()));
        out.extend((1..width).map(|behind| (at + behind, String::new())));
        at += width;
    }
    if cut {
        out.extend((at..room - 1).map(|column| (column, " ".to_owned())));
        out.push((room - 1, "›".to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of an address street and numbers tell one flat from another; of other texts the end.
    #[test]
    fn an_ending_keeps_what_tells_apart() {
        let shown = |room| {
            let mut canvas = Canvas::new(20, 1);
            canvas.put_ending(0, 0, room, "улица Школьная, д. 3", Tone::Plain);
            canvas.row(0).trim_end().to_owned()
        };
        assert_eq!(shown(20), "улица Школьная, д. 3");
        assert_eq!(shown(9), "Школьн› 3");
        assert_eq!(shown(5), "‹д. 3");
        assert_eq!(shown(1), "›");
    }

    #[test]
    fn a_cut_text_says_so_and_a_number_is_never_cut() {
        let mut canvas = Canvas::new(12, 2);
        canvas.put_within(0, 0, 5, "Проспект", Tone::Value);
        canvas.put_number(0, 1, 5, "1 234,56", Tone::Value);
        canvas.put_number(6, 1, 6, "12,50", Tone::Value);
        assert_eq!(canvas.text(), "Прос›\n#####  12,50");
        canvas.put_number(0, 0, 7, "1 234,56", Tone::Value);
        assert_eq!(canvas.row(0).trim_end(), "1234,56");
    }

    #[test]
    fn no_control_character_reaches_a_cell() {
        let mut canvas = Canvas::new(8, 1);
        canvas.put(0, 0, "a\tb\u{1b}[\r\nc", Tone::Plain);
        assert_eq!(canvas.text(), "a·b·[·c");
        canvas.put(0, 0, "42\u{a0}169,38", Tone::Plain);
        assert_eq!(canvas.text(), "42 169,›");
    }

    #[test]
    fn nothing_is_written_outside() {
        let mut canvas = Canvas::new(4, 1);
        canvas.put(2, 0, "abcdef", Tone::Plain);
        canvas.put(9, 0, "x", Tone::Plain);
        canvas.put(0, 7, "x", Tone::Plain);
        assert_eq!(canvas.text(), "  a›");
    }
}
