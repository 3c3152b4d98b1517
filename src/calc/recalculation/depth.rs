//! How far back released months are recalculated: parameter `recalculation_depth_months` before the earliest open month
//! (dossier § 4.2; ГК ст. 196: what is older cannot be collected). What lies further back stays as it was booked, quantities carried
//! over included, unless the operation was ordered to go beyond.

use rust_decimal::prelude::ToPrimitive as _;

use super::Cause;
use crate::calc::ids::Mark;
use crate::calc::period::Month;
use crate::calc::rules::{Parameter, Rules};

/// The depth as the law stands for one open month.
#[derive(Debug, Clone, Copy)]
pub struct RecalculationDepth<'r> {
    rules: &'r Rules,
    open: Month,
}

impl<'r> RecalculationDepth<'r> {
    /// The depth recalculations that land in `open` have.
    #[must_use]
    pub const fn of(rules: &'r Rules, open: Month) -> Self {
        Self { rules, open }
    }

    /// The first month an operation recalculates; `None` where no depth is set: then every month.
    #[must_use]
    pub fn floor(&self, known: Mark) -> Option<Month> {
        let depth =
            self.rules.parameter(Parameter::RecalculationDepthMonths, self.open.first_day(), known)?;
        // Less than a month would drop what readings tell of released months: there would be no month to charge it in.
        Some(self.open.plus(-depth.to_i32()?.max(1)))
    }

    /// The months of a cause that are too far back to be recalculated, from the first one on.
    #[must_use]
    pub fn beyond(&self, cause: &Cause) -> Option<std::ops::Range<Month>> {
        let floor = self.floor(cause.mark).filter(|floor| cause.from < *floor)?;
        cause.ordered.is_none().then_some(cause.from..floor)
    }

    /// A cause with the months it does recalculate.
    pub(super) fn within(&self, cause: &Cause) -> Cause {
        let from = self.beyond(cause).map_or(cause.from, |beyond| beyond.end);
        Cause { from, ..*cause }
    }
}
