//! Tests.

mod calc;
mod format;
