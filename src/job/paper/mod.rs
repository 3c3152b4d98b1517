//! Papers: a template filled with what the database says, as pages, PDF and plain text.

pub mod issue;
pub mod library;

use chrono::NaiveDate;
use serde_json::Value as Json;

use crate::document::compose::{self, ComposeError};
use crate::document::template::{TemplateError, Templates};
use crate::output::faces::{self, FaceError};
use crate::output::pdf::{self, Meta, PdfError};
use crate::output::text;

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// It cannot be laid out.
    #[error(transparent)]
    Compose(#[from] ComposeError),
    /// The faces are damaged.
    #[error(transparent)]
    Face(#[from] FaceError),
    /// The file cannot be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

/// A paper ready to be kept and delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What its template calls it.
    pub title: String,
    /// The file: the same data and template give the same bytes.
    pub pdf: Vec<u8>,
    /// The same for matrix printers, eighty columns.
    pub text: String,
}

/// Columns of a terminal and of a matrix printer with normal letters.
pub const COLUMNS: usize = 80;

/// Makes a paper.
///
/// # Errors
/// What is wrong with the template or its data.
pub fn make(templates: &Templates, path: &str, data: &Json, day: NaiveDate) -> Result<Made, PaperError> {
    let paper = templates.fill(path, data)?;
    let pages = compose::printed(&paper, &faces::faces()?.metrics)?;
    let title = paper.front.title.clone();
    let author = data["organisation"]["name"].as_str().unwrap_or_default().to_owned();
    let pdf = pdf::write(&pages, &Meta { title: title.clone(), author, date: day })?;
    let text = text::write(&compose::typed(&paper, COLUMNS, compose::ROWS)?);
    Ok(Made { title, pdf, text })
}

/// A paper as a matrix printer types it, where its printed form is laid out by other means.
///
/// # Errors
/// What is wrong with the template or its data.
pub fn typed(templates: &Templates, path: &str, data: &Json) -> Result<String, PaperError> {
    Ok(text::write(&compose::typed(&templates.fill(path, data)?, COLUMNS, compose::ROWS)?))
}

/// The lines of a paper as a terminal of so many columns shows it, page by page.
///
/// # Errors
/// What is wrong with the template or its data.
pub fn preview(
    templates: &Templates,
    path: &str,
    data: &Json,
    columns: usize,
) -> Result<Vec<Vec<String>>, PaperError> {
    let paper = templates.fill(path, data)?;
    Ok(compose::typed(&paper, columns, compose::ROWS)?.iter().map(text::lines).collect())
}
