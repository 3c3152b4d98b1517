//! File formats: the data of old programs.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what is wrong with a test's own data ends the test")]

mod bad_rows;
mod dbf;
mod fixture;
mod houses;
mod kremenchuk;
mod profile;
mod random;
