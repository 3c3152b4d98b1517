//! What leaves the program: PDF, plain text, copies of both, bytes for matrix printers; whole files.

pub mod copy;
pub mod faces;
pub mod matrix;
pub mod pdf;
pub mod text;
pub mod whole;
