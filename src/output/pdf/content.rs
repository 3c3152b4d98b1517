//! Boxes as operations of a page. Places are written as they are laid out, in hundredths of a millimetre: a matrix at the
//! beginning of the page turns them into points, so no number has a fraction.

use super::file::{File, Id};
use super::font::Font;
use super::{codes, number};
use crate::document::page::{Area, Face, Item, Length, Rule, Run, Stamp, Style};

/// Dash and gap of a line to cut along.
const DASHES: &str = "[141 106] 0 d ";

/// From hundredths of a millimetre to points: 72 / 2 540.
const POINTS: &[u8] = b".0283465 0 0 .0283465 0 0 cm 0 g 0 G\n";

/// Operations of one page, and the pictures it needs.
pub(super) struct Content {
    pub bytes: Vec<u8>,
    /// Named /C0, /C1 and so on.
    pub pictures: Vec<Id>,
    height: Length,
    style: Option<Style>,
    thickness: Option<Length>,
    /// Lines were begun and are not drawn yet.
    is_path: bool,
}

impl Content {
    /// A page without operations.
    pub fn new() -> Self {
        Self {
            bytes: Vec::new(),
            pictures: Vec::new(),
            height: 0,
            style: None,
            thickness: None,
            is_path: false,
        }
    }

    /// Begins a page of a height; its room is used again.
    pub fn begin(&mut self, height: Length) {
        self.bytes.clear();
        self.pictures.clear();
        (self.height, self.style, self.thickness, self.is_path) = (height, None, None, false);
    }

    /// Turns lengths into points, from here to the end.
    pub fn scale(&mut self) {
        self.bytes.extend_from_slice(POINTS);
    }

    /// Draws what was drawn elsewhere, under a name.
    pub fn form(&mut self, name: &str) {
        self.bytes.extend_from_slice(format!("/{name} Do\n").as_bytes());
    }

    /// Draws an item. Its pictures go into the file.
    pub fn item(&mut self, item: &Item, fonts: &mut [Font; Face::ALL.len()], file: &mut File) {
        if !matches!(item, Item::Rule(_)) {
            self.stroke();
        }
        match item {
            Item::Text(run) => self.text(run, &mut fonts[run.style.face as usize], file),
            Item::Rule(rule) => self.rule(rule),
            Item::Frame { area, thickness } => self.frame(*area, *thickness),
            Item::Code { area, modules } => self.picture(*area, modules.side, &modules.dark, file),
            Item::Bars { area, dark } => self.picture(*area, dark.len(), dark, file),
            Item::Stamp(stamp) => self.stamp(stamp, &mut fonts[stamp.style.face as usize], file),
        }
    }

    /// Draws the lines that were begun.
    pub fn stroke(&mut self) {
        if std::mem::take(&mut self.is_path) {
            self.bytes.extend_from_slice(b"S\n");
        }
    }

    fn numbers<const N: usize>(&mut self, values: [Length; N], operator: &str) {
        for value in values {
            number::whole(&mut self.bytes, value.into());
            self.bytes.push(b' ');
        }
        self.bytes.extend_from_slice(operator.as_bytes());
    }

    /// Every run is a text of its own: readers that know nothing of places still tell one cell from the next.
    fn text(&mut self, run: &Run, font: &mut Font, file: &mut File) {
        self.bytes.extend_from_slice(b"BT ");
        self.style(run.style);
        self.numbers([run.area.x, self.height - run.baseline], "Td");
        if run.spread == 0 {
            self.letters(&run.text, font, file);
            self.bytes.extend_from_slice(b"Tj ET\n");
        } else {
            self.spread(run, font, file);
        }
    }

    /// A text whose spaces are wider than the face has them: each is followed by a move, in thousandths of the size.
    fn spread(&mut self, run: &Run, font: &mut Font, file: &mut File) {
        let wider = -i64::from(run.spread) * 3_600_000 / (i64::from(run.style.size) * 127);
        self.bytes.push(b'[');
        for part in run.text.split_inclusive(' ') {
            self.letters(part, font, file);
            if part.ends_with(' ') {
                number::hundredths(&mut self.bytes, wider);
            }
        }
        self.bytes.extend_from_slice(b"]TJ ET\n");
    }

