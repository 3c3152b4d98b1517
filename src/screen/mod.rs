//! Screen files: TOML with a picture of the screen becomes what the engine shows. Pure: texts come in, models go out.
//!
//! [`read`] makes one screen of its file and overlays, [`set`] looks at all of them together, [`lint`] at what a file may not
//! do though it can be read, [`contract`] at what the database says of it; [`paint`] shows it with sample rows. The format is
//! described for whoever writes screens in `screens/README.md`; [`words`] is its vocabulary.

pub mod contract;
mod error;
pub mod lint;
pub mod paint;
mod picture;
mod read;
pub mod set;
pub mod sketch;
pub mod visit;
pub mod words;

pub use error::{Problem, ScreenError, WIDEST};
pub use read::read;
