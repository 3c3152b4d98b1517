//! From a filled template to pages of boxes. One layout for every medium: what differs between a printed page and a typed one is in
//! [`look`].
//!
//! Blocks become pieces (`blocks`, `grid`, `lines`), pieces go onto pages (`piece`), running lines are added when the number of
//! pages is known (`running`).

mod blocks;
mod grid;
mod lines;
pub mod look;
mod piece;
mod running;
mod syllables;
mod widths;

use super::bar_code::BarError;
use super::flow::TooHigh;
use super::metrics::{Metrics, Unprintable};
use super::page::Page;
use super::payment_qr::QrError;
use super::template::Paper;
use look::Look;
use piece::Pages;

/// Why a document was not laid out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A character that is not in the face.
    #[error(transparent)]
    Unprintable(#[from] Unprintable),
    /// Something higher than a page.
    #[error(transparent)]
    TooHigh(#[from] TooHigh),
    /// A text no code of bars can hold.
    #[error(transparent)]
    Bars(#[from] BarError),
    /// A text no square code can hold.
    #[error(transparent)]
    Qr(#[from] QrError),
}

/// Rows of a page of a matrix printer: eleven inches.
pub const ROWS: usize = 66;

/// The document on printed pages.
///
/// # Errors
/// A character no face has, a row higher than a page, a code that cannot be made.
pub fn printed(paper: &Paper, metrics: &Metrics) -> Result<Vec<Page>, ComposeError> {
    pages(paper, &Look::printed(&paper.front, metrics))
}

/// The document on pages of so many columns of cells and so many rows.
///
/// # Errors
/// As [`printed`].
pub fn typed(paper: &Paper, columns: usize, rows: usize) -> Result<Vec<Page>, ComposeError> {
    pages(paper, &Look::typed(&paper.front, columns, rows))
}

fn pages(paper: &Paper, look: &Look<'_>) -> Result<Vec<Page>, ComposeError> {
    let laid = blocks::pieces(paper, look)?;
    let (top, bottom) = (look.margins[1], look.page.1 - look.margins[3]);
    let mut pages = Pages::new(look.page, top, bottom, &laid.heads).fill(&laid.pieces)?;
    running::add(&mut pages, &paper.front, look)?;
    Ok(pages)
}
