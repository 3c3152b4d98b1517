//! The words of the workstation in its two languages: keys, labels, refusals, help. Pure: both files are part
//! of the binary, and a message is looked up, never loaded.
//!
//! A message is named `subject-thing`, an attribute of it `subject-thing.attribute`. What a message says is in
//! `locales/ru.ftl` and `locales/en.ftl`; that both say the same things is a test.

mod database;
mod value;
mod words;

pub use crate::lang::Lang;
pub use database::{in_english, said};
pub use value::Value;
pub use words::Words;
