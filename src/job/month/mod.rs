//! The month: charging everybody into a fresh run, charging one house, its control before printing, and what a seal leaves behind.

pub mod charge;
pub mod control;
mod full;
pub mod seal;
