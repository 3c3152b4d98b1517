//! The passport desk: who lives where, and what it does to the bill.

mod cards;
mod names;
mod papers;
mod residence;
