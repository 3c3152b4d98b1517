//! Grounds of recalculations and penalties, meters, norms and what the house used, notes.

use super::{BODY, FormError, GAP, LABEL, LEFT, RIGHT, TITLE};
use crate::document::canvas::{Align, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{HouseVolume, Invoice, Norm, Reading, Support};
use crate::document::metrics::{Metrics, Unprintable};
use crate::document::number;
use crate::document::page::{Length, Style};
use crate::document::table::{Column, Table};
use crate::document::text;

/// Reference and notes.
const SMALL: Style = Style::regular(65);
/// The least that is read (dossier of documents § 1.1).
const SMALLEST: Style = Style::regular(60);

/// The grounds of recalculations and of penalties; nothing where there are none.
pub(super) fn grounds(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let columns = [
        Fit { title: "Услуга", room: (0, 4_800), align: Align::Left },
        Fit { title: "За период", room: (0, 3_000), align: Align::Left },
        Fit { title: "Основание", room: REST, align: Align::Left },
        Fit { title: "Сумма", room: (1_800, 2_600), align: Align::Right },
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
    titled(flow, title, &columns, &rows.chain(fines).collect::<Vec<_>>())
}

/// The meters with a place to write the next reading; nothing where there are none.
pub(super) fn meters(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let columns = [
        Fit { title: "Услуга", room: REST, align: Align::Left },
        Fit { title: "Прибор учёта №", room: (0, 3_400), align: Align::Left },
        Fit { title: "Ед. изм.", room: (0, 1_300), align: Align::Left },
        Fit { title: "Поверен до", room: (0, 1_700), align: Align::Left },
        Fit { title: "Предыдущее показание", room: (0, 3_900), align: Align::Right },
        Fit { title: "Текущее показание", room: (0, 3_900), align: Align::Right },
        // To be written into.
        Fit { title: "Новое показание", room: (2_300, 2_300), align: Align::Right },
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
    titled(flow, "Показания индивидуальных приборов учёта", &columns, &rows.collect::<Vec<_>>())
}

/// Subsidies and compensations of the month (dossier of documents § 2.4); nothing where there are none.
pub(super) fn supported(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let told: Vec<String> = invoice.support.iter().map(support).collect();
    if told.is_empty() { Ok(()) } else { paragraph(flow, &format!("{SUPPORT}: {}.", told.join("; "))) }
}

/// What the paragraph of subsidies begins with.
pub const SUPPORT: &str = "Субсидии, компенсации и иные меры социальной поддержки";

/// Help in words: «Субсидия на оплату жилья 1 198,80 (учтено в этом документе)».
#[must_use]
pub fn support(one: &Support) -> String {
    let how = if one.in_money {
        "выплачивается деньгами"
    } else {
        "учтено в этом документе"
    };
    format!("{} {} ({how})", one.title, number::money(one.amount))
}

/// Norms of the services and what the house used as a whole (dossier of documents § 2.6); nothing where neither is known.
pub(super) fn reference(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let norms: Vec<String> =
        invoice.norms.chunk_by(|one, next| one.citation == next.citation).map(norms).collect();
    let houses: Vec<String> = invoice.houses.iter().map(house).collect();
    let told = [("Нормативы на месяц", norms), ("Объёмы по дому", houses)];
    let told = told.into_iter().filter(|(_, told)| !told.is_empty());
    let told: Vec<String> = told.map(|(title, told)| format!("{title}: {}.", told.join("; "))).collect();
    if told.is_empty() { Ok(()) } else { paragraph(flow, &told.join(" ")) }
}

/// A norm in words: «Газоснабжение 10,5 м³ на чел. (приказ …)».
#[must_use]
pub fn norm(norm: &Norm) -> String {
    norms(std::slice::from_ref(norm))
}

/// Norms of one act, which is named behind the last.
fn norms(norms: &[Norm]) -> String {
    let told = |norm: &Norm| format!("{} {} {}", norm.service, number::quantity(norm.value), norm.unit);
    let act = norms.first().map_or("", |norm| &norm.citation);
    let act = if act.is_empty() { String::new() } else { format!(" ({act})") };
    format!("{}{act}", norms.iter().map(told).collect::<Vec<_>>().join("; "))
}

/// What a house used, in words: «Отопление 118,16700 Гкал на 5 000,00 м²».
#[must_use]
pub fn house(house: &HouseVolume) -> String {
    let (volume, area) = (number::quantity(house.volume), number::rate(house.area));
    format!("{} {volume} {} на {area} {}", house.service, house.unit, house.per)
}

/// A paragraph in small print, which may go on to the next sheet; in the smallest where that keeps it on this one.
pub(super) fn paragraph(flow: &mut Flow<'_>, told: &str) -> Result<(), FormError> {
    let metrics = flow.canvas.metrics;
    let mut style = SMALL;
    let mut lines = text::wrap(told, style, RIGHT - LEFT, metrics)?;
    let height = |lines: &[String], style| {
        Length::try_from(lines.len()).unwrap_or(Length::MAX / 1_000) * metrics.line_height(style)
    };
    if !flow.fits(height(&lines, style)) {
        let closer = text::wrap(told, SMALLEST, RIGHT - LEFT, metrics)?;
        if flow.fits(height(&closer, SMALLEST)) {
            (style, lines) = (SMALLEST, closer);
        }
    }
    for line in lines {
        flow.room(metrics.line_height(style), told)?;
        let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
        flow.y += flow.canvas.lines(strip, style, Align::Left, &[line])?;
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

/// A column as wide as its widest cell, within bounds; one of a table has the rest.
pub(super) struct Fit {
    pub title: &'static str,
    pub room: (Length, Length),
    pub align: Align,
}

/// The bounds of the column that has the rest.
pub(super) const REST: (Length, Length) = (0, Length::MAX);

/// The columns with their widths, together those of the sheet: no line is spent on a cell while another column has room to spare.
fn fitted(columns: &[Fit], rows: &[Vec<String>], metrics: &Metrics) -> Result<Vec<Column>, Unprintable> {
    let mut fitted = Vec::with_capacity(columns.len());
    let mut left = RIGHT - LEFT;
    for (place, Fit { title, room, align }) in columns.iter().enumerate() {
        let mut column = Column::new(title, room.0, *align);
        if *room != REST {
            column.widen(title, LABEL, metrics)?;
            for cell in rows.iter().filter_map(|row| row.get(place)) {
                column.widen(cell, BODY, metrics)?;
            }
            column.width = column.width.min(room.1);
            left -= column.width;
        }
        fitted.push(column);
    }
    let rest = columns.iter().position(|column| column.room == REST);
    if let Some(column) = rest.and_then(|place| fitted.get_mut(place)) {
        column.width = left;
    }
    Ok(fitted)
}

/// A table under its title, where it has rows.
pub(super) fn titled(
    flow: &mut Flow<'_>,
    title: &str,
    columns: &[Fit],
    rows: &[Vec<String>],
) -> Result<(), FormError> {
    if rows.is_empty() {
        return Ok(());
    }
    let metrics = flow.canvas.metrics;
    let columns = fitted(columns, rows, metrics)?;
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
