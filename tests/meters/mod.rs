//! Meters: readings, replacements and lines of sheets as operations.

mod installation;
mod readings;
mod replacement;
mod routes;
mod sheet;
