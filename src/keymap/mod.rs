//! Keys and what they mean: the list of commands, which key starts which in which place, the two keyboard
//! layouts, and how the bytes of a terminal become keys. Pure: the time comes in with the bytes.
//!
//! The way of a key: [`Decoder`] makes [`Key`]s of bytes, [`Keymap::command`] a [`Command`] of a key and the
//! place of the focus ([`Context`]). Bar, menu, palette, help and manual are read off the same list.

mod bytes;
mod command;
mod decode;
mod error;
mod fold;
mod key;
mod layers;
mod manual;
mod paste;
mod sequence;
mod terminals;

pub use bytes::Bytes;
pub use command::Command;
pub use decode::{Decoded, Decoder, Pauses};
pub use error::{KeyError, KeymapError};
pub use fold::{fold_to_latin, fold_to_ru, has_russian, latin_key, plain_yo};
pub use key::Key;
pub use layers::{Context, Keymap};
pub use manual::{Chapter, manual};
pub use paste::{clean, first_line, one_line};
pub use sequence::Sequence;
pub use terminals::{Mode, RULER, Terminals};
