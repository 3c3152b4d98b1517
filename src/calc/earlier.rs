//! What was booked for earlier months, as far as a later month reads it.
//!
//! Three rules read it: the average of a silent meter (how many months in a row it was charged without a
//! reading), the catch-up when readings return (what those months charged), and the share of a house meter (a
//! booked house quantity is frozen).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::ids::{HouseId, MeterId, ServiceId};
use super::line::{Basis, HouseMonth, MeterMonth};
use super::period::{Days, Month};

/// The ledger of quantities booked for earlier months.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Earlier {
    /// Registers charged without a reading, by meter, register and month. A month that was charged by a
    /// reading has no entry.
    pub meters: BTreeMap<(MeterId, i16, Month), MeterMonth>,
    /// House quantities. An entry for the calculated month itself is frozen: it is used instead of being
    /// computed, so that recalculating one account does not move its neighbours.
    pub houses: BTreeMap<(HouseId, ServiceId, Month), HouseMonth>,
    /// What registers told of months too far back to be recalculated and nobody was charged for, by the month it is charged
    /// in: the first one that is recalculated, on the days of those who pay it. Not kept: later months find it charged, for they
    /// count from the reading on.
    pub left: BTreeMap<(MeterId, i16, Month), Vec<(Days, Decimal)>>,
}

impl Earlier {
    /// Remembers the quantities of a calculated month for the months after it.
    pub fn remember(&mut self, meters: &[MeterMonth], houses: &[HouseMonth]) {
        for entry in meters {
            self.meters.insert((entry.meter, entry.register, entry.month), entry.clone());
        }
        for entry in houses {
            self.houses.insert((entry.house, entry.service, entry.month), entry.clone());
        }
    }

    /// The entry of a register in a month, if it was charged without a reading.
    pub(super) fn silent(&self, meter: MeterId, register: i16, month: Month) -> Option<&MeterMonth> {
        self.meters.get(&(meter, register, month))
    }

    /// Entries of a register in the months after `from` and before `to`.
    pub(super) fn between(
        &self,
        meter: MeterId,
        register: i16,
        from: Month,
        to: Month,
    ) -> impl Iterator<Item = &MeterMonth> {
        let first = from.next().min(to);
        self.meters.range((meter, register, first)..(meter, register, to)).map(|(_, entry)| entry)
    }

    /// Months in a row before `month` that a register was charged by its average, and whether the norm has
    /// already taken over.
    pub(super) fn streak(&self, meter: MeterId, register: i16, month: Month) -> Streak {
        let mut streak = Streak { averages: Decimal::ZERO, by_norm: false };
        let mut before = month.plus(-1);
        while let Some(entry) = self.silent(meter, register, before) {
            if entry.basis == Basis::Norm {
                streak.by_norm = true;
                break;
            }
            streak.averages += Decimal::ONE;
            before = before.plus(-1);
        }
        streak
    }
}

/// How long a register has been silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Streak {
    /// Months in a row charged by the average, up to the month before.
    pub averages: Decimal,
    /// The month before was charged by the norm, or the averages followed such a month.
    pub by_norm: bool,
}
