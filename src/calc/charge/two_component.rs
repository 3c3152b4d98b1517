//! Two-component hot water: water by meter or norm at the price of water, and the heat that warms it, by the
//! norm of heating also where a meter of heat exists (354 п. 42, Прил. 2 ф. 23–26; dossier § 1.7). Two lines,
//! each rounded by itself.

use crate::calc::context::Problems;
use crate::calc::figure::Tag;
use crate::calc::flow::{self, Piece};
use crate::calc::line::Component;
use crate::calc::norm;
use crate::calc::price::{Measure, Price, Unit, rates};
use crate::calc::trace::{Rule, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn two_component(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let cuts = self.cuts(&[1, 2]);
        let metering = self.metering(&cuts, false);
        let water = self.consumed(&metering, problems);
        let price = self.price(Component::Water, 1, self.measure());
        if !self.book_metered(&water, price, Component::CatchUp, charged, problems) {
            return;
        }
        metering.remember(&water, self.segment.days, &mut charged.meter_months);
        self.book_heat(&water, charged, problems);
        self.keep_water(water, charged);
    }

    fn book_heat(&self, water: &[Piece], charged: &mut Charged<'a>, problems: &mut Problems) {
        let heat = self.heat(water, problems);
        let measure = Measure::Volume(self.service.heat_scale);
        let price = Price { unit: HEAT, ..self.price(Component::Heat, 2, measure) };
        let first = charged.drafts.len();
        self.book_metered(&heat, price, Component::CatchUpHeat, charged, problems);
        for (_, draft) in charged.drafts.iter_mut().skip(first) {
            draft.unit = Unit::Heat;
        }
    }

    /// The heat of the charged water, a piece for every days with one norm and one rate: so a reading on the day
    /// of a new rate divides heat as it divides water.
    fn heat(&self, water: &[Piece], problems: &mut Problems) -> Vec<Piece> {
        let Self { ctx, segment, service, .. } = self;
        let mut pieces = Vec::with_capacity(1);
        let Some(basis) = flow::mixed(water.iter().map(|piece| piece.basis)) else { return pieces };
        for (days, norm) in norm::heat(ctx, segment.plan.norm, segment.days, problems) {
            for (days, _) in rates(ctx, segment.plan.tariff, 2, days) {
                let volume = flow::between(ctx, water, days, service.scale, &service.unit);
                let amount = volume.times(norm.clone(), Tag(What::Volume, HEAT));
                pieces.push(Piece::whole(days, amount, basis, Rule::HotWaterHeat));
            }
        }
        pieces
    }
}

/// Unit of the heat of hot water.
const HEAT: &str = "Гкал";
