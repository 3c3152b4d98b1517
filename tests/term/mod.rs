//! The real program on a pseudo-terminal.

mod keys;
mod pty;
