//! By persons and norm: residents, or owners where nobody lives, × norm × rate, by days (354 п. 42, Прил. 2
//! ф. 4; dossier § 1.2, 4.1).

use crate::calc::context::Problems;
use crate::calc::line::Component;
use crate::calc::norm;

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn by_persons(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let norm = self.segment.plan.norm;
        let pieces = norm::by_persons(self.home, norm, self.ctx.days, &self.service.unit, problems);
        let draft = self.price(Component::Base, 0, self.measure()).draft(&pieces, problems);
        if self.book(draft, charged) {
            self.keep_water(pieces, charged);
        }
    }
}
