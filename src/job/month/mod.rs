//! The month: charging everybody into a fresh run, charging one house, and what a seal leaves behind.

pub mod charge;
mod full;
pub mod seal;
