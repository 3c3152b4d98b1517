//! Tables: a row is a piece, so that the way onto pages knows nothing of tables but a head to repeat.

use super::super::canvas::{Align, FINE, STRONG};
use super::super::metrics::Unprintable;
use super::super::page::{Item, Length, Rule};
use super::super::template::block::{Inline, Look as Shape, Table};
use super::lines::{Cut, Line, Setting, broken};
use super::look::{CELL, Kind, Look};
use super::piece::Piece;
use super::widths;

/// A table on its way to pieces.
pub(super) struct Grid<'a, 'm> {
    table: &'a Table,
    look: &'a Look<'m>,
    x: Length,
    widths: Vec<Length>,
}

impl<'a, 'm> Grid<'a, 'm> {
    /// A table at a place of the page.
    pub(super) fn new(
        table: &'a Table,
        look: &'a Look<'m>,
        x: Length,
        printed_width: Length,
    ) -> Result<Self, Unprintable> {
        // The last border of a typed table takes a cell of its own.
        let border = if look.typed && table.look == Shape::Grid { CELL } else { 0 };
        let widths = widths::of(table, look.width() - border, printed_width, look)?;
        Ok(Self { table, look, x, widths })
    }

    /// Its rows; a head is added to `heads`.
    pub(super) fn pieces(&self, heads: &mut Vec<Piece>) -> Result<Vec<Piece>, Unprintable> {
        let mut pieces = Vec::new();
        let mut head = None;
        if self.table.look == Shape::Grid {
            let piece = self.head()?;
            head = Some(heads.len());
            heads.push(piece.clone());
            pieces.push(piece);
        }
        for (place, row) in self.table.rows.iter().enumerate() {
            let mut piece = self.row(row)?;
            piece.head = head;
            piece.tied = place == 0 && head.is_some();
            pieces.push(piece);
        }
        Ok(pieces)
    }

    fn has_borders(&self) -> bool {
        self.table.look == Shape::Grid
    }

    fn right(&self) -> Length {
        self.x + self.widths.iter().sum::<Length>()
    }

    fn kind(&self) -> Kind {
        match (self.table.small, self.table.look) {
            (true, _) => Kind::Small,
            (false, Shape::Grid) => Kind::Cell,
            (false, _) => Kind::Text,
        }
    }

    /// The head with the line above it; a table without a head has only the line.
    fn head(&self) -> Result<Piece, Unprintable> {
        let above = self.look.rule();
        let mut piece = match &self.table.head {
            Some(cells) => self.cells(cells, |_| Align::Middle, Cut::Overlong)?,
            None => Piece::default(),
        };
        for item in std::mem::take(&mut piece.items) {
            piece.items.push(super::piece::moved(item, above));
        }
        piece.height += above;
        let middle = above / 2;
        piece.items.push(self.across(middle, if self.table.head.is_some() { STRONG } else { FINE }));
        if self.table.head.is_some() {
            self.borders(&mut piece, middle);
        }
        Ok(piece)
    }

    fn row(&self, cells: &[Inline]) -> Result<Piece, Unprintable> {
        let align = |column: usize| self.table.aligns.get(column).copied().unwrap_or(Align::Left);
        let cut = if self.has_borders() { Cut::Everything } else { Cut::Words };
        let mut piece = self.cells(cells, align, cut)?;
        if self.has_borders() {
            self.borders(&mut piece, -self.look.rule() / 2);
        }
        piece.name =
            cells.iter().flatten().map(|span| span.text.as_str()).next().unwrap_or_default().to_owned();
        Ok(piece)
    }

    /// The line below a row and the upright lines from the line above it.
    fn borders(&self, piece: &mut Piece, above: Length) {
        let below = piece.height + self.look.rule() / 2;
        piece.height += self.look.rule();
        piece.items.push(self.across(below, FINE));
        let half = if self.look.typed { CELL / 2 } else { 0 };
        let mut x = self.x;
        for width in std::iter::once(&0).chain(&self.widths) {
            x += width;
            let at = x + half;
            piece.items.push(Item::Rule(Rule {
                from: (at, above),
                to: (at, below),
                thickness: FINE,
                dashed: false,
            }));
        }
    }

    fn across(&self, y: Length, thickness: Length) -> Item {
        let half = if self.look.typed { CELL / 2 } else { 0 };
        Item::Rule(Rule { from: (self.x + half, y), to: (self.right() + half, y), thickness, dashed: false })
    }

    fn cells(
        &self,
        cells: &[Inline],
        align: impl Fn(usize) -> Align,
        cut: Cut,
    ) -> Result<Piece, Unprintable> {
        let (left, right, above) = self.look.pads(self.has_borders());
        let mut piece = Piece::default();
        let mut x = self.x;
        for (column, (cell, width)) in cells.iter().zip(&self.widths).enumerate() {
            let is_value = self.table.look == Shape::Form && column % 2 == 1;
            let setting = Setting {
                kind: self.kind(),
                width: (width - left - right).max(CELL),
                indent: 0,
                align: Some(align(column)),
                cut,
                bold: false,
            };
            let lines = broken(cell, setting, self.look)?;
            let mut y = above;
            for line in &lines {
                for item in line.boxes(x + left, setting, false, self.look)? {
                    piece.items.push(super::piece::moved(item, y));
                }
                y += self.look.line(setting.kind);
            }
            if is_value {
                y = self.underline(&mut piece, (x + left, setting.width), &lines, (above, y))?;
            }
            // A row of blanks is a place to write in: as high as a line.
            piece.height = piece.height.max(y.max(above + self.look.line(setting.kind)) + above);
            x += width;
        }
        Ok(piece)
    }

    /// A line under every line of a value of a form, one at least. Returns where the value ends.
    fn underline(
        &self,
        piece: &mut Piece,
        (x, width): (Length, Length),
        lines: &[Line],
        (above, below): (Length, Length),
    ) -> Result<Length, Unprintable> {
        let height = self.look.line(self.kind());
        let count = Length::try_from(lines.len().max(1)).unwrap_or(1);
        for line in 0..count {
            if self.look.typed {
                self.fill_with_dashes(piece, (x, width), above + line * height)?;
            } else {
                let y = above + (line + 1) * height - height / 12;
                piece.items.push(Item::Rule(Rule {
                    from: (x, y),
                    to: (x + width, y),
                    thickness: FINE,
                    dashed: false,
                }));
            }
        }
        Ok(below.max(above + count * height))
    }

    /// On a typed page the line stands behind the value.
    fn fill_with_dashes(
        &self,
        piece: &mut Piece,
        (x, width): (Length, Length),
        y: Length,
    ) -> Result<(), Unprintable> {
        let taken = piece.items.iter().filter_map(|item| match item {
            Item::Text(run) if run.area.y == y && run.area.x >= x => Some(run.area.right()),
            _ => None,
        });
        let from = taken.max().map_or(x, |right| right);
        let cells = (x + width - from) / CELL;
        if cells > 0 {
            let dashes = "_".repeat(usize::try_from(cells).unwrap_or_default());
            piece.items.push(Item::Text(self.look.run(&dashes, self.kind(), false, (from, y))?));
        }
        Ok(())
    }
}
