//! The screen: painted by somebody else, sent here as bytes.

use std::io::{self, Write};

use ratatui::layout::Size;
use ratatui::{Frame, Terminal};

use super::backend::Frames;

/// The size of the terminal: columns, rows.
///
/// # Errors
/// Output is no terminal, or one that does not know its size.
pub fn size() -> io::Result<(u16, u16)> {
    let (columns, rows) = crossterm::terminal::size()?;
    // Serial lines and some relays say zero.
    if columns == 0 || rows == 0 { Ok((80, 24)) } else { Ok((columns, rows)) }
}

/// A screen over an output, usually a [`Line`](super::Line) to standard output.
pub struct Screen<W: Write> {
    terminal: Terminal<Frames<W>>,
}

impl<W: Write> std::fmt::Debug for Screen<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Screen").field("written", &self.written()).finish_non_exhaustive()
    }
}

impl<W: Write> Screen<W> {
    /// A screen of a size, empty; the terminal behind it is taken to be empty too.
    ///
    /// # Errors
    /// The output refuses.
    pub fn new(out: W, (columns, rows): (u16, u16)) -> io::Result<Self> {
        let terminal = Terminal::new(Frames::new(out, Size::new(columns, rows)))?;
        Ok(Self { terminal })
    }

    /// Paints a frame and sends what is different from the one before; answers how many bytes that were. A
    /// frame that is the same is none.
    ///
    /// # Errors
    /// The output is gone.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<u64> {
        let before = self.written();
        self.terminal.draw(paint)?;
        Ok(self.written() - before)
    }

    /// Takes another size; the next frame is sent whole.
    ///
    /// # Errors
    /// The output is gone.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) -> io::Result<()> {
        self.terminal.backend_mut().resize(Size::new(columns, rows));
        self.terminal.autoresize()
    }

    /// Forgets what the terminal shows, after somebody else has written to it; the next frame is sent whole.
    ///
    /// # Errors
    /// The output is gone.
    pub fn repaint(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Rings the bell, once.
    ///
    /// # Errors
    /// The output is gone.
    pub fn beep(&mut self) -> io::Result<()> {
        self.send(b"\x07")
    }

    /// Bytes that paint nothing: a copy to the clipboard, a page for the terminal's own printer.
    ///
    /// # Errors
    /// The output is gone.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.terminal.backend_mut().send(bytes)
    }

    /// All bytes sent so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.terminal.backend().written()
    }

    /// What the screen writes to.
    #[must_use]
    pub fn out(&self) -> &W {
        self.terminal.backend().out()
    }
}

#[cfg(test)]
#[path = "screen_tests.rs"]
mod tests;
