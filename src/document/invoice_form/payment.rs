//! What to pay, by when, where to, and the code that says so to a telephone.

use super::asked;
use super::heading::{MIDDLE, MOST_LINES};
use super::labelled::{self, pair};
use super::{BODY, Code, GAP, LABEL, LEFT, RIGHT, STRESSED, TITLE};
use crate::calc::money::Money;
use crate::document::canvas::{Align, Canvas, FINE, Strip};
use crate::document::invoice::{Invoice, Payee, Share};
use crate::document::metrics::Unprintable;
use crate::document::number;
use crate::document::page::{Area, Item, Length, Style};
use crate::document::payment_qr::{self, Payment, QrError};
use crate::document::words::{self, Case};

/// Side of the code with its quiet zone; with the largest payload a module is 0.44 mm.
const CODE: Length = 3_400;
/// The sum, to be seen from afar.
const SUM: Style = Style::bold(200);

/// The payees a sheet asks to pay, each with its code or why it has none; where nothing is to pay, the first one.
pub(super) fn payees(invoice: &Invoice) -> Vec<(&Share, Code)> {
    let asked = |share: &&Share| share.payable() > Money::ZERO;
    let mut shares: Vec<&Share> = invoice.payees.iter().filter(asked).collect();
    if shares.is_empty() {
        shares.extend(invoice.payees.first());
    }
    shares.into_iter().map(|share| (share, code(invoice, share))).collect()
}

fn code(invoice: &Invoice, share: &Share) -> Code {
    if invoice.is_draft {
        return Err(QrError::Draft);
    }
    let payment = Payment {
        payee: &share.payee,
        account: &invoice.account,
        kind: invoice.kind,
        month: invoice.month,
        sum: share.payable(),
    };
    payment_qr::payload(&payment).and_then(|payload| payment_qr::modules(&payload))
}

/// The block right of the payer; returns where it ends. The code stands in it where there is one payee.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    invoice: &Invoice,
    payees: &[(&Share, Code)],
    top: Length,
) -> Result<Length, Unprintable> {
    let left = MIDDLE + GAP;
    let [(share, code)] = payees else {
        let strip = Strip { x: left, y: top, width: RIGHT - left };
        let y = to_pay(canvas, invoice, strip)? + 90;
        let several =
            format!("Оплачивается отдельно, получателей: {}. Коды и реквизиты — ниже.", payees.len());
        let several = if payees.is_empty() { "Платить нечего." } else { several.as_str() };
        return Ok(y + canvas.text(Strip { y, ..strip }, BODY, Align::Left, 2, several)?);
    };
    let strip = Strip { x: left, y: top, width: RIGHT - left - CODE - GAP };
    let sum_end = to_pay(canvas, invoice, strip)?;
    let square = Area { x: RIGHT - CODE, y: top, width: CODE, height: CODE };
    let code_end = draw_code(canvas, code, square)?;
    canvas.across(strip.x, strip.x + strip.width, sum_end + 80, FINE);
    let end = requisites(canvas, &share.payee, Strip { y: sum_end + 170, ..strip })?;
    Ok(end.max(code_end))
}

/// Requisites, sums and codes of several payees, two beside each other; returns where they end.
pub(super) fn several(
    canvas: &mut Canvas<'_>,
    invoice: &Invoice,
    payees: &[(&Share, Code)],
    top: Length,
) -> Result<Length, Unprintable> {
    let mut y = top;
    for pair in payees.chunks(2) {
        let mut bottom = y;
        let column = (RIGHT - LEFT - GAP) / 2;
        for ((share, code), left) in pair.iter().zip([LEFT, RIGHT - column]) {
            let width = column - CODE - GAP;
            let mut strip = Strip { x: left, y, width };
            let digits = format!("{} {}", number::money(share.payable()), invoice.currency.short);
            strip.y += canvas.whole(strip, Style::bold(120), Align::Left, &digits)? + 40;
            let text_end = requisites(canvas, &share.payee, strip)?;
            let square = Area { x: left + width + GAP, y, width: CODE, height: CODE };
            bottom = bottom.max(text_end).max(draw_code(canvas, code, square)?);
        }
        canvas.across(LEFT, RIGHT, bottom + 60, FINE);
        y = bottom + 160;
    }
    Ok(y)
}

/// The sum in digits and words and the day it is due.
fn to_pay(canvas: &mut Canvas<'_>, invoice: &Invoice, mut strip: Strip) -> Result<Length, Unprintable> {
    let payable = invoice.totals.payable;
    strip.y += canvas.text(strip, TITLE, Align::Left, 1, "ИТОГО К ОПЛАТЕ")?;
    let digits = format!("{} {}", number::money(payable), invoice.currency.short);
    strip.y += canvas.whole(strip, SUM, Align::Left, &digits)?;
    let words = words::sum(payable, &invoice.currency, Case::Nominative);
    strip.y += canvas.text(strip, LABEL, Align::Left, 4, &words)? + 90;
    strip.y += canvas.text(strip, STRESSED, Align::Left, 2, &asked::due(invoice))?;
    Ok(strip.y)
}

/// The code in its quiet zone of four modules with a caption, or a frame that says why there is none.
fn draw_code(canvas: &mut Canvas<'_>, code: &Code, square: Area) -> Result<Length, Unprintable> {
    let caption = Strip { x: square.x, y: square.bottom(), width: square.width };
    match code {
        Ok(modules) => {
            let side = Length::try_from(modules.side).unwrap_or(Length::MAX / 2);
            let quiet = square.width * 4 / (side + 8);
            let inner = square.width - 2 * quiet;
            let area = Area { x: square.x + quiet, y: square.y + quiet, width: inner, height: inner };
            canvas.items.push(Item::Code { area, modules: modules.clone() });
            let text = "Отсканируйте код для оплаты";
            Ok(caption.y + canvas.text(caption, Style::regular(60), Align::Middle, 2, text)?)
        }
        Err(reason) => {
            canvas.items.push(Item::Frame { area: square, thickness: FINE });
            let inner = Strip { x: square.x + 150, y: square.y + 200, width: square.width - 300 };
            canvas.text(inner, LABEL, Align::Middle, 8, &reason.to_string())?;
            Ok(square.bottom())
        }
    }
}

/// Where the money goes.
fn requisites(canvas: &mut Canvas<'_>, payee: &Payee, strip: Strip) -> Result<Length, Unprintable> {
    let codes: Vec<&str> =
        [payee.tin.as_str(), payee.kpp.as_str()].into_iter().filter(|c| !c.is_empty()).collect();
    let label = if payee.kpp.is_empty() { "ИНН" } else { "ИНН / КПП" };
    let pairs = [
        pair("Получатель", payee.name.as_str(), STRESSED),
        pair(label, codes.join(" / "), BODY),
        pair("Расч. счёт", payee.settlement_account.as_str(), STRESSED),
        pair("Банк", payee.bank.as_str(), BODY),
        pair("БИК", payee.bic.as_str(), BODY),
        pair("Корр. счёт", payee.correspondent_account.as_str(), BODY),
    ];
    labelled::draw(canvas, strip, 1_900, MOST_LINES, &pairs)
}
