//! Label and value, one pair under the other.

use super::LABEL;
use crate::document::canvas::{Align, Canvas, Strip};
use crate::document::metrics::Unprintable;
use crate::document::page::{Length, Style};

/// A pair.
pub(super) struct Pair {
    pub label: &'static str,
    pub value: String,
    pub style: Style,
}

/// A pair in a style.
pub(super) fn pair(label: &'static str, value: impl Into<String>, style: Style) -> Pair {
    Pair { label, value: value.into(), style }
}

/// Sets the pairs that have a value, each in at most so many lines; returns where they end.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    strip: Strip,
    label_width: Length,
    most: usize,
    pairs: &[Pair],
) -> Result<Length, Unprintable> {
    let mut y = strip.y;
    for Pair { label, value, style } in pairs.iter().filter(|pair| !pair.value.is_empty()) {
        // The label stands on the baseline of the value's first line, whatever their sizes.
        let drop = (canvas.metrics.ascent(*style) - canvas.metrics.ascent(LABEL)).max(0);
        let at = Strip { x: strip.x, y: y + drop, width: label_width - 100 };
        let label_height = drop + canvas.text(at, LABEL, Align::Left, 2, label)?;
        let at = Strip { x: strip.x + label_width, y, width: strip.width - label_width };
        // A single word is a number or an account: never cut.
        let value_height = match value.contains(' ') {
            true => canvas.text(at, *style, Align::Left, most, value)?,
            false => canvas.whole(at, *style, Align::Left, value)?,
        };
        y += label_height.max(value_height) + 30;
    }
    Ok(y)
}
