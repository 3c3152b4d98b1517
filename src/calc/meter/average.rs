//! The average of a meter that gave no reading (354 п. 59; dossier § 1.4 stage A).

use chrono::Datelike;
use rust_decimal::Decimal;

use super::Metering;
use super::reading::consumption;
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Meter, Reading};
use crate::calc::figure::{Figure, Tag};
use crate::calc::period::Month;
use crate::calc::rules::Parameter;
use crate::calc::timeline::Fact;
use crate::calc::trace::{Source, What};

/// Average monthly consumption over at least six months before the last reading; over the actual time of work,
/// at least three months, where the meter worked less. `None` when the meter worked less than that, or has been
/// charged so for three periods in a row: then the norm decides. All three numbers are parameters.
///
/// Reads of earlier months: how many in a row this register was charged without a reading.
///
/// # Errors
/// A parameter has no value.
pub(super) fn average(
    metering: &Metering<'_>,
    meter: &Meter,
    register: i16,
    readings: &[&Fact<Reading>],
) -> Result<Option<Figure>, ExceptionReason> {
    let ctx = metering.ctx;
    let streak = ctx.earlier.streak(meter.id, register, ctx.month);
    if streak.by_norm || streak.averages >= ctx.parameter(metering.periods)? {
        return Ok(None);
    }
    let full = ctx.parameter(Parameter::MeterAverageMonths)?;
    let least = ctx.parameter(Parameter::MeterAverageMinMonths)?;
    let Some(last) = readings.last() else { return Ok(None) };
    let months = |fact: &&Fact<Reading>| months_between(fact.days.from, last.days.from);
    let start = readings.iter().rposition(|fact| months(fact) >= full).unwrap_or(0);
    let span = months(&readings[start]);
    if span < least || span <= Decimal::ZERO {
        return Ok(None);
    }
    let volume = consumption(ctx, meter, &readings[start..], metering.unit);
    let span = ctx.leaf(span, Tag(What::Months, "мес."), Source::Calendar, None);
    let average = volume.over(span, Tag(What::Average, metering.unit));
    Ok(Some(average.rounded(metering.scale)))
}

/// Billing periods from one day to another. A meter read on the first of a month has shown what the month before used.
fn months_between(from: chrono::NaiveDate, to: chrono::NaiveDate) -> Decimal {
    let number = |day: chrono::NaiveDate| {
        let first = Month::of(day.pred_opt().unwrap_or(day)).first_day();
        i64::from(first.year()) * 12 + i64::from(first.month())
    };
    Decimal::from(number(to) - number(from))
}
