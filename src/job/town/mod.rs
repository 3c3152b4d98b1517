//! A demo town: believable, and the same for the same seed on every machine.
//!
//! A town is made in two steps. The *plan* deals every house a street, a number and a shape, so that the number
//! of accounts comes out exactly; it takes a few bytes a house. What is inside a house (flats, families, owners,
//! meters with a year of readings, accounts) is made when the house is asked for, from a seed of its own, and
//! may be dropped before the next one: memory stays flat however large the town.
//!
//! Nothing here reads a clock, a file or a hash map's order, and nothing uses floating point. Read on in
//! [`model`] (what a house holds), [`directory`] (what all houses share), then `plan` and `house` (how).

pub mod calendar;
pub mod directory;
pub mod life;
pub mod load;
pub mod model;
pub mod names;

mod account;
mod acts;
mod amenities;
mod areas;
mod consumption;
mod dice;
mod entitled;
mod facts;
mod family;
mod firm;
mod flat;
mod house;
mod ids;
mod layout;
mod meters;
mod moves;
mod owners;
mod plan;
mod readings;
mod service_plans;
mod shape;
mod streets;

pub use self::account::{Habit, Pay};
pub use self::directory::Directory;
pub use self::model::TownHouse;
pub use self::plan::TownStreet;

use uuid::Uuid;

use self::ids::Counters;
use self::plan::Plan;

/// The space ids of operations are drawn from.
const SPACE: Uuid = Uuid::from_u128(0x3f6b_1c58_92d4_4e0a_8d57_61c2_0b9e_74a3);

/// A town that can be made: its plan and its directories.
#[derive(Debug)]
pub struct Town {
    accounts: u32,
    seed: u64,
    plan: Plan,
    directory: Directory,
}

impl Town {
    /// Plans a town of exactly `accounts` accounts.
    #[must_use]
    pub fn new(accounts: u32, seed: u64) -> Self {
        Self { accounts, seed, plan: Plan::draw(accounts, seed), directory: Directory::of_the_town() }
    }

    /// The houses of a town of exactly `accounts` accounts, one after another.
    pub fn generate(accounts: u32, seed: u64) -> impl Iterator<Item = TownHouse> {
        let town = Self::new(accounts, seed);
        let mut counters = Counters::default();
        (0..town.plan.houses.len()).map(move |place| town.house(place, &mut counters))
    }

    /// The houses in order of district, street and number; identifiers are counted in this order.
    pub fn houses(&self) -> impl ExactSizeIterator<Item = TownHouse> + '_ {
        let mut counters = Counters::default();
        (0..self.plan.houses.len()).map(move |place| self.house(place, &mut counters))
    }

    /// How many accounts it has.
    #[must_use]
    pub const fn accounts(&self) -> u32 {
        self.accounts
    }

    /// The seed it grew from.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The id of an operation of its history: the same town has the same ones.
    #[must_use]
    pub fn operation_id(&self, name: &str) -> Uuid {
        Uuid::new_v5(&SPACE, format!("{} {} {name}", self.accounts, self.seed).as_bytes())
    }

    /// The streets that have houses.
    #[must_use]
    pub fn streets(&self) -> &[TownStreet] {
        &self.plan.streets
    }

    /// Districts, organisations, services, contracts, tariffs, norms, parameters.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    fn house(&self, place: usize, counters: &mut Counters) -> TownHouse {
        let lot = &self.plan.houses[place];
        house::build(self.seed, lot, &self.plan.streets[usize::from(lot.street)], counters)
    }
}
