//! Temporary absence: what the norm charged for somebody who was away (354 пп. 86–97, for waste пп. 148(44)–148(48);
//! dossier § 2). `ΔP = − T × N × Σ d_p / D`.
//!
//! A service is recalculated where it is charged by persons and norm, on the days no meter of it stands in the premises and no
//! coefficient raises it; so heating and everything by area are left alone by themselves, and waste, which has no meters, is always
//! recalculated. Sewage follows the waters (п. 87).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::charge::coefficients;
use super::context::{Context, Problems};
use super::exception::ExceptionReason;
use super::facts::{Method, Premises};
use super::figure::{Figure, Tag};
use super::flow::{self, Piece};
use super::house::are_corrected_yearly;
use super::ids::{PersonId, ServiceId};
use super::line::{Basis, Component, Holder, LineKey};
use super::lowering::Billed;
use super::norm::{self, Fits};
use super::period::Days;
use super::persons::presence;
use super::plan::Segment;
use super::price::{AMOUNT, Draft, Measure, Price};
use super::rules::Parameter;
use super::trace::{FactKind, Rule, Source, What};

/// What absences take off one segment; the heat of two-component hot water beside its water.
pub(super) fn absences(
    billed: &Billed<'_>,
    segment: &Segment<'_>,
    problems: &mut Problems,
) -> Vec<(LineKey, Draft)> {
    let ctx = billed.ctx();
    if billed.home.premises.absences.over(ctx.days, ctx.known).next().is_none() {
        return Vec::new();
    }
    let Some(away) = problems.keep(away(ctx, billed.home.premises)) else { return Vec::new() };
    let of = Absent { billed, away };
    let pieces = of.pieces(segment, problems);
    let service = segment.plan.service;
    let Some(named) = ctx.rules.services.get(&service) else { return Vec::new() };
    let heated = segment.plan.method == Method::TwoComponent;
    let price = Price {
        ctx,
        days: segment.days,
        since: segment.days.from,
        tariff: segment.plan.tariff,
        part: i16::from(heated),
        unit: &named.unit,
        measure: Measure::Count(named.scale),
        component: Component::Absence,
        keep: false,
    };
    let mut drafts: Vec<Draft> = price.draft(&pieces, problems).into_iter().collect();
    if heated {
        let heat = of.heat(segment, &pieces, problems);
        let draft = Price { part: 2, unit: "Гкал", ..price }.draft(&heat, problems);
        drafts.extend(draft.map(|draft| Draft { volume: Decimal::ZERO, ..draft }));
        // One line of water and of its heat: it has no one rate.
        drafts.iter_mut().for_each(|draft| draft.rate = Decimal::ZERO);
    }
    let key = billed.key(service, segment.plan.contract, Component::Absence, Holder::default());
    drafts
        .into_iter()
        .filter(|draft| !draft.amount.value().is_zero())
        .map(|draft| (key, off(draft)))
        .collect()
}

/// The days the coefficient raises what a segment charges: where a meter could stand and does not, nothing is recalculated (354
/// п. 86).
fn raised(billed: &Billed<'_>, segment: &Segment<'_>) -> Vec<Days> {
    let of_segment =
        |key: &LineKey| (key.service, key.contract) == (segment.plan.service, segment.plan.contract);
    if !billed.drafts.iter().any(|(key, _)| of_segment(key) && key.component.is_surplus()) {
        return Vec::new();
    }
    let factors = coefficients(billed.ctx(), billed.home.premises, segment.plan, billed.ctx().days);
    factors.into_iter().filter_map(|(days, factor)| factor.map(|_| days)).collect()
}

/// The same with the sign of what is taken off.
fn off(draft: Draft) -> Draft {
    Draft { volume: -draft.volume, amount: draft.amount.negated(AMOUNT), rule: Rule::Absence, ..draft }
}

/// Whole days of absence of the persons of some premises.
struct Absent<'b> {
    billed: &'b Billed<'b>,
    away: Vec<Away>,
}

/// One person away on some days.
struct Away {
    days: Days,
    row: i64,
    given: Days,
}

