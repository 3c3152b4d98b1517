//! Tests.

mod calc;
mod document;
