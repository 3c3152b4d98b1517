//! Tests.

mod calc;
mod town;
