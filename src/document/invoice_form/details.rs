//! Grounds of recalculations and penalties, meters, norms and what the house used, notes.

use super::{BODY, FormError, GAP, LABEL, LEFT, RIGHT, TITLE};
use crate::document::canvas::{Align, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{HouseVolume, Invoice, Norm, Reading};
use crate::document::number;
use crate::document::page::{Length, Style};
use crate::document::table::{Column, Table};
use crate::document::text;

/// Reference and notes.
const SMALL: Style = Style::regular(65);

/// The grounds of recalculations and of penalties; nothing where there are none.
pub(super) fn grounds(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let columns = vec![
        Column::new("Услуга", 4_800, Align::Left),
        Column::new("За период", 3_000, Align::Left),
        Column::new("Основание", 9_400, Align::Left),
        Column::new("Сумма", 1_800, Align::Right),
    ];
    let rows = invoice.recalculations.iter().map(|cause| {
        let sum = number::money(cause.amount);
        vec![cause.service.clone(), number::months(&cause.months), cause.ground.clone(), sum]
    });
    let fines = invoice.penalties.iter().map(|one| {
        vec![one.service.clone(), number::months(&one.months), one.ground.clone(), number::money(one.amount)]
    });
    let title = match (invoice.recalculations.is_empty(), invoice.penalties.is_empty()) {
        (_, true) => "Перерасчёты и их основания",
        (true, false) => "Пени и их основания",
        (false, false) => "Перерасчёты, пени и их основания",
    };
    titled(flow, title, columns, &rows.chain(fines).collect::<Vec<_>>())
}

/// The meters with a place to write the next reading; nothing where there are none.
pub(super) fn meters(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let columns = vec![
        Column::new("Услуга", 4_600, Align::Left),
        Column::new("Прибор учёта №", 2_900, Align::Left),
        Column::new("Ед. изм.", 1_100, Align::Left),
        Column::new("Поверен до", 1_700, Align::Left),
        Column::new("Предыдущее показание", 3_200, Align::Right),
        Column::new("Текущее показание", 3_200, Align::Right),
        Column::new("Новое показание", 2_300, Align::Right),
    ];
    let rows = invoice.meters.iter().map(|meter| {
        let (service, serial, unit) = (meter.service.clone(), meter.serial.clone(), meter.unit.clone());
        vec![
            service,
            serial,
            unit,
            meter.verified_to.map_or_else(String::new, number::day),
            reading(meter.previous.as_ref()),
            reading(meter.current.as_ref()),
            String::new(),
        ]
    });
    titled(flow, "Показания индивидуальных приборов учёта", columns, &rows.collect::<Vec<_>>())
}

/// Norms of the services and what the house used as a whole (dossier of documents § 2.6); nothing where neither is known.
pub(super) fn reference(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let norms: Vec<String> = invoice.norms.iter().map(norm).collect();
    let houses: Vec<String> = invoice.houses.iter().map(house).collect();
    let told = [("Нормативы на месяц", norms), ("Объёмы по дому", houses)];
    let told = told.into_iter().filter(|(_, told)| !told.is_empty());
    let told: Vec<String> = told.map(|(title, told)| format!("{title}: {}.", told.join("; "))).collect();
    if told.is_empty() { Ok(()) } else { paragraph(flow, &told.join(" ")) }
}

/// A norm in words: «Газоснабжение 10,5 м³ на чел. (приказ …)».
#[must_use]
pub fn norm(norm: &Norm) -> String {
    let act = if norm.citation.is_empty() { String::new() } else { format!(" ({})", norm.citation) };
    format!("{} {} {}{act}", norm.service, number::quantity(norm.value), norm.unit)
}

/// What a house used, in words: «Отопление 118,16700 Гкал на 5 000,00 м²».
#[must_use]
pub fn house(house: &HouseVolume) -> String {
    let (volume, area) = (number::quantity(house.volume), number::rate(house.area));
    format!("{} {volume} {} на {area} м²", house.service, house.unit)
}

/// A paragraph in small print, which may go on to the next sheet.
fn paragraph(flow: &mut Flow<'_>, told: &str) -> Result<(), FormError> {
    let metrics = flow.canvas.metrics;
    for line in text::wrap(told, SMALL, RIGHT - LEFT, metrics)? {
        flow.room(metrics.line_height(SMALL), told)?;
        let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
        flow.y += flow.canvas.lines(strip, SMALL, Align::Left, &[line])?;
    }
    flow.y += 40;
    Ok(())
}

/// Further information: one paragraph of all, for every line of it is paid for a hundred thousand times.
pub(super) fn notes(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    if invoice.notes.is_empty() { Ok(()) } else { paragraph(flow, &invoice.notes.join(" ")) }
}

fn reading(reading: Option<&Reading>) -> String {
    reading.map_or_else(String::new, |Reading { value, day }| {
        format!("{} на {}", number::quantity(*value), number::day(*day))
    })
}

/// A table under its title, where it has rows.
fn titled(
    flow: &mut Flow<'_>,
    title: &str,
    columns: Vec<Column>,
    rows: &[Vec<String>],
) -> Result<(), FormError> {
    if rows.is_empty() {
        return Ok(());
    }
    let metrics = flow.canvas.metrics;
    let height: Length = metrics.line_height(TITLE) + 2 * metrics.line_height(BODY) + 500;
    flow.room(height, title)?;
    let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
    flow.y += flow.canvas.text(strip, TITLE, Align::Left, 1, title)? + 60;
    let mut table = Table::begin(flow, LEFT, columns, LABEL, BODY)?;
    for row in rows {
        table.row(flow, BODY, row, 0)?;
    }
    table.end(flow);
    flow.y += GAP;
    Ok(())
}
