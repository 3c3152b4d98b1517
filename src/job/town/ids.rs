//! Identifiers by counting, in house order.

use crate::calc::ids::{AccountId, HouseId, MeterId, PersonId, PremisesId};

/// Firms are organisations too; the first thousand numbers are kept for those of the directory.
const FIRMS_AFTER: i64 = 1000;

/// The last identifier given of each kind.
#[derive(Debug, Default)]
pub(super) struct Counters {
    house: i64,
    premises: i64,
    account: i64,
    person: i64,
    meter: i64,
    firm: i64,
    act: i64,
}

fn next(counter: &mut i64) -> i64 {
    *counter += 1;
    *counter
}

impl Counters {
    pub(super) fn house(&mut self) -> HouseId {
        HouseId(next(&mut self.house))
    }

    pub(super) fn premises(&mut self) -> PremisesId {
        PremisesId(next(&mut self.premises))
    }

    pub(super) fn account(&mut self) -> AccountId {
        AccountId(next(&mut self.account))
    }

    pub(super) fn person(&mut self) -> PersonId {
        PersonId(next(&mut self.person))
    }

    pub(super) fn meter(&mut self) -> MeterId {
        MeterId(next(&mut self.meter))
    }

    pub(super) fn act(&mut self) -> i64 {
        next(&mut self.act)
    }

    pub(super) fn firm(&mut self) -> i64 {
        FIRMS_AFTER + next(&mut self.firm)
    }
}
