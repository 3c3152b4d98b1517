//! What leaves the program: PDF, plain text.

pub mod faces;
pub mod pdf;
pub mod text;
