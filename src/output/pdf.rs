//! Pages of boxes as a PDF file. The same pages give the same bytes: the only date inside is the one given.
//!
//! Faces are cut down to the characters of the file once, then every page is turned into operations on its own. A
//! file of many invoices therefore pays for its faces once, and what their pages share can be drawn from a form.

mod codes;
mod ops;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use chrono::{Datelike, NaiveDate};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use printpdf::date::{Date, DateTime, Offset, Time};
use printpdf::{FontId, PdfDocument, PdfFont, PdfPage, PdfSaveOptions};

use super::faces::{self, FaceError};
use crate::document::page::{Face, Item, Page};

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
    /// The writer reports a fault.
    #[error("Файл PDF не собран: {0}. Сообщите администратору")]
    Writer(String),
}

/// Writes pages as one file.
///
/// # Errors
/// Faults of the program only: every page that was laid out can be written.
pub fn write(pages: &[Page], meta: &Meta) -> Result<Vec<u8>, PdfError> {
    let mut document = PdfDocument::new(&meta.title);
    describe(&mut document, meta);
    for (face, characters) in characters(pages) {
        let font = PdfFont::new(faces::faces()?.subset(face, &characters)?);
        document.resources.fonts.map.insert(font_id(face), font);
    }
    for page in pages {
        let ops = ops::page(page, &mut document.resources.xobjects.map);
        document.pages.push(PdfPage::new(ops::mm(page.width), ops::mm(page.height), ops));
    }
    save(&document)
}

/// Resource name of a face.
fn font_id(face: Face) -> FontId {
    FontId(match face {
        Face::Regular => "R".to_owned(),
        Face::Bold => "B".to_owned(),
        Face::Serif => "S".to_owned(),
        Face::SerifBold => "SB".to_owned(),
    })
}

/// The characters every face must hold.
fn characters(pages: &[Page]) -> BTreeMap<Face, BTreeSet<char>> {
    let mut characters: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in pages.iter().flat_map(|page| &page.items) {
        if let Item::Text(run) = item {
            characters.entry(run.style.face).or_default().extend(run.text.chars());
        }
    }
    characters
}

fn describe(document: &mut PdfDocument, meta: &Meta) {
    let info = &mut document.metadata.info;
    let date = Date {
        year: meta.date.year(),
        month: u8::try_from(meta.date.month()).unwrap_or(1),
        day: u8::try_from(meta.date.day()).unwrap_or(1),
    };
    let noon = Time { hour: 12, minute: 0, second: 0, millisecond: 0 };
    let date =
        DateTime::new_in_offset(date, noon, Offset { hours: 0, minutes: 0, seconds: 0, milliseconds: 0 });
    info.creation_date = date;
    info.modification_date = date;
    info.author.clone_from(&meta.author);
    info.creator = "Kvartal".to_owned();
    info.producer = "Kvartal".to_owned();
}

fn save(document: &PdfDocument) -> Result<Vec<u8>, PdfError> {
    let mut warnings = Vec::new();
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    let mut file = printpdf::serialize::to_lopdf_doc(document, &options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PdfError::Writer(warning.msg.clone()));
    }
    // The identifier is optional and the writer makes it from a counter: without it equal pages are equal files.
    file.trailer.remove(b"ID");
    for object in file.objects.values_mut() {
        if let Ok(stream) = object.as_stream_mut()
            && let Some(compressed) = compressed(&stream.content)
        {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(compressed);
        }
    }
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| PdfError::Writer(error.to_string()))?;
    Ok(bytes)
}

/// The bytes deflated at the usual level: the writer's own, the highest, takes thrice the time for a hundredth of
/// the size. `None` where it saves nothing.
fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::default());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|smaller| smaller.len() + 20 < bytes.len())
}
