//! The backend: cells become as few bytes as a terminal understands. Colours are named in the sixteen-colour form (the library's
//! own backend writes the 256-colour one, which plain terminals do not know, and resets after every run); a move is relative
//! where that is shorter; a frame is one write, inside the synchronised-update pair where it is longer than a packet, and no frame at all where nothing changed.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use unicode_width::UnicodeWidthStr;

use super::sgr::{Look, change};

/// Begins a frame: a terminal that knows it shows nothing until the end.
const BEGIN: &[u8] = b"\x1b[?2026h";
/// Frames up to this length arrive in one packet: nothing to tear, and the pair would double a keystroke.
const ONE_PACKET: usize = 512;
/// Ends a frame.
const END: &[u8] = b"\x1b[?2026l";

/// Writes frames to a terminal.
#[derive(Debug)]
pub struct Wire<W: Write> {
    out: W,
    size: Size,
    frame: Vec<u8>,
    look: Look,
    /// Where the terminal's cursor is; unknown behind the last column, where terminals differ.
    at: Option<Position>,
    /// Whether the terminal shows the cursor; unknown before the first frame.
    shown: Option<bool>,
    wanted: Option<Position>,
}

impl<W: Write> Wire<W> {
    /// A terminal of this size, of which nothing is known yet.
    pub const fn new(out: W, size: Size) -> Self {
        Self { out, size, frame: Vec::new(), look: Look::PLAIN, at: None, shown: None, wanted: None }
    }

    /// The terminal has another size.
    pub const fn resize(&mut self, size: Size) {
        self.size = size;
        self.at = None;
    }

    /// Writes bytes that draw nothing (a bell, a copied text) at once.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn aside(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
    }

    /// Where the bytes go.
    pub const fn writer(&self) -> &W {
        &self.out
    }

    fn go(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let mut best = absolute(to);
        if let Some(from) = self.at {
            for way in relative(from, to).into_iter().flatten() {
                if way.len() < best.len() {
                    best = way;
                }
            }
        }
        self.frame.extend_from_slice(best.as_bytes());
        self.at = Some(to);
    }

    fn wear(&mut self, look: Look) {
        if look != self.look {
            self.frame.extend_from_slice(change(self.look, look).as_bytes());
            self.look = look;
        }
    }

    fn put(&mut self, at: Position, cell: &Cell) {
        self.go(at);
        self.wear(Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier });
        self.frame.extend_from_slice(cell.symbol().as_bytes());
        let width = u16::try_from(cell.symbol().width()).unwrap_or(1);
        let x = at.x + width;
        self.at = (x < self.size.width).then_some(Position { x, y: at.y });
    }
}

fn absolute(to: Position) -> String {
    match (to.x, to.y) {
        (0, 0) => "\x1b[H".to_owned(),
        (0, y) => format!("\x1b[{}H", y + 1),
        (x, y) => format!("\x1b[{};{}H", y + 1, x + 1),
    }
}

/// The shorter ways along one line or one column, and to the begin of the line or the next one.
fn relative(from: Position, to: Position) -> [Option<String>; 3] {
    let steps = |count: u16, letter: char| match count {
        1 => format!("\x1b[{letter}"),
        count => format!("\x1b[{count}{letter}"),
    };
    let along = (from.y == to.y).then(|| match to.x.checked_sub(from.x) {
        Some(right) => steps(right, 'C'),
        None if from.x - to.x <= 3 => "\x08".repeat(usize::from(from.x - to.x)),
        None => steps(from.x - to.x, 'D'),
    });
    let down = (from.x == to.x).then(|| match to.y.checked_sub(from.y) {
        Some(down) => steps(down, 'B'),
        None => steps(from.y - to.y, 'A'),
    });
    let begin = (to.x == 0 && to.y == from.y).then(|| "\r".to_owned());
    [along, down, begin]
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.put(Position { x, y }, cell);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = None;
        if self.shown != Some(false) {
            self.frame.extend_from_slice(b"\x1b[?25l");
            self.shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.shown != Some(true) {
            self.frame.extend_from_slice(b"\x1b[?25h");
            self.shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wanted.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        // The screen is cleared with the background of the moment.
        self.wear(Look::PLAIN);
        self.frame.extend_from_slice(b"\x1b[2J");
        Ok(())
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        // Only whole screens are ever cleared: the engine paints every cell.
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    /// Ends the frame: the look is plain again, so that a word from elsewhere on this terminal is legible, and the cursor stands
    /// where the focus is.
    fn flush(&mut self) -> io::Result<()> {
        self.wear(Look::PLAIN);
        if let Some(wanted) = self.wanted {
            self.go(wanted);
        }
        if self.frame.is_empty() {
            return Ok(());
        }
        if self.frame.len() > ONE_PACKET {
            self.frame.splice(0..0, BEGIN.iter().copied());
            self.frame.extend_from_slice(END);
        }
        self.out.write_all(&self.frame)?;
        self.frame.clear();
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire() -> Wire<Vec<u8>> {
        Wire::new(Vec::new(), Size::new(20, 5))
    }

    fn written(wire: &mut Wire<Vec<u8>>) -> String {
        wire.flush().unwrap();
        String::from_utf8(std::mem::take(&mut wire.out)).unwrap().replace('\x1b', "^")
    }

    #[test]
    fn a_long_frame_is_one_pair_and_nothing_is_no_frame() {
        let mut wire = wire();
        assert_eq!(written(&mut wire), "");
        let cell = Cell::new("ж");
        let many = (0..600_u16).map(|place| (place % 20, place / 20, &cell));
        wire.draw(many).unwrap();
        let long = written(&mut wire);
        assert!(long.starts_with("^[?2026h") && long.ends_with("^[?2026l"));
        wire.at = None;
        wire.draw([(2, 1, &Cell::new("ж")), (3, 1, &Cell::new("я"))].into_iter()).unwrap();
        assert_eq!(written(&mut wire), "^[2;3Hжя");
    }

    #[test]
    fn the_shortest_way_is_taken() {
        let at = |x, y| Position { x, y };
        let way = |from, to| {
            let mut wire = wire();
            wire.at = Some(from);
            wire.go(to);
            String::from_utf8(wire.frame)
                .unwrap()
                .replace('\x1b', "^")
                .replace('\r', "R")
                .replace('\x08', "B")
        };
        assert_eq!(way(at(5, 2), at(5, 2)), "");
        assert_eq!(way(at(5, 2), at(6, 2)), "^[C");
        assert_eq!(way(at(5, 2), at(4, 2)), "B");
        assert_eq!(way(at(9, 2), at(3, 2)), "^[6D");
        assert_eq!(way(at(9, 2), at(0, 2)), "R");
        assert_eq!(way(at(9, 2), at(9, 3)), "^[B");
        assert_eq!(way(at(9, 2), at(0, 0)), "^[H");
        assert_eq!(way(at(9, 2), at(4, 3)), "^[4;5H");
    }

    #[test]
    fn behind_the_last_column_the_place_is_unknown() {
        let mut wire = wire();
        wire.draw([(19, 0, &Cell::new("a")), (0, 1, &Cell::new("b"))].into_iter()).unwrap();
        assert_eq!(written(&mut wire), "^[1;20Ha^[2Hb");
    }

    #[test]
    fn a_terminal_that_is_gone_is_an_error() {
        struct Gone;
        impl Write for Gone {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut wire = Wire::new(Gone, Size::new(2, 2));
        wire.draw([(0, 0, &Cell::new("a"))].into_iter()).unwrap();
        assert!(wire.flush().is_err());
    }
}
