//! A meter that does not count for a time: it failed, is no longer verified, may not be seen, or was tampered with (354
//! пп. 59, 60, 62; dossier § 1.4, 1.5). From the day of the event the average is charged, after its periods the norm raised by the coefficient;
//! tampering is charged by the raised norm at once.

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;

use super::register::{Found, Register};
use crate::calc::context::{Context, Problems};
use crate::calc::facts::{Meter, Outage, Reading};
use crate::calc::flow::{Piece, Raise};
use crate::calc::period::{Days, Month};
use crate::calc::rules::Parameter;
use crate::calc::timeline::Fact;
use crate::calc::trace::Rule;

/// When a meter does not count up to the end of the month, with the reasons: by acts, and while no verification holds.
pub(super) fn outages(ctx: &Context<'_>, meter: &Meter) -> Vec<(Days, Outage)> {
    let by_acts = meter.outages.known(ctx.known).map(|fact| (fact.days, fact.value));
    let unverified = meter.unverified(ctx.known).into_iter().map(|days| (days, Outage::Unverified));
    let begun = by_acts.chain(unverified).filter(|(days, _)| days.from < ctx.days.to);
    begun.filter_map(|(days, outage)| Some((charged(ctx, days, outage)?, outage))).collect()
}

/// Whether a reading counts: not one taken on a day the meter does not count, nor, once it was put right after a failure or
/// tampering, one from before: it starts to count anew.
pub(super) fn counts(ctx: &Context<'_>, outages: &[(Days, Outage)], reading: &Fact<Reading>) -> bool {
    outages.iter().all(|(days, outage)| {
        let day = reading.days.from;
        let inside = days.from < day && day < days.to;
        let ended = *outage != Outage::NoAccess && days.to <= ctx.days.from && day < days.to;
        !(inside || ended)
    })
}

/// The days an outage is charged for: tampering for no more months than the law allows before the one it was found in.
fn charged(ctx: &Context<'_>, days: Days, outage: Outage) -> Option<Days> {
    if outage != Outage::Tampering || days.to == NaiveDate::MAX {
        return Some(days);
    }
    let most = ctx.parameter(Parameter::TamperingMonths).ok()?;
    let months = most.to_i32().unwrap_or_default();
    let first = Month::of(days.to).plus(-months).first_day();
    days.meet(Days::since(first))
}

impl Register<'_> {
    /// The days of the month the meter stood in its place and did not count, and the first reason of that.
    pub(super) fn outage(&self) -> Option<(Days, Outage)> {
        let ctx = self.metering.ctx;
        let place = self.place?;
        let outages = outages(ctx, self.meter).into_iter();
        let here = outages.filter_map(|(days, outage)| Some((days.meet(place)?, outage)));
        here.reduce(|(one, first), (other, next)| {
            let outage = if other.from < one.from { next } else { first };
            (Days { from: one.from.min(other.from), to: one.to.max(other.to) }, outage)
        })
    }

    /// Whether whoever did not let the meter be inspected did in the end: a reading of the month after that catches up on all
    /// of it (354 п. 61).
    pub(super) fn caught_up(&self, out: Days, outage: Outage, readings: &[&Fact<Reading>]) -> bool {
        let seen = |fact: &&Fact<Reading>| fact.days.from >= out.to;
        outage == Outage::NoAccess && readings.last().is_some_and(seen)
    }

    /// Lays out a month in which the meter did not count on `out`: readings before it, then the average or the norm, and
    /// from a reading on that was taken when it was put right, readings again.
    pub(super) fn out_of_order(
        &self,
        out: Days,
        outage: Outage,
        readings: &[&Fact<Reading>],
        pieces: &mut Vec<Piece>,
        problems: &mut Problems,
    ) -> Found {
        let ctx = self.metering.ctx;
        let (before, after) = readings.split_at(readings.partition_point(|fact| fact.days.from <= out.from));
        let earlier = before.partition_point(|fact| fact.days.from < ctx.days.from);
        let mut days = out;
        let Some(place) = self.place else { return Found::Absent };
        if place.from < out.from && earlier < before.len() {
            let here = Days { from: place.from, to: out.from };
            Register { place: Some(here), ..*self }.by_readings(before, earlier, pieces);
        } else {
            days.from = place.from;
        }
        if after.len() > 1 && out.to < place.to {
            let here = Days { from: out.to, to: place.to };
            Register { place: Some(here), ..*self }.by_readings(after, 0, pieces);
        } else if out.to < place.to && after.is_empty() {
            days.to = place.to;
        }
        match outage {
            Outage::Tampering => Found::Silent(days, Raise::Tampering),
            Outage::Failure | Outage::NoAccess => {
                self.averaged(days, (Raise::Coefficient, Rule::OutOfOrder), before, pieces, problems)
            }
            Outage::Unverified => {
                self.averaged(days, (Raise::Coefficient, Rule::Unverified), before, pieces, problems)
            }
        }
    }
}
