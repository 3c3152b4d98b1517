//! From page to page: things are set one under the other; what finds no room goes to the next page, which begins
//! with a heading of its own.

use super::canvas::Canvas;
use super::metrics::{Metrics, Unprintable};
use super::page::{Item, Length};

/// Something is higher than a whole page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» не помещается на листе. Сократите текст на карточке")]
pub struct TooHigh(pub String);

/// Draws the heading of a continuation page and returns where its content begins.
pub type Heading<'a> = dyn Fn(&mut Canvas<'_>) -> Result<Length, Unprintable> + 'a;

/// Pages being filled from top to bottom.
pub struct Flow<'a> {
    /// The page under the pen.
    pub canvas: Canvas<'a>,
    /// Where the next thing goes.
    pub y: Length,
    bottom: Length,
    full_bottom: Length,
    heading: &'a Heading<'a>,
    done: Vec<Vec<Item>>,
}

impl<'a> Flow<'a> {
    /// Begins with a first page whose content ends at `bottom`; later pages end at `full_bottom`.
    pub fn new(
        metrics: &'a Metrics,
        y: Length,
        bottom: Length,
        full_bottom: Length,
        heading: &'a Heading<'a>,
    ) -> Self {
        Self { canvas: Canvas::new(metrics), y, bottom, full_bottom, heading, done: Vec::new() }
    }

    /// Whether so much height is left on this page.
    #[must_use]
    pub const fn fits(&self, height: Length) -> bool {
        self.y + height <= self.bottom
    }

    /// Goes to the next page where `height` does not fit on this one. Returns whether it did.
    ///
    /// # Errors
    /// `what` is higher than a whole page.
    pub fn room(&mut self, height: Length, what: &str) -> Result<bool, FlowError> {
        if self.fits(height) {
            return Ok(false);
        }
        self.turn()?;
        if self.fits(height) { Ok(true) } else { Err(TooHigh(what.to_owned()).into()) }
    }

    /// Goes to the next page.
    ///
    /// # Errors
    /// A character of the heading that is not in the face.
    pub fn turn(&mut self) -> Result<(), Unprintable> {
        self.done.push(std::mem::take(&mut self.canvas.items));
        self.bottom = self.full_bottom;
        self.y = (self.heading)(&mut self.canvas)?;
        Ok(())
    }

    /// The filled pages.
    #[must_use]
    pub fn finish(mut self) -> Vec<Vec<Item>> {
        self.done.push(self.canvas.items);
        self.done
    }
}

/// Why the flow stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FlowError {
    /// A character that is not in the face.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// Something higher than a page.
    #[error(transparent)]
    TooHigh(#[from] TooHigh),
}
