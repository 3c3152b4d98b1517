//! The terminal as a place to draw on: one canvas after another, only what changed goes out.

use std::io::{self, Write};

use ratatui::Terminal;
use ratatui::layout::Size;

use super::wire::Wire;
use super::{Theme, paint};
use crate::engine::canvas::Canvas;

/// Draws canvases; see [`Screen::draw`].
#[derive(Debug)]
pub struct Screen<W: Write> {
    terminal: Terminal<Wire<W>>,
    theme: Theme,
    last: Option<Canvas>,
}

impl<W: Write> Screen<W> {
    /// A screen of so many columns and rows.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn new(out: W, width: u16, height: u16, theme: Theme) -> io::Result<Self> {
        let mut terminal = Terminal::new(Wire::new(out, Size::new(width, height)))?;
        // Nobody knows what stood there before.
        terminal.clear()?;
        Ok(Self { terminal, theme, last: None })
    }

    /// Draws a canvas: the cells that differ from the last one, in one write; nothing at all where none does.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn draw(&mut self, canvas: Canvas) -> io::Result<()> {
        if self.last.as_ref() == Some(&canvas) {
            return Ok(());
        }
        let theme = self.theme;
        self.terminal.draw(|frame| {
            paint::paint(&canvas, frame.buffer_mut(), theme);
            if let Some(cursor) = canvas.cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        self.last = Some(canvas);
        Ok(())
    }

    /// The terminal has another size: the next canvas is drawn whole.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.terminal.backend_mut().resize(Size::new(width, height));
        self.last = None;
    }

    /// The theme.
    #[must_use]
    pub const fn theme(&self) -> Theme {
        self.theme
    }

    /// Another theme: the next canvas is drawn in it.
    pub fn set_theme(&mut self, theme: Theme) {
        if theme != self.theme {
            self.theme = theme;
            self.last = None;
        }
    }

    /// One beep.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn beep(&mut self) -> io::Result<()> {
        self.terminal.backend_mut().aside(b"\x07")
    }

    /// Writes bytes that draw nothing: a text for the terminal's clipboard.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn aside(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.terminal.backend_mut().aside(bytes)
    }

    /// Where the bytes go.
    pub const fn writer(&self) -> &W {
        self.terminal.backend().writer()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::canvas::Tone;

    /// A card with a form and a grid of 14 rows whose key column shows where the cursor is.
    fn card(typed: &str, row: u16) -> Canvas {
        let mut canvas = Canvas::new(80, 24);
        canvas.put(0, 0, "Счёт 4100123456 · Месяц 09.2026 (выпущен) · кассовый день 01.10", Tone::Title);
        for (y, label) in ["Фамилия", "Имя", "Адрес", "Площадь"].into_iter().enumerate()
        {
            let y = u16::try_from(y).unwrap() + 1;
            canvas.put(1, y, label, Tone::Plain);
            canvas.put(14, y, "Проверкина Анна Сергеевна", Tone::Entry);
        }
        canvas.put_within(14, 1, 30, &format!("{typed:<30}"), Tone::Focus);
        canvas.put(0, 6, &"─".repeat(80), Tone::Frame);
        for line in 0..14 {
            let y = line + 7;
            let tone = if line == row { Tone::Focus } else { Tone::Value };
            canvas.put(1, y, if line == row { "›" } else { " " }, Tone::Plain);
            canvas.put(2, y, &format!("0{line:02}.2026 Отопление"), tone);
            canvas.put_number(40, y, 12, "1 234,56", Tone::Value);
            canvas.put_number(60, y, 12, "-12,00", Tone::Warning);
        }
        canvas.put(0, 23, "1", Tone::BarKey);
        canvas.put(1, 23, "Помощь", Tone::Bar);
        canvas.cursor = Some((14 + u16::try_from(typed.chars().count()).unwrap(), 1));
        canvas
    }

    fn written(from: Canvas, to: Canvas, theme: Theme) -> usize {
        let mut screen = Screen::new(Vec::new(), 80, 24, theme).unwrap();
        screen.draw(from).unwrap();
        let before = screen.writer().len();
        screen.draw(to).unwrap();
        screen.writer().len() - before
    }

    #[test]
    fn the_budgets_of_bytes_hold() {
        for theme in [Theme::Colour, Theme::Mono, Theme::Ascii] {
            let typed = written(card("Проверкин", 3), card("Проверкина", 3), theme);
            assert!((1..=64).contains(&typed), "{typed} bytes for a character, {theme:?}");
            let moved = written(card("Проверкин", 3), card("Проверкин", 4), theme);
            assert!((1..=256).contains(&moved), "{moved} bytes for a row, {theme:?}");
            assert_eq!(written(card("Проверкин", 3), card("Проверкин", 3), theme), 0);
            let whole = Screen::new(Vec::new(), 80, 24, theme).and_then(|mut screen| {
                screen.draw(card("Проверкин", 3))?;
                Ok(screen.writer().len())
            });
            let whole = whole.unwrap();
            assert!((1..=2_500).contains(&whole), "{whole} bytes for a screen, {theme:?}");
        }
    }

    #[test]
    fn the_cursor_moves_without_a_cell_changing() {
        let (from, mut to) = (card("Проверкин", 3), card("Проверкин", 3));
        to.cursor = Some((14, 2));
        assert!((1..=32).contains(&written(from, to, Theme::Colour)));
    }

    #[test]
    fn what_arrives_is_what_was_meant() {
        let mut parser = vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0);
        let mut screen = Screen::new(Vec::new(), 80, 24, Theme::Colour).unwrap();
        let mut read = 0;
        for (typed, row) in [("", 0), ("Пр", 13), ("Проверкина", 2)] {
            screen.draw(card(typed, row)).unwrap();
            parser.process(&screen.writer()[read..]);
            read = screen.writer().len();
            let meant = card(typed, row);
            for y in 0..24 {
                let shown = parser.screen().rows(0, 80).nth(usize::from(y)).unwrap();
                assert_eq!(shown.trim_end(), meant.row(y), "row {y}");
            }
            let (x, y) = meant.cursor.unwrap();
            assert_eq!(parser.screen().cursor_position(), (y, x));
            let focus = parser.screen().cell(row + 7, 3).unwrap();
            assert_eq!(focus.bgcolor(), vt100::Color::Idx(6));
        }
    }

    #[test]
    fn another_size_is_drawn_whole() {
        let mut screen = Screen::new(Vec::new(), 80, 24, Theme::Mono).unwrap();
        screen.draw(card("", 0)).unwrap();
        screen.resize(40, 10);
        let mut small = Canvas::new(40, 10);
        small.put(0, 0, "мало места", Tone::Plain);
        let before = screen.writer().len();
        screen.draw(small).unwrap();
        let text = String::from_utf8(screen.writer()[before..].to_vec()).unwrap();
        assert!(text.contains("\x1b[2J") && text.contains("мало") && text.contains("места"), "{text:?}");
    }
}
