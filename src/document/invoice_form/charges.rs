//! The calculation table.

use super::{FormError, LEFT, RIGHT, TITLE};
use crate::calc::line::Basis;
use crate::calc::money::Money;
use crate::document::canvas::{Align, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{Invoice, Line, Part, Totals};
use crate::document::metrics::{Metrics, Unprintable};
use crate::document::number;
use crate::document::page::{Length, Style};
use crate::document::table::{Column, Table};

const NAME: &str = "Расчёт размера платы за жилое помещение и коммунальные услуги";
const HEAD: Style = Style::regular(65);
/// Sizes the rows are tried in, until the columns leave room for the name of the service.
const SIZES: [Length; 3] = [80, 70, 60];
/// The least room for a sum.
const NARROWEST_SUM: Length = 1_000;
/// The most room a column of sums gets beyond what its widest sum needs.
const MOST_AIR: Length = 80;
/// The least room for that name.
const NARROWEST_SERVICE: Length = 2_600;

/// One column: its title, its least width, and what it says of a row and of all lines.
struct Field {
    title: &'static str,
    width: Length,
    cell: Cell,
}

enum Cell {
    Name,
    Word(fn(&Part) -> String),
    Number(fn(&Part) -> String),
    Sum(fn(&Line) -> Money, fn(&Totals) -> Money),
}

/// One row: a service, with the only part of its charge; or one part of several, below its service.
#[derive(Clone, Copy)]
enum Row<'a> {
    Service(&'a Line, Option<&'a Part>),
    Part(&'a Part),
}

/// Draws the table with its totals.
pub(super) fn draw(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let metrics = flow.canvas.metrics;
    let fields = fields(invoice);
    let rows: Vec<Vec<String>> =
        invoice.lines.iter().flat_map(rows).map(|row| row_cells(&fields, row)).collect();
    let sums = totals_row(&fields, &invoice.totals);
    let (columns, size) = columns(&fields, &rows, &sums, metrics)?
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

/// The columns an invoice needs: those of privileges and penalties only where there are any.
fn fields(invoice: &Invoice) -> Vec<Field> {
    let field = |title, width, cell| Field { title, width, cell };
    let sum = |title, line, all| Field { title, width: NARROWEST_SUM, cell: Cell::Sum(line, all) };
    let any = |part: fn(&Line) -> Money| invoice.lines.iter().any(|line| part(line) != Money::ZERO);
    let mut fields = vec![
        field("Услуга", 0, Cell::Name),
        field("Ед. изм.", 1_000, Cell::Word(|part| part.unit.clone())),
        field("Объём", 1_050, Cell::Number(|part| part.volume.map_or_else(String::new, number::quantity))),
        field("Осн.", 650, Cell::Word(|part| mark(part.basis).0.to_owned())),
        field("Тариф", 1_050, Cell::Number(|part| part.rate.map_or_else(String::new, number::rate))),
        sum("Начислено", |line| line.charge, |all| all.charged),
        sum("Перерасчёт", |line| line.recalculation, |all| all.recalculated),
    ];
    if any(|line| line.privilege) {
        fields.push(sum("Льготы, субсидии", |line| line.privilege, |all| all.privilege));
    }
    fields.push(sum("Итого за месяц", Line::month, Totals::month));
    fields.push(sum("Долг (+), аванс (–) на начало", |line| line.opening, |all| all.opening));
    if any(|line| line.penalty) {
        fields.push(sum("Пени", |line| line.penalty, |all| all.penalty));
    }
    fields.push(sum("Оплачено", |line| line.paid, |all| all.paid));
    fields.push(sum("К оплате", |line| line.closing, |all| all.closing));
    fields
}

/// The rows of a line: of several parts each has its own below.
fn rows(line: &Line) -> impl Iterator<Item = Row<'_>> {
    let (only, several): (_, &[Part]) = match line.parts.as_slice() {
        [only] => (Some(only), &[]),
        several => (None, several),
    };
    std::iter::once(Row::Service(line, only)).chain(several.iter().map(Row::Part))
}

fn row_cells(fields: &[Field], row: Row<'_>) -> Vec<String> {
    let mut is_charge = true;
    let mut cell = |field: &Field| match (&field.cell, row) {
        (Cell::Name, Row::Service(line, _)) => line.service.clone(),
        (Cell::Name, Row::Part(part)) => format!("– {}", part.name),
        (Cell::Word(cell) | Cell::Number(cell), Row::Service(_, part)) => part.map_or_else(String::new, cell),
        (Cell::Word(cell) | Cell::Number(cell), Row::Part(part)) => cell(part),
        (Cell::Sum(cell, _), Row::Service(line, _)) => number::money(cell(line)),
        // The first sum is the charge: the only one a part has.
        (Cell::Sum(..), Row::Part(part)) if std::mem::take(&mut is_charge) => number::money(part.charge),
        (Cell::Sum(..), Row::Part(_)) => String::new(),
    };
    fields.iter().map(&mut cell).collect()
}

fn totals_row(fields: &[Field], all: &Totals) -> Vec<String> {
    let cell = |field: &Field| match field.cell {
        Cell::Sum(_, total) => number::money(total(all)),
        Cell::Name => "ВСЕГО".to_owned(),
        Cell::Word(_) | Cell::Number(_) => String::new(),
    };
    fields.iter().map(cell).collect()
}

/// The columns with their widths and the size of the rows: every number on one line, the rest of the sheet for
/// the name of the service. `None` where even the smallest size leaves too little.
fn columns(
    fields: &[Field],
    rows: &[Vec<String>],
    sums: &[String],
    metrics: &Metrics,
) -> Result<Option<(Vec<Column>, Length)>, Unprintable> {
    for size in SIZES {
        let mut columns = Vec::with_capacity(fields.len());
        for (place, field) in fields.iter().enumerate() {
            let is_number = matches!(field.cell, Cell::Number(_) | Cell::Sum(..));
            let align = if is_number { Align::Right } else { Align::Left };
            let mut column = Column::new(field.title, field.width, align);
            for word in field.title.split(' ') {
                column.widen(word, HEAD, metrics)?;
            }
            if is_number {
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
            ease(&mut columns, fields, rows, Style::regular(size), metrics)?;
            return Ok(Some((columns, size)));
        }
    }
    Ok(None)
}

/// Gives numbers some air from the borders, where the longest name of a service leaves room for it.
fn ease(
    columns: &mut [Column],
    fields: &[Field],
    rows: &[Vec<String>],
    style: Style,
    metrics: &Metrics,
) -> Result<(), Unprintable> {
    let mut wanted = Column::new("", 0, Align::Left);
    for row in rows {
        wanted.widen(&row[0], style, metrics)?;
    }
    let is_sum = |field: &Field| matches!(field.cell, Cell::Sum(..));
    let sums = Length::try_from(fields.iter().filter(|field| is_sum(field)).count()).unwrap_or(1).max(1);
    let each = ((columns[0].width - wanted.width) / sums).clamp(0, MOST_AIR);
    for (column, _) in columns.iter_mut().zip(fields).filter(|(_, field)| is_sum(field)) {
        column.width += each;
    }
    columns[0].width -= each * sums;
    Ok(())
}

/// How a volume came about: the mark printed beside it and what the mark means.
#[must_use]
pub const fn mark(basis: Basis) -> (&'static str, &'static str) {
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
