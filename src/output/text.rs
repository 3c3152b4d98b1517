//! Typed pages as plain text: for matrix printers, terminals and mail. A page of cells becomes lines; borders become signs of drawing.

use crate::document::compose::look::{CELL, ROW};
use crate::document::page::{Item, Length, Page, Rule};

/// Between two pages.
const FORM_FEED: char = '\u{c}';

/// The pages as one text: lines end in a line feed, every page but the last in a form feed.
#[must_use]
pub fn write(pages: &[Page]) -> String {
    let texts: Vec<String> = pages.iter().map(|page| lines(page).join("\n") + "\n").collect();
    texts.join(&FORM_FEED.to_string())
}

/// The lines of one page, without empty ones at its end.
#[must_use]
pub fn lines(page: &Page) -> Vec<String> {
    let (columns, rows) = (place(page.width, CELL), place(page.height, ROW));
    let mut sheet = Sheet { columns, cells: vec![Cell::Blank; columns * rows] };
    for item in &page.items {
        match item {
            Item::Rule(rule) => sheet.rule(rule),
            Item::Text(run) => sheet.text(place(run.area.x, CELL), place(run.area.y, ROW), &run.text),
            Item::Frame { .. } | Item::Code { .. } | Item::Bars { .. } | Item::Stamp(_) => {}
        }
    }
    let mut lines: Vec<String> = sheet.cells.chunks(columns.max(1)).map(line).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Blank,
    Sign(char),
    /// Lines that leave a cell: up, down, left, right as bits 1, 2, 4, 8.
    Lines(u8),
}

struct Sheet {
    columns: usize,
    cells: Vec<Cell>,
}

impl Sheet {
    fn text(&mut self, column: usize, row: usize, text: &str) {
        for (place, sign) in text.chars().enumerate() {
            let column = column + place;
            if column < self.columns
                && let Some(cell) = self.cells.get_mut(row * self.columns + column)
            {
                *cell = Cell::Sign(if sign == '\u{a0}' { ' ' } else { sign });
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let (from, to) = (
            (place(rule.from.0, CELL), place(rule.from.1, ROW)),
            (place(rule.to.0, CELL), place(rule.to.1, ROW)),
        );
        for row in from.1..=to.1 {
            for column in from.0..=to.0 {
                let mut lines = 0;
                lines |= u8::from(row > from.1);
                lines |= u8::from(row < to.1) << 1;
                lines |= u8::from(column > from.0) << 2;
                lines |= u8::from(column < to.0) << 3;
                self.draw(column, row, lines);
            }
        }
    }

    fn draw(&mut self, column: usize, row: usize, lines: u8) {
        if column >= self.columns {
            return;
        }
        match self.cells.get_mut(row * self.columns + column) {
            Some(Cell::Lines(drawn)) => *drawn |= lines,
            Some(cell @ Cell::Blank) => *cell = Cell::Lines(lines),
            _ => {}
        }
    }
}

fn line(cells: &[Cell]) -> String {
    let text: String = cells.iter().map(|cell| sign(*cell)).collect();
    text.trim_end().to_owned()
}

const fn sign(cell: Cell) -> char {
    match cell {
        Cell::Blank => ' ',
        Cell::Sign(sign) => sign,
        Cell::Lines(lines) => match lines {
            1..=3 => '│',
            5 => '┘',
            6 => '┐',
            7 => '┤',
            9 => '└',
            10 => '┌',
            11 => '├',
            13 => '┴',
            14 => '┬',
            15 => '┼',
            _ => '─',
        },
    }
}

fn place(length: Length, unit: Length) -> usize {
    usize::try_from(length / unit).unwrap_or_default()
}
