//! Seeded chance. Integers are drawn from the key stream by one multiplication, not through a distribution of a
//! library: what a seed gives must not depend on anybody's next release.

use chrono::{Duration, NaiveDate};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::calc::period::Days;

/// What a stream of chance is for; streams of one seed do not touch each other.
#[derive(Debug, Clone, Copy)]
#[repr(u64)]
pub(super) enum Stream {
    /// Streets, shapes and numbers of houses.
    Plan = 1,
    /// The inside of one house.
    House = 2,
    /// A month of the history: payments, and what becomes known late.
    Life = 3,
    /// What lowers the bills of one house: absences, privileges, acts.
    Grounds = 4,
}

/// One stream of chance.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream `number` of a seed: for a house its place in the town.
    pub(super) fn new(seed: u64, stream: Stream, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&(stream as u64).to_le_bytes());
        key[16..24].copy_from_slice(&number.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A number from 0 up to, not including, `count`; 0 where `count` is 0.
    pub(super) fn below(&mut self, count: u32) -> u32 {
        let scaled = u64::from(self.0.next_u32()) * u64::from(count);
        (scaled >> 32) as u32
    }

    /// A place in a list of `length`.
    pub(super) fn place(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// A number from `low` to `high`, both possible; `low` where they are out of order.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u32::try_from(high - low + 1).unwrap_or(0);
        low + i64::from(self.below(span))
    }

    /// True `permille` times of a thousand.
    pub(super) fn chance(&mut self, permille: u32) -> bool {
        self.below(1000) < permille
    }

    /// One of a list that is not empty.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.place(list.len())]
    }

    /// One of a list by weight; the list is not empty.
    pub(super) fn weighted<T: Copy>(&mut self, list: &[(u32, T)]) -> T {
        let mut rest = self.below(list.iter().map(|(weight, _)| weight).sum());
        for (weight, thing) in list {
            if rest < *weight {
                return *thing;
            }
            rest -= weight;
        }
        list[list.len() - 1].1
    }

    /// Puts a list into a chance order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.place(last + 1);
            list.swap(last, other);
        }
    }

    /// A day of a range that has an end; its first day where it is empty.
    pub(super) fn day(&mut self, days: Days) -> NaiveDate {
        days.from + Duration::days(self.between(0, days.count() - 1).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_of_one_seed_differ_and_repeat() {
        let draw = |stream, number| {
            let mut dice = Dice::new(7, stream, number);
            (0..4).map(|_| dice.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(Stream::House, 3), draw(Stream::House, 3));
        assert_ne!(draw(Stream::House, 3), draw(Stream::House, 4));
        assert_ne!(draw(Stream::House, 3), draw(Stream::Plan, 3));
    }

    #[test]
    fn draws_stay_in_range() {
        let mut dice = Dice::new(1, Stream::Plan, 0);
        for _ in 0..10_000 {
            assert!(dice.below(3) < 3);
            assert!((-2..=2).contains(&dice.between(-2, 2)));
            assert_eq!(dice.weighted(&[(0, 'a'), (5, 'b'), (0, 'c')]), 'b');
        }
        assert_eq!((dice.below(0), dice.between(5, 4)), (0, 5));
    }

    #[test]
    fn shuffling_keeps_every_thing() {
        let mut list: Vec<u32> = (0..50).collect();
        Dice::new(1, Stream::Plan, 0).shuffle(&mut list);
        assert_ne!(list, (0..50).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..50).collect::<Vec<_>>());
    }
}
