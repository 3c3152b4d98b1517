//! Under the table: what the marks mean, and how the sum to pay came about.

use super::charges::mark;
use super::{BODY, FormError, GAP, LABEL, LEFT, RIGHT};
use crate::calc::money::Money;
use crate::document::canvas::{Align, STRONG, Strip};
use crate::document::flow::Flow;
use crate::document::invoice::Invoice;
use crate::document::metrics::Unprintable;
use crate::document::number;
use crate::document::page::{Length, Style};

/// Width of the ladder of sums at the right.
const LADDER: Length = 9_000;
/// Of it, width of the sums.
const SUMS: Length = 2_500;
const TOTAL: Style = Style::bold(110);

/// Draws the legend at the left and the ladder of sums at the right.
pub(super) fn draw(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<(), FormError> {
    flow.y += 120;
    let steps = steps(invoice);
    let metrics = flow.canvas.metrics;
    let height: Length = steps.iter().map(|_| metrics.line_height(BODY) + 20).sum();
    flow.room(height + metrics.line_height(TOTAL) + 200, "Итоги")?;
    let legend = legend(flow, invoice)?;
    let strip = Strip { x: RIGHT - LADDER, y: flow.y, width: LADDER };
    flow.y = ladder(flow, strip, &steps, invoice)?.max(legend) + GAP;
    Ok(())
}

/// How the sum to pay came about, step by step: what, and how much. A balance says by a word, not by a sign, which way it is owed.
#[must_use]
pub fn steps(invoice: &Invoice) -> Vec<(String, Money)> {
    let totals = &invoice.totals;
    let start = number::day(invoice.month.first_day());
    let balance = |sum: Money, debt: &str, advance: &str| {
        let word = if sum < Money::ZERO { advance } else { debt };
        (word.to_owned(), if sum < Money::ZERO { -sum } else { sum })
    };
    let (word, opening) = balance(totals.opening, "Задолженность", "Переплата (аванс)");
    let mut steps = vec![
        (format!("{word} на {start}"), opening),
        (format!("Начислено за {}", number::month(invoice.month)), totals.charged),
    ];
    let optional = [
        ("Перерасчёты", totals.recalculated),
        ("Льготы, субсидии, скидки (вычитаются)", totals.privilege),
        ("Пени", totals.penalty),
    ];
    let given = optional.into_iter().filter(|(_, sum)| *sum != Money::ZERO);
    steps.extend(given.map(|(what, sum)| (what.to_owned(), sum)));
    steps.push((format!("Оплачено за {}", number::month(invoice.month)), totals.paid));
    if totals.since != Money::ZERO {
        let next = number::day(invoice.month.next().first_day());
        let through = number::day(invoice.payments_through);
        steps.push((format!("Оплачено с {next} по {through}"), totals.since));
    }
    // What one payee has too much of lowers nobody else's sum.
    let kept = totals.payable - (totals.closing - totals.since);
    if kept > Money::ZERO {
        steps.push(("Переплата, зачтётся в следующих месяцах".to_owned(), kept));
    }
    steps
}

fn ladder(
    flow: &mut Flow<'_>,
    mut strip: Strip,
    steps: &[(String, Money)],
    invoice: &Invoice,
) -> Result<Length, Unprintable> {
    let canvas = &mut flow.canvas;
    for (what, sum) in steps {
        let name = Strip { width: strip.width - SUMS - 100, ..strip };
        let height = canvas.text(name, BODY, Align::Left, 1, what)?;
        let value = Strip { x: RIGHT - SUMS, width: SUMS, ..strip };
        canvas.whole(value, BODY, Align::Right, &number::money(*sum))?;
        strip.y += height + 20;
    }
    canvas.across(strip.x, RIGHT, strip.y + 20, STRONG);
    strip.y += 80;
    let payable = format!("{} {}", number::money(invoice.totals.payable), invoice.currency.short);
    canvas.text(Strip { width: 4_200, ..strip }, TOTAL, Align::Left, 1, "ИТОГО К ОПЛАТЕ")?;
    let value = Strip { x: strip.x + 4_200, width: strip.width - 4_200, ..strip };
    Ok(strip.y + canvas.whole(value, TOTAL, Align::Right, &payable)?)
}

/// Which payments are counted on the sheet, and the last of them (354 п. 69; dossier of documents § 2.4).
#[must_use]
pub fn payments(invoice: &Invoice) -> String {
    let through = number::day(invoice.payments_through);
    let last = invoice.last_payment.as_ref().map_or_else(String::new, |paid| {
        let sum = number::money(paid.amount);
        format!("; последний {} на {sum} {}", number::day(paid.day), invoice.currency.short)
    });
    let told = format!("Учтены платежи, поступившие по {through} включительно{last}");
    // «руб.» ends a sentence with its own point.
    if told.ends_with('.') { told } else { format!("{told}.") }
}

/// What the marks of this sheet mean, and which payments are counted.
fn legend(flow: &mut Flow<'_>, invoice: &Invoice) -> Result<Length, Unprintable> {
    let mut bases: Vec<_> =
        invoice.lines.iter().flat_map(|line| &line.parts).map(|part| part.basis).collect();
    bases.sort_unstable();
    bases.dedup();
    let marks: Vec<String> =
        bases.into_iter().map(mark).map(|(sign, means)| format!("{sign} — {means}")).collect();
    let text = format!(
        "Осн. — способ определения объёма: {}. Суммы в таблице даны в {}",
        marks.join(", "),
        invoice.currency.short
    );
    let mut strip = Strip { x: LEFT, y: flow.y, width: RIGHT - LADDER - GAP - LEFT };
    strip.y += flow.canvas.text(strip, LABEL, Align::Left, 6, &text)? + 40;
    Ok(strip.y + flow.canvas.text(strip, LABEL, Align::Left, 3, &payments(invoice))?)
}
