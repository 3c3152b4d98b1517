//! A table that flows over pages: its head is repeated, a row is never torn.

use super::canvas::{Align, FINE, STRONG, Strip};
use super::flow::{Flow, FlowError};
use super::metrics::{Metrics, Unprintable};
use super::page::{Length, Style};
use super::text;

/// Room between a cell's border and its text, at the sides.
pub const PAD_X: Length = 55;
/// The same above and below.
const PAD_Y: Length = 45;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Printed in the head.
    pub title: String,
    /// Width with borders.
    pub width: Length,
    /// Where the text of its cells stands.
    pub align: Align,
}

impl Column {
    /// A column of a given width.
    #[must_use]
    pub fn new(title: &str, width: Length, align: Align) -> Self {
        Self { title: title.to_owned(), width, align }
    }

    /// Widens the column so that `text` stands on one line.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn widen(&mut self, text: &str, style: Style, metrics: &Metrics) -> Result<(), Unprintable> {
        self.width = self.width.max(metrics.width(text, style)? + 2 * PAD_X);
        Ok(())
    }
}

/// A table under the pen.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    head: Style,
    x: Length,
    top: Length,
}

impl Table {
    /// Draws the head, on the next page where it and one line of text do not fit on this one.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn begin(
        flow: &mut Flow<'_>,
        x: Length,
        columns: Vec<Column>,
        head: Style,
        body: Style,
    ) -> Result<Self, FlowError> {
        let mut table = Self { columns, head, x, top: flow.y };
        let line = flow.canvas.metrics.line_height(body) + 2 * PAD_Y;
        let title = table.head_height(flow.canvas.metrics)?;
        flow.room(title + line, "Заголовок таблицы")?;
        table.open(flow)?;
        Ok(table)
    }

    /// Draws a row under the last one. Where the row and `keep` under it do not fit, it begins the next page.
    ///
    /// # Errors
    /// A character that is not in the face; a row higher than a page.
    pub fn row(
        &mut self,
        flow: &mut Flow<'_>,
        style: Style,
        cells: &[String],
        keep: Length,
    ) -> Result<(), FlowError> {
        let metrics = flow.canvas.metrics;
        let wrapped = self.wrap(cells, style, metrics)?;
        let most = wrapped.iter().map(Vec::len).max().unwrap_or_default();
        let height =
            metrics.line_height(style) * Length::try_from(most).unwrap_or(Length::MAX / 1_000) + 2 * PAD_Y;
        if !flow.fits(height + keep) {
            self.close(flow);
            flow.turn()?;
            self.open(flow)?;
            flow.room(height, cells.first().map_or("", String::as_str))?;
        }
        self.cells(flow, style, &wrapped)?;
        flow.y += height;
        flow.canvas.across(self.x, self.right(), flow.y, FINE);
        Ok(())
    }

    /// Draws a strong line: above totals.
    pub fn stress(&self, flow: &mut Flow<'_>) {
        flow.canvas.across(self.x, self.right(), flow.y, STRONG);
    }

    /// Draws the borders.
    pub fn end(self, flow: &mut Flow<'_>) {
        self.close(flow);
    }

    fn right(&self) -> Length {
        self.x + self.columns.iter().map(|column| column.width).sum::<Length>()
    }

    fn wrap(
        &self,
        cells: &[String],
        style: Style,
        metrics: &Metrics,
    ) -> Result<Vec<Vec<String>>, Unprintable> {
        let widths = self.columns.iter().map(|column| column.width - 2 * PAD_X);
        widths.zip(cells).map(|(width, cell)| text::wrap(cell, style, width, metrics)).collect()
    }

    fn cells(&self, flow: &mut Flow<'_>, style: Style, wrapped: &[Vec<String>]) -> Result<(), Unprintable> {
        let mut x = self.x;
        for (column, lines) in self.columns.iter().zip(wrapped) {
            let strip = Strip { x: x + PAD_X, y: flow.y + PAD_Y, width: column.width - 2 * PAD_X };
            flow.canvas.lines(strip, style, column.align, lines)?;
            x += column.width;
        }
        Ok(())
    }

    fn head_lines(&self, metrics: &Metrics) -> Result<Vec<Vec<String>>, Unprintable> {
        let titles: Vec<String> = self.columns.iter().map(|column| column.title.clone()).collect();
        self.wrap(&titles, self.head, metrics)
    }

    fn head_height(&self, metrics: &Metrics) -> Result<Length, Unprintable> {
        let most = self.head_lines(metrics)?.iter().map(Vec::len).max().unwrap_or_default();
        let line = metrics.line_height(self.head);
        Ok(line * Length::try_from(most).unwrap_or(Length::MAX / 1_000) + 2 * PAD_Y)
    }

    /// Draws the head and remembers where this page's part begins.
    fn open(&mut self, flow: &mut Flow<'_>) -> Result<(), Unprintable> {
        let (metrics, head) = (flow.canvas.metrics, self.head);
        self.top = flow.y;
        flow.canvas.across(self.x, self.right(), flow.y, STRONG);
        let mut x = self.x;
        for (column, lines) in self.columns.iter().zip(self.head_lines(metrics)?) {
            let strip = Strip { x: x + PAD_X, y: flow.y + PAD_Y, width: column.width - 2 * PAD_X };
            flow.canvas.lines(strip, head, Align::Middle, &lines)?;
            x += column.width;
        }
        flow.y += self.head_height(metrics)?;
        flow.canvas.across(self.x, self.right(), flow.y, STRONG);
        Ok(())
    }

    /// Draws the upright borders of this page's part.
    fn close(&self, flow: &mut Flow<'_>) {
        let mut x = self.x;
        flow.canvas.down(x, self.top, flow.y, FINE);
        for column in &self.columns {
            x += column.width;
            flow.canvas.down(x, self.top, flow.y, FINE);
        }
    }
}
