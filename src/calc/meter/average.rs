//! The average of a meter that gave no reading (354 п. 59; dossier § 1.4 stage A).

use chrono::Datelike;
use rust_decimal::Decimal;

use super::Metering;
use super::reading::consumption;
use super::season::Season;
use crate::calc::exception::ExceptionReason;
use crate::calc::facts::{Meter, Reading};
use crate::calc::figure::{Figure, Tag};
use crate::calc::period::Month;
use crate::calc::rules::Parameter;
use crate::calc::timeline::Fact;
use crate::calc::trace::{Source, What};

/// Average monthly consumption over at least six months before the last reading; over the actual time of work,
/// at least three months, where the meter worked less. `None` when the meter worked less than that, or has been
/// charged so for three periods in a row: then the norm decides. All three numbers are parameters. Of heat only the months of
/// heating count (п. 59).
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
    let season = Season::of(metering);
    if season.is_some_and(|season| !season.has(ctx.month)) {
        // Nothing is heated: there is nothing to average, and no period passes.
        return Ok(Some(ctx.nothing(Tag(What::Average, metering.unit))));
    }
    let streak = ctx.earlier.streak(meter.id, register, ctx.month);
    let averages = season.map_or(streak.averages, |season| season.heated_before(streak.averages));
    if streak.by_norm || averages >= ctx.parameter(metering.periods)? {
        return Ok(None);
    }
    let full = ctx.parameter(Parameter::MeterAverageMonths)?;
    let least = ctx.parameter(Parameter::MeterAverageMinMonths)?;
    let Some(last) = readings.last() else { return Ok(None) };
    let (day, until) = (|fact: &&Fact<Reading>| fact.days.from, last.days.from);
    let months = |fact: &&Fact<Reading>| match season {
        Some(season) => season.months_between(day(fact), until),
        None => months_between(day(fact), until),
    };
    let start = readings.iter().rposition(|fact| months(fact) >= full).unwrap_or(0);
    let span = months(&readings[start]);
    if span < least || span <= Decimal::ZERO {
        return Ok(None);
    }
    let volume = consumption(ctx, meter, &readings[start..], metering.unit);
    if let Some(season) = season.filter(|_| metering.periods == Parameter::HouseHeatAveragePeriods) {
        let average = season.average(volume, (day(&readings[start]), until), metering.unit);
        return Ok(Some(average.rounded(metering.scale)));
    }
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
