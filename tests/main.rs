//! Tests.

mod calc;
