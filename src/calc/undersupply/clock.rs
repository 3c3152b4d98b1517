//! Moments and hours: the only place a calculation looks at a clock face, the local one of the house.

use chrono::{Days as Later, NaiveDateTime, NaiveTime, Timelike};
use rust_decimal::Decimal;

use crate::calc::grounds::Undersupply;
use crate::calc::period::Days;
use crate::calc::timeline::Fact;

/// A stretch of time, its end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
}

/// The time a service was charged for.
#[derive(Debug, Clone)]
pub struct Window(Vec<Span>);

impl Span {
    fn meet(self, other: Self) -> Option<Self> {
        let shared = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (shared.from < shared.to).then_some(shared)
    }
}

/// Hours of a span, exact to the minute.
pub fn hours(span: Span) -> Decimal {
    Decimal::from((span.to - span.from).num_minutes()) / Decimal::from(60)
}

impl Window {
    /// The days a service was charged for.
    pub fn of(days: &[Days]) -> Self {
        Self(union(days.iter().map(|days| span_of(*days))))
    }

    /// The moments of an act within the window, and within the days its fact is true for.
    pub fn meet(&self, act: &Fact<Undersupply>) -> Vec<Span> {
        let span = Span { from: act.value.from, to: act.value.to };
        let true_for = span_of(act.days);
        self.0.iter().filter_map(|window| span.meet(true_for)?.meet(*window)).collect()
    }

    /// Its hours.
    pub fn hours(&self) -> Decimal {
        self.0.iter().copied().map(hours).sum()
    }
}

fn span_of(days: Days) -> Span {
    Span { from: days.from.and_time(NaiveTime::MIN), to: days.to.and_time(NaiveTime::MIN) }
}

/// Spans that overlap or touch, as one.
pub fn union(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    joined
}

/// The span cut at midnight and at five in the morning; each part with whether it is night (354 Прил. 1 пп. 5, 15).
pub fn by_night(span: Span) -> Vec<(Span, bool)> {
    let mut parts = Vec::new();
    let mut from = span.from;
    while from < span.to {
        let night = from.hour() < 5;
        let midnight = from.date().and_time(NaiveTime::MIN);
        let next = if night {
            midnight + chrono::TimeDelta::hours(5)
        } else {
            midnight.checked_add_days(Later::new(1)).unwrap_or(span.to)
        };
        let to = next.min(span.to);
        parts.push((Span { from, to }, night));
        from = to;
    }
    parts
}
