//! The tests of the whole: one program, so that they are linked once. See `README.md` for the fixture.

mod calc;
mod document;
mod format;
mod common;
mod db;
mod tidy;
mod town;
