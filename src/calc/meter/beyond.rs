//! What a reading tells of months too far back to be recalculated (dossier § 4.2). Those months stay as they were booked, so what
//! they used and nobody was charged for is charged in the first month that is recalculated, once (354 п. 61).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Metering;
use super::reading::{accepted, consumption};
use crate::calc::context::{Context, Problems};
use crate::calc::facts::Meter;
use crate::calc::figure::Tag;
use crate::calc::flow::Piece;
use crate::calc::ids::Mark;
use crate::calc::line::Basis;
use crate::calc::period::{Days, Month};
use crate::calc::trace::{Rule, Source, What};

/// What the accepted readings of a register come to.
struct Told {
    /// Consumption from the first to the last of them.
    volume: Decimal,
    /// The month of the last: what was charged without a reading after it is still to be caught up with.
    last: Month,
    /// Their days.
    days: Vec<NaiveDate>,
}

/// What a register told of months too far back and nobody was charged for.
pub(in crate::calc) struct Uncharged {
    /// How much; less than nothing where somebody was charged for what nobody used.
    pub volume: Decimal,
    /// The days it was used on: between the reading that stands and the one that was brought, put right or taken back. Empty
    /// where there is only one.
    pub days: Days,
}

/// What a register told of the months up to that of `ctx` by what became known after `before` and up to the mark of `ctx`, less
/// what these months were charged; `None` where nothing is left.
pub(in crate::calc) fn uncharged(
    ctx: &Context<'_>,
    before: Mark,
    meter: &Meter,
    register: i16,
) -> Option<Uncharged> {
    let was = told(&Context { known: before, ..*ctx }, meter, register)?;
    let is = told(ctx, meter, register)?;
    let open = |since| -> Decimal {
        let months = ctx.earlier.between(meter.id, register, since, ctx.month.next());
        months.map(|entry| entry.volume).sum()
    };
    let volume = (is.volume + open(is.last)).saturating_sub(was.volume + open(was.last));
    let changed = meter.readings.0.iter().filter(|fact| {
        fact.value.register == register
            && fact.days.from < ctx.days.to
            && fact.known_at(before) != fact.known_at(ctx.known)
    });
    let changed: Vec<NaiveDate> = changed.map(|fact| fact.days.from).collect();
    let (first, last) = (*changed.iter().min()?, *changed.iter().max()?);
    let stand = || was.days.iter().chain(&is.days).copied();
    let days = match stand().filter(|day| *day < first).max() {
        Some(from) => Days { from, to: last },
        None => Days { from: first, to: stand().filter(|day| *day > last).min().unwrap_or(last) },
    };
    (!volume.is_zero()).then_some(Uncharged { volume, days })
}

fn told(ctx: &Context<'_>, meter: &Meter, register: i16) -> Option<Told> {
    let mut readings = Vec::new();
    accepted(ctx, meter, register, &mut readings, &mut Problems::within(ctx.days));
    let last = Month::of(readings.last()?.days.from);
    let volume = consumption(ctx, meter, &readings, "").value();
    Some(Told { volume, last, days: readings.iter().map(|fact| fact.days.from).collect() })
}

impl Metering<'_> {
    /// Lays out what is left of the months before.
    pub(super) fn left(&self, meter: &Meter, pieces: &mut Vec<Piece>) {
        let ctx = self.ctx;
        for register in 1..=meter.registers {
            let Some(left) = ctx.earlier.left.get(&(meter.id, register, ctx.month)) else { continue };
            for (days, left) in left {
                let source = Source::Charged { meter: meter.id, register, month: ctx.month };
                let volume = ctx.leaf(*left, Tag(What::Consumption, self.unit), source, None);
                let volume = volume.of(&meter.serial).by(Rule::BeyondDepth);
                let piece = Piece::whole(*days, volume, Basis::Meter, Rule::BeyondDepth);
                pieces.push(Piece { component: self.component(meter, register), ..piece });
            }
        }
    }
}
