//! The binary form of values, for what travels by the million: the driver's own conversions allocate and divide for every
//! cell, and a month of a city has seventy million of them.

mod copy_in;
mod day;
mod numeric;

pub use copy_in::{copy_in, put_cell, put_fixed};
pub use day::{Day, day_number, day_of};
pub use numeric::{Number, put_numeric};
