//! Meters of several houses at once (групповой прибор; dossier § 1.15).

use super::facts::Meter;
use super::ids::{HouseId, Mark};

/// A meter that counts for several houses.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMeter {
    /// The meter.
    pub meter: Meter,
    /// What its volume is divided by.
    pub base: GroupBase,
    /// The houses, all of the unit; the first remembers what was charged without a reading.
    pub houses: Vec<HouseId>,
}

/// What the volume of a group is divided between its houses by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupBase {
    /// The area of all premises.
    Area,
    /// Persons.
    Persons,
    /// What the norm would charge all of them.
    Norm,
}

impl GroupMeter {
    /// Takes back what one operation did.
    pub(super) fn forget(&mut self, operation: Mark) {
        self.meter.forget(operation);
    }
}
