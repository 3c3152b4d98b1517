//! The invoice as a sheet: A4 upright, black and white (dossier of documents §§ 2, 11.1).
//!
//! ```text
//! heading                                  | numbers, identifiers
//! payer, premises, executor                | what to pay by when, QR, requisites
//! calculation table, flowing to further sheets; legend; totals
//! grounds of recalculations and penalties, meters, norms and volumes of the house, notes; a year's use where it fits
//! ------------------------------------------ cut here, always at the foot of the first sheet
//! the part that stays with the cash desk
//! on pages of their own, where asked for: why each sum is what it is
//! ```

mod asked;
mod charges;
mod counterfoil;
mod details;
mod graph;
mod heading;
mod instalments;
mod labelled;
mod payment;
mod reasons;
mod summary;

pub use asked::{due, title};
pub use charges::mark;
pub use details::{SUPPORT, house, norm, support};
pub use heading::{areas, payer_is};
pub use instalments::offer;
pub use summary::{payments, steps};

use super::canvas::{Align, Canvas, STRONG, Strip};
use super::flow::{Flow, FlowError};
use super::invoice::{Invoice, Kind};
use super::metrics::{Metrics, Unprintable};
use super::page::{A4, Item, Length, Page, Stamp, Style};
use super::payment_qr::QrError;
use super::totals::{self, NotTied};

/// Left edge of everything printed.
const LEFT: Length = 1_000;
/// Right edge.
const RIGHT: Length = 20_000;
/// Upper edge.
const TOP: Length = 900;
/// Lower edge.
const BOTTOM: Length = 28_800;
/// Height of the line with the sheet's number at the foot.
const FOOT: Length = 400;
/// Distance between blocks.
const GAP: Length = 250;

/// Labels and headings of tables.
const LABEL: Style = Style::regular(70);
/// Heads of tables.
const HEADS: Style = LABEL;
/// The text of the sheet.
const BODY: Style = Style::regular(80);
/// The same, stressed.
const STRESSED: Style = Style::bold(80);
/// Titles of blocks.
const TITLE: Style = Style::bold(90);

/// Why an invoice cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// It does not add up.
    #[error(transparent)]
    NotTied(#[from] NotTied),
    /// A character no face can print.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// Something higher than a page.
    #[error(transparent)]
    Flow(#[from] FlowError),
    /// Sums too wide for the sheet.
    #[error(
        "Суммы по счёту {account} не помещаются в таблицу платёжного документа. Проверьте начисления этого счёта"
    )]
    TooWide {
        /// The account.
        account: String,
    },
}

/// Lays an invoice out on as many sheets as it takes.
///
/// # Errors
/// The invoice does not add up, or cannot be set in the given faces; see [`FormError`].
pub fn lay_out(invoice: &Invoice, metrics: &Metrics) -> Result<Vec<Page>, FormError> {
    totals::check(invoice)?;
    let foot = BOTTOM - FOOT;
    let cut = foot - counterfoil::HEIGHT;
    let running = |canvas: &mut Canvas<'_>| running_heading(canvas, invoice);
    let mut flow = Flow::new(metrics, TOP, cut - GAP, foot, &running);
    flow.y = heading::draw(&mut flow.canvas, invoice, TOP)?;
    let payees = payment::payees(invoice);
    let left = heading::parties(&mut flow.canvas, invoice, flow.y)?;
    let right = payment::draw(&mut flow.canvas, invoice, &payees, flow.y)?;
    flow.y = left.max(right) + GAP;
    if payees.len() > 1 {
        flow.y = payment::several(&mut flow.canvas, invoice, &payees, flow.y)?;
    }
    match invoice.kind {
        Kind::Month => {
            charges::draw(&mut flow, invoice)?;
            summary::draw(&mut flow, invoice)?;
        }
        Kind::Debt | Kind::Prepayment => asked::draw(&mut flow, invoice)?,
    }
    details::grounds(&mut flow, invoice)?;
    details::supported(&mut flow, invoice)?;
    instalments::draw(&mut flow, invoice)?;
    details::meters(&mut flow, invoice)?;
    details::reference(&mut flow, invoice)?;
    details::notes(&mut flow, invoice)?;
    graph::draw(&mut flow, invoice)?;
    reasons::draw(&mut flow, invoice)?;
    let mut sheets = flow.finish();
    if let Some(first) = sheets.first_mut() {
        let mut canvas = Canvas::new(metrics);
        counterfoil::draw(&mut canvas, invoice, &payees, cut)?;
        first.append(&mut canvas.items);
    }
    number_sheets(sheets, invoice, metrics)
}

/// The heading of every sheet but the first; returns where the content begins.
fn running_heading(canvas: &mut Canvas<'_>, invoice: &Invoice) -> Result<Length, Unprintable> {
    let text = format!(
        "Продолжение платежного документа № {} {}, лицевой счёт {}",
        invoice.number,
        asked::running(invoice),
        invoice.account
    );
    let strip = Strip { x: LEFT, y: TOP, width: RIGHT - LEFT };
    let y = TOP + canvas.text(strip, STRESSED, Align::Left, 2, &text)? + 60;
    canvas.across(LEFT, RIGHT, y, STRONG);
    Ok(y + GAP)
}

/// Puts «Лист 1 из 2» at the foot of every sheet.
fn number_sheets(
    sheets: Vec<Vec<Item>>,
    invoice: &Invoice,
    metrics: &Metrics,
) -> Result<Vec<Page>, FormError> {
    let count = sheets.len();
    let mut pages = Vec::with_capacity(count);
    for (index, mut items) in sheets.into_iter().enumerate() {
        if invoice.is_draft {
            items.insert(0, draft(metrics)?);
        }
        let mut canvas = Canvas { metrics, items };
        let y = BOTTOM - metrics.line_height(LABEL);
        let whole = Strip { x: LEFT, y, width: RIGHT - LEFT };
        let document = Strip { width: whole.width - 3_000, ..whole };
        canvas.text(document, LABEL, Align::Left, 1, &format!("Документ № {}", invoice.number))?;
        canvas.text(whole, LABEL, Align::Right, 1, &format!("Лист {} из {count}", index + 1))?;
        pages.push(Page { width: A4.0, height: A4.1, items: canvas.items });
    }
    Ok(pages)
}

/// The word across a sheet of a month that is not released.
fn draft(metrics: &Metrics) -> Result<Item, Unprintable> {
    let (text, style) = ("ЧЕРНОВИК", Style::bold(1_100));
    let width = metrics.width(text, style)?;
    let middle = (A4.0 / 2, A4.1 / 2);
    Ok(Item::Stamp(Stamp { middle, width, style, text: text.to_owned() }))
}

/// The code of a payee, or why it has none.
type Code = Result<super::page::Modules, QrError>;
