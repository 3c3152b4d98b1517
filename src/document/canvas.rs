//! Places boxes on a page.

use super::metrics::{Metrics, Unprintable};
use super::page::{Area, Item, Length, Rule, Run, Style};
use super::text;

/// Thickness of a fine line: cell borders.
pub const FINE: Length = 12;
/// Thickness of a strong line: under headings and above totals.
pub const STRONG: Length = 30;

/// The smallest print, in tenths of a point (dossier of documents § 1.1).
const SMALLEST: Length = 60;

/// Where in its width a line of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Middle,
    /// At the right edge.
    Right,
}

/// A horizontal strip a text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strip {
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
}

/// A page being filled.
#[derive(Debug)]
pub struct Canvas<'m> {
    /// Widths of letters.
    pub metrics: &'m Metrics,
    /// What was placed, in reading order.
    pub items: Vec<Item>,
}

impl<'m> Canvas<'m> {
    /// An empty page.
    #[must_use]
    pub const fn new(metrics: &'m Metrics) -> Self {
        Self { metrics, items: Vec::new() }
    }

    /// Sets a text in a strip, in at most `most` lines. Returns the height taken.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn text(
        &mut self,
        strip: Strip,
        style: Style,
        align: Align,
        most: usize,
        text: &str,
    ) -> Result<Length, Unprintable> {
        let lines = text::wrap_most(text, style, strip.width, most, self.metrics)?;
        self.lines(strip, style, align, &lines)
    }

    /// Sets what must be read whole, a sum or a number: smaller where it is too wide for one line, and on several
    /// lines only where it is too wide even in the smallest print. Returns the height taken.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn whole(
        &mut self,
        strip: Strip,
        mut style: Style,
        align: Align,
        text: &str,
    ) -> Result<Length, Unprintable> {
        while style.size > SMALLEST && self.metrics.width(text, style)? > strip.width {
            style.size -= 5;
        }
        self.text(strip, style, align, usize::MAX, text)
    }

    /// Sets lines already broken, one under the other. Returns the height taken.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn lines(
        &mut self,
        strip: Strip,
        style: Style,
        align: Align,
        lines: &[String],
    ) -> Result<Length, Unprintable> {
        let height = self.metrics.line_height(style);
        let mut y = strip.y;
        for line in lines {
            let width = self.metrics.width(line, style)?;
            let x = match align {
                Align::Left => strip.x,
                Align::Middle => strip.x + (strip.width - width) / 2,
                Align::Right => strip.x + strip.width - width,
            };
            self.items.push(Item::Text(Run {
                area: Area { x, y, width, height },
                baseline: y + self.metrics.ascent(style),
                style,
                text: line.clone(),
                spread: 0,
            }));
            y += height;
        }
        Ok(y - strip.y)
    }

    /// Draws a horizontal line.
    pub fn across(&mut self, x: Length, right: Length, y: Length, thickness: Length) {
        self.items.push(Item::Rule(Rule { from: (x, y), to: (right, y), thickness, dashed: false }));
    }

    /// Draws a vertical line.
    pub fn down(&mut self, x: Length, y: Length, bottom: Length, thickness: Length) {
        self.items.push(Item::Rule(Rule { from: (x, y), to: (x, bottom), thickness, dashed: false }));
    }
}
