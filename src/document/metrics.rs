//! Widths of letters, as the layout needs them. Whoever writes the pages supplies them from the same faces it
//! embeds, in the thousandths of an em that PDF counts in, so that what is measured is what is drawn.

use super::page::{Face, Length, Style};

/// Measures of the faces documents are set in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metrics {
    /// Of [`Face::Regular`].
    pub regular: FaceMetrics,
    /// Of [`Face::Bold`].
    pub bold: FaceMetrics,
    /// Of [`Face::Serif`].
    pub serif: FaceMetrics,
    /// Of [`Face::SerifBold`].
    pub serif_bold: FaceMetrics,
}

/// Measures of one face, in thousandths of an em.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaceMetrics {
    /// Height above the baseline.
    pub ascent: Length,
    /// Depth below the baseline, positive.
    pub descent: Length,
    /// Advance by code point; characters beyond the end are not in the face either.
    pub advances: Vec<Option<u16>>,
}

/// The text holds a character no face can print.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "В тексте «{text}» есть знак U+{:04X}, которого нет в шрифте документа. Исправьте текст на карточке",
    u32::from(*.character)
)]
pub struct Unprintable {
    /// The text.
    pub text: String,
    /// The character.
    pub character: char,
}

impl Metrics {
    /// The measures of a face.
    #[must_use]
    pub const fn face(&self, face: Face) -> &FaceMetrics {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Serif => &self.serif,
            Face::SerifBold => &self.serif_bold,
        }
    }

    /// Width of a text on one line.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn width(&self, text: &str, style: Style) -> Result<Length, Unprintable> {
        Ok(scale(self.advance(text, style.face)?, style.size))
    }

    /// Advance of a text in thousandths of an em.
    ///
    /// # Errors
    /// A character that is not in the face.
    pub fn advance(&self, text: &str, face: Face) -> Result<Length, Unprintable> {
        let advances = &self.face(face).advances;
        let mut sum = 0;
        for character in text.chars() {
            match advances.get(character as usize) {
                Some(Some(advance)) => sum += Length::from(*advance),
                _ => return Err(Unprintable { text: text.to_owned(), character }),
            }
        }
        Ok(sum)
    }

    /// Height of the letters above the baseline.
    #[must_use]
    pub fn ascent(&self, style: Style) -> Length {
        scale(self.face(style.face).ascent, style.size)
    }

    /// Height of a line of text: lines set at this distance do not touch.
    #[must_use]
    pub fn line_height(&self, style: Style) -> Length {
        self.ascent(style) + scale(self.face(style.face).descent, style.size)
    }
}

/// Thousandths of an em at a size in tenths of a point, as hundredths of a millimetre, rounded up: a tenth of a
/// point is 127/36 of a hundredth of a millimetre.
fn scale(thousandths: Length, size: Length) -> Length {
    let scaled = i64::from(thousandths) * i64::from(size) * 127;
    Length::try_from((scaled + 35_999) / 36_000).unwrap_or(Length::MAX)
}
