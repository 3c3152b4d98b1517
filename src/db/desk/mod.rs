//! The database as a workstation uses it: questions that are data, answers that are plain values, two connections, statements
//! that can be cancelled and are always awaited.
//!
//! Begin at [`question`] (what can be asked and the SQL it becomes), then [`read`] (asking it), [`session`] (the two
//! connections) and [`stop`] (how a statement is cancelled).

pub mod cell;
pub mod name;
pub mod question;
pub mod read;
pub mod session;
pub mod stop;
mod work;

pub use cell::Cell;
pub use question::Question;
pub use session::{Notice, Session};
pub use stop::{Ended, Stop};
