//! The terminal: what it can do, the keys that come from it, the frames that go to it. The bytes of keys are
//! read here and understood in [`crate::keymap`]; what to paint is decided elsewhere.
//!
//! Order of use: [`Abilities::of_environment`] (refuses what cannot work), [`Guard::enter`], then [`Inputs`]
//! and [`Line`] side by side. Whatever happens, the guard gives the terminal back as it was.

mod abilities;
mod clipboard;
mod error;
mod guard;
mod input;
mod line;
mod printer;
mod size;

pub use abilities::{Abilities, Theme};
pub use clipboard::copy_sequence;
pub use error::TermError;
pub use guard::{Guard, Mode};
pub use input::{Input, Inputs, Seen};
pub use line::Line;
pub use printer::print_sequence;
pub use size::size;
