//! Sewage: as much as the waters of the account were charged for, by meter or by norm, each as it is (354 п. 42;
//! dossier § 1.10).

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::Tag;
use crate::calc::flow::{self, Piece};
use crate::calc::line::Component;
use crate::calc::period::Days;
use crate::calc::price::rates;
use crate::calc::trace::{Rule, What};

use super::{Charge, Charged, ChargedWater};

impl<'a> Charge<'a> {
    /// Runs after the waters of the account. An account without water is charged by the norm of sewage, if its
    /// plan names one.
    pub(super) fn by_waters(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        let waters = charged.waters.iter().filter(|water| self.service.waters.contains(&water.service));
        let mut pieces: Vec<Piece> = waters.flat_map(|water| self.of_water(water)).collect();
        if pieces.is_empty() {
            if self.segment.plan.norm.is_some() {
                return self.by_persons(charged, problems);
            }
            problems.push(ExceptionReason::NoWaters);
            return;
        }
        pieces.sort_by_key(|piece| (piece.component, piece.days, piece.amount.value()));
        for these in pieces.chunk_by(|one, other| one.component == other.component) {
            let price = self.price(these[0].component, 0, self.measure());
            self.book(price.draft(these, problems), charged);
        }
    }

    /// The charged volume of one water, a piece for every days with one rate of sewage, and those of payers before by the same
    /// terms. What the water gave back in its catch-up, sewage gives back in its own.
    fn of_water(&self, water: &ChargedWater<'_>) -> Vec<Piece> {
        let ctx = self.ctx;
        let back = flow::below_nothing(ctx, &water.pieces);
        let basis = flow::mixed(water.pieces.iter().map(|piece| piece.basis));
        let mut pieces = Vec::with_capacity(1);
        for days in self.priced_alike() {
            let Some((days, basis)) = days.meet(water.days).zip(basis) else { continue };
            let unit = &self.service.unit;
            let amount = flow::between(ctx, &water.pieces, days, water.scale, unit).of(water.name);
            if back {
                let base = ctx.nothing(Tag(What::Volume, unit)).of(water.name);
                pieces.push(Piece::whole(days, base, basis, Rule::Waters));
            }
            let component = if back { Component::CatchUp } else { Component::Base };
            pieces.push(Piece { component, ..Piece::whole(days, amount, basis, Rule::Waters) });
        }
        pieces
    }

    /// The days of this payer and of those before by the same terms, cut where the rate or the payer changes.
    fn priced_alike(&self) -> Vec<Days> {
        let Self { ctx, segment, .. } = self;
        let before = Days { from: self.since(), to: segment.days.from };
        let spans = [before, segment.days].into_iter().filter(|span| span.from < span.to);
        spans.flat_map(|span| rates(ctx, segment.plan.tariff, 0, span)).map(|(days, _)| days).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::calc::facts::{AccountPlan, Method};
    use crate::calc::line::Component;
    use crate::calc::testing::*;

    /// Cold water by a meter, hot water by a meter or by the norm.
    fn waters(hot_metered: bool) -> Scene {
        let mut scene = Scene::new();
        for (service, rate, norm) in [(COLD, "47.36", "4.33"), (HOT, "195.50", "3.19")] {
            scene.plan(service, Method::Meter);
            scene.rate(service, 0, "..", rate);
            scene.norm(service, 0, "..", norm);
        }
        scene.plan_on("..", SEWAGE, Method::Waters, false);
        scene.rate(SEWAGE, 0, "..", "38.09");
        (0..3).for_each(|_| scene.resident(0, ".."));
        scene.flat_meter(1, COLD, "..", "1@2026-08-23=412.385 1@2026-09-23=419.120");
        if hot_metered {
            scene.flat_meter(2, HOT, "..", "1@2026-08-23=100.000 1@2026-09-23=104.215");
        }
        scene
    }

    #[test]
    fn both_by_meter() {
        // Dossier § 1.10: 6.735 + 4.215 = 10.950; × 38.09 = 417.0855
        assert_eq!(waters(true).line("2026-09", SEWAGE, Component::Base), "10.95 × 38.09 = 417.09");
    }

    #[test]
    fn one_by_meter_and_one_by_norm() {
        // 6.735 + 3 × 3.19 = 16.305; × 38.09 = 621.05745
        assert_eq!(waters(false).line("2026-09", SEWAGE, Component::Base), "16.305 × 38.09 = 621.06");
    }

    #[test]
    fn a_new_rate_of_sewage_divides_the_sum() {
        let mut scene = waters(true);
        scene.rules.tariffs.get_mut(&(crate::calc::ids::TariffId(SEWAGE.0), 0)).unwrap().0.clear();
        scene.rate(SEWAGE, 0, "..2026-09-11", "38.09");
        scene.rate(SEWAGE, 0, "2026-09-11..", "40.00");
        // A third of each: 2.245 + 1.405 = 3.650, the rest 4.490 + 2.810 = 7.300: 139.0285 → 139.03, 292.00
        assert_eq!(scene.line("2026-09", SEWAGE, Component::Base), "10.95 × 40 = 431.03");
    }

    #[test]
    fn without_water_there_must_be_a_norm() {
        let mut scene = waters(true);
        for service in [COLD, HOT] {
            let off = scene.fact("..", AccountPlan::Off(service));
            scene.account(0).plans.0.push(off);
        }
        assert!(scene.line("2026-09", SEWAGE, Component::Base).contains("NoWaters"));
        scene.house().plans.0.retain(|fact| fact.value.service != SEWAGE);
        scene.plan(SEWAGE, Method::Waters);
        scene.norm(SEWAGE, 0, "..", "7.52");
        // 3 × 7.52 = 22.56; × 38.09 = 859.3104
        assert_eq!(scene.line("2026-09", SEWAGE, Component::Base), "22.56 × 38.09 = 859.31");
    }
}
