//! What leaves the program: PDF, CSV.
