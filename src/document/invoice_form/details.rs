//! Grounds of recalculations, meters, norms and what the house used, notes.

use super::{BODY, FormError, GAP, LABEL, LEFT, RIGHT, TITLE};
use crate::document::canvas::{Align, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{Invoice, Reading};
use crate::document::number;
use crate::document::page::Length;
use crate::document::table::{Column, Table};
use crate::document::text;

/// The grounds of recalculations; nothing where there are none.
pub(super) fn recalculations(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let columns = vec![
        Column::new("Услуга", 4_800, Align::Left),
        Column::new("За период", 3_000, Align::Left),
        Column::new("Основание перерасчёта", 9_400, Align::Left),
        Column::new("Сумма", 1_800, Align::Right),
    ];
    let rows = invoice.recalculations.iter().map(|cause| {
        let sum = number::money(cause.amount);
        vec![cause.service.clone(), number::months(&cause.months), cause.ground.clone(), sum]
    });
    titled(flow, "Перерасчёты и их основания", columns, &rows.collect::<Vec<_>>())
}

/// The meters with a place to write the next reading; nothing where there are none.
pub(super) fn meters(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let columns = vec![
        Column::new("Услуга", 4_800, Align::Left),
        Column::new("Прибор учёта №", 2_900, Align::Left),
        Column::new("Ед. изм.", 1_100, Align::Left),
        Column::new("Поверен до", 1_700, Align::Left),
        Column::new("Предыдущее показание", 3_200, Align::Right),
        Column::new("Текущее показание", 3_200, Align::Right),
        Column::new("Новое показание", 2_100, Align::Right),
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
    let columns = vec![
        Column::new("Услуга", 4_800, Align::Left),
        Column::new("Норматив на месяц", 3_600, Align::Right),
        Column::new("Чем установлен", 4_600, Align::Left),
        Column::new("Объём по дому", 3_000, Align::Right),
        Column::new("На площадь", 3_000, Align::Right),
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for norm in &invoice.norms {
        let value = format!("{} {}", number::quantity(norm.value), norm.unit);
        rows.push(vec![norm.service.clone(), value, norm.citation.clone(), String::new(), String::new()]);
    }
    for house in &invoice.houses {
        let volume = format!("{} {}", number::quantity(house.volume), house.unit);
        let area = format!("{} м²", number::rate(house.area));
        match rows.iter_mut().find(|row| row[0] == house.service) {
            Some(row) => row.splice(3.., [volume, area]).for_each(drop),
            None => rows.push(vec![house.service.clone(), String::new(), String::new(), volume, area]),
        }
    }
    titled(flow, "Справочные сведения", columns, &rows)
}

/// Further information, a paragraph each.
pub(super) fn notes(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    for note in &invoice.notes {
        let metrics = flow.canvas.metrics;
        let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
        for line in text::wrap(note, BODY, strip.width, metrics)? {
            flow.room(metrics.line_height(BODY), note)?;
            let strip = Strip { y: flow.y, ..strip };
            flow.y += flow.canvas.lines(strip, BODY, Align::Left, &[line])?;
        }
        flow.y += 60;
    }
    Ok(())
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
