//! Common needs: the volume of the house × S ÷ S_об × rate, and the correction of the last year where it was charged by
//! norm or average (ЖК 156 ч. 9.1–9.3; dossier § 1.13).

use crate::calc::context::Problems;
use crate::calc::facts::Method;
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::line::Component;
use crate::calc::trace::{Rule, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn common(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Self { ctx, site, service, .. } = self;
        let Some(shared) = site.shared(self.segment.plan.service) else { return };
        let shared = match &shared.result {
            Ok(shared) => shared,
            Err(reasons) => return problems.list.extend(reasons.iter().cloned()),
        };
        let mut pieces = Vec::with_capacity(1);
        for (days, own) in site.area_of(self.home.premises) {
            let Some(own) = own else {
                problems.missing(days, Self::missing_area);
                continue;
            };
            let part = shared.volume.clone().times(own, Tag(What::Product, &service.unit));
            let part = part.over(shared.area.clone(), Tag(What::Volume, &service.unit));
            pieces.push(Piece::monthly(ctx, days, part, shared.basis, Rule::Common));
        }
        let price = self.price(Component::Base, 0, self.measure());
        self.book(price.draft(&pieces, problems), charged);
        if self.segment.plan.method != Method::CommonFact {
            self.correct_last_year(charged);
        }
    }
}
