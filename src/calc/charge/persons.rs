//! By persons and norm: residents, or owners where nobody lives, × norm × rate, by days (354 п. 42, Прил. 2
//! ф. 4; dossier § 1.2, 4.1).

use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::Tag;
use crate::calc::flow::{Piece, Raise};
use crate::calc::line::Component;
use crate::calc::norm;
use crate::calc::trace::{FactKind, What};

use super::{Charge, Charged};

impl<'a> Charge<'a> {
    pub(super) fn by_persons(&self, charged: &mut Charged<'a>, problems: &mut Problems) {
        if self.is_waste_of_shop() {
            return;
        }
        if self.is_shop_without_volume() {
            problems.missing(self.segment.days, |_| ExceptionReason::ShopWithoutVolume);
            return;
        }
        let norm = self.segment.plan.norm;
        let mut pieces = norm::by_persons(self.home, norm, self.ctx.days, &self.service.unit, problems);
        pieces.iter_mut().for_each(|piece| piece.raise = Raise::Coefficient);
        pieces.extend(self.of_area(problems));
        let price = self.price(Component::Base, 0, self.measure());
        if self.book(price.draft(&pieces, problems), charged) {
            self.book_surplus(&pieces, price, charged, problems);
            self.keep_water(pieces, charged);
        }
    }

