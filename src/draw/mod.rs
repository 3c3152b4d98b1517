//! Paints the engine's canvas: meanings become what the terminal can do, cells become as few bytes as possible. It decides
//! nothing: where things stand and what they mean is the engine's.
//!
//! [`theme`] says how a meaning looks, [`paint`] puts a canvas into ratatui's buffer, [`wire`] is the backend that writes
//! minimal sequences, [`screen`] owns them and draws only what changed; [`text`] is for
//! tools that print a screen.

pub mod paint;
pub mod screen;
mod sgr;
pub mod text;
pub mod theme;
pub mod wire;

pub use screen::Screen;
pub use theme::Theme;
