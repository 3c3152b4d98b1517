//! Interruptions and deviations counted by the hour.

use rust_decimal::Decimal;

use super::clock::{Span, hours, union};
use super::{Act, Disturbed, HOURS, PERCENT, Taken};
use crate::calc::exception::ExceptionReason;
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::grounds::{Deficiency, Limit};
use crate::calc::timeline::Fact;
use crate::calc::trace::{Rule, RuleData, What};

/// An interruption: overlapping acts are one, under the limit of the first of them.
struct Event<'k> {
    hours: Decimal,
    limit: &'k Fact<Limit>,
    figure: Figure,
}

impl Disturbed<'_> {
    /// Percent for every unit of time over the allowed ones; several interruptions of a month are summed first.
    pub(super) fn interruption(&self, kind: &Deficiency, acts: &[Act<'_>]) -> Result<Taken, ExceptionReason> {
        let events = self.events(kind, acts)?;
        let Some(first) = events.first().map(|event| event.limit) else { return Ok(Taken::Nothing) };
        let total = events.iter().fold(None, |sum, event| add(sum, event.figure.clone(), HOURS));
        let Some(total) = total else { return Ok(Taken::Nothing) };
        let allowed =
            self.ctx.data(first, RuleData::Limit, self.allowed(&events)?, Tag(What::AllowedHours, "ч"));
        let excess = total.minus(allowed, Tag(What::ExcessHours, "ч"));
        if excess.value() <= Decimal::ZERO {
            return Ok(Taken::Nothing);
        }
        let units = self.units(excess, first.value.unit_hours)?;
        Ok(Taken::Percent(units.times(self.rate(first), PERCENT).by(Rule::Interruption)))
    }

    fn events<'k>(&self, kind: &'k Deficiency, acts: &[Act<'_>]) -> Result<Vec<Event<'k>>, ExceptionReason> {
        let mut events = Vec::new();
        for span in union(acts.iter().flat_map(|act| act.spans.iter().copied())) {
            let within = |act: &&Act<'_>| act.spans.iter().any(|of| span.from <= of.from && of.to <= span.to);
            let Some(act) = acts.iter().find(within) else { continue };
            let hours = hours(span);
            let figure =
                self.ctx.leaf(hours, Tag(What::Interruption, "ч"), act.source(), Some(act.fact.days));
            events.push(Event { hours, limit: self.limit(kind, &act.fact.value)?, figure });
        }
        Ok(events)
    }

    /// Hours the law allows: of the month alone, or of each event up to its limit at once and of all of them up to
    /// that of the month (dossier § 3.2, both readings). Where the table names no hours of a month, as for an accident on a
    /// dead-end main, both readings are those of each event.
    fn allowed(&self, events: &[Event<'_>]) -> Result<Decimal, ExceptionReason> {
        let per_event = self.per_event()?;
        let month = events.iter().filter_map(|event| event.limit.value.month_hours).max();
        let mut left = month.unwrap_or(Decimal::MAX);
        let mut allowed = Decimal::ZERO;
        for Event { hours, limit, .. } in events {
            let once = match limit.value.once_hours {
                Some(once) if per_event || month.is_none() => once,
                None if month.is_none() => Decimal::ZERO,
                _ => Decimal::MAX,
            };
            let of_event = (*hours).min(once).min(left);
            allowed += of_event;
            left -= of_event;
        }
        Ok(allowed)
    }

    /// Hours as units of time, begun ones as the parameter says.
    fn units(&self, excess: Figure, unit_hours: Decimal) -> Result<Figure, ExceptionReason> {
        let exact = excess.value().checked_div(unit_hours).unwrap_or_default();
        let whole = self.counted(exact)?;
        Ok(excess.becoming(whole, What::WholeUnits))
    }

    /// Percent for every hour of a deviation; beyond the bound the whole time is not charged (354 Прил. 1 пп. 3, 7, 13).
    pub(super) fn deviation(&self, kind: &Deficiency, acts: &[Act<'_>]) -> Result<Taken, ExceptionReason> {
        let (mut mild, mut grave): (Vec<&Act<'_>>, Vec<&Act<'_>>) = (Vec::new(), Vec::new());
        let mut limit = None;
        for act in acts {
            let line = self.limit(kind, &act.fact.value)?;
            let beyond = line.value.bound.zip(act.fact.value.measured).is_some_and(|(bound, by)| by > bound);
            if beyond {
                grave.push(act);
            } else {
                mild.push(act);
            }
            limit = Some(line);
        }
        let Some(limit) = limit else { return Ok(Taken::Nothing) };
        let percent =
            self.hours_of(&mild)?.map(|hours| hours.times(self.rate(limit), PERCENT).by(Rule::Deviation));
        let days = (!grave.is_empty()).then(|| self.part_of_charge(&grave));
        Ok(match (percent, days) {
            (Some(percent), Some(roubles)) => Taken::Both(percent, roubles),
            (Some(percent), None) => Taken::Percent(percent),
            (None, Some(roubles)) => Taken::Roubles(roubles),
            (None, None) => Taken::Nothing,
        })
    }

    fn hours_of(&self, acts: &[&Act<'_>]) -> Result<Option<Figure>, ExceptionReason> {
        let Some(first) = acts.first() else { return Ok(None) };
        let spans: Vec<Span> = union(acts.iter().flat_map(|act| act.spans.iter().copied()));
        let exact: Decimal = spans.iter().copied().map(hours).sum();
        let figure = self.ctx.leaf(exact, HOURS, first.source(), Some(first.fact.days));
        Ok(Some(figure.becoming(self.counted(exact)?, What::WholeUnits)))
    }

    fn part_of_charge(&self, acts: &[&Act<'_>]) -> Figure {
        let spans = union(acts.iter().flat_map(|act| act.spans.iter().copied()));
        let bad: Decimal = spans.iter().copied().map(hours).sum();
        let bad = self.ctx.leaf(bad, HOURS, acts[0].source(), Some(acts[0].fact.days));
        let product = self.charge.clone().times(bad, Tag(What::Product, ""));
        product.over(self.all_hours(), Tag(What::Reduction, "₽")).by(Rule::WholeTime)
    }
}
