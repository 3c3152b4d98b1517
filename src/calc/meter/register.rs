//! One register in one month: what its readings give, what was charged while it was silent, or that it is
//! silent now.

use chrono::NaiveDate;

use super::Metering;
use super::average::average;
use super::reading::{accepted, consumption};
use crate::calc::context::{Context, Problems};
use crate::calc::facts::{Fact, Meter, Reading};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::flow::Piece;
use crate::calc::line::Basis;
use crate::calc::period::{Days, Month};
use crate::calc::trace::{Rule, Source, What};

/// What a register gives for a month.
#[derive(Debug)]
pub(super) enum Found {
    /// Volumes by readings or by average.
    Pieces(Vec<Piece>),
    /// Neither readings nor an average: the norm decides for these days.
    Silent(Days),
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

/// The register in the month of `metering`.
///
/// Reads of earlier months: volumes charged by average or norm since the last reading (catch-up), and how many
/// months in a row they were (average).
pub(super) fn month(metering: &Metering<'_>, meter: &Meter, register: i16, problems: &mut Problems) -> Found {
    let ctx = metering.ctx;
    let place = in_place(ctx, meter);
    let readings = accepted(ctx, meter, register, problems);
    let earlier = readings.partition_point(|fact| fact.days.from < ctx.days.from);
    if earlier < readings.len() {
        let reader = Reader { metering, meter, register, place };
        return Found::Pieces(reader.pieces(&readings, earlier));
    }
    let Some(days) = place else { return Found::Absent };
    match average(metering, meter, register, &readings) {
        Ok(Some(volume)) => {
            let mut piece = Piece::monthly(ctx, days, volume, Basis::Average, Rule::Average);
            piece.silent = Some((meter.id, register));
            Found::Pieces(vec![piece])
        }
        Ok(None) => Found::Silent(days),
        Err(reason) => {
            problems.push(reason);
            Found::Absent
        }
    }
}

struct Reader<'a> {
    metering: &'a Metering<'a>,
    meter: &'a Meter,
    register: i16,
    place: Option<Days>,
}

impl Reader<'_> {
    /// A piece for every reading of the month that has one before it; `earlier` readings are of months before.
    fn pieces(&self, readings: &[&Fact<Reading>], earlier: usize) -> Vec<Piece> {
        let ctx = self.metering.ctx;
        let mut pieces = Vec::with_capacity(1);
        let mut start = self.place.map_or(ctx.days.from, |place| place.from);
        for now in earlier..readings.len() {
            let on = readings[now].days.from;
            let end = if now + 1 == readings.len() { self.last_day(on) } else { on };
            if now > 0 {
                let volume = self.volume(&readings[now - 1..=now]);
                pieces.push(Piece::whole(self.days(start, end), volume, Basis::Meter, Rule::Meter));
                start = on;
            } else {
                start = start.max(on);
            }
        }
        if pieces.is_empty() {
            // Nothing but the first reading ever: the meter starts to count from it.
            let nothing = ctx.nothing(Tag(What::Consumption, self.metering.unit));
            let days = self.days(start, self.last_day(start));
            pieces.push(Piece::whole(days, nothing, Basis::Meter, Rule::Meter));
        }
        pieces
    }

    /// The last reading stands for the rest of the month, unless a price or a payer changes on its very day.
    fn last_day(&self, on: NaiveDate) -> NaiveDate {
        if self.metering.cuts.contains(&on) {
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
            ctx.earlier.between(self.meter.id, self.register, since, ctx.month).fold(None, |sum, entry| {
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
