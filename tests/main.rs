//! The tests of the whole: one program, so that they are linked once. See `README.md` for the fixture.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at once")]

mod billing;
mod calc;
mod common;
mod db;
mod document;
mod exchange;
mod format;

mod tidy;
mod town;
