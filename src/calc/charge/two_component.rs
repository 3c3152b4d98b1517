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
        let is_cut = |day| self.is_cut(day, &[1, 2]);
        let metering = self.metering(&is_cut, false);
        let water = self.consumed(&metering, problems);
        let price = self.price(Component::Water, 1, self.measure());
        if !self.book_metered(&water, price, Component::CatchUp, charged, problems) {
            return;
        }
        metering.remember(&water, self.segment.days, &mut charged.meter_months);
        let heat = self.book_heat(&water, charged, problems);
        if let Some(raised) = self.raised(&water, problems) {
            self.book_difference((&water, &raised), price, Component::Surplus, charged);
            self.book_heat_surplus(&heat, &raised, charged, problems);
        }
        self.keep_water(water, charged);
    }

    pub(super) fn heat_price(&self) -> Price<'_> {
        let measure = Measure::Volume(self.service.heat_scale);
        Price { unit: HEAT, ..self.price(Component::Heat, 2, measure) }
    }

    /// What the coefficient of the water adds to its heat.
    fn book_heat_surplus(
        &self,
        heat: &[Piece],
        water: &[Piece],
        charged: &mut Charged<'a>,
        problems: &mut Problems,
    ) {
        let raised = self.heat(water, problems);
        let first = charged.drafts.len();
        self.book_difference((heat, &raised), self.heat_price(), Component::SurplusHeat, charged);
        in_heat(charged, first);
    }

    /// The heat of a volume of water, below nothing as it is.
    pub(super) fn book_heat_of(&self, water: &[Piece], charged: &mut Charged<'a>, problems: &mut Problems) {
        let heat = self.heat(water, problems);
        let first = charged.drafts.len();
        self.book(self.heat_price().draft(&heat, problems), charged);
        in_heat(charged, first);
    }

    fn book_heat(&self, water: &[Piece], charged: &mut Charged<'a>, problems: &mut Problems) -> Vec<Piece> {
        let heat = self.heat(water, problems);
        let price = self.heat_price();
        let first = charged.drafts.len();
        self.book_metered(&heat, price, Component::CatchUpHeat, charged, problems);
        in_heat(charged, first);
        heat
    }

    /// The heat of the water, a piece for every days with one norm and one rate: so a reading on the day of a new
    /// rate divides heat as it divides water. The whole month is laid out, as it is for the water, so that payers
    /// who follow each other divide one volume.
    fn heat(&self, water: &[Piece], problems: &mut Problems) -> Vec<Piece> {
        let Self { ctx, segment, service, .. } = self;
        let mut pieces = Vec::with_capacity(1);
        let Some(basis) = flow::mixed(water.iter().map(|piece| piece.basis)) else { return pieces };
        let others = flow::without(ctx.days, &[segment.days]);
        for days in others.into_iter().chain([segment.days]) {
            for (days, norm) in norm::heat(ctx, segment.plan.norm, days, problems) {
                for (days, _) in rates(ctx, segment.plan.tariff, 2, days) {
                    let volume = flow::between(ctx, water, days, service.scale, &service.unit);
                    let amount = volume.times(norm.clone(), Tag(What::Volume, HEAT));
                    pieces.push(Piece::whole(days, amount, basis, Rule::HotWaterHeat));
                }
            }
        }
        pieces.sort_by_key(|piece| piece.days);
        pieces
    }
}

/// Says of the drafts from `first` on that they are printed in Гкал.
pub(super) fn in_heat(charged: &mut Charged<'_>, first: usize) {
    for (_, draft) in charged.drafts.iter_mut().skip(first) {
        draft.unit = Unit::Heat;
    }
}

/// Unit of the heat of hot water.
pub(super) const HEAT: &str = "Гкал";

#[cfg(test)]
mod tests {
    use crate::calc::facts::Method;
    use crate::calc::ids::TariffId;
    use crate::calc::line::Component;
    use crate::calc::testing::*;

    fn hot() -> Scene {
        let mut scene = Scene::new();
        scene.plan(HOT, Method::TwoComponent);
        scene.rate(HOT, 1, "..", "47.36");
        scene.rate(HOT, 2, "..", "2318.47");
        scene.norm(HOT, 0, "..", "3.19");
        scene.norm(HOT, 2, "..", "0.0651");
        (0..3).for_each(|_| scene.resident(0, ".."));
        scene
    }

