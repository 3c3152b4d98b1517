//! Tests.

mod format;
