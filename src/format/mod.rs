//! File formats in and out: bytes to typed rows and back, one file per format. Pure.

pub mod case;
