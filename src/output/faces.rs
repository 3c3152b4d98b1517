//! The faces documents are set in: DejaVu Sans Condensed, narrow enough for twelve columns of sums and legible at
//! eight points, and DejaVu Serif Condensed for letters and certificates. They come with the program; nothing is looked for on the machine.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use subsetter::GlyphRemapper;

use crate::document::metrics::{FaceMetrics, Metrics};
use crate::document::page::{Face, Length};

/// The faces cannot be used: a fault of the program, not of the data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Шрифт документов «{0}» повреждён в этой сборке программы. Сообщите администратору")]
pub struct FaceError(&'static str);

/// All faces, read once.
#[derive(Debug)]
pub struct Faces {
    sources: [Source; Face::ALL.len()],
    /// Their measures, for layout.
    pub metrics: Metrics,
}

/// A whole face as it comes with the program.
#[derive(Debug)]
pub struct Source {
    name: &'static str,
    bytes: &'static [u8],
    /// Glyphs by code point; 0 where the face has none.
    glyphs: Vec<u16>,
    /// Advances by glyph, in thousandths of an em, rounded down as layout counts them.
    advances: Vec<u16>,
    /// Heights, in thousandths of an em: above the baseline, below it (negative), of capitals.
    pub ascent: Length,
    /// Below the baseline, negative.
    pub descent: Length,
    /// Of capital letters.
    pub capitals: Length,
    /// The box all glyphs fit into: left, lower, right, upper edge.
    pub bounds: [Length; 4],
}

/// A face cut down to some glyphs, ready to be embedded.
#[derive(Debug)]
pub struct Subset {
    /// Its name, begun by six letters that tell subsets of one face apart (ISO 32000-1 § 9.6.4).
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

static FACES: LazyLock<Result<Faces, FaceError>> = LazyLock::new(|| {
    let sources = [
        Source::read("DejaVuSansCondensed", dejavu::sans_condensed::regular())?,
        Source::read("DejaVuSansCondensed-Bold", dejavu::sans_condensed::bold())?,
        Source::read("DejaVuSerifCondensed", dejavu::serif_condensed::regular())?,
        Source::read("DejaVuSerifCondensed-Bold", dejavu::serif_condensed::bold())?,
    ];
    let [regular, bold, serif, serif_bold] = &sources;
    let metrics = Metrics {
        regular: regular.metrics(),
        bold: bold.metrics(),
        serif: serif.metrics(),
        serif_bold: serif_bold.metrics(),
    };
    Ok(Faces { sources, metrics })
});

/// The faces of all documents.
///
/// # Errors
/// The faces were damaged when the program was built.
pub fn faces() -> Result<&'static Faces, FaceError> {
    FACES.as_ref().map_err(Clone::clone)
}

impl Faces {
    /// A whole face.
    #[must_use]
    pub const fn source(&self, face: Face) -> &Source {
        &self.sources[face as usize]
    }
}

impl Source {
    fn read(name: &'static str, bytes: &'static [u8]) -> Result<Self, FaceError> {
        let font = FontRef::new(bytes).map_err(|_| FaceError(name))?;
        let (size, location) = (Size::unscaled(), LocationRef::default());
        let (all, widths) = (font.metrics(size, location), font.glyph_metrics(size, location));
        let per_em = Length::from(all.units_per_em).max(1);
        // Unscaled measures are whole numbers of the face's units.
        let thousandths = |units: f32| units as Length * 1_000 / per_em;
        let count = u16::try_from(widths.glyph_count()).map_err(|_| FaceError(name))?;
        let advances = (0..count).map(|glyph| widths.advance_width(GlyphId::from(glyph)).unwrap_or_default());
        let mut glyphs = Vec::new();
        for (code, glyph) in font.charmap().mappings().filter(|(code, _)| *code <= 0xffff) {
            let code = code as usize;
            glyphs.resize(glyphs.len().max(code + 1), 0);
            glyphs[code] = u16::try_from(glyph.to_u32()).unwrap_or_default();
        }
        let bounds = all.bounds.unwrap_or_default();
        Ok(Self {
            name,
            bytes,
            glyphs,
            advances: advances.map(|width| u16::try_from(thousandths(width)).unwrap_or_default()).collect(),
            ascent: thousandths(all.ascent),
            descent: thousandths(all.descent),
            capitals: thousandths(all.cap_height.unwrap_or(all.ascent)),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(thousandths),
        })
    }

    fn metrics(&self) -> FaceMetrics {
        let advance = |glyph: &u16| (*glyph != 0).then(|| self.advance(*glyph));
        FaceMetrics {
            ascent: self.ascent,
            descent: -self.descent,
            advances: self.glyphs.iter().map(advance).collect(),
        }
    }

    /// The glyph of a character; 0, the sign for a missing one, where the face has none.
    #[must_use]
    pub fn glyph(&self, character: char) -> u16 {
        self.glyphs.get(character as usize).copied().unwrap_or_default()
    }

    /// Width of a glyph in thousandths of an em.
    #[must_use]
    pub fn advance(&self, glyph: u16) -> u16 {
        self.advances.get(usize::from(glyph)).copied().unwrap_or_default()
    }

    /// The face cut down to the given glyphs, which are numbered from 1 in their order.
    ///
    /// # Errors
    /// The face was damaged when the program was built.
    pub fn subset(&self, glyphs: &[u16]) -> Result<Subset, FaceError> {
        let remapper = GlyphRemapper::new_from_glyphs(glyphs);
        let bytes = subsetter::subset(self.bytes, 0, &remapper).map_err(|_| FaceError(self.name))?;
        let tag: String =
            Sha256::digest(&bytes).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect();
        Ok(Subset { name: format!("{tag}+{}", self.name), bytes })
    }
}
