//! The tests of the whole: one program, so that they are linked once. See `README.md` for the fixture.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop at once")]

mod admin;
mod analytics;
mod app;
mod billing;
mod calc;
mod cards;
mod common;
mod db;
mod demo;
mod document;
mod engine;
mod exchange;
mod finance;
mod format;
mod keymap;
mod long;
mod meters;
mod passport;
mod screen;
mod term;
mod tidy;
mod town;
