//! The loop around the engine: keys, answers, notices and timers go in as messages, effects come out and are done here. It
//! decides nothing about screens; it knows who waits for what, and loses neither a statement nor a record.
//!
//! [`stage`] is the loop, [`hands`] does the effects, [`line`] holds the session and renews it, [`calls`] makes changes,
//! [`keeper`] writes the resume record, [`drawer`] holds it where the database is away, [`library`] holds the screens and what the database says of them, [`start`] puts it all
//! together on a real terminal, [`play`] without one.

pub mod calls;
pub mod catalogue;
pub mod convert;
pub mod desk_print;
pub mod drawer;
pub mod hands;
pub mod inbox;
pub mod keeper;
pub mod library;
pub mod line;
pub mod machine;
pub mod outbox;
mod papers;
pub mod play;
pub mod stage;
pub mod start;
mod takeover;
mod waiting;

pub use machine::Machine;
pub use start::{AppError, Setup, start};
