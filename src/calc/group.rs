//! Meters of several houses at once (групповой прибор; dossier § 1.15).

use super::facts::Meter;
use super::ids::{HouseId, Mark};
use super::period::Days;
use super::timeline::Timeline;

/// A meter that counts for several houses.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupMeter {
    /// The meter.
    pub meter: Meter,
    /// What its volume is divided by; the first value of a month holds for all of it.
    pub base: Timeline<GroupBase>,
    /// The houses, all of the unit, with the days it counts for them.
    pub houses: Vec<(HouseId, Timeline<()>)>,
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
    /// What divides the volume of a month; `None` where nothing does.
    pub(super) fn base(&self, month: Days, known: Mark) -> Option<GroupBase> {
        let known = self.base.over(month, known);
        known.min_by_key(|(days, _)| days.from).map(|(_, fact)| fact.value)
    }

    /// The days of the month on which it counts for a house.
    pub(super) fn days(&self, house: HouseId, month: Days, known: Mark) -> Vec<Days> {
        let mine = self.houses.iter().filter(|(id, _)| *id == house);
        mine.flat_map(|(_, days)| days.over(month, known)).map(|(days, _)| days).collect()
    }

    /// The house that remembers what was charged in a month without a reading: the first it counts for.
    pub(super) fn first(&self, month: Days, known: Mark) -> Option<HouseId> {
        self.houses.iter().map(|(id, _)| *id).find(|id| !self.days(*id, month, known).is_empty())
    }

    /// Takes back what one operation did.
    pub(super) fn forget(&mut self, operation: Mark) {
        self.meter.forget(operation);
        self.base.forget(operation);
        self.houses.iter_mut().for_each(|(_, days)| days.forget(operation));
    }
}
