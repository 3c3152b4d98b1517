//! The heading; the payer, the premises and who answers for the services.

use super::asked;
use super::labelled::{self, pair};
use super::{BODY, GAP, LABEL, LEFT, RIGHT, STRESSED};
use crate::document::canvas::{Align, Canvas, FINE, STRONG, Strip};
use crate::document::invoice::{Areas, Executor, Invoice, Tenure};
use crate::document::metrics::Unprintable;
use crate::document::number;
use crate::document::page::{Length, Style};

/// Right edge of the block about the payer.
pub(super) const MIDDLE: Length = 10_500;

/// The most lines one value may take here; a longer one ends with an ellipsis.
pub(super) const MOST_LINES: usize = 8;

const LABEL_WIDTH: Length = 2_700;
const NUMBERS_WIDTH: Length = 9_000;

/// What the sheet is, its number and identifiers; returns where they end.
pub(super) fn draw(canvas: &mut Canvas<'_>, invoice: &Invoice, top: Length) -> Result<Length, Unprintable> {
    let strip = Strip { x: LEFT, y: top, width: RIGHT - LEFT - NUMBERS_WIDTH - GAP };
    let title = canvas.text(strip, Style::bold(130), Align::Left, 1, "ПЛАТЕЖНЫЙ ДОКУМЕНТ")?;
    let period = asked::title(invoice);
    let strip = Strip { y: top + title, ..strip };
    let left = strip.y + canvas.text(strip, Style::bold(110), Align::Left, 1, &period)?;

    let mut strip = Strip { x: RIGHT - NUMBERS_WIDTH, y: top, width: NUMBERS_WIDTH };
    strip.y += canvas.text(strip, STRESSED, Align::Right, 1, &format!("№ {}", invoice.number))?;
    let identifiers = [
        ("Идентификатор платежного документа", &invoice.gis.document),
        ("Единый лицевой счет", &invoice.gis.account),
        ("Идентификатор ЖКУ", &invoice.gis.service),
    ];
    for (label, value) in identifiers {
        if let Some(value) = value {
            strip.y += canvas.text(strip, LABEL, Align::Right, 1, &format!("{label} {value}"))?;
        }
    }
    let y = left.max(strip.y) + 80;
    canvas.across(LEFT, RIGHT, y, STRONG);
    Ok(y + GAP)
}

/// The payer and the executor; returns where they end.
pub(super) fn parties(
    canvas: &mut Canvas<'_>,
    invoice: &Invoice,
    top: Length,
) -> Result<Length, Unprintable> {
    let strip = Strip { x: LEFT, y: top, width: MIDDLE - LEFT };
    let payer = [
        pair("Лицевой счёт", invoice.account.as_str(), Style::bold(110)),
        pair(payer_is(invoice.tenure), invoice.payer.as_str(), Style::bold(90)),
        pair("Адрес помещения", invoice.address.as_str(), BODY),
        pair("Площадь", areas(&invoice.areas), BODY),
        pair("Проживает", residents(invoice.residents), BODY),
    ];
    let y = labelled::draw(canvas, strip, LABEL_WIDTH, MOST_LINES, &payer)? + 60;
    canvas.across(LEFT, MIDDLE, y, FINE);
    let executor = &invoice.executor;
    let executor = [
        pair("Исполнитель услуг", executor.name.as_str(), STRESSED),
        pair("ИНН", executor.tin.as_str(), BODY),
        pair("Адрес", executor.address.as_str(), BODY),
        pair("Телефон", executor.phone.as_str(), BODY),
        pair("Аварийная служба", executor.dispatch_phone.as_str(), BODY),
        pair("Приём", executor.hours.as_str(), BODY),
        pair("Почта, сайт", online(executor), BODY),
    ];
    labelled::draw(canvas, Strip { y: y + 90, ..strip }, LABEL_WIDTH, MOST_LINES, &executor)
}

/// What the payer is to the premises.
#[must_use]
pub const fn payer_is(tenure: Tenure) -> &'static str {
    match tenure {
        Tenure::Owned => "Собственник",
        Tenure::Let => "Наниматель",
        Tenure::Leased => "Арендатор",
        Tenure::Unknown => "Плательщик",
    }
}

fn online(executor: &Executor) -> String {
    let given = [executor.email.as_str(), executor.site.as_str()];
    given.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
}

/// How many live there: «3 чел.»; nothing where nobody can.
fn residents(count: Option<u32>) -> String {
    count.map_or_else(String::new, |count| format!("{count} чел."))
}

/// Areas in words: «общая 54,30 м², жилая 31,20 м²»; nothing of an area that is not known or not there.
#[must_use]
pub fn areas(areas: &Areas) -> String {
    [("общая", areas.total), ("жилая", areas.living), ("отапливаемая", areas.heated)]
        .into_iter()
        .filter_map(|(name, area)| {
            Some(format!("{name} {} м²", number::rate(area.filter(|area| !area.is_zero())?)))
        })
        .collect::<Vec<_>>()
        .join(", ")
}
