//! Hot water made in the house: water by its volume at the price of water, and the heat that made it by the share of the
//! volume in that of all premises (354 п. 54, Прил. 2 ф. 20; dossier § 1.7).

use crate::calc::context::Problems;
use crate::calc::figure::Tag;
use crate::calc::flow::{Piece, Raise};
use crate::calc::house::Shared;
use crate::calc::line::Component;
use crate::calc::price::{Measure, Price};
use crate::calc::trace::{Rule, What};

use super::two_component::{HEAT, in_heat};
use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn house_hot_water(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let is_cut = |day| self.is_cut(day, &[1, 2]);
        let metering = self.metering(&is_cut, false);
        let water = self.consumed(&metering, problems);
        let price = self.price(Component::Water, 1, self.measure());
        if !self.book_metered(&water, price, Component::CatchUp, charged, problems) {
            return;
        }
        self.book_surplus(&water, price, charged, problems);
        metering.remember(&water, self.segment.days, &mut charged.meter_months);
        // While the house is still being summed up nothing is shared yet.
        if let Some(shared) = self.site.shared(self.segment.plan.service) {
            match &shared.result {
                Ok(shared) => self.book_made_heat(&water, shared, charged, problems),
                Err(reasons) => problems.list.extend(reasons.iter().cloned()),
            }
        }
        self.keep_water(water, charged);
    }

    fn book_made_heat(
        &self,
        water: &[Piece],
        shared: &Shared,
        charged: &mut Charged<'a>,
        problems: &mut Problems,
    ) {
        if shared.own.value().is_zero() {
            return;
        }
        // What is shared is a cost, so the printed heat does not round it.
        let heat = |piece: &Piece| {
            let product = piece.amount.clone().times(shared.volume.clone(), Tag(What::Product, HEAT));
            let amount = product.over(shared.own.clone(), Tag(What::Volume, HEAT));
            Piece { amount, silent: None, raise: Raise::No, rule: Rule::HouseHotWater, ..piece.clone() }
        };
        let heat: Vec<Piece> = water.iter().map(heat).collect();
        let first = charged.drafts.len();
        let measure = Measure::Count(self.service.heat_scale);
        let price = Price { measure, ..self.heat_price() };
        self.book_metered(&heat, price, Component::CatchUpHeat, charged, problems);
        in_heat(charged, first);
    }
}
