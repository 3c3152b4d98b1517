//! The tests of the whole: one program, so that they are linked once. See `README.md` for the fixture.

mod calc;
mod common;
mod db;
mod document;
mod format;
mod tidy;
mod town;