    fn lines(scene: &Scene, month: &str) -> [String; 2] {
        [Component::Water, Component::Heat].map(|component| scene.line(month, HOT, component))
    }

    #[test]
    fn by_meter() {
        let mut scene = hot();
        scene.flat_meter(1, HOT, "..", "1@2026-08-23=100.000 1@2026-09-23=104.215");
        // Dossier § 1.7: 4.215 × 47.36 = 199.6224; 4.215 × 0.0651 = 0.2743965 → 0.27440; × 2318.47 = 636.188…
        assert_eq!(lines(&scene, "2026-09"), ["4.215 × 47.36 = 199.62", "0.2744 × 2318.47 = 636.19"]);
    }

    #[test]
    fn by_norm() {
        // Dossier § 1.7: 9.57 × 47.36 = 453.2352; 9.57 × 0.0651 = 0.623007 → 0.62301; × 2318.47 = 1444.42999…
        assert_eq!(lines(&hot(), "2026-09"), ["9.57 × 47.36 = 453.24", "0.62301 × 2318.47 = 1444.43"]);
    }

    #[test]
    fn heat_is_of_the_water_as_it_is_printed() {
        let mut scene = hot();
        scene.premises(0).residences.0.clear();
        scene.resident(0, "2026-09-14..");
        // 3.19 × 17/30 = 1.807666… → 1.808; × 47.36 = 85.62688. Heat 1.808 × 0.0651 = 0.1177008 → 0.11770, not
        // 0.11768; × 2318.47 = 272.883919
        scene.owner(0, "..2026-09-01");
        assert_eq!(lines(&scene, "2026-09"), ["1.808 × 47.36 = 85.63", "0.1177 × 2318.47 = 272.88"]);
    }

    #[test]
    fn a_new_rate_of_heat_divides_the_heat_alone() {
        let mut scene = hot();
        scene.rules.tariffs.remove(&(TariffId(HOT.0), 2));
        scene.rate(HOT, 2, "..2026-09-16", "2000");
        scene.rate(HOT, 2, "2026-09-16..", "3000");
        // Half of 9.57 is 4.785 m³: 4.785 × 0.0651 = 0.3115035. Until the 16th 0.31150, in all 0.62301, so then
        // 0.31151: 623.00 + 934.53
        assert_eq!(lines(&scene, "2026-09"), ["9.57 × 47.36 = 453.24", "0.62301 × 3000 = 1557.53"]);
    }

    #[test]
    fn a_reading_on_the_day_of_a_new_rate_divides_both() {
        let mut scene = hot();
        scene.rules.tariffs.remove(&(TariffId(HOT.0), 2));
        scene.rate(HOT, 2, "..2026-09-16", "2000");
        scene.rate(HOT, 2, "2026-09-16..", "3000");
        scene.flat_meter(1, HOT, "..", "1@2026-08-23=100 1@2026-09-16=101 1@2026-09-25=104");
        // 1 m³ before, 3 m³ after: 0.06510 × 2000 = 130.20; 0.19530 × 3000 = 585.90
        assert_eq!(lines(&scene, "2026-09")[1], "0.2604 × 3000 = 716.10");
    }

    #[test]
    fn averages_that_were_too_high_come_back_as_water_and_as_heat() {
        let mut scene = hot();
        let readings = "1@2026-03-23=0 1@2026-04-23=4 1@2026-05-23=8 1@2026-06-23=12 1@2026-08-23=14";
        scene.flat_meter(1, HOT, "..", readings);
        let outcome = scene.walk("2026-07", "2026-08");
        // July by average: (12 − 0)/3 = 4. August: 14 − 12 − 4 = −2; −2 × 0.0651 = −0.13020
        assert_eq!(show(&outcome, 1, HOT, Component::Water), "0 × 47.36 = 0.00");
        assert_eq!(show(&outcome, 1, HOT, Component::Heat), "0 × 2318.47 = 0.00");
        assert_eq!(show(&outcome, 1, HOT, Component::CatchUp), "-2 × 47.36 = -94.72");
        // −0.1302 × 2318.47 = −301.864794
        assert_eq!(show(&outcome, 1, HOT, Component::CatchUpHeat), "-0.1302 × 2318.47 = -301.86");
    }
}
