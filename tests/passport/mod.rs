//! The passport desk: who lives where, and what it does to the bill.

mod cards;
mod names;
mod owners;
mod papers;
mod registration;
mod residence;
