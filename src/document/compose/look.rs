//! What layout knows of its medium: a printed page with faces and sizes, or the cells of a matrix printer and a terminal. Everything
//! else is the same for both.

use std::sync::LazyLock;

use super::super::metrics::{FaceMetrics, Metrics, Unprintable};
use super::super::page::{Area, Face, Length, Run, Style};
use super::super::template::Front;

/// Width of a cell: ten characters an inch.
pub const CELL: Length = 254;
/// Height of a row: six rows an inch. All places of a typed page are multiples of the two.
pub const ROW: Length = 424;

/// The size at which a thousandth of an em is 254 thousandths of a hundredth of a millimetre.
const TYPED_SIZE: Length = 72;

/// Signs a typewriter has: everything up to the symbols of drawing.
const TYPED_SIGNS: usize = 0x2600;

static TYPED: LazyLock<Metrics> = LazyLock::new(|| {
    let face = || FaceMetrics { ascent: 1_000, descent: 669, advances: vec![Some(1_000); TYPED_SIGNS] };
    Metrics { regular: face(), bold: face(), serif: face(), serif_bold: face() }
});

/// A medium.
#[derive(Debug, Clone, Copy)]
pub struct Look<'m> {
    /// Widths of letters.
    pub metrics: &'m Metrics,
    /// Width and height of a page.
    pub page: (Length, Length),
    /// Left, top, right, bottom.
    pub margins: [Length; 4],
    /// The face of normal text.
    pub face: Face,
    /// The size of normal text in tenths of a point.
    size: Length,
    /// How far the first line of a justified paragraph is moved in.
    pub indent: Length,
    /// Whether it is made of cells.
    pub typed: bool,
}

/// Kinds of text, each in its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The title.
    Title,
    /// A heading inside, and normal text.
    Text,
    /// Cells of tables.
    Cell,
    /// Small print.
    Small,
}

impl<'m> Look<'m> {
    /// A printed page as its template wants it.
    #[must_use]
    pub const fn printed(front: &Front, metrics: &'m Metrics) -> Self {
        Self {
            metrics,
            page: front.page,
            margins: front.margins,
            face: front.face,
            size: front.size,
            indent: front.indent,
            typed: false,
        }
    }

    /// A page of cells; where there are running lines, they have two rows above and below.
    #[must_use]
    pub fn typed(front: &Front, columns: usize, rows: usize) -> Look<'static> {
        let cells =
            |count: usize, cell: Length| Length::try_from(count).unwrap_or(Length::MAX / 1_000) * cell;
        let room = |line: &str| if line.is_empty() { 0 } else { 2 * ROW };
        Look {
            metrics: &TYPED,
            page: (cells(columns, CELL), cells(rows, ROW)),
            margins: [0, room(&front.header), 0, room(&front.footer)],
            face: front.face,
            size: TYPED_SIZE,
            indent: if front.indent == 0 { 0 } else { 4 * CELL },
            typed: true,
        }
    }

    /// The style of a text.
    #[must_use]
    pub const fn style(&self, kind: Kind, bold: bool) -> Style {
        let size = match kind {
            _ if self.typed => self.size,
            Kind::Title => self.size + 20,
            Kind::Text => self.size,
            Kind::Cell => self.size - 10,
            Kind::Small => self.size - 25,
        };
        Style {
            face: if bold { self.face.bold() } else { self.face },
            size: if size < 60 { 60 } else { size },
        }
    }

    /// The width between the margins.
    #[must_use]
    pub const fn width(&self) -> Length {
        self.page.0 - self.margins[0] - self.margins[2]
    }

    /// The height of a line: what is bold in it does not move the next one.
    #[must_use]
    pub fn line(&self, kind: Kind) -> Length {
        let height = |bold| self.metrics.line_height(self.style(kind, bold));
        height(false).max(height(true))
    }

    /// A run of text whose line begins at a height.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn run(
        &self,
        text: &str,
        kind: Kind,
        bold: bool,
        (x, y): (Length, Length),
    ) -> Result<Run, Unprintable> {
        let style = self.style(kind, bold);
        let width = self.metrics.width(text, style)?;
        let ascent = |bold| self.metrics.ascent(self.style(kind, bold));
        Ok(Run {
            area: Area { x, y, width, height: self.line(kind) },
            baseline: y + ascent(false).max(ascent(true)),
            style,
            text: text.to_owned(),
            spread: 0,
        })
    }

    /// A printed length in this medium: of cells, whole ones in the proportion of the widths.
    #[must_use]
    pub fn across(&self, length: Length, printed_width: Length) -> Length {
        if self.typed { length * (self.width() / CELL) / printed_width.max(1) * CELL } else { length }
    }

    /// A printed height in this medium: of rows, whole ones.
    #[must_use]
    pub const fn down(&self, length: Length) -> Length {
        if self.typed { (length + ROW / 2) / ROW * ROW } else { length }
    }

    /// The row a line across takes; on paper it has no height.
    #[must_use]
    pub const fn rule(&self) -> Length {
        if self.typed { ROW } else { 0 }
    }

    /// Room of a cell of a table: left, right, above and below.
    #[must_use]
    pub const fn pads(&self, has_borders: bool) -> (Length, Length, Length) {
        match (self.typed, has_borders) {
            (true, true) => (CELL, 0, 0),
            (true, false) => (0, CELL, 0),
            (false, true) => (120, 120, 60),
            (false, false) => (0, 200, 40),
        }
    }
}
