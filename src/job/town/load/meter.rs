//! Meters as rows, with their readings.

use chrono::NaiveDate;

use super::sheet::{Place, SheetError};
use super::sheets::Sheets;
use crate::calc::period::Days;
use crate::job::town::model::TownMeter;

/// Where a meter stands, and so what kind it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stands {
    pub(super) kind: &'static str,
    pub(super) house: i64,
    /// The flat; none for a meter of the house.
    pub(super) premises: Option<i64>,
}

pub(super) fn write(
    sheets: &mut Sheets,
    place: Place,
    meter: &TownMeter,
    stands: Stands,
) -> Result<(), SheetError> {
    let id = meter.id.0;
    let digits = i16::try_from(meter.digits).unwrap_or(i16::MAX);
    sheets.meter.thing(&[
        &id,
        &place.unit,
        &place.scope,
        &stands.kind,
        &stands.house,
        &stands.premises,
        &meter.service.0,
        &meter.serial,
        &digits,
        &meter.registers,
        &meter.ratio,
    ])?;
    sheets.installed.fact(place, meter.installed, &[&id])?;
    for (day, reading) in &meter.readings {
        let day_only = Days { from: *day, to: day.succ_opt().unwrap_or(*day) };
        let source = source(meter, *day, stands);
        sheets.reading.fact(
            place,
            day_only,
            &[&id, &reading.register, &reading.value, &reading.rolled_over, &source],
        )?;
    }
    Ok(())
}

/// Who gave a reading: payers their own, the operator's round that of a house; the first and the last stand in the
/// papers of the meter.
fn source(meter: &TownMeter, day: NaiveDate, stands: Stands) -> &'static str {
    match day {
        day if day == meter.installed.from => "initial",
        day if day == meter.installed.to => "removal",
        _ if stands.premises.is_some() => "payer",
        _ => "route",
    }
}