    /// What the norm gives a m² beside the persons: gas that heats (354 Прил. 2 ф. 4; dossier § 1.9).
    fn of_area(&self, problems: &mut Problems) -> Vec<Piece> {
        let Self { ctx, home, service, .. } = self;
        let Some(norm) = self.segment.plan.norm.filter(|norm| norm::has(ctx, Some(*norm), norm::AREA_PART))
        else {
            return Vec::new();
        };
        let mut pieces = Vec::with_capacity(1);
        for (days, fact) in home.premises.areas.stretches(ctx.days, ctx.known) {
            let Some(fact) = fact else {
                problems.missing(days, Self::missing_area);
                continue;
            };
            let area = ctx.fact(fact, FactKind::Area, fact.value.total, Tag(What::AreaTotal, "м²"));
            let part = (norm, norm::AREA_PART);
            pieces.extend(norm::by_area_part(ctx, &area, part, days, &service.unit, problems));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use crate::calc::facts::{AccountPlan, Method};
    use crate::calc::line::Component;
    use crate::calc::rules::Parameter;
    use crate::calc::testing::*;

    fn cold(residents: usize) -> Scene {
        let mut scene = Scene::new();
        scene.plan(COLD, Method::Persons);
        scene.rate(COLD, 0, "..", "47.36");
        scene.norm(COLD, 0, "..", "4.33");
        (0..residents).for_each(|_| scene.resident(0, ".."));
        scene
    }

    fn line(scene: &Scene, month: &str) -> String {
        scene.line(month, COLD, Component::Base)
    }

    #[test]
    fn three_residents() {
        // Dossier § 1.2: 3 × 4.33 = 12.99; × 47.36 = 615.2064
        assert_eq!(line(&cold(3), "2026-09"), "12.99 × 47.36 = 615.21");
    }

    #[test]
    fn the_explanation_reads_like_the_receipt() {
        let outcome = cold(3).calc("2026-09");
        let text = outcome.traces[0].to_string();
        assert!(text.starts_with("Холодная вода, сентябрь 2026: 12,990 м³ × 47,36 ₽ = 615,21 ₽\n"), "{text}");
        assert!(text.contains("число проживающих × норматив × тариф (354 п. 42, Прил. 2 ф. 4)"), "{text}");
        assert!(text.contains("3 × 4,33 = 12,99 м³"), "{text}");
        assert!(text.contains("615,2064 → 615,21 ₽"), "{text}");
    }

    #[test]
    fn one_came_during_the_month() {
        let mut scene = cold(2);
        scene.resident(0, "2026-09-13..");
        // Dossier § 4.1: 2 all month and 1 for 18 of 30 days: n = 2.6; 11.258 × 47.36 = 533.17888
        assert_eq!(line(&scene, "2026-09"), "11.258 × 47.36 = 533.18");
    }

    #[test]
    fn one_day_of_a_leap_february() {
        let mut scene = cold(0);
        scene.resident(0, "2024-02-29..2024-03-01");
        scene.owner(0, "..2024-02-01");
        let outcome = scene.calc("2024-02");
        // 4.33 × 1/29 = 0.149310… → 0.149; × 47.36 = 7.05664; on the other 28 days there is nobody to count
        assert_eq!(show(&outcome, 1, COLD, Component::Base), "0.149 × 47.36 = 7.06");
        assert!(format!("{:?}", outcome.exceptions).contains("Nobody { since: 2024-02-01 }"));
    }

    #[test]
    fn the_last_day_counts_only_where_the_region_says_so() {
        let mut scene = cold(0);
        scene.resident(0, "..2026-09-19");
        scene.owner(0, "..2026-09-01");
        // 4.33 × 18/30 = 2.598; × 47.36 = 123.04128
        assert_eq!(line(&scene, "2026-09"), "2.598 × 47.36 = 123.04");
        scene.parameter(Parameter::LastDayCounts, "1");
        // 4.33 × 19/30 = 2.742333… → 2.742; × 47.36 = 129.86112
        assert_eq!(line(&scene, "2026-09"), "2.742 × 47.36 = 129.86");
        scene.rules.parameters.remove(&Parameter::LastDayCounts);
        assert!(line(&scene, "2026-09").contains("NoParameter(LastDayCounts)"));
    }

    #[test]
    fn who_goes_on_living_here_under_another_entry_is_one_person_on_the_day_between() {
        let mut scene = cold(0);
        scene.parameter(Parameter::LastDayCounts, "1");
        scene.resident(0, "..2026-09-19");
        scene.resident(0, "2026-09-19..");
        let person = scene.premises(0).residences.0[0].value.person;
        scene.premises(0).residences.0[1].value.person = person;
        assert_eq!(line(&scene, "2026-09"), "4.33 × 47.36 = 205.07");
        // Two persons who take turns both count that day: 4.33 × 31/30 = 4.474333… → 4.474; × 47.36 = 211.88864
        scene.premises(0).residences.0[1].value.person.0 += 1;
        assert_eq!(line(&scene, "2026-09"), "4.474 × 47.36 = 211.89");
    }

    #[test]
    fn owners_stand_for_nobody_day_by_day() {
        let mut scene = cold(0);
        scene.resident(0, "..2026-09-16");
        scene.owner(0, "..");
        scene.owner(0, "..");
        // One resident 15 days, then two owners 15 days: 4.33 × (15 + 30)/30 = 6.495; × 47.36 = 307.6032
        assert_eq!(line(&scene, "2026-09"), "6.495 × 47.36 = 307.60");
        let text = scene.calc("2026-09").traces[0].to_string();
        assert!(text.contains("354 п. 56(2)"), "{text}");
    }

    #[test]
    fn a_norm_by_rooms_and_persons() {
        let mut scene = Scene::new();
        scene.plan(POWER, Method::Persons);
        scene.rate(POWER, 0, "..", "5.12");
        for (fits, value) in [((2, 1), "150"), ((2, 2), "93"), ((2, 3), "72"), ((1, 3), "67"), ((3, 3), "80")]
        {
            scene.norm_line(POWER, 0, "..", fits, value);
        }
        (0..4).for_each(|_| scene.resident(0, ".."));
        // Two rooms, four persons: the line for three holds for more. 4 × 72 = 288; × 5.12 = 1474.56
        assert_eq!(scene.line("2026-09", POWER, Component::Base), "288 × 5.12 = 1474.56");
        // The fourth left after 10 days, then the third: 4 × 72 × 10/30 + 3 × 72 × 10/30 + 2 × 93 × 10/30 = 230
        let residences = &mut scene.premises(0).residences.0;
        residences[0].days = days("..2026-09-11");
        residences[1].days = days("..2026-09-21");
        assert_eq!(scene.line("2026-09", POWER, Component::Base), "230 × 5.12 = 1177.60");
    }

    #[test]
    fn a_new_rate_takes_what_the_old_one_leaves() {
        let mut scene = cold(1);
        scene.rules.tariffs.clear();
        scene.rate(COLD, 0, "..2026-07-11", "47.36");
        scene.rate(COLD, 0, "2026-07-11..2026-07-21", "50.00");
        scene.rate(COLD, 0, "2026-07-21..", "60.00");
        // 4.33 m³ over 31 days: until the 11th 1.396774 → 1.397, until the 21st 2.793548 → 2.794, so the parts
        // are 1.397, 1.397 and 1.536: 66.16192 → 66.16, 69.85, 92.16
        assert_eq!(line(&scene, "2026-07"), "4.33 × 60 = 228.17");
    }

    #[test]
    fn an_account_may_differ_from_its_house() {
        let mut scene = cold(1);
        let off = scene.fact("2026-09-11..", AccountPlan::Off(COLD));
        scene.account(0).plans.0.push(off);
        // 4.33 × 10/30 = 1.443333 → 1.443; × 47.36 = 68.34048
        assert_eq!(line(&scene, "2026-09"), "1.443 × 47.36 = 68.34");
        let own = AccountPlan::Own(service_plan(COLD, Method::Quantity, false));
        let own = scene.fact("2026-09-11..", own);
        scene.account(0).plans.0 = vec![own];
        let six = scene.fact("2026-09-11..2026-10-01", (COLD, d("6")));
        scene.account(0).quantities.0.push(six);
        // and then 6 × 20/30 = 4.000 of a quantity: 6 × 47.36 × 20/30 = 189.44; 68.34 + 189.44
        assert_eq!(line(&scene, "2026-09"), "5.443 × 47.36 = 257.78");
    }
}
