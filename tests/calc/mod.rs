//! The calculation from outside: worked cases, and properties of recalculation over random histories.

mod cases;
mod reader;
