//! The calculation from outside: worked cases, and properties of recalculation over random histories.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

mod cases;
mod command;
mod coverage;
mod history;
mod law;
mod properties;
mod reader;
