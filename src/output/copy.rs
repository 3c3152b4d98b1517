//! A copy says that it is one. The file that was issued stays inside, byte for byte: of a PDF the copy is an update written behind it
//! (ISO 32000-1 § 7.5.6), of a text a line above it.

use chrono::NaiveDate;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, ObjectId, Stream};

use super::pdf::{self, Meta, PdfError};
use crate::document::page::{Area, Item, Page, Run, Style};

/// Height of the strip the line stands in, hundredths of a millimetre, and where letters stand in it.
const STRIP: i32 = 800;
const BASELINE: i32 = 550;
/// Its left edge and its size in tenths of a point.
const LEFT: i32 = 1_000;
const SIZE: i32 = 70;

/// Why a file could not be marked.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The line cannot be written.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The file is not one this program writes.
    #[error("Файл документа не разобрать: {0}")]
    File(#[from] lopdf::Error),
    /// The update could not be written.
    #[error("Копию документа не записать: {0}")]
    Write(#[from] std::io::Error),
}

/// The text with a line above every page.
#[must_use]
pub fn text(text: &str, line: &str) -> String {
    let pages: Vec<String> = text.split('\u{c}').map(|page| format!("{line}\n{page}")).collect();
    pages.join("\u{c}")
}

/// The file with a line at the upper edge of every page; it begins with the bytes of the original.
///
/// # Errors
/// The bytes are not a PDF file.
pub fn pdf(bytes: &[u8], line: &str, day: NaiveDate) -> Result<Vec<u8>, CopyError> {
    let mut copy = IncrementalDocument::create_from(bytes.to_vec(), Document::load_mem(bytes)?);
    let pages: Vec<ObjectId> = copy.get_prev_documents().get_pages().into_values().collect();
    let strip = strip(line, day, copy.new_document.max_id + 1)?;
    copy.new_document.max_id = strip.objects.keys().map(|id| id.0).max().unwrap_or_default();
    let (content, resources) = drawn(&strip)?;
    copy.new_document.objects.extend(strip.objects);
    let mut form = Dictionary::new();
    form.set("Type", "XObject");
    form.set("Subtype", "Form");
    form.set("BBox", vec![0.into(), 0.into(), 2000.into(), points(STRIP).into()]);
    form.set("Resources", resources);
    let form = copy.new_document.add_object(Stream::new(form, content));
    let before = copy.new_document.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    for page in pages {
        copy.opt_clone_object_to_new_document(page)?;
        copy.add_xobject(page, "KvCopy", form)?;
        let dictionary = copy.new_document.get_object_mut(page)?.as_dict_mut()?;
        let top = height(dictionary) - points(STRIP);
        let drawing = format!("\nQ\nq 1 0 0 1 0 {top} cm /KvCopy Do Q\n").into_bytes();
        let own = match dictionary.get(b"Contents")? {
            Object::Array(all) => all.clone(),
            other => vec![other.clone()],
        };
        let after = copy.new_document.add_object(Stream::new(Dictionary::new(), drawing));
        let contents = [vec![before.into()], own, vec![after.into()]].concat();
        copy.new_document.get_object_mut(page)?.as_dict_mut()?.set("Contents", contents);
    }
    let mut out = Vec::with_capacity(bytes.len() + 32_768);
    copy.save_to(&mut out)?;
    Ok(out)
}

/// A file of one low page with the line, its objects numbered from the given one on.
fn strip(line: &str, day: NaiveDate, first: u32) -> Result<Document, CopyError> {
    let run = Run {
        area: Area { x: LEFT, y: 0, width: 21_000 - 2 * LEFT, height: STRIP },
        baseline: BASELINE,
        style: Style::regular(SIZE),
        text: line.to_owned(),
        spread: 0,
    };
    let page = Page { width: 21_000, height: STRIP, items: vec![Item::Text(run)] };
    let meta = Meta { title: String::new(), author: String::new(), date: day };
    let mut strip = Document::load_mem(&pdf::write(&[page], &meta)?)?;
    strip.renumber_objects_with(first);
    Ok(strip)
}

/// What draws the line, and the faces it is drawn with.
fn drawn(strip: &Document) -> Result<(Vec<u8>, Object), CopyError> {
    let page = strip.get_pages().into_values().next().unwrap_or_default();
    let resources = strip.get_dictionary(page)?.get(b"Resources")?.clone();
    Ok((strip.get_page_content(page), resources))
}

/// Height of a page in whole points; of A4 where the page does not say.
fn height(page: &Dictionary) -> i64 {
    let side =
        page.get(b"MediaBox").ok().and_then(|media| media.as_array().ok()).and_then(|media| media.get(3));
    match side {
        Some(Object::Integer(side)) => *side,
        Some(side) => {
            format!("{side:?}").split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(841)
        }
        None => 841,
    }
}

/// Whole points of a length.
fn points(length: i32) -> i64 {
    i64::from(length) * 72 / 2_540
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_holds_the_original_and_says_what_it_is() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
        let run = |text: &str| {
            let area = Area { x: 2_000, y: 2_000, width: 9_000, height: 500 };
            Item::Text(Run {
                area,
                baseline: 2_400,
                style: Style::regular(100),
                text: text.to_owned(),
                spread: 0,
            })
        };
        let page = |text: &str| Page { width: 21_000, height: 29_700, items: vec![run(text)] };
        let meta = Meta { title: "Справка".to_owned(), author: "Центр".to_owned(), date: day };
        let issued = pdf::write(&[page("Первый лист"), page("Второй лист")], &meta).unwrap();
        let copy = pdf(&issued, "КОПИЯ документа № С-1/2026", day).unwrap();
        assert!(copy.starts_with(&issued) && copy.len() < issued.len() + 40_000);
        let read = Document::load_mem(&copy).unwrap();
        assert_eq!(read.get_pages().len(), 2);
        for number in [1, 2] {
            let page = read.get_pages()[&number];
            let content = String::from_utf8_lossy(&read.get_page_content(page)).into_owned();
            assert!(content.contains("/KvCopy Do"), "{content}");
        }
        assert_eq!(text("1\n\u{c}2\n", "КОПИЯ"), "КОПИЯ\n1\n\u{c}КОПИЯ\n2\n");
    }
}