    fn style(&mut self, style: Style) {
        if self.style != Some(style) {
            self.bytes.push(b'/');
            self.bytes.extend_from_slice(name(style.face).as_bytes());
            self.bytes.push(b' ');
            // A tenth of a point is 127/36 of a hundredth of a millimetre.
            number::hundredths(&mut self.bytes, (i64::from(style.size) * 12_700 + 18) / 36);
            self.bytes.extend_from_slice(b" Tf ");
            self.style = Some(style);
        }
    }

    /// Codes of two bytes between brackets; what would end or bend the text is marked.
    fn letters(&mut self, text: &str, font: &mut Font, file: &mut File) {
        self.bytes.push(b'(');
        for byte in text.chars().flat_map(|character| font.code(character, file).to_be_bytes()) {
            match byte {
                b'\r' => self.bytes.extend_from_slice(b"\\r"),
                b'(' | b')' | b'\\' => self.bytes.extend_from_slice(&[b'\\', byte]),
                plain => self.bytes.push(plain),
            }
        }
        self.bytes.push(b')');
    }

    fn rule(&mut self, rule: &Rule) {
        if rule.dashed || self.thickness != Some(rule.thickness) {
            self.stroke();
            self.thickness(rule.thickness);
        }
        if rule.dashed {
            self.bytes.extend_from_slice(DASHES.as_bytes());
        }
        self.numbers([rule.from.0, self.height - rule.from.1], "m ");
        self.numbers([rule.to.0, self.height - rule.to.1], "l ");
        self.is_path = true;
        if rule.dashed {
            self.stroke();
            self.bytes.extend_from_slice(b"[] 0 d ");
        }
    }

    fn thickness(&mut self, thickness: Length) {
        if self.thickness != Some(thickness) {
            self.numbers([thickness], "w ");
            self.thickness = Some(thickness);
        }
    }

    fn frame(&mut self, area: Area, thickness: Length) {
        self.thickness(thickness);
        self.numbers([area.x, self.height - area.bottom(), area.width, area.height], "re S\n");
    }

    /// A picture stretched over an area.
    fn picture(&mut self, area: Area, width: usize, dark: &[bool], file: &mut File) {
        let (id, picture) = (file.promise(), codes::picture(width, dark));
        file.stream(
            id,
            format_args!(
                "/Type/XObject/Subtype/Image/Width {}/Height {}/ColorSpace/DeviceGray/BitsPerComponent 1",
                picture.width, picture.height
            ),
            &picture.bytes,
        );
        let place = self.pictures.len();
        self.pictures.push(id);
        self.bytes.extend_from_slice(b"q ");
        self.numbers([area.width, 0, 0, area.height, area.x, self.height - area.bottom()], "cm");
        self.bytes.extend_from_slice(format!("/C{place} Do Q\n").as_bytes());
    }

    /// Fifty-five degrees up: cosine and sine in the matrix.
    fn stamp(&mut self, stamp: &Stamp, font: &mut Font, file: &mut File) {
        let style = self.style.take();
        self.bytes.extend_from_slice(b"q .85 g .573576 .819152 -.819152 .573576 ");
        self.numbers([stamp.middle.0, self.height - stamp.middle.1], "cm BT ");
        self.style(stamp.style);
        self.numbers([-stamp.width / 2, 0], "Td");
        self.letters(&stamp.text, font, file);
        self.bytes.extend_from_slice(b"Tj ET Q\n");
        self.style = style;
    }
}

/// Resource name of a face.
pub(super) const fn name(face: Face) -> &'static str {
    match face {
        Face::Regular => "R",
        Face::Bold => "B",
        Face::Serif => "S",
        Face::SerifBold => "T",
    }
}
