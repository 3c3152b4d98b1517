//! What leaves the program: PDF, CSV.

pub mod faces;
pub mod pdf;
