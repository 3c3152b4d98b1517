//! The part that is cut off and stays with the cash desk.

use super::asked;
use super::labelled::{self, pair};
use super::{BODY, Code, LABEL, LEFT, RIGHT, STRESSED};
use crate::document::bar_code;
use crate::document::canvas::{Align, Canvas, FINE, Strip};
use crate::document::invoice::{Invoice, Kind, Payee, Share};
use crate::document::metrics::Unprintable;
use crate::document::number;
use crate::document::page::{Area, Item, Length, Rule, Style};
use crate::document::payment_bar;
use crate::document::words::{self, Case};

/// Its height.
pub(super) const HEIGHT: Length = 4_400;

/// Height of the bar code.
const BARS: Length = 1_000;
/// Modules left white at its sides (ISO/IEC 15417 § 4.4).
const QUIET: Length = 10;
/// Widest and narrowest module: 0.33 mm is read by every scanner, below 0.19 mm by few.
const WIDEST: Length = 33;
/// Below it nothing is printed.
const NARROWEST: Length = 19;

/// Width of the column with the sum.
const SUM_WIDTH: Length = 6_200;

/// Draws it with its upper edge at `top`.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    invoice: &Invoice,
    payees: &[(&Share, Code)],
    top: Length,
) -> Result<(), Unprintable> {
    canvas.items.push(Item::Rule(Rule {
        from: (LEFT, top),
        to: (RIGHT, top),
        thickness: FINE,
        dashed: true,
    }));
    let title = format!("ИЗВЕЩЕНИЕ {}", asked::about(invoice));
    let split = RIGHT - SUM_WIDTH;
    let mut strip = Strip { x: LEFT, y: top + 180, width: split - LEFT - 300 };
    strip.y += canvas.text(strip, Style::bold(90), Align::Left, 1, &title)? + 40;
    let mut pairs = vec![
        pair("Лицевой счёт", invoice.account.as_str(), STRESSED),
        pair("Плательщик", invoice.payer.as_str(), BODY),
        pair("Адрес помещения", invoice.address.as_str(), BODY),
    ];
    match payees {
        [(share, _)] => {
            pairs.push(pair("Получатель", receiver(&share.payee), BODY));
            pairs.push(pair("Расчётный счёт", requisites(&share.payee), BODY));
        }
        several => {
            let share = |(share, _): &(&Share, Code)| {
                format!("{} — {}", share.payee.name, number::money(share.payable()))
            };
            let all = several.iter().map(share).collect::<Vec<_>>().join("; ");
            pairs.push(pair("Получатели", all, BODY));
        }
    }
    labelled::draw(canvas, strip, 2_400, 2, &pairs)?;
    sum(canvas, invoice, Strip { x: split, y: top + 180, width: SUM_WIDTH })
}

/// Account, month and sum for the scanner of a desk, with the same digits below; nothing where nothing is to pay, or the
/// account cannot be written in bars that a scanner still tells apart.
fn bars(canvas: &mut Canvas<'_>, invoice: &Invoice, strip: Strip) -> Result<(), Unprintable> {
    let month = (invoice.kind == Kind::Month).then_some(invoice.month);
    let text = payment_bar::text(&invoice.account, month, invoice.totals.payable);
    let Some(text) = text.filter(|_| !invoice.is_draft) else { return Ok(()) };
    let Ok(dark) = bar_code::modules(&text) else { return Ok(()) };
    let count = Length::try_from(dark.len()).unwrap_or(Length::MAX / 2);
    let module = (strip.width / (count + 2 * QUIET)).min(WIDEST);
    if module < NARROWEST {
        return Ok(());
    }
    let area = Area { x: strip.x + QUIET * module, y: strip.y, width: count * module, height: BARS };
    canvas.items.push(Item::Bars { area, dark });
    let under = Strip { x: area.x, y: area.bottom() + 20, width: area.width };
    canvas.whole(under, Style::regular(70), Align::Middle, &text)?;
    Ok(())
}

fn receiver(payee: &Payee) -> String {
    format!("{}{}{}", payee.name, named("ИНН", &payee.tin), named("КПП", &payee.kpp))
}

fn requisites(payee: &Payee) -> String {
    format!(
        "{}{}{}{}",
        payee.settlement_account,
        named("БИК", &payee.bic),
        named("к/с", &payee.correspondent_account),
        named("банк", &payee.bank)
    )
}

/// A value behind its label; nothing where there is none.
fn named(label: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!(", {label} {value}") }
}

/// The sum in digits and words, and a place to sign.
fn sum(canvas: &mut Canvas<'_>, invoice: &Invoice, strip: Strip) -> Result<(), Unprintable> {
    let payable = invoice.totals.payable;
    let frame = Area { x: strip.x, y: strip.y, width: strip.width, height: 1_000 };
    canvas.items.push(Item::Frame { area: frame, thickness: FINE });
    let inner = Strip { x: frame.x + 150, y: frame.y + 260, width: frame.width - 300 };
    canvas.text(inner, BODY, Align::Left, 1, "Сумма к оплате")?;
    let digits = format!("{} {}", number::money(payable), invoice.currency.short);
    let value = Strip { x: inner.x + 2_300, y: frame.y + 220, width: inner.width - 2_300 };
    canvas.whole(value, Style::bold(110), Align::Right, &digits)?;
    let words = words::sum(payable, &invoice.currency, Case::Nominative);
    canvas.text(Strip { y: frame.bottom() + 100, ..strip }, LABEL, Align::Left, 4, &words)?;
    bars(canvas, invoice, Strip { y: strip.y + 2_280, ..strip })?;
    let line = strip.y + 3_800;
    canvas.across(strip.x, strip.x + 3_600, line, FINE);
    canvas.across(strip.x + 4_000, strip.x + strip.width, line, FINE);
    let under = Strip { x: strip.x, y: line + 40, width: 3_600 };
    canvas.text(under, LABEL, Align::Middle, 1, "подпись плательщика")?;
    let under = Strip { x: strip.x + 4_000, width: strip.width - 4_000, ..under };
    canvas.text(under, LABEL, Align::Middle, 1, "дата")?;
    Ok(())
}
