//! Hot water colder than the bound is paid as cold water (354 Прил. 1 п. 5; dossier § 3.2).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::clock::{Span, by_night, hours, union};
use super::{Act, Disturbed, HOURS, REDUCTION};
use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Method, ServicePlan};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::grounds::{Limit, Measure};
use crate::calc::ids::TariffId;
use crate::calc::line::Component;
use crate::calc::timeline::Fact;
use crate::calc::trace::{Rule, RuleData, Source, What};

/// A price of cold water and the cold hours it holds for.
type Priced<'a> = (&'a Fact<Decimal>, Decimal);

impl<'a> Disturbed<'a> {
    /// What cold hours cost too much: their part of the charge less their part of the volume at the price of cold
    /// water. Hours of supply are all hours charged less the interruptions.
    pub(super) fn as_cold_water(
        &self,
        limit: &Fact<Limit>,
        act: &Act<'_>,
        cold: &[Span],
        all: &[Act<'_>],
        problems: &mut Problems,
    ) -> Option<Figure> {
        let ctx = self.ctx;
        let supplied = self.window.hours() - self.interrupted(all);
        if supplied <= Decimal::ZERO {
            return None;
        }
        let mut off = None;
        for (rate, cold) in self.cold_hours(limit, cold, problems) {
            let rate = ctx.data(rate, RuleData::Rate, rate.value, Tag(What::Rate, &self.group.service.unit));
            let as_cold = self.cold_volume().times(rate, Tag(What::Amount, "₽"));
            let dearer = self.charge.clone().minus(as_cold, Tag(What::Amount, "₽"));
            if dearer.value() <= Decimal::ZERO {
                continue;
            }
            let cold = ctx.leaf(cold, HOURS, act.source(), Some(act.fact.days));
            let supplied = ctx.leaf(supplied, Tag(What::HoursOfAll, "ч"), Source::Calendar, None);
            let part = dearer.times(cold, Tag(What::Product, "")).over(supplied, REDUCTION);
            off = add(off, part.by(Rule::AsColdWater), REDUCTION);
        }
        off
    }

    /// Hours nothing was supplied.
    fn interrupted(&self, all: &[Act<'_>]) -> Decimal {
        let is_interruption = |act: &&Act<'_>| {
            let kind = self.ctx.rules.deficiencies.get(&act.fact.value.deficiency);
            kind.is_some_and(|kind| kind.measure == Measure::Interruption)
        };
        let gone = union(all.iter().filter(is_interruption).flat_map(|act| act.spans.iter().copied()));
        gone.iter().copied().map(hours).sum()
    }

    /// The volume of the charge: without its heat, with what the coefficient adds where that is charged, less what absence took.
    fn cold_volume(&self) -> Figure {
        let of_water = |component| match component {
            Component::Base | Component::Water | Component::CatchUp => true,
            Component::Surplus => self.with_surplus,
            _ => false,
        };
        let drafts = self.group.drafts.iter().filter(|(key, _)| of_water(key.component));
        let volume: Decimal = drafts.map(|(_, draft)| draft.volume).sum();
        let tag = Tag(What::Volume, &self.group.service.unit);
        self.ctx.leaf(volume + self.absent, tag, Source::Nothing, None)
    }

    /// The cold hours by the price of cold water of their day; hours without a price are a problem told once.
    fn cold_hours(&self, limit: &Fact<Limit>, cold: &[Span], problems: &mut Problems) -> Vec<Priced<'a>> {
        let mut priced: Vec<Priced<'a>> = Vec::with_capacity(1);
        for (span, _) in union(cold.iter().copied()).into_iter().flat_map(by_night) {
            let Some(rate) = self.cold_rate(limit, span.from.date()) else {
                problems.push(ExceptionReason::NoColdRate);
                return priced;
            };
            match priced.last_mut() {
                Some((last, sum)) if std::ptr::eq(*last, rate) => *sum += hours(span),
                _ => priced.push((rate, hours(span))),
            }
        }
        priced
    }

    /// The price of cold water on a day: by the plan of the account for the service the table names; of the house where the account
    /// pays it to another; else the water of two-component hot water.
    fn cold_rate(&self, limit: &Fact<Limit>, day: NaiveDate) -> Option<&'a Fact<Decimal>> {
        let (ctx, known) = (self.ctx, self.ctx.known);
        let service = limit.value.priced_as?;
        let is_cold = |plan: &ServicePlan| plan.service == service && plan.method != Method::Ready;
        let billed = self.billed;
        let own = billed.segments.iter().filter(|segment| segment.days.contain(day));
        let own = own.map(|segment| segment.plan).find(|plan| is_cold(plan));
        let of_house = || {
            let mut plans = billed.site.house.plans.over(ctx.days, known);
            let found = plans.find(|(days, plan)| days.contain(day) && is_cold(&plan.value));
            found.map(|(_, plan)| &plan.value)
        };
        let on = |tariff: TariffId, part: i16| ctx.rules.tariffs.get(&(tariff, part))?.on(day, known);
        if let Some(plan) = own.or_else(of_house) {
            return on(plan.tariff, 0);
        }
        let heated = |plan: &&ServicePlan| {
            plan.service == self.group.service_id && plan.method == Method::TwoComponent
        };
        on(billed.segments.iter().map(|segment| segment.plan).find(heated)?.tariff, 1)
    }
}
