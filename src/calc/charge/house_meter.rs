//! A house meter shared by area: V_D × S ÷ S_об × rate (354 Прил. 2 ф. 3; dossier § 1.6 H4).

use crate::calc::context::Problems;
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::house::Shared;
use crate::calc::line::{Basis, Component};
use crate::calc::trace::{Rule, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn by_house_meter(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let Self { ctx, site, service, .. } = self;
        let Some(shared) = site.shared(self.segment.plan.service) else { return };
        let Shared { volume, area, basis, .. } = match &shared.result {
            Ok(shared) => shared,
            Err(reasons) => {
                problems.list.extend(reasons.iter().cloned());
                return;
            }
        };
        let basis = if *basis == Basis::Norm { Basis::Norm } else { Basis::House };
        let mut pieces = Vec::with_capacity(1);
        for (days, own) in site.area_of(self.home.premises) {
            let Some(own) = own else {
                problems.missing(days, Self::missing_area);
                continue;
            };
            let part = volume.clone().times(own, Tag(What::HouseVolume, &service.unit));
            let part = part.over(area.clone(), Tag(What::Volume, &service.unit));
            pieces.push(Piece::monthly(ctx, days, part, basis, Rule::HouseMeter));
        }
        let price = self.price(Component::Base, 0, self.measure());
        if self.book_metered(&pieces, price, Component::CatchUp, charged, problems) {
            self.keep_water(pieces, charged);
        }
    }
}
