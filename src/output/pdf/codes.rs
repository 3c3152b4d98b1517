//! Codes as pictures of one bit a module: some hundred bytes where drawn squares would take thousands.

use std::collections::BTreeMap;

use printpdf::{DictItem, ExternalStream, ExternalXObject, XObject};

use crate::document::page::Modules;

/// Pixels in the side of a module. More than one, so that a page drawn at few dots an inch is smoothed from the
/// true edges of the modules and is still read.
const SCALE: usize = 4;

/// A picture of a code.
pub(super) fn picture(modules: &Modules) -> XObject {
    bitmap(modules.side, modules.side, &modules.dark)
}

/// A picture of a code of bars, one module high.
pub(super) fn bars(dark: &[bool]) -> XObject {
    bitmap(dark.len(), 1, dark)
}

fn bitmap(width: usize, height: usize, dark: &[bool]) -> XObject {
    let pixels_of = |modules: usize| i64::try_from(modules * SCALE).unwrap_or_default();
    let dict = BTreeMap::from([
        ("Type".to_owned(), DictItem::Name(b"XObject".to_vec())),
        ("Subtype".to_owned(), DictItem::Name(b"Image".to_vec())),
        ("Width".to_owned(), DictItem::Int(pixels_of(width))),
        ("Height".to_owned(), DictItem::Int(pixels_of(height))),
        ("ColorSpace".to_owned(), DictItem::Name(b"DeviceGray".to_vec())),
        ("BitsPerComponent".to_owned(), DictItem::Int(1)),
    ]);
    let stream = ExternalStream { dict, content: pixels(width, dark), compress: true };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// The pixels from the upper left, each row beginning a new byte; black is 0.
fn pixels(width: usize, dark: &[bool]) -> Vec<u8> {
    let bytes_of_line = (width * SCALE).div_ceil(8);
    let mut bytes = Vec::with_capacity(dark.len() * SCALE);
    for row in dark.chunks(width.max(1)) {
        let mut line = vec![0xff_u8; bytes_of_line];
        for (place, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            for pixel in place * SCALE..(place + 1) * SCALE {
                line[pixel / 8] &= !(0x80 >> (pixel % 8));
            }
        }
        for _ in 0..SCALE {
            bytes.extend_from_slice(&line);
        }
    }
    bytes
}
