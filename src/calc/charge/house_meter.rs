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
            let part = volume.clone().times(own, Tag(What::Product, &service.unit));
            let part = part.over(area.clone(), Tag(What::Volume, &service.unit));
            pieces.push(Piece::monthly(ctx, days, part, basis, Rule::HouseMeter));
        }
        let price = self.price(Component::Base, 0, self.measure());
        if self.book_metered(&pieces, price, Component::CatchUp, charged, problems) {
            self.keep_water(pieces, charged);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::calc::facts::Method;
    use crate::calc::line::Component;
    use crate::calc::money::Money;
    use crate::calc::testing::*;

    /// The flat of 54.30 m² in a house of 7412.6 m².
    fn house(readings: &str) -> Scene {
        let mut scene = Scene::new();
        scene.plan_on("..", HEATING, Method::HouseMeter, false);
        scene.rate(HEATING, 0, "..", "2318.47");
        scene.add_premises(2, None);
        scene.area(1, "..", "7358.30", "0");
        let meter = scene.meter(9, HEATING, "..", readings);
        scene.house().meters.push(meter);
        scene
    }

    #[test]
    fn shared_by_area() {
        let scene = house("1@2025-12-25=1000 1@2026-01-25=1186.42");
        let outcome = scene.calc("2026-01");
        // Dossier § 1.6 H4: 186.42 × 54.30 / 7412.6 = 1.365595…; × 2318.47 = 3166.09
        assert_eq!(show(&outcome, 1, HEATING, Component::Base), "1.365595 × 2318.47 = 3166.09");
        let booked = &outcome.house_months[0];
        assert_eq!((booked.volume, booked.area), (d("186.42"), d("7412.60")));
    }

    #[test]
    fn two_inputs_are_one_house() {
        let mut scene = house("1@2025-12-25=1000 1@2026-01-25=1100");
        let second = scene.meter(8, HEATING, "..", "1@2025-12-25=500 1@2026-01-25=586.42");
        scene.house().meters.push(second);
        assert_eq!(scene.line("2026-01", HEATING, Component::Base), "1.365595 × 2318.47 = 3166.09");
    }

    #[test]
    fn booked_quantities_keep_the_neighbours_still() {
        let mut scene = house("1@2025-12-25=1000 1@2026-01-25=1186.42");
        let before = scene.calc("2026-01");
        scene.earlier.remember(&before.meter_months, &before.house_months);
        scene.premises(0).areas.0[0].value.total = d("60.00");
        let after = scene.calc("2026-01");
        assert_eq!(show(&before, 2, HEATING, Component::Base), show(&after, 2, HEATING, Component::Base));
        // 186.42 × 60 / 7412.6 = 1.508944…; × 2318.47 = 3498.44…
        assert_eq!(show(&after, 1, HEATING, Component::Base), "1.508944 × 2318.47 = 3498.44");
        assert_eq!(before.house_months, after.house_months);
    }

    #[test]
    fn a_silent_house_meter_is_averaged_and_caught_up_even_below_nothing() {
        let readings = "1@2025-09-25=0 1@2025-10-25=100 1@2025-11-25=200 1@2025-12-25=300 1@2026-02-25=350";
        let mut scene = house(readings);
        let january = scene.calc("2026-01");
        // (300 − 0)/3 = 100; × 54.30/7412.6 = 0.7325363…; × 2318.47 = 1698.36…
        assert_eq!(show(&january, 1, HEATING, Component::Base), "0.732536 × 2318.47 = 1698.36");
        let february = scene.walk("2026-01", "2026-02");
        // 350 − 300 − 100 = −50: nothing is charged and half of January comes back; −0.366268 × 2318.47 = −849.18
        assert_eq!(show(&february, 1, HEATING, Component::Base), "0 × 2318.47 = 0.00");
        assert_eq!(show(&february, 1, HEATING, Component::CatchUp), "-0.366268 × 2318.47 = -849.18");
    }

    #[test]
    fn without_anything_to_go_by_every_account_is_listed() {
        let mut scene = house("");
        let outcome = scene.calc("2026-01");
        assert_eq!(outcome.exceptions.len(), 2, "{:?}", outcome.exceptions);
        // With a norm of 0.0245 a m² the house falls back to it: 54.30 × 0.0245 = 1.33035; × 2318.47 = 3084.376…
        scene.house().plans.0.clear();
        scene.plan(HEATING, Method::HouseMeter);
        scene.norm(HEATING, 0, "..", "0.0245");
        assert_eq!(scene.line("2026-01", HEATING, Component::Base), "1.33035 × 2318.47 = 3084.38");
    }

    #[test]
    fn rooms_share_the_part_of_their_flat_by_living_area() {
        let mut scene = house("1@2025-12-25=1000 1@2026-01-25=1186.42");
        scene.premises(0).accounts.clear();
        for (index, (id, living)) in [(3, "18.40"), (4, "34.30")].into_iter().enumerate() {
            scene.add_premises(id, Some(1));
            scene.area(2 + index, "..", "30.00", living);
        }
        let outcome = scene.calc("2026-01");
        assert_eq!(outcome.house_months[0].area, d("7412.60"));
        // 54.30 × 18.40/52.70 = 18.958633… m²; 186.42 × that / 7412.6 = 0.476792…; × 2318.47 = 1105.43…
        assert_eq!(show(&outcome, 3, HEATING, Component::Base), "0.476792 × 2318.47 = 1105.43");
        let sum: Money =
            outcome.lines.iter().filter(|line| line.key.account.0 > 2).map(|line| line.amount).sum();
        assert_eq!(sum.to_string(), "3166.09");
    }
}
