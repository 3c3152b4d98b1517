//! The same seed gives the same town.

use std::fmt::Write;

use kvartal::job::town::{Town, TownHouse};
use sha2::{Digest, Sha256};

/// What the town of 300 accounts and seed 1 has hashed to since it was first made. When this changes, every
/// demo town changes: say so in the changelog and write the new digest here.
const PROMISED: &str = "5d1dbc6b0fbdf9fecf9d67cfee8645961d832db26fa580b78f7908bce1684fd9";

fn digest(houses: impl Iterator<Item = TownHouse>) -> String {
    let mut sha = Sha256::new();
    for house in houses {
        sha.update(format!("{house:?}"));
    }
    sha.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[test]
fn a_seed_gives_the_same_town_in_batches_of_any_size() {
    let whole = digest(Town::generate(2_000, 1));
    let town = Town::new(2_000, 1);
    for size in [1, 7, 1000] {
        let (mut houses, mut batched) = (town.houses(), Vec::new());
        loop {
            let batch: Vec<_> = houses.by_ref().take(size).collect();
            if batch.is_empty() {
                break;
            }
            batched.extend(batch);
        }
        assert_eq!(digest(batched.into_iter()), whole, "batches of {size}");
    }
}

#[test]
fn another_seed_gives_another_town() {
    assert_ne!(digest(Town::generate(300, 1)), digest(Town::generate(300, 2)));
}

#[test]
fn the_town_is_the_same_on_every_machine() {
    assert_eq!(digest(Town::generate(300, 1)), PROMISED);
}
