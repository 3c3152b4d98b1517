//! The accepted readings of a register and what was consumed between them.

use rust_decimal::Decimal;

use super::outage::{counts, outages};
use crate::calc::context::{Context, Problems};
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Meter, Reading};
use crate::calc::figure::{Figure, Tag, add};
use crate::calc::timeline::Fact;
use crate::calc::trace::{FactKind, How, Node, Rule, Source, What};

/// Readings of one register up to the end of the month, by day. One that is below its predecessor is left out
/// unless the operator confirmed that the dial passed its end (dossier § 1.1); if it is of this month, the
/// account is listed. They are put into `readings` in place of what is there.
pub(super) fn accepted<'a>(
    ctx: &Context<'_>,
    meter: &'a Meter,
    register: i16,
    readings: &mut Vec<&'a Fact<Reading>>,
    problems: &mut Problems,
) {
    readings.clear();
    let known = meter.readings.known(ctx.known);
    readings.extend(known.filter(|fact| fact.value.register == register && fact.days.from < ctx.days.to));
    let outages = outages(ctx, meter);
    if !outages.is_empty() {
        readings.retain(|fact| counts(ctx, &outages, fact));
    }
    readings.sort_unstable_by_key(|fact| (fact.days.from, fact.row));
    let mut last: Option<&Reading> = None;
    readings.retain(|fact| {
        let decreased = last.is_some_and(|last| fact.value.value < last.value && !fact.value.rolled_over);
        if !decreased {
            last = Some(&fact.value);
        } else if ctx.days.contain(fact.days.from) {
            problems
                .push(ExceptionReason::ReadingDecreased { serial: meter.serial.clone(), on: fact.days.from });
        }
        !decreased
    });
}

/// Consumption from the first to the last of neighbouring accepted readings, times the ratio of the meter.
pub(super) fn consumption(
    ctx: &Context<'_>,
    meter: &Meter,
    readings: &[&Fact<Reading>],
    unit: &str,
) -> Figure {
    let tag = Tag(What::Consumption, unit);
    let mut total = None;
    let mut first = 0;
    // Between two passings of the dial's end only the outer readings matter.
    for next in 1..readings.len() {
        let turned = readings[next].value.rolled_over;
        let ends = next + 1 == readings.len() || readings[next + 1].value.rolled_over;
        if turned || ends {
            let from = if turned { next - 1 } else { first };
            total = add(total, difference(ctx, meter, readings[from], readings[next], unit), tag);
            first = next;
        }
    }
    let total = total.unwrap_or_else(|| ctx.nothing(tag));
    if meter.ratio == Decimal::ONE { total } else { total.times(ratio(ctx, meter), tag) }
}

fn difference(
    ctx: &Context<'_>,
    meter: &Meter,
    from: &Fact<Reading>,
    to: &Fact<Reading>,
    unit: &str,
) -> Figure {
    let tag = Tag(What::Consumption, unit);
    let (before, now) = (leaf(ctx, meter, from, unit), leaf(ctx, meter, to, unit));
    if to.value.rolled_over {
        let end = dial_end(ctx, meter, unit);
        return end.minus(before, tag).plus(now, tag).by(Rule::RollOver);
    }
    now.minus(before, tag)
}

fn leaf(ctx: &Context<'_>, meter: &Meter, reading: &Fact<Reading>, unit: &str) -> Figure {
    ctx.fact(reading, FactKind::Reading, reading.value.value, Tag(What::Reading, unit)).of(&meter.serial)
}

/// Where the dial turns over: ten to the number of its digits.
fn dial_end(ctx: &Context<'_>, meter: &Meter, unit: &str) -> Figure {
    let end = (0..meter.digits.min(Decimal::MAX_SCALE)).fold(Decimal::ONE, |end, _| end * Decimal::TEN);
    of_meter(ctx, meter, end, Tag(What::DialEnd, unit))
}

fn ratio(ctx: &Context<'_>, meter: &Meter) -> Figure {
    of_meter(ctx, meter, meter.ratio, Tag(What::Ratio, ""))
}

fn of_meter(ctx: &Context<'_>, meter: &Meter, value: Decimal, tag: Tag<'_>) -> Figure {
    Figure::new(ctx.detail, value, || {
        let row = meter.installed.known(ctx.known).map(|fact| fact.row).min().unwrap_or_default();
        let source = Source::Fact { kind: FactKind::Meter, row };
        let Tag(what, unit) = tag;
        Node {
            what,
            value,
            unit: unit.to_owned(),
            of: None,
            rule: None,
            how: How::Given { source, days: None },
        }
    })
}
