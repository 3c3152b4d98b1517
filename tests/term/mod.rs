//! The real program on a pseudo-terminal.

mod keys;
pub mod pty;
