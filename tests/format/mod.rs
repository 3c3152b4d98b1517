//! File formats: the data of old programs.

mod bad_rows;
mod dbf;
mod fixture;
mod kremenchuk;
mod profile;
mod random;
