//! Tests.

mod calc;
mod document;
mod format;
