//! The passport desk: who lives where, and what it does to the bill.

mod names;
mod residence;
