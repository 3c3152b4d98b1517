//! The tests of the whole: one program, so that they are linked once. See `README.md` for the fixture.

mod admin;
mod billing;
mod calc;
mod common;
mod db;
mod document;
mod finance;
mod format;
mod meters;
mod passport;
mod tidy;
mod town;
