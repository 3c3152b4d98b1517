//! The demo town: the same for the same seed, exactly as large as asked for, and believable.

mod accounts;
mod charged;
mod grounds;
mod houses;
mod meters;
mod people;
mod same;

use kvartal::job::town::{Town, TownHouse};

/// The default town.
fn town() -> Vec<TownHouse> {
    Town::generate(2_000, 1).collect()
}
