//! Meters: readings and replacements as operations.

mod readings;
mod replacement;
mod routes;
