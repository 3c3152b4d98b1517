//! Tests.

mod town;
