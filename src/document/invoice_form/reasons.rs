//! The back: why each sum is what it is, in sentences, from the traces of the calculation.

use super::{FormError, GAP, LEFT, RIGHT, TITLE};
use crate::document::canvas::{Align, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{Invoice, Reason};
use crate::document::number;
use crate::document::page::{Length, Style};
use crate::document::text;

const HEAD: Style = Style::bold(75);
const TOLD: Style = Style::regular(70);
/// Between one sum and the next.
const APART: Length = 90;

/// Draws the back on a page of its own; nothing where no sum is explained.
pub(super) fn draw(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    if invoice.reasons.is_empty() {
        return Ok(());
    }
    flow.turn()?;
    let title = format!("Почему столько: как получилась каждая сумма за {}", number::month(invoice.month));
    let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
    flow.y += flow.canvas.text(strip, TITLE, Align::Left, 2, &title)? + GAP / 2;
    invoice.reasons.iter().try_for_each(|reason| one(flow, reason))
}

/// A sum with its formula, and below it where its numbers come from. The head stays with the first lines.
fn one(flow: &mut Flow<'_>, reason: &Reason) -> Result<(), FormError> {
    let metrics = flow.canvas.metrics;
    let (head_height, height) = (metrics.line_height(HEAD), metrics.line_height(TOLD));
    let head = text::wrap(&reason.head, HEAD, RIGHT - LEFT, metrics)?;
    let lines = text::wrap(&reason.told, TOLD, RIGHT - LEFT, metrics)?;
    let heads = Length::try_from(head.len()).unwrap_or(1) * head_height;
    flow.room(heads + 2 * height, &reason.head)?;
    let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
    flow.y += flow.canvas.lines(strip, HEAD, Align::Left, &head)?;
    for line in lines {
        flow.room(height, &reason.head)?;
        let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
        flow.y += flow.canvas.lines(strip, TOLD, Align::Left, &[line])?;
    }
    flow.y += APART;
    Ok(())
}
