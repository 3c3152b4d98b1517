//! The terminal in our hands, and given back.

use std::io::{self, IsTerminal, Write, stdin, stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicU8, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::{Attribute, Print, SetAttribute};
use crossterm::terminal::{
    EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

use super::TermError;

/// Cursor keys and the numeric part of the keyboard as keys, not in application mode, whatever the program
/// before us left behind.
const PLAIN_KEYS: &str = "\x1b[?1l\x1b>";

/// How much of the terminal is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Keys come one by one; what is printed goes on where it stood.
    Keys,
    /// As well, the screen is ours, and comes back as it was.
    Screen,
}

const FREE: u8 = 0;
const KEYS: u8 = 1;
const SCREEN: u8 = 2;

/// What has to be given back; one terminal a process, so one place.
static TAKEN: AtomicU8 = AtomicU8::new(FREE);

/// Holds the terminal. Dropped, or on a panic of any thread, it gives the terminal back: cooked mode, visible
/// cursor, former screen. Neither titles nor keyboard protocols are touched.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal.
    ///
    /// # Errors
    /// Input or output is redirected, or the terminal refuses.
    pub fn enter(mode: Mode) -> Result<Self, TermError> {
        if !stdin().is_terminal() || !stdout().is_terminal() {
            return Err(TermError::NoTerminal);
        }
        restore_on_panic();
        enable_raw_mode()?;
        TAKEN.store(if mode == Mode::Screen { SCREEN } else { KEYS }, Ordering::SeqCst);
        let guard = Self(());
        let mut out = stdout().lock();
        if mode == Mode::Screen {
            queue!(out, EnterAlternateScreen)?;
        }
        execute!(out, Print(PLAIN_KEYS), EnableBracketedPaste)?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Gives back what is taken, once. Nobody is left to hear that it failed.
fn restore() {
    let taken = TAKEN.swap(FREE, Ordering::SeqCst);
    if taken != FREE {
        let _ = write_back(taken);
        let _ = disable_raw_mode();
    }
}

fn write_back(taken: u8) -> io::Result<()> {
    let mut out = stdout().lock();
    queue!(out, EndSynchronizedUpdate, DisableBracketedPaste, SetAttribute(Attribute::Reset), Show)?;
    if taken == SCREEN {
        queue!(out, LeaveAlternateScreen)?;
    }
    out.flush()
}

/// The report of a panic must be readable, so the terminal comes back before it is written.
fn restore_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            restore();
            before(info);
        }));
    });
}
