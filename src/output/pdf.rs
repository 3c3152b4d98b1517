//! Pages of boxes as a PDF file. The same pages give the same bytes: the only date inside is the one given.
//!
//! A file is written page by page as the pages come. Faces are cut down, once, to the characters that came; what many
//! pages share is drawn once and used by each. So a bundle of a house pays for its faces and its ruled form once.

mod bundle;
mod codes;
mod content;
mod file;
mod font;
mod number;

use chrono::NaiveDate;

pub use self::bundle::Bundle;
use super::faces::FaceError;
use crate::document::page::Page;

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Its title, shown by viewers.
    pub title: String,
    /// Who issued it.
    pub author: String,
    /// Its date.
    pub date: NaiveDate,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The faces are damaged.
    #[error(transparent)]
    Face(#[from] FaceError),
}

/// Writes pages as one file.
///
/// # Errors
/// Faults of the program only: every page that was laid out can be written.
pub fn write(pages: &[Page], meta: &Meta) -> Result<Vec<u8>, PdfError> {
    let mut bundle = Bundle::new(meta)?;
    pages.iter().for_each(|page| bundle.page(page));
    bundle.finish()
}
