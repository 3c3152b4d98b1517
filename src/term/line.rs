//! The line to the terminal. It may stop taking bytes (flow control, a frozen connection), and the program must
//! not stop with it: a thread writes, and whoever paints asks first whether the last frame has gone.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use tokio::sync::Notify;

#[derive(Debug, Default)]
struct State {
    /// Bytes on their way to the thread or in its hands.
    waiting: AtomicUsize,
    written: AtomicU64,
    broken: AtomicBool,
    drained: Notify,
}

/// A writer that never waits. Every write goes out as one piece.
#[derive(Debug, Clone)]
pub struct Line {
    pieces: Sender<Vec<u8>>,
    state: Arc<State>,
}

impl Line {
    /// A line over any output, usually standard output.
    ///
    /// # Errors
    /// No thread can be had.
    pub fn open(out: impl Write + Send + 'static) -> io::Result<Self> {
        let (pieces, taken) = channel();
        let state = Arc::new(State::default());
        let of_thread = Arc::clone(&state);
        thread::Builder::new().name("line".to_owned()).spawn(move || carry(out, &taken, &of_thread))?;
        Ok(Self { pieces, state })
    }

    /// Whether everything written has been taken by the terminal's side. While it has not, a frame would only
    /// queue up behind older ones.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.state.waiting.load(Ordering::SeqCst) == 0
    }

    /// Waits until the line is idle. Dropping the future is harmless.
    pub async fn idle(&self) {
        loop {
            let drained = self.state.drained.notified();
            if self.is_idle() {
                return;
            }
            drained.await;
        }
    }

    /// Bytes the terminal's side has taken so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.state.written.load(Ordering::SeqCst)
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.state.broken.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        if !bytes.is_empty() {
            self.state.waiting.fetch_add(bytes.len(), Ordering::SeqCst);
            self.pieces.send(bytes.to_vec()).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn carry(mut out: impl Write, pieces: &Receiver<Vec<u8>>, state: &State) {
    for piece in pieces {
        if out.write_all(&piece).and_then(|()| out.flush()).is_err() {
            state.broken.store(true, Ordering::SeqCst);
        } else {
            state.written.fetch_add(piece.len() as u64, Ordering::SeqCst);
        }
        state.waiting.fetch_sub(piece.len(), Ordering::SeqCst);
        state.drained.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes nothing until it is told to.
    struct Gate(Receiver<()>, Sender<Vec<u8>>);

    impl Write for Gate {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.recv().map_err(|_| io::ErrorKind::BrokenPipe)?;
            self.1.send(bytes.to_vec()).map_err(|_| io::ErrorKind::BrokenPipe)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn a_frozen_terminal_holds_up_nobody() {
        let (open, gate) = channel();
        let (taken, out) = channel();
        let mut line = Line::open(Gate(gate, taken)).unwrap();
        assert!(line.is_idle());
        line.write_all(b"frame").unwrap();
        line.write_all(b"next").unwrap();
        assert!(!line.is_idle(), "nobody has taken it, and we came past it");
        open.send(()).unwrap();
        assert_eq!(out.recv().unwrap(), b"frame");
        open.send(()).unwrap();
        line.idle().await;
        assert_eq!((out.recv().unwrap(), line.written()), (b"next".to_vec(), 9));
        drop(open);
        line.write_all(b"x").unwrap();
        line.idle().await;
        assert!(line.write_all(b"x").is_err(), "a broken line says so");
    }
}
