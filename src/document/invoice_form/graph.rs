//! What the metered services used, month by month: bars where the last sheet has room for them, never a sheet more.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{FormError, GAP, LEFT, RIGHT, TITLE};
use crate::calc::period::Month;
use crate::document::canvas::{Align, Canvas, FINE, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::{Invoice, Use};
use crate::document::metrics::Unprintable;
use crate::document::number;
use crate::document::page::{Item, Length, Rule, Style};

/// Graphs in a row.
const BESIDE: usize = 3;
/// Months shown.
const MONTHS: usize = 12;
/// The highest bar.
const BAR: Length = 1_100;
const SMALL: Style = Style::regular(60);
const NAME: Style = Style::bold(70);

/// Draws the graphs that fit; none of less than two months.
pub(super) fn draw(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    let metrics = flow.canvas.metrics;
    let height = metrics.line_height(NAME) + 2 * metrics.line_height(SMALL) + BAR + 100;
    let shown: Vec<&Use> = invoice.usage.iter().filter(|one| one.months.len() > 1).collect();
    let title = metrics.line_height(TITLE) + 60;
    if shown.is_empty() || !flow.fits(title + height) {
        return Ok(());
    }
    let strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LEFT };
    flow.y += flow.canvas.text(strip, TITLE, Align::Left, 1, "Потребление по месяцам")? + 60;
    let count = Length::try_from(BESIDE).unwrap_or(1);
    let width = (RIGHT - LEFT - (count - 1) * GAP) / count;
    for row in shown.chunks(BESIDE) {
        if !flow.fits(height) {
            break;
        }
        let mut strip = Strip { x: LEFT, y: flow.y, width };
        for one in row {
            graph(&mut flow.canvas, one, strip)?;
            strip.x += width + GAP;
        }
        flow.y += height + GAP;
    }
    Ok(())
}

/// One service: its name, a bar a month with its volume above and its month below.
fn graph(canvas: &mut Canvas<'_>, of: &Use, mut strip: Strip) -> Result<(), Unprintable> {
    let name = format!("{}, {}", of.service, of.unit);
    strip.y += canvas.text(strip, NAME, Align::Left, 1, &name)?;
    let months = &of.months[of.months.len().saturating_sub(MONTHS)..];
    let most = months.iter().map(|(_, volume)| *volume).max().unwrap_or_default();
    let step = strip.width / Length::try_from(MONTHS).unwrap_or(1);
    let above = canvas.metrics.line_height(SMALL);
    let foot = strip.y + above + BAR;
    canvas.across(strip.x, strip.x + strip.width, foot + FINE, FINE);
    let mut at = Strip { x: strip.x, y: strip.y, width: step };
    for (month, volume) in months {
        let high = height(*volume, most);
        let middle = at.x + step / 2;
        if high > 0 {
            let (from, to) = ((middle, foot - high), (middle, foot));
            canvas.items.push(Item::Rule(Rule { from, to, thickness: step / 2, dashed: false }));
        }
        let value = Strip { y: foot - high - above - FINE, ..at };
        value_above(canvas, value, *volume)?;
        canvas.text(Strip { y: foot + 2 * FINE, ..at }, SMALL, Align::Middle, 1, &digits(*month))?;
        at.x += step;
    }
    Ok(())
}

/// The volume in as many places as its column has room for.
fn value_above(canvas: &mut Canvas<'_>, strip: Strip, volume: Decimal) -> Result<(), Unprintable> {
    for places in (0..=2).rev() {
        let text = number::quantity(volume.round_dp(places).normalize());
        if places == 0 || canvas.metrics.width(&text, SMALL)? <= strip.width {
            canvas.text(strip, SMALL, Align::Middle, 1, &text)?;
            return Ok(());
        }
    }
    Ok(())
}

/// `09`: the year is that of the sheet or the one before.
fn digits(month: Month) -> String {
    month.first_day().format("%m").to_string()
}

/// Height of a bar; nothing for what is not above zero.
fn height(volume: Decimal, most: Decimal) -> Length {
    if volume <= Decimal::ZERO || most <= Decimal::ZERO {
        return 0;
    }
    (volume * Decimal::from(BAR) / most).round().to_i32().unwrap_or(BAR)
}
