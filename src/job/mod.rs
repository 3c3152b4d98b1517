//! Work that joins calculation and database: the door, the worker, the month, penalties, imports.

pub mod acting;
pub mod booked;
pub mod brought;
pub mod delivery;
pub mod difference;
pub mod document;
pub mod door;
pub mod import;
pub mod instalment;
pub mod invoice;
pub mod month;
pub mod paper;
pub mod penalty;
pub mod print_run;
pub mod projected;
pub mod setup;
pub mod store;
pub mod town;
pub mod what_if;
pub mod worker;
