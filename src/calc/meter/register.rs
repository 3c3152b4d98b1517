//! One register in one month: what its readings give, what was charged while it was silent, or that it is
//! silent now.

use chrono::NaiveDate;

use super::Metering;
use super::average::average;
use super::reading::consumption;
use crate::calc::context::{Context, Problems};
use crate::calc::facts::{Meter, Reading};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::flow::{Piece, Raise};
use crate::calc::line::{Basis, Component};
use crate::calc::period::{Days, Month};
use crate::calc::rules::Parameter;
use crate::calc::timeline::Fact;
use crate::calc::trace::{Rule, Source, What};

/// What is known of a register in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Its volumes, by readings or by average, have been laid out.
    Told,
    /// Neither readings nor an average: the norm decides for these days.
    Silent(Days, Raise),
    /// The meter has nothing to do with this month, or what is missing has been noted as a problem.
    Absent,
}

/// The days of the month a meter stands in its place, from the first to the last.
pub(super) fn in_place(ctx: &Context<'_>, meter: &Meter) -> Option<Days> {
    let days = meter.installed.over(ctx.days, ctx.known).map(|(days, _)| days);
    days.reduce(|one, other| Days { from: one.from.min(other.from), to: one.to.max(other.to) })
}

/// Whether a meter was read in the month; the last reading of one taken out on the 1st falls into it.
pub(super) fn read(ctx: &Context<'_>, meter: &Meter) -> bool {
    meter.readings.known(ctx.known).any(|fact| ctx.days.contain(fact.days.from))
}

/// One register of a meter in the month of `metering`.
#[derive(Clone, Copy)]
pub(super) struct Register<'a> {
    pub metering: &'a Metering<'a>,
    pub meter: &'a Meter,
    pub number: i16,
    pub component: Component,
    /// The days it stands in its place.
    pub place: Option<Days>,
}

impl Register<'_> {
    /// Lays out what the register consumed; `readings` are its accepted ones up to the end of the month.
    ///
    /// Reads of earlier months: volumes charged by average or norm since the last reading (catch-up), and how
    /// many months in a row they were (average).
    pub fn lay(
        &self,
        readings: &[&Fact<Reading>],
        pieces: &mut Vec<Piece>,
        problems: &mut Problems,
    ) -> Found {
        let ctx = self.metering.ctx;
        if let Some((days, outage)) = self.outage()
            && !self.caught_up(days, outage, readings)
        {
            return self.out_of_order(days, outage, readings, pieces, problems);
        }
        let earlier = readings.partition_point(|fact| fact.days.from < ctx.days.from);
        if earlier < readings.len() {
            self.by_readings(readings, earlier, pieces);
            return Found::Told;
        }
        let Some(days) = self.place else { return Found::Absent };
        let told = ctx.parameter(Parameter::MeterNoReadingCoefficient);
        let raise = if told.is_ok_and(|told| !told.is_zero()) { Raise::Coefficient } else { Raise::No };
        self.averaged(days, (raise, Rule::Average), readings, pieces, problems)
    }

    /// Days by the average of the readings, and by which rule; silent where there is none: the norm is then raised by `raise`.
    pub(super) fn averaged(
        &self,
        days: Days,
        (raise, rule): (Raise, Rule),
        readings: &[&Fact<Reading>],
        pieces: &mut Vec<Piece>,
        problems: &mut Problems,
    ) -> Found {
        match problems.keep(average(self.metering, self.meter, self.number, readings)) {
            Some(Some(volume)) => {
                let volume = volume.by(rule);
                let piece = Piece::monthly(self.metering.ctx, days, volume, Basis::Average, rule);
                let silent = Some((self.meter.id, self.number));
                pieces.push(Piece { silent, component: self.component, ..piece });
                Found::Told
            }
            Some(None) => Found::Silent(days, raise),
            None => Found::Absent,
        }
    }

    /// A piece for every reading of the month that has one before it; `earlier` readings are of months before.
    pub(super) fn by_readings(&self, readings: &[&Fact<Reading>], earlier: usize, pieces: &mut Vec<Piece>) {
        let ctx = self.metering.ctx;
        let mut start = self.place.map_or(ctx.days.from, |place| place.from);
        for now in earlier..readings.len() {
            let on = readings[now].days.from;
            let end = if now + 1 == readings.len() { self.last_day(on) } else { on };
            if now > 0 {
                let volume = self.volume(&readings[now - 1..=now]);
                pieces.push(self.piece(start, end, volume));
                start = on;
            } else {
                start = start.max(on);
            }
        }
        if earlier == 0 && readings.len() == 1 {
            // Nothing but the first reading ever: the meter starts to count from it.
            let nothing = ctx.nothing(Tag(What::Consumption, self.metering.unit));
            pieces.push(self.piece(start, self.last_day(start), nothing));
        }
    }

    fn piece(&self, start: NaiveDate, end: NaiveDate, volume: Figure) -> Piece {
        let piece = Piece::whole(self.days(start, end), volume, Basis::Meter, Rule::Meter);
        Piece { component: self.component, ..piece }
    }

    /// The last reading stands for the rest of the month, unless a price or a payer changes on its very day.
    fn last_day(&self, on: NaiveDate) -> NaiveDate {
        if (self.metering.is_cut)(on) {
            return on;
        }
        self.place.map_or(on, |place| place.to)
    }

    /// A range of at least one day within the month.
    fn days(&self, start: NaiveDate, end: NaiveDate) -> Days {
        let month = self.metering.ctx.days;
        let last = month.to.pred_opt().unwrap_or(month.to);
        let from = start.clamp(month.from, last);
        let next = from.succ_opt().unwrap_or(month.to);
        Days { from, to: end.clamp(next, month.to.max(next)) }
    }

    fn volume(&self, pair: &[&Fact<Reading>]) -> Figure {
        let Metering { ctx, unit, .. } = *self.metering;
        let volume = consumption(ctx, self.meter, pair, unit);
        let since = Month::of(pair[0].days.from);
        if since.next() >= ctx.month {
            return volume;
        }
        let charged =
            ctx.earlier.between(self.meter.id, self.number, since, ctx.month).fold(None, |sum, entry| {
                let source =
                    Source::Charged { meter: entry.meter, register: entry.register, month: entry.month };
                let leaf = ctx.leaf(entry.volume, Tag(What::Charged, unit), source, None);
                add(sum, leaf, Tag(What::Charged, unit))
            });
        match charged {
            Some(charged) => volume.minus(charged, Tag(What::Consumption, unit)).by(Rule::CatchUp),
            None => volume,
        }
    }
}
