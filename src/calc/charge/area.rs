//! By area: housing services at a rate a m² (ЖК 154, 156; dossier § 1.12), and, where the plan names a norm,
//! heating without a house meter: area × norm a m² (354 Прил. 2 ф. 2; dossier § 1.6 H1).

use crate::calc::context::Problems;
use crate::calc::facts::{Area, Method};
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::line::{Basis, Component};
use crate::calc::norm;
use crate::calc::price::{AREA, Draft, Measure, Price, Unit};
use crate::calc::trace::{FactKind, Rule, What};
use rust_decimal::Decimal;

use super::ranges::Cut;
use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn by_area(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        if self.is_waste_of_shop() {
            return;
        }
        // A norm that only says where ranges of area end gives no volume.
        let norm = self.segment.plan.norm.filter(|norm| norm::gives_volume(self.ctx, *norm));
        let mut pieces = Vec::with_capacity(1);
        for (days, fact) in self.home.premises.areas.stretches(self.ctx.days, self.ctx.known) {
            let Some(fact) = fact else {
                problems.missing(days, Self::missing_area);
                continue;
            };
            let (value, what) = of_method(&fact.value, self.segment.plan.method);
            let area = self.ctx.fact(fact, FactKind::Area, value, Tag(what, "м²"));
            match norm {
                Some(norm) => {
                    let unit = &self.service.unit;
                    pieces.extend(norm::by_area(self.ctx, &area, norm, days, unit, problems));
                }
                None => pieces.push(Piece::monthly(self.ctx, days, area, Basis::Area, Rule::Area)),
            }
        }
        let draft = if norm.is_some() {
            self.price(Component::Base, 0, self.measure()).draft(&pieces, problems)
        } else {
            let (unit, scale) = self.unit_of_areas();
            let cut = Cut { unit: AREA.0, measure: Measure::Count(scale), told_in: unit };
            let within = self.book_ranges((&pieces, cut), &[(Component::Base, 0)], charged, problems);
            let price = Price { unit: AREA.0, ..self.price(Component::Base, 0, cut.measure) };
            let draft = price.draft(within.as_deref().unwrap_or(&pieces), problems);
            draft.map(|draft| Draft { unit, ..draft })
        };
        self.book(draft, charged);
    }
}

impl Charge<'_> {
    /// Housing services are measured in areas themselves; what is measured in heat is paid for by the area all the same.
    fn unit_of_areas(&self) -> (Unit, u32) {
        if self.service.unit == AREA.0 { (Unit::Service, self.service.scale) } else { (Unit::Area, AREA.1) }
    }
}

