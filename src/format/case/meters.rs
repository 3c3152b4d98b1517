//! Meters of a case and their readings.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::amounts::{Digits, Quantity, Ratio, Registers};
use super::dated::{Facts, Times};
use super::error::{CaseError, Mistake};
use super::names::Directory;
use super::row::{Entry, Row};
use super::words::word;
use crate::calc::facts::{Meter, Outage, Reading};
use crate::calc::group::GroupMeter;
use crate::calc::ids::HouseId;
use crate::calc::period::Days;
use crate::calc::timeline::Timeline;

/// Reads the `meter` list of a house or of premises.
pub(super) fn read(owner: &Row<'_>, names: &mut Directory) -> Result<Vec<Meter>, CaseError> {
    owner.rows("meter")?.into_iter().map(|row| meter(row, names)).collect()
}

/// Reads `[[group]]`: a meter with the names of its houses and what it is divided by.
pub(super) fn groups(root: &Row<'_>, names: &mut Directory) -> Result<Vec<GroupMeter>, CaseError> {
    let mut groups = Vec::new();
    for row in root.rows("group")? {
        let mut base = Facts::none();
        base.push(Times::always(row.line_at("base")), word(&row, "base")?);
        let houses = row.entries("houses")?.into_iter().map(|entry| member(entry, names));
        let houses = houses.collect::<Result<_, _>>()?;
        groups.push(GroupMeter { meter: meter(row, names)?, base: base.timeline(), houses });
    }
    Ok(groups)
}

/// A house of a group: its name, or `{ name, from, to }`.
fn member(entry: Entry<'_, String>, names: &mut Directory) -> Result<(HouseId, Timeline<()>), CaseError> {
    let mut days = Facts::none();
    let house = match entry {
        Entry::Short(name, line) => {
            days.push(Times::always(line), ());
            names.house(name, line)?
        }
        Entry::Full(row) => {
            days.push(Times::read(&row)?, ());
            let house = names.house(row.need("name")?, row.line_at("name"))?;
            row.close()?;
            house
        }
    };
    Ok((house, days.timeline()))
}

fn meter(row: Row<'_>, names: &mut Directory) -> Result<Meter, CaseError> {
    let serial: String = row.need("serial")?;
    let registers = row.or("registers", Registers(1))?.0;
    let mut installed = Facts::none();
    installed.push(Times::read(&row)?, ());
    let meter = Meter {
        id: names.new_meter(serial.clone(), row.line_at("serial"))?,
        serial,
        service: names.service(row.need("service")?, row.line_at("service"))?,
        digits: row.or("digits", Digits(5))?.0,
        registers,
        ratio: row.or("ratio", Ratio(Decimal::ONE))?.0,
        installed: installed.timeline(),
        readings: readings(&row, registers)?,
        outages: outages(&row)?,
        verified: verified(&row)?,
    };
    row.close()?;
    Ok(meter)
}

/// Days on which the meter does not count, each with its reason.
fn outages(meter: &Row<'_>) -> Result<Timeline<Outage>, CaseError> {
    let mut outages = Facts::none();
    for row in meter.rows("outage")? {
        outages.push(Times::read(&row)?, word(&row, "what")?);
        row.close()?;
    }
    Ok(outages.timeline())
}

/// The days verifications hold for.
fn verified(meter: &Row<'_>) -> Result<Timeline<()>, CaseError> {
    let mut verified = Facts::none();
    for row in meter.rows("verified")? {
        verified.push(Times::read(&row)?, ());
        row.close()?;
    }
    Ok(verified.timeline())
}

/// `value` is one number, or as many as the meter has registers, first register first.
fn readings(meter: &Row<'_>, registers: i16) -> Result<Timeline<Reading>, CaseError> {
    let mut readings = Facts::none();
    for row in meter.rows("reading")? {
        let day: NaiveDate = row.need("day")?;
        let times = Times::known(&row)?.on(Days { from: day, to: day.succ_opt().unwrap_or(day) });
        let values: Vec<Quantity> = row.need("value")?;
        let rolled_over = row.or("rolled_over", false)?;
        let (first, last) = match row.get("register")? {
            Some(register) => (register, register),
            None => (1, registers),
        };
        if values.len() > (first..=last).count() {
            return Err(row.mistake_at("value", Mistake::TooManyRegisters));
        }
        for (register, value) in (first..=last).zip(values) {
            readings.push(times, Reading { register, value: value.0, rolled_over });
        }
        row.close()?;
    }
    readings.apart(|one, other| one.register == other.register)
}

/// Reads a list of dated numbers under `key`: a bare number is always true.
pub(super) fn dated_numbers(owner: &Row<'_>, key: &'static str) -> Result<Timeline<Decimal>, CaseError> {
    let mut facts = Facts::none();
    for entry in owner.entries::<Quantity>(key)? {
        match entry {
            Entry::Short(value, line) => facts.push(Times::always(line), value.0),
            Entry::Full(row) => {
                facts.push(Times::read(&row)?, row.need::<Quantity>("value")?.0);
                row.close()?;
            }
        }
    }
    facts.succession(|_, _| true)
}
