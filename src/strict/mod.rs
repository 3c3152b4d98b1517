//! Files that people write by hand, read strictly: TOML with its lines kept, unknown keys refused with the nearest known
//! name. Pure. What the keys mean is the business of whoever asks: import profiles, screens.

mod fault;
pub mod nearest;
pub mod table;

pub use fault::{Fault, Located};
