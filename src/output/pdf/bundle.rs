//! A file of many pages, written as they come.

use std::collections::HashSet;
use std::fmt::Write;

use chrono::NaiveDate;

use super::content::{Content, name};
use super::file::{File, Id};
use super::font::Font;
use super::{Meta, PdfError};
use crate::document::page::{Face, Item, Length, Page};
use crate::output::faces::faces;

/// A file under the pen.
pub struct Bundle {
    file: File,
    fonts: [Font; Face::ALL.len()],
    content: Content,
    /// The list of pages, promised: each page names it.
    tree: Id,
    pages: Vec<Id>,
    form: Option<Form>,
    title: String,
    author: String,
    date: NaiveDate,
}

/// What many pages share, drawn once.
struct Form {
    items: HashSet<Item>,
    id: Id,
}

impl Bundle {
    /// A file without pages.
    ///
    /// # Errors
    /// The faces were damaged when the program was built.
    pub fn new(meta: &Meta) -> Result<Self, PdfError> {
        let (faces, mut file) = (faces()?, File::new());
        let tree = file.promise();
        Ok(Self {
            file,
            fonts: Face::ALL.map(|face| Font::new(faces.source(face))),
            content: Content::new(),
            tree,
            pages: Vec::new(),
            form: None,
            title: meta.title.clone(),
            author: meta.author.clone(),
            date: meta.date,
        })
    }

    /// Draws once what all of these pages have in common: pages that have it use it from now on. Pages whose shared things
    /// lie under others that differ look the same all the same, for nothing overlaps. One page has nothing in common.
    pub fn share(&mut self, pages: &[&Page]) {
        let [one, others @ ..] = pages else { return };
        let theirs: Vec<HashSet<&Item>> = others.iter().map(|page| page.items.iter().collect()).collect();
        let is_shared = |item: &&Item| {
            matches!(item, Item::Text(_) | Item::Rule(_)) && theirs.iter().all(|items| items.contains(item))
        };
        let items: Vec<&Item> = one.items.iter().filter(is_shared).collect();
        if others.is_empty() || items.is_empty() {
            return;
        }
        self.content.begin(one.height);
        for item in &items {
            self.content.item(item, &mut self.fonts, &mut self.file);
        }
        self.content.stroke();
        let id = self.file.promise();
        let (width, height, fonts) = (one.width, one.height, self.fonts_named());
        self.file.stream(
            id,
            format_args!(
                "/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Resources<</Font<<{fonts}>>>>"
            ),
            &self.content.bytes,
        );
        self.form = Some(Form { items: items.into_iter().cloned().collect(), id });
    }

    /// Writes a page.
    pub fn page(&mut self, page: &Page) {
        self.content.begin(page.height);
        self.content.scale();
        let form = self.form.take();
        let used = form.as_ref().filter(|form| form.is_whole_on(page));
        if used.is_some() {
            self.content.form("F");
        }
        let own = page.items.iter().filter(|item| used.is_none_or(|form| !form.items.contains(*item)));
        for item in own {
            self.content.item(item, &mut self.fonts, &mut self.file);
        }
        self.content.stroke();
        let (content, id) = (self.file.promise(), self.file.promise());
        self.file.stream(content, format_args!(""), &self.content.bytes);
        let mut objects = used.map_or_else(String::new, |form| format!("/F {}", form.id));
        for (place, picture) in self.content.pictures.iter().enumerate() {
            let _ = write!(objects, "/C{place} {picture}");
        }
        let (tree, fonts) = (self.tree, self.fonts_named());
        let (width, height) = (Points(page.width), Points(page.height));
        self.file.object(
            id,
            format_args!(
                "<</Type/Page/Parent {tree}/MediaBox[0 0 {width} {height}]/Contents {content}\
                 /Resources<</Font<<{fonts}>>/XObject<<{objects}>>>>>>"
            ),
        );
        self.pages.push(id);
        self.form = form;
    }

    /// Bytes so far, without the faces.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.file.len()
    }

    /// Whether no page was written yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// Closes the file.
    ///
    /// # Errors
    /// The faces were damaged when the program was built.
    pub fn finish(mut self) -> Result<Vec<u8>, PdfError> {
        for font in self.fonts {
            font.write(&mut self.file)?;
        }
        let kids = self.pages.iter().fold(String::new(), |mut kids, page| {
            let _ = write!(kids, "{page} ");
            kids
        });
        let count = self.pages.len();
        self.file.object(self.tree, format_args!("<</Type/Pages/Count {count}/Kids[{kids}]>>"));
        let (root, info, tree) = (self.file.promise(), self.file.promise(), self.tree);
        self.file.object(root, format_args!("<</Type/Catalog/Pages {tree}>>"));
        let day = self.date.format("%Y%m%d");
        self.file.object(
            info,
            format_args!(
                "<</Title{}/Author{}/Creator(Kvartal)/Producer(Kvartal)/CreationDate(D:{day}120000+00'00')>>",
                Text(&self.title),
                Text(&self.author)
            ),
        );
        Ok(self.file.finish(root, info))
    }

    /// The faces of which characters have come, by name.
    fn fonts_named(&self) -> String {
        Face::ALL.iter().zip(&self.fonts).fold(String::new(), |mut text, (face, font)| {
            if let Some(id) = font.id {
                let _ = write!(text, "/{} {id}", name(*face));
            }
            text
        })
    }
}

impl Form {
    /// Whether a page has all of it.
    fn is_whole_on(&self, page: &Page) -> bool {
        page.items.iter().filter(|item| self.items.contains(*item)).count() == self.items.len()
    }
}

/// A length as points with two places: a hundredth of a millimetre is 72/2 540 of a point.
struct Points(Length);

impl std::fmt::Display for Points {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hundredths = (i64::from(self.0) * 720 + 127) / 254;
        write!(f, "{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

/// A text of the description: UTF-16 in hexadecimal, which any letter survives.
struct Text<'a>(&'a str);

impl std::fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("<feff")?;
        self.0.encode_utf16().try_for_each(|unit| write!(f, "{unit:04x}"))?;
        f.write_str(">")
    }
}
