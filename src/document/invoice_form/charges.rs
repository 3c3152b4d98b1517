//! The calculation table.

use super::{FormError, LEFT, RIGHT, TITLE};
use crate::calc::line::Basis;
use crate::calc::money::Money;
use crate::document::canvas::{Align, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{Invoice, Line, Totals};
use crate::document::metrics::{Metrics, Unprintable};
use crate::document::number;
use crate::document::page::{Length, Style};
use crate::document::table::{Column, Table};
use crate::document::totals;

const NAME: &str = "Расчёт размера платы за жилое помещение и коммунальные услуги";
const HEAD: Style = Style::regular(65);
/// Sizes the rows are tried in, until the columns leave room for the name of the service.
const SIZES: [Length; 3] = [80, 70, 60];
/// The least room for a sum.
const NARROWEST_SUM: Length = 1_000;
/// The least room for that name.
const NARROWEST_SERVICE: Length = 2_600;

/// One column: its title, its least width, and what it says of a line and of all lines.
struct Part {
    title: &'static str,
    width: Length,
    cell: Cell,
}

enum Cell {
    Word(fn(&Line) -> String),
    Number(fn(&Line) -> String),
    Sum(fn(&Line) -> Money, fn(&Totals) -> Money),
}

/// Draws the table with its totals.
pub(super) fn draw(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let metrics = flow.canvas.metrics;
    let parts = parts(invoice);
    let rows: Vec<Vec<String>> = invoice.lines.iter().map(|line| line_row(&parts, line)).collect();
    let sums = totals_row(&parts, &totals::of(&invoice.lines));
    let (columns, size) = columns(&parts, &rows, &sums, metrics)?
        .ok_or_else(|| FormError::TooWide { account: invoice.account.clone() })?;
    let (body, strong) = (Style::regular(size), Style::bold(size));

    let title_height = metrics.line_height(TITLE) + 60;
    flow.room(title_height + 3 * metrics.line_height(HEAD) + 2 * metrics.line_height(body), NAME)?;
    let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
    flow.canvas.text(strip, TITLE, Align::Left, 1, NAME)?;
    flow.y += title_height;
    let mut table = Table::begin(flow, LEFT, columns, HEAD, body)?;
    for (index, row) in rows.iter().enumerate() {
        // The last line stays with the totals.
        let keep = if index + 1 == rows.len() { 2 * metrics.line_height(strong) } else { 0 };
        table.row(flow, body, row, keep)?;
    }
    table.stress(flow);
    table.row(flow, strong, &sums, 0)?;
    table.end(flow);
    Ok(())
}

/// The columns an invoice needs: the one of penalties only where there are any.
fn parts(invoice: &Invoice) -> Vec<Part> {
    let part = |title, width, cell| Part { title, width, cell };
    let sum = |title, line, all| Part { title, width: NARROWEST_SUM, cell: Cell::Sum(line, all) };
    let mut parts = vec![
        part("Услуга", 0, Cell::Word(|line| line.service.clone())),
        part("Ед. изм.", 1_050, Cell::Word(|line| line.unit.clone())),
        part("Объём", 1_100, Cell::Number(|line| line.volume.map_or_else(String::new, number::quantity))),
        part("Осн.", 650, Cell::Word(|line| mark(line.basis).0.to_owned())),
        part("Тариф", 1_050, Cell::Number(|line| line.rate.map_or_else(String::new, number::rate))),
        sum("Начислено", |line| line.charge, |all| all.charged),
        sum("Перерасчёт", |line| line.recalculation, |all| all.recalculated),
        sum("Льготы", |line| line.privilege, |all| all.privilege),
        sum("Итого за месяц", |line| line.total, Totals::month),
        sum("Долг (+), аванс (–) на начало", |line| line.opening, |all| all.opening),
    ];
    if invoice.lines.iter().any(|line| line.penalty != Money::ZERO) {
        parts.push(sum("Пени", |line| line.penalty, |all| all.penalty));
    }
    parts.push(sum("Оплачено", |line| line.paid, |all| all.paid));
    parts.push(sum("К оплате", |line| line.closing, Totals::closing));
    parts
}

fn line_row(parts: &[Part], line: &Line) -> Vec<String> {
    let cell = |part: &Part| match part.cell {
        Cell::Word(cell) | Cell::Number(cell) => cell(line),
        Cell::Sum(cell, _) => number::money(cell(line)),
    };
    parts.iter().map(cell).collect()
}

fn totals_row(parts: &[Part], all: &Totals) -> Vec<String> {
    let cell = |(place, part): (usize, &Part)| match part.cell {
        Cell::Sum(_, total) => number::money(total(all)),
        _ if place == 0 => "ВСЕГО".to_owned(),
        _ => String::new(),
    };
    parts.iter().enumerate().map(cell).collect()
}

/// The columns with their widths and the size of the rows: every number on one line, the rest of the sheet for
/// the name of the service. `None` where even the smallest size leaves too little.
fn columns(
    parts: &[Part],
    rows: &[Vec<String>],
    sums: &[String],
    metrics: &Metrics,
) -> Result<Option<(Vec<Column>, Length)>, Unprintable> {
    for size in SIZES {
        let mut columns = Vec::with_capacity(parts.len());
        for (place, part) in parts.iter().enumerate() {
            let align = if matches!(part.cell, Cell::Word(_)) { Align::Left } else { Align::Right };
            let mut column = Column::new(part.title, part.width, align);
            for word in part.title.split(' ') {
                column.widen(word, HEAD, metrics)?;
            }
            if !matches!(part.cell, Cell::Word(_)) {
                for row in rows {
                    column.widen(&row[place], Style::regular(size), metrics)?;
                }
                column.widen(&sums[place], Style::bold(size), metrics)?;
            }
            columns.push(column);
        }
        let taken: Length = columns.iter().skip(1).map(|column| column.width).sum();
        columns[0].width = RIGHT - LEFT - taken;
        if columns[0].width >= NARROWEST_SERVICE {
            return Ok(Some((columns, size)));
        }
    }
    Ok(None)
}

/// How a volume came about: the mark printed beside it and what the mark means.
pub(super) const fn mark(basis: Basis) -> (&'static str, &'static str) {
    match basis {
        Basis::Area => ("пл", "по площади"),
        Basis::Norm => ("н", "по нормативу"),
        Basis::Meter => ("пу", "по прибору учёта"),
        Basis::Average => ("ср", "по среднему расходу"),
        Basis::Quantity => ("кол", "по количеству"),
        Basis::Ready => ("орг", "сумма исполнителя услуги"),
        Basis::House => ("дом", "по общедомовому прибору учёта"),
        Basis::Mixed => ("см", "несколькими способами"),
    }
}
