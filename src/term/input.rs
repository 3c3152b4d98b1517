//! What comes from the terminal. Bytes are read by a thread that notes when they came, so a busy program does
//! not take a slow one for a lone Esc; the end of the line is an input like others.
//!
//! `crossterm` has a stream of events of its own. It is not used: it decides about Esc by how many bytes one
//! read returned, drops sequences it does not know, and reads on for ever when the line is gone.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind, Read, stdin};
use std::os::fd::AsFd;
use std::thread;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use crate::keymap::{Bytes, Decoded, Decoder, Key, Pauses};

/// What the operator did, or the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A press with its bytes, while they are shown; without a key where no key has them.
    Seen(Option<Key>, Bytes),
    /// A pasted text, clean: lines of visible characters.
    Paste(String),
    /// The terminal has another size: columns, rows.
    Resize(u16, u16),
    /// The line is gone or the program is told to leave. Nothing comes after it.
    Hangup,
}

/// As [`Input`], with the bytes: for the key test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// Bytes that were understood, or not.
    Decoded(Decoded),
    /// Another size: columns, rows.
    Resize(u16, u16),
    /// The end.
    Hangup,
}

/// The inputs of the terminal, in order.
#[derive(Debug)]
pub struct Inputs {
    reads: mpsc::Receiver<(Instant, Vec<u8>)>,
    ready: VecDeque<Decoded>,
    decoder: Decoder,
    usual: Pauses,
    began: Instant,
    resized: Signal,
    hung_up: Signal,
    terminated: Signal,
    over: bool,
    shows_bytes: bool,
}

impl Inputs {
    /// Starts reading standard input. Once a process: two would share the bytes.
    ///
    /// # Errors
    /// Standard input is closed, or no thread or signal can be had.
    pub fn open(pauses: Pauses) -> io::Result<Self> {
        let input = File::from(stdin().as_fd().try_clone_to_owned()?);
        // A hand types a few bytes at a time; what a paste brings waits in the line until there is room.
        let (sender, reads) = mpsc::channel(64);
        thread::Builder::new().name("keys".to_owned()).spawn(move || read(input, &sender))?;
        Ok(Self {
            reads,
            ready: VecDeque::new(),
            decoder: Decoder::new(pauses),
            usual: pauses,
            began: Instant::now(),
            resized: signal(SignalKind::window_change())?,
            hung_up: signal(SignalKind::hangup())?,
            terminated: signal(SignalKind::terminate())?,
            over: false,
            shows_bytes: false,
        })
    }

    /// The next input. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Input {
        loop {
            match self.next_seen().await {
                Seen::Decoded(Decoded::Key(key, bytes)) if self.shows_bytes => {
                    return Input::Seen(Some(key), bytes);
                }
                Seen::Decoded(Decoded::Unknown(bytes)) if self.shows_bytes => {
                    return Input::Seen(None, bytes);
                }
                Seen::Decoded(Decoded::Key(key, _)) => return Input::Key(key),
                Seen::Decoded(Decoded::Paste(text)) => return Input::Paste(text),
                Seen::Decoded(Decoded::Unknown(bytes)) => tracing::debug!(%bytes, "unknown key sequence"),
                Seen::Resize(columns, rows) => return Input::Resize(columns, rows),
                Seen::Hangup => return Input::Hangup,
            }
        }
    }

    /// Holds a lone Esc so many milliseconds from now on; nothing = as the inputs were opened with.
    pub fn hold_esc(&mut self, hold: Option<u64>) {
        self.decoder.set_pauses(hold.map_or(self.usual, |hold| self.usual.held(hold)));
    }

    /// Whether presses are told with their bytes from now on: for the test of keys.
    pub const fn show_bytes(&mut self, on: bool) {
        self.shows_bytes = on;
    }

    /// The next input with its bytes. Dropping the future loses nothing.
    pub async fn next_seen(&mut self) -> Seen {
        loop {
            if let Some(decoded) = self.ready.pop_front() {
                return Seen::Decoded(decoded);
            }
            if self.over {
                return Seen::Hangup;
            }
            let deadline = self.decoder.deadline().map(|at| self.began + Duration::from_millis(at));
            tokio::select! {
                // What has come goes before the clock: it may have come before the deadline.
                biased;
                read = self.reads.recv() => match read {
                    Some((at, bytes)) => self.ready.extend(self.decoder.feed(self.milliseconds(at), &bytes)),
                    None => self.over = true,
                },
                _ = self.hung_up.recv() => self.over = true,
                _ = self.terminated.recv() => self.over = true,
                _ = self.resized.recv() => {
                    if let Ok((columns, rows)) = super::size() {
                        return Seen::Resize(columns, rows);
                    }
                }
                () = sleep_until(deadline.unwrap_or(self.began)), if deadline.is_some() => {
                    let now = self.milliseconds(Instant::now());
                    self.ready.extend(self.decoder.tick(now));
                }
            }
        }
    }

    fn milliseconds(&self, at: Instant) -> u64 {
        u64::try_from(at.saturating_duration_since(self.began).as_millis()).unwrap_or(u64::MAX)
    }
}

/// Reads until the line or the program ends; that the sender is dropped says so.
fn read(mut input: File, sender: &mpsc::Sender<(Instant, Vec<u8>)>) {
    let mut buffer = [0; 4096];
    loop {
        match input.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => {
                if sender.blocking_send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return,
        }
    }
}
