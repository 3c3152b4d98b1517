//! Kvartal: a keyboard-driven workstation for municipal billing centres of housing and utilities.
//!
//! The modules stand in layer order: each imports only those above it. The first block is pure (no input or
//! output, no clock, no floating point); `tests/tidy.rs` holds both rules. Start reading at [`calc`], then
//! [`job`], which joins it to the database.

pub mod lang;
pub mod refusal;
pub mod strict;

pub mod calc;

pub mod locale;

pub mod keymap;

pub mod document;
pub mod engine;

pub mod screen;

pub mod format;

pub mod draw;

pub mod term;

pub mod db;
pub mod output;

pub mod job;

pub mod app;
pub mod cli;
