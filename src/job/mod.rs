//! Work that joins calculation and database: the door, the worker, the month, imports.

pub mod difference;
pub mod door;
pub mod month;
pub mod projected;
pub mod store;
mod value;
pub mod town;
pub mod worker;
