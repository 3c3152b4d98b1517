//! Temperatures: of rooms by degrees, of hot water by steps (354 Прил. 1 пп. 5, 15; dossier § 3.2).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::clock::{Span, by_night, hours};
use super::{Act, Disturbed, HOURS, PERCENT, Taken};
use crate::calc::context::Problems;
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::grounds::{Deficiency, Limit};
use crate::calc::rules::Parameter;
use crate::calc::timeline::Fact;
use crate::calc::trace::{Rule, Source, What};

/// A stretch of an act under its line of the table, and whether it is night.
type Part<'k, 'b> = (&'b Act<'b>, &'k Fact<Limit>, Span, bool);

/// Hours by how far they were off: degrees, or steps.
type Weighted = BTreeMap<Decimal, Decimal>;

impl Disturbed<'_> {
    /// Percent for every hour and every degree: too cold by day and night, too warm above its own tolerance.
    pub(super) fn room(&self, kind: &Deficiency, acts: &[Act<'_>]) -> Result<Taken, ExceptionReason> {
        let whole = !self.ctx.parameter(Parameter::UndersupplyDegreeFraction)?.is_zero();
        let mut off = Weighted::new();
        for (act, limit, span, night) in self.parts(kind, acts)? {
            let (Some(measured), Some(norm)) =
                (act.fact.value.measured, act.fact.value.required.or(limit.value.required))
            else {
                return Err(ExceptionReason::NoLimit);
            };
            let tolerance = if night { limit.value.tolerance_night } else { limit.value.tolerance_day };
            let above = limit.value.tolerance_up.map_or(Decimal::ZERO, |up| measured - norm - up);
            let degrees = (norm - tolerance - measured).max(above).max(Decimal::ZERO);
            let degrees = if whole { degrees.floor() } else { degrees };
            *off.entry(degrees).or_default() += hours(span);
        }
        let rate = self.rate(self.limit(kind, &acts[0].fact.value)?);
        let tags = [Tag(What::Degrees, "°C"), Tag(What::DegreeHours, "°C·ч")];
        let Some(sum) = self.weighted(&acts[0], &off, tags)? else { return Ok(Taken::Nothing) };
        Ok(Taken::Percent(sum.times(rate, PERCENT).by(Rule::RoomTemperature)))
    }

    /// Percent for every hour and every full step; hours below the bound are paid at the price of cold water.
    pub(super) fn water(
        &self,
        kind: &Deficiency,
        acts: &[Act<'_>],
        all: &[Act<'_>],
        problems: &mut Problems,
    ) -> Result<Taken, ExceptionReason> {
        let (mut off, mut cold) = (Weighted::new(), Vec::new());
        for (act, limit, span, night) in self.parts(kind, acts)? {
            let (Some(measured), Some(norm), Some(step)) =
                (act.fact.value.measured, act.fact.value.required.or(limit.value.required), limit.value.step)
            else {
                return Err(ExceptionReason::NoLimit);
            };
            if limit.value.bound.is_some_and(|bound| measured < bound) {
                cold.push(span);
                continue;
            }
            let tolerance = if night { limit.value.tolerance_night } else { limit.value.tolerance_day };
            let steps =
                ((norm - tolerance - measured).max(Decimal::ZERO)).checked_div(step).unwrap_or_default();
            *off.entry(steps.floor()).or_default() += hours(span);
        }
        let limit = self.limit(kind, &acts[0].fact.value)?;
        let tags = [Tag(What::Steps, ""), Tag(What::DegreeHours, "ч")];
        let percent = self.weighted(&acts[0], &off, tags)?;
        let percent = percent.map(|sum| sum.times(self.rate(limit), PERCENT).by(Rule::WaterTemperature));
        let repriced =
            if cold.is_empty() { None } else { self.as_cold_water(limit, &acts[0], &cold, all, problems) };
        Ok(match (percent, repriced) {
            (Some(percent), Some(roubles)) => Taken::Both(percent, roubles),
            (Some(percent), None) => Taken::Percent(percent),
            (None, Some(roubles)) => Taken::Roubles(roubles),
            (None, None) => Taken::Nothing,
        })
    }

    /// Every moment once, under the act that was drawn up first, by day and night.
    fn parts<'k, 'b>(
        &self,
        kind: &'k Deficiency,
        acts: &'b [Act<'b>],
    ) -> Result<Vec<Part<'k, 'b>>, ExceptionReason> {
        let mut parts = Vec::new();
        let mut until = None;
        for act in acts {
            let limit = self.limit(kind, &act.fact.value)?;
            for span in &act.spans {
                let from = until.map_or(span.from, |until| span.from.max(until));
                let to = span.to;
                if from < to {
                    until = Some(to);
                    let cut = by_night(Span { from, to });
                    parts.extend(cut.into_iter().map(|(span, night)| (act, limit, span, night)));
                }
            }
        }
        Ok(parts)
    }

    /// Σ weight × hours; `None` where nothing was off.
    fn weighted(
        &self,
        act: &Act<'_>,
        off: &Weighted,
        [one, product]: [Tag<'_>; 2],
    ) -> Result<Option<Figure>, ExceptionReason> {
        let mut sum = None;
        for (weight, hours) in off.iter().filter(|(weight, _)| !weight.is_zero()) {
            let (source, days) = (act.source(), Some(act.fact.days));
            let hours = self.ctx.leaf(self.counted(*hours)?, HOURS, Source::Calendar, None);
            sum = add(sum, self.ctx.leaf(*weight, one, source, days).times(hours, product), product);
        }
        Ok(sum)
    }
}
