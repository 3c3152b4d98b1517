//! The faces documents are set in: DejaVu Sans Condensed, narrow enough for twelve columns of sums and legible at
//! eight points, and DejaVu Serif Condensed for letters and certificates. They come with the program; nothing is looked for on the machine.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use printpdf::ParsedFont;
use sha2::{Digest, Sha256};

use crate::document::metrics::{FaceMetrics, Metrics};
use crate::document::page::{Face, Length};

/// The faces cannot be used: a fault of the program, not of the data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Шрифт документов «{0}» повреждён в этой сборке программы. Сообщите администратору")]
pub struct FaceError(&'static str);

/// All faces, read once.
#[derive(Debug)]
pub struct Faces {
    regular: Source,
    bold: Source,
    serif: Source,
    serif_bold: Source,
    /// Their measures, for layout.
    pub metrics: Metrics,
}

/// A whole face as it comes with the program.
#[derive(Debug)]
struct Source {
    name: &'static str,
    bytes: &'static [u8],
    /// What the face says of itself; without its bytes.
    parsed: ParsedFont,
}

static FACES: LazyLock<Result<Faces, FaceError>> = LazyLock::new(|| {
    let regular = Source::read("DejaVuSansCondensed", dejavu::sans_condensed::regular())?;
    let bold = Source::read("DejaVuSansCondensed-Bold", dejavu::sans_condensed::bold())?;
    let serif = Source::read("DejaVuSerifCondensed", dejavu::serif_condensed::regular())?;
    let serif_bold = Source::read("DejaVuSerifCondensed-Bold", dejavu::serif_condensed::bold())?;
    let metrics = Metrics {
        regular: regular.metrics(),
        bold: bold.metrics(),
        serif: serif.metrics(),
        serif_bold: serif_bold.metrics(),
    };
    Ok(Faces { regular, bold, serif, serif_bold, metrics })
});

/// The faces of all documents.
///
/// # Errors
/// The faces were damaged when the program was built.
pub fn faces() -> Result<&'static Faces, FaceError> {
    FACES.as_ref().map_err(Clone::clone)
}

impl Faces {
    /// A face cut down to the given characters, ready to be embedded. Its glyphs are numbered anew, and every
    /// character has a glyph of its own, so that text copied from a document is the text that was printed.
    ///
    /// # Errors
    /// The face was damaged when the program was built.
    pub fn subset(&self, face: Face, characters: &BTreeSet<char>) -> Result<ParsedFont, FaceError> {
        match face {
            Face::Regular => self.regular.subset(characters),
            Face::Bold => self.bold.subset(characters),
            Face::Serif => self.serif.subset(characters),
            Face::SerifBold => self.serif_bold.subset(characters),
        }
    }
}

impl Source {
    fn read(name: &'static str, bytes: &'static [u8]) -> Result<Self, FaceError> {
        let mut parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(FaceError(name))?;
        parsed.original_bytes = Vec::new();
        Ok(Self { name, bytes, parsed })
    }

    /// Measures in thousandths of an em, rounded down as the widths written into a PDF are.
    fn metrics(&self) -> FaceMetrics {
        let per_em = Length::from(self.parsed.units_per_em).max(1);
        let thousandths = |units: Length| units * 1_000 / per_em;
        let last = self.parsed.codepoint_to_glyph.keys().copied().filter(|code| *code <= 0xffff).max();
        let mut advances = vec![None; last.map_or(0, |code| code as usize + 1)];
        for (code, glyph) in &self.parsed.codepoint_to_glyph {
            let width = self.parsed.glyph_widths.get(glyph).copied().unwrap_or_default();
            if let Some(advance) = advances.get_mut(*code as usize) {
                *advance = u16::try_from(thousandths(width.into())).ok();
            }
        }
        FaceMetrics {
            ascent: thousandths(self.parsed.font_metrics.ascent.into()),
            descent: -thousandths(self.parsed.font_metrics.descent.into()),
            advances,
        }
    }

    fn subset(&self, characters: &BTreeSet<char>) -> Result<ParsedFont, FaceError> {
        let mut glyphs = subsetter::GlyphRemapper::new();
        let mut numbers = BTreeMap::new();
        let mut widths = BTreeMap::from([(0, self.width(0))]);
        for character in characters {
            if let Some(glyph) = self.parsed.lookup_glyph_index(u32::from(*character)) {
                let number = glyphs.remap(glyph);
                numbers.insert(u32::from(*character), number);
                widths.insert(number, self.width(glyph));
            }
        }
        let bytes = subsetter::subset(self.bytes, 0, &glyphs).map_err(|_| FaceError(self.name))?;
        let name = format!("{}+{}", tag(&bytes), self.name);
        let (per_em, metrics) = (self.parsed.units_per_em, self.parsed.font_metrics.clone());
        let mut font = ParsedFont::with_glyph_data(bytes, 0, Some(name), numbers, widths, per_em, metrics);
        font.pdf_font_metrics = self.parsed.pdf_font_metrics.clone();
        Ok(font)
    }

    fn width(&self, glyph: u16) -> u16 {
        self.parsed.glyph_widths.get(&glyph).copied().unwrap_or_default()
    }
}

/// Six capital letters that tell subsets of one face apart (ISO 32000-1 § 9.6.4).
fn tag(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}
