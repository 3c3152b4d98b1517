//! Faces inside a file: the glyphs that came up, their widths, and what letters they are (ISO 32000-1 § 9.7).

use std::fmt::Write;

use super::file::{File, Id};
use crate::output::faces::{FaceError, Source};

/// A face being cut down to the characters that come.
pub(super) struct Font {
    source: &'static Source,
    /// Codes of characters in the file, by code point; 0: it has not come yet.
    codes: Vec<u16>,
    /// Characters and glyphs by code, from 1.
    given: Vec<(char, u16)>,
    /// Where it will stand; promised when its first character comes.
    pub id: Option<Id>,
}

impl Font {
    /// A face no character of which has come yet.
    pub const fn new(source: &'static Source) -> Self {
        Self { source, codes: Vec::new(), given: Vec::new(), id: None }
    }

    /// Code of a character in the file.
    pub fn code(&mut self, character: char, file: &mut File) -> u16 {
        match self.codes.get(character as usize) {
            Some(code) if *code != 0 => *code,
            _ => {
                self.id.get_or_insert_with(|| file.promise());
                self.give(character)
            }
        }
    }

    fn give(&mut self, character: char) -> u16 {
        let glyph = self.source.glyph(character);
        let known = self.given.iter().position(|(_, given)| *given == glyph);
        let place = known.unwrap_or(self.given.len());
        if known.is_none() {
            self.given.push((character, glyph));
        }
        let code = u16::try_from(place + 1).unwrap_or_default();
        let at = character as usize;
        self.codes.resize(self.codes.len().max(at + 1), 0);
        self.codes[at] = code;
        code
    }

    /// Writes the face, where any character came.
    ///
    /// # Errors
    /// It was damaged when the program was built.
    pub fn write(self, file: &mut File) -> Result<(), FaceError> {
        let Some(id) = self.id else { return Ok(()) };
        let glyphs: Vec<u16> = self.given.iter().map(|(_, glyph)| *glyph).collect();
        let subset = self.source.subset(&glyphs)?;
        let [program, descriptor, descendant, letters] = std::array::from_fn(|_| file.promise());
        file.stream(program, format_args!("/Length1 {}", subset.bytes.len()), &subset.bytes);
        let (name, source) = (&subset.name, self.source);
        let [left, lower, right, upper] = source.bounds;
        file.object(
            descriptor,
            format_args!(
                "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{left} {lower} {right} {upper}]/ItalicAngle 0\
                 /Ascent {}/Descent {}/CapHeight {}/StemV 80/FontFile2 {program}>>",
                source.ascent, source.descent, source.capitals
            ),
        );
        let mut widths = source.advance(0).to_string();
        for glyph in &glyphs {
            let _ = write!(widths, " {}", source.advance(*glyph));
        }
        file.object(
            descendant,
            format_args!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
                 /Supplement 0>>/FontDescriptor {descriptor}/CIDToGIDMap/Identity/W[0[{widths}]]>>"
            ),
        );
        file.stream(letters, format_args!(""), letters_of(&self.given).as_bytes());
        file.object(
            id,
            format_args!(
                "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{descendant}]\
                 /ToUnicode {letters}>>"
            ),
        );
        Ok(())
    }
}

/// Begins the table of letters.
const LETTERS_BEGIN: &str = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n\
    << /Registry (Adobe)\n/Ordering (UCS)\n/Supplement 0\n>> def\n/CMapName /Adobe-Identity-UCS def\n\
    /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
/// Ends it.
const LETTERS_END: &str = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend";

/// The table that gives letters back to whoever copies text (ISO 32000-1 § 9.10.3): a hundred at a time.
fn letters_of(given: &[(char, u16)]) -> String {
    let mut text = LETTERS_BEGIN.to_owned();
    for (chunk, letters) in given.chunks(100).enumerate() {
        let _ = writeln!(text, "{} beginbfchar", letters.len());
        for (place, (character, _)) in letters.iter().enumerate() {
            let _ = writeln!(text, "<{:04X}> <{:04X}>", chunk * 100 + place + 1, u32::from(*character));
        }
        text.push_str("endbfchar\n");
    }
    text + LETTERS_END
}
