//! Cells to bytes: the usual backend with three habits changed. A frame without a change is no byte, the cursor
//! is moved once and only when it is elsewhere, and a frame leaves in one piece.

use std::io::{self, Write};

use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{Command, queue};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// Frames up to this length arrive in one packet: nothing to tear, and the marks would double a keystroke.
const ONE_PACKET: usize = 512;

/// Where the cursor is; nothing: not known since cells were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Cursor {
    visible: Option<bool>,
    place: Option<Position>,
}

/// The bytes of a frame, gathered until it is whole.
#[derive(Debug)]
pub(super) struct Frames<W: Write> {
    out: W,
    gathered: Vec<u8>,
    size: Size,
    wanted: Cursor,
    actual: Cursor,
    /// All bytes handed on.
    written: u64,
}

impl<W: Write> Frames<W> {
    pub(super) fn new(out: W, size: Size) -> Self {
        Self {
            out,
            gathered: Vec::new(),
            size,
            wanted: Cursor::default(),
            actual: Cursor::default(),
            written: 0,
        }
    }

    pub(super) fn resize(&mut self, size: Size) {
        self.size = size;
    }

    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn out(&self) -> &W {
        &self.out
    }

    /// Bytes beside the frames: a bell, a copy.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    fn gather(&mut self, command: impl Command) -> io::Result<()> {
        queue!(self.gathered, command)
    }

    fn place_cursor(&mut self) -> io::Result<()> {
        if self.wanted.visible != self.actual.visible {
            match self.wanted.visible {
                Some(true) => self.gather(crossterm::cursor::Show)?,
                Some(false) => self.gather(crossterm::cursor::Hide)?,
                None => {}
            }
        }
        let shown = self.wanted.visible != Some(false);
        if let Some(place) = self.wanted.place.filter(|_| shown && self.wanted.place != self.actual.place) {
            self.gather(crossterm::cursor::MoveTo(place.x, place.y))?;
        }
        self.actual = Cursor { place: if shown { self.wanted.place } else { None }, ..self.wanted };
        Ok(())
    }
}

impl<W: Write> Backend for Frames<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.actual.place = None;
        CrosstermBackend::new(&mut self.gathered).draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted.visible = Some(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wanted.visible = Some(true);
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wanted.place.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted.place = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        if region != ClearType::All {
            // Relative to the cursor, which must really be there.
            self.place_cursor()?;
        }
        self.actual.place = None;
        CrosstermBackend::new(&mut self.gathered).clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.place_cursor()?;
        let frame = std::mem::take(&mut self.gathered);
        if frame.is_empty() {
            return Ok(());
        }
        if frame.len() <= ONE_PACKET {
            return self.send(&frame);
        }
        let mut whole = Vec::with_capacity(frame.len() + 16);
        queue!(whole, BeginSynchronizedUpdate)?;
        whole.extend_from_slice(&frame);
        queue!(whole, EndSynchronizedUpdate)?;
        self.send(&whole)
    }
}