impl Absent<'_> {
    fn pieces(&self, segment: &Segment<'_>, problems: &mut Problems) -> Vec<Piece> {
        let rules = self.billed.ctx().rules;
        match segment.plan.method {
            Method::Persons => self.by_norm(segment, problems),
            Method::ContainersPersons if self.is_waste_by_norm(segment) => self.by_norm(segment, problems),
            Method::Meter | Method::TwoComponent => self.by_norm(segment, problems),
            Method::Waters => {
                let waters =
                    rules.services.get(&segment.plan.service).map_or(&[][..], |service| &service.waters);
                let charged = |other: &&Segment<'_>| waters.contains(&other.plan.service);
                let mut of_waters = self.billed.segments.iter().filter(charged).peekable();
                if of_waters.peek().is_none() {
                    return self.by_norm(segment, problems);
                }
                // A water that is not recalculated leaves its sewage as it is (п. 87).
                of_waters.flat_map(|water| self.pieces(water, problems)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Norm × days of everybody who was away while the segment held.
    fn by_norm(&self, segment: &Segment<'_>, problems: &mut Problems) -> Vec<Piece> {
        let (ctx, home) = (self.billed.ctx(), self.billed.home);
        let Some(service) = ctx.rules.services.get(&segment.plan.service) else { return Vec::new() };
        let Some(heads) = problems.keep(home.heads()) else { return Vec::new() };
        let mut pieces = Vec::new();
        let left = flow::without(segment.days, &self.barred(segment));
        for away in &self.away {
            let missed = left.iter().filter_map(|days| away.days.meet(*days));
            for (days, heads) in missed.flat_map(|days| heads.iter().map(move |heads| (days, heads))) {
                let Some(days) = days.meet(heads.days) else { continue };
                for (days, rooms) in norm::rooms(home, days) {
                    let fits = Fits { rooms, persons: heads.count };
                    let (part, yearly) = norm::person_part(ctx, segment.plan.norm);
                    for (days, line) in norm::lines(ctx, segment.plan.norm, part, days, fits, problems) {
                        let tag = Tag(What::Volume, &service.unit);
                        let volume = away.figure(ctx).times(norm::value(ctx, line, &service.unit), tag);
                        let volume = norm::monthly(ctx, yearly, volume, &service.unit);
                        pieces.push(Piece::monthly(ctx, days, volume, Basis::Norm, Rule::Absence));
                    }
                }
            }
        }
        pieces
    }

    /// The heat of hot water not used.
    fn heat(&self, segment: &Segment<'_>, water: &[Piece], problems: &mut Problems) -> Vec<Piece> {
        let mut heat = Vec::new();
        for piece in water {
            for (days, norm) in norm::heat(self.billed.ctx(), segment.plan.norm, piece.days, problems) {
                let amount = piece.amount.clone().times(norm, Tag(What::Volume, "Гкал"));
                heat.push(Piece { days, amount, ..piece.clone() });
            }
        }
        heat
    }

    /// Whether waste of containers is charged by the norm this month: what was taken away is nobody's absence.
    fn is_waste_by_norm(&self, segment: &Segment<'_>) -> bool {
        let unknown = self.billed.site.shared(segment.plan.service).is_none();
        segment.plan.norm.is_some() && (unknown || are_corrected_yearly(self.billed.ctx()))
    }

    /// The days on which a segment is not recalculated: the coefficient raises it, or a meter of it stands.
    fn barred(&self, segment: &Segment<'_>) -> Vec<Days> {
        let mut barred = raised(self.billed, segment);
        if matches!(segment.plan.method, Method::Meter | Method::TwoComponent) {
            barred.extend(self.metered(segment.plan.service));
        }
        barred
    }

    /// The days of the month a meter of the service stands in the premises or in their communal flat.
    fn metered(&self, service: ServiceId) -> Vec<Days> {
        let ctx = self.billed.ctx();
        let premises = self.billed.home.premises;
        let flat = premises.parent.and_then(|parent| self.billed.site.flat(parent));
        let of_flat = flat.map_or(&[][..], |flat| &flat.premises.meters[..]);
        let meters = premises.meters.iter().chain(of_flat).filter(|meter| meter.service == service);
        meters.flat_map(|meter| meter.installed.over(ctx.days, ctx.known).map(|(days, _)| days)).collect()
    }
}

impl Away {
    /// The person as a figure.
    fn figure(&self, ctx: &Context<'_>) -> Figure {
        let source = Source::Fact { kind: FactKind::Absence, row: self.row };
        ctx.leaf(Decimal::ONE, Tag(What::Absent, "чел."), source, Some(self.given))
    }
}

/// The days of the month each person was away and counted, where more full days in a row than the law leaves unpaid
/// were missed. Days that follow each other are one absence, however operations have cut them.
fn away(ctx: &Context<'_>, premises: &Premises) -> Result<Vec<Away>, ExceptionReason> {
    let least = ctx.parameter(Parameter::AbsenceMinFullDays)?;
    let mut facts: Vec<(PersonId, Days, i64)> =
        premises.absences.known(ctx.known).map(|fact| (fact.value.person, fact.days, fact.row)).collect();
    facts.sort_unstable();
    let mut away = Vec::new();
    for together in facts.chunk_by(|one, next| one.0 == next.0 && one.1.to >= next.1.from) {
        let (person, first, row) = together[0];
        let last: NaiveDate = together.iter().map(|(_, days, _)| days.to).max().unwrap_or(first.to);
        let given = Days { from: first.from, to: last };
        if Decimal::from(given.count()) <= least {
            continue;
        }
        let Some(days) = given.meet(ctx.days) else { continue };
        for fact in premises.residences.known(ctx.known).filter(|fact| fact.value.person == person) {
            away.extend(presence(ctx, premises, fact)?.meet(days).map(|days| Away { days, row, given }));
        }
    }
    Ok(away)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calc::grounds::Absence;
    use crate::calc::line::Component;
    use crate::calc::testing::*;

    /// Three residents, both waters and sewage by norm; the first of them is away on `range`.
    fn scene(range: &str) -> Scene {
        let mut scene = Scene::new();
        scene.parameter(Parameter::AbsenceMinFullDays, "5");
        for (service, rate, norm) in [(COLD, "47.36", "4.33"), (HOT, "195.50", "3.19")] {
            scene.plan(service, Method::Persons);
            scene.rate(service, 0, "..", rate);
            scene.norm(service, 0, "..", norm);
        }
        scene.plan_on("..", SEWAGE, Method::Waters, false);
        scene.rate(SEWAGE, 0, "..", "38.09");
        (0..3).for_each(|_| scene.resident(0, ".."));
        away(&mut scene, range);
        scene
    }

    fn away(scene: &mut Scene, range: &str) {
        let person = scene.premises(0).residences.0[0].value.person;
        let fact = scene.fact(range, Absence { person });
        scene.premises(0).absences.0.push(fact);
    }

    fn line(scene: &Scene, month: &str, service: ServiceId) -> String {
        scene.line(month, service, Component::Absence)
    }

    #[test]
    fn fourteen_full_days() {
        let scene = scene("2026-09-05..2026-09-19");
        // Dossier § 2: 47.36 × 4.33 × 14/30 = 95.698…; 4.33 × 14/30 = 2.020666… m³ in print
        assert_eq!(line(&scene, "2026-09", COLD), "-2.021 × 47.36 = -95.70");
        // 38.09 × (4.33 + 3.19) × 14/30 = 133.670…
        assert_eq!(line(&scene, "2026-09", SEWAGE), "-3.509 × 38.09 = -133.67");
    }

    #[test]
    fn more_than_five_days_in_a_row_whatever_the_month() {
        assert_eq!(line(&scene("2026-09-05..2026-09-10"), "2026-09", COLD), "[]");
        // Six days over the end of a month: 3 in August (D = 31), 3 in September: 47.36 × 4.33 × 3/31 = 19.845…; × 3/30 = 20.506…
        let over = scene("2026-08-29..2026-09-04");
        assert_eq!(line(&over, "2026-08", COLD), "-0.419 × 47.36 = -19.85");
        assert_eq!(line(&over, "2026-09", COLD), "-0.433 × 47.36 = -20.51");
        // Cut in two by an operation it is still one absence.
        let mut cut = scene("2026-09-05..2026-09-10");
        away(&mut cut, "2026-09-10..2026-09-19");
        assert_eq!(line(&cut, "2026-09", COLD), "-2.021 × 47.36 = -95.70");
    }

    #[test]
    fn a_meter_leaves_nothing_to_recalculate() {
        let mut scene = scene("2026-09-05..2026-09-19");
        scene.house().plans.0.retain(|fact| fact.value.service != COLD);
        scene.plan(COLD, Method::Meter);
        assert_eq!(line(&scene, "2026-09", COLD), "-2.021 × 47.36 = -95.70");
        scene.flat_meter(1, COLD, "..", "1@2026-08-23=1 1@2026-09-23=2");
        assert_eq!(line(&scene, "2026-09", COLD), "[]");
        // Sewage still follows the hot water: 38.09 × 3.19 × 14/30 = 56.703…
        assert_eq!(line(&scene, "2026-09", SEWAGE), "-1.489 × 38.09 = -56.70");
    }

    #[test]
    fn who_does_not_live_here_is_not_missed() {
        let mut scene = scene("2026-09-05..2026-09-19");
        scene.premises(0).residences.0.remove(0);
        assert_eq!(line(&scene, "2026-09", COLD), "[]");
        let mut without = scene.clone();
        without.rules.parameters.remove(&Parameter::AbsenceMinFullDays);
        assert!(line(&without, "2026-09", COLD).contains("NoParameter(AbsenceMinFullDays)"));
    }
}
