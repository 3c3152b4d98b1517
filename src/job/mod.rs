//! Work that joins calculation and database: the door, the worker, the month, imports.

pub mod town;