fn of_method(area: &Area, method: Method) -> (Decimal, What) {
    match method {
        Method::AreaLiving => (area.living, What::AreaLiving),
        Method::AreaHeated => (area.heated, What::AreaHeated),
        _ => (area.total, What::AreaTotal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::testing::*;

    fn upkeep() -> Scene {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::AreaTotal, false);
        scene.rate(UPKEEP, 0, "..", "31.74");
        scene
    }

    #[test]
    fn whole_month() {
        // 54.30 × 31.74 = 1723.482
        assert_eq!(upkeep().line("2026-09", UPKEEP, Component::Base), "54.3 × 31.74 = 1723.48");
    }

    #[test]
    fn a_new_rate_divides_the_amount_by_days() {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::AreaTotal, false);
        scene.rate(UPKEEP, 0, "..2026-07-16", "31.74");
        scene.rate(UPKEEP, 0, "2026-07-16..", "33.96");
        // Dossier § 4.1: 1723.482 × 15/31 = 833.94 and 1844.028 × 16/31 = 951.76
        assert_eq!(scene.line("2026-07", UPKEEP, Component::Base), "54.3 × 33.96 = 1785.70");
    }

    #[test]
    fn the_same_rate_said_twice_changes_nothing() {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::AreaTotal, false);
        scene.premises(0).areas.0.clear();
        scene.area(0, "2026-09-21..", "54.30", "36.20");
        scene.area(0, "..2026-09-21", "54.30", "36.20");
        scene.rate(UPKEEP, 0, "2026-09-06..", "31.74");
        scene.rate(UPKEEP, 0, "..2026-09-06", "31.74");
        // By parts it would be 287.247 → 287.25 and 1436.235 → 1436.24, a kopeck more
        assert_eq!(scene.line("2026-09", UPKEEP, Component::Base), "54.3 × 31.74 = 1723.48");
    }

    #[test]
    fn owners_follow_each_other_by_days() {
        let mut scene = upkeep();
        let until = scene.fact("..2026-07-12", ());
        let since = scene.fact("2026-07-12..", ());
        let mut second = scene.account(0).clone();
        second.id = crate::calc::ids::AccountId(2);
        second.open.0 = vec![since];
        scene.account(0).open.0 = vec![until];
        scene.premises(0).accounts.push(second);
        let outcome = scene.calc("2026-07");
        // Dossier § 4.1: 11 of 31 days 611.56, the other 20 1111.92; 54.30 × 11/31 = 19.27 m² in print
        assert_eq!(show(&outcome, 1, UPKEEP, Component::Base), "19.27 × 31.74 = 611.56");
        assert_eq!(show(&outcome, 2, UPKEEP, Component::Base), "35.03 × 31.74 = 1111.92");
    }

    #[test]
    fn an_area_that_grew_counts_by_days() {
        let mut scene = upkeep();
        scene.premises(0).areas.0.clear();
        scene.area(0, "2026-09-11..", "60.30", "36.20");
        scene.area(0, "..2026-09-11", "54.30", "36.20");
        // (54.30 × 10 + 60.30 × 20) / 30 = 58.30; × 31.74 = 1850.442
        assert_eq!(scene.line("2026-09", UPKEEP, Component::Base), "58.3 × 31.74 = 1850.44");
    }

    #[test]
    fn a_half_kopeck_by_days_goes_up() {
        let mut scene = Scene::new();
        scene.plan_on("..", UPKEEP, Method::AreaTotal, false);
        scene.premises(0).areas.0.clear();
        scene.area(0, "..", "54.50", "36.20");
        scene.rate(UPKEEP, 0, "..", "31.31");
        let open = scene.fact("..2026-07-16", ());
        scene.account(0).open.0 = vec![open];
        // 54.50 × 15 × 31.31 / 31 = 25595.925 / 31 = 825.675 exactly, though 54.50 × 15/31 has no end
        assert_eq!(scene.line("2026-07", UPKEEP, Component::Base), "26.37 × 31.31 = 825.68");
    }

    /// Heat that is paid for by area: what is multiplied are square metres, whatever the service is measured in.
    #[test]
    fn what_is_paid_by_area_is_told_in_square_metres() {
        let mut scene = Scene::new();
        scene.plan_on("..", HEATING, Method::AreaTotal, false);
        scene.rate(HEATING, 0, "..", "27.62");
        let outcome = scene.calc("2026-09");
        // 54.30 × 27.62 = 1499.766
        assert_eq!(show(&outcome, 1, HEATING, Component::Base), "54.3 × 27.62 = 1499.77");
        let told = outcome.traces.iter().find(|trace| trace.key.service == HEATING).unwrap().to_string();
        assert!(told.contains("м²") && !told.contains("Гкал"), "{told}");
    }

    #[test]
    fn heating_by_norm() {
        let mut scene = Scene::new();
        scene.plan(HEATING, Method::AreaHeated);
        scene.norm(HEATING, 0, "..", "0.0245");
        scene.rate(HEATING, 0, "..", "2318.47");
        // Dossier § 1.6 H1: 54.30 × 0.0245 = 1.33035; × 2318.47 = 3084.376…
        assert_eq!(scene.line("2026-01", HEATING, Component::Base), "1.33035 × 2318.47 = 3084.38");
    }

    #[test]
    fn what_is_missing_is_said() {
        let mut scene = upkeep();
        scene.premises(0).areas.0.clear();
        assert!(scene.line("2026-09", UPKEEP, Component::Base).contains("NoArea { since: 2026-09-01 }"));
        let mut scene = upkeep();
        scene.rules.tariffs.clear();
        assert!(
            scene.line("2026-09", UPKEEP, Component::Base).contains("NoRate { part: 0, since: 2026-09-01 }")
        );
        let mut scene = upkeep();
        scene.house().plans.0.clear();
        assert!(scene.line("2026-09", UPKEEP, Component::Base).contains("NothingCharged"));
    }
}
