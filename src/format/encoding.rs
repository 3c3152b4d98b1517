//! Bytes to text. Old programs write CP866 (DOS) or CP1251 (Windows) and seldom say which (formats dossier § 9).

use std::borrow::Cow;

/// An encoding that files of billing programs come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows.
    Cp1251,
    /// DOS.
    Cp866,
}

/// The bytes are not text of the encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodingError {
    /// A byte the encoding does not have, or a control character.
    #[error("в строке {line} байт 0x{byte:02X} не бывает в тексте {encoding}; проверьте кодировку файла")]
    WrongByte {
        /// The encoding that was told or found.
        encoding: Encoding,
        /// The byte.
        byte: u8,
        /// Its line, from 1.
        line: usize,
    },
    /// Neither encoding gives Russian text.
    #[error("кодировку не удалось узнать по тексту; укажите в профиле encoding")]
    Unknown,
}

impl Encoding {
    /// Every encoding with its name in a profile.
    pub const WORDS: [(&'static str, Self); 3] =
        [("utf-8", Self::Utf8), ("cp1251", Self::Cp1251), ("cp866", Self::Cp866)];

    /// Text of bytes, or the place of the first byte that cannot be: one the encoding lacks, or a control
    /// character other than tabulation and line ends, which must reach neither a terminal nor paper.
    ///
    /// # Errors
    /// The offset of the first wrong byte.
    pub fn text(self, bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
        if let Some(place) = bytes.iter().position(|&byte| self.lacks(byte)) {
            return Err(place);
        }
        let table = match self {
            Self::Utf8 => {
                let text = std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())?;
                let control = text.char_indices().find(|(_, sign)| matches!(sign, '\u{80}'..='\u{9F}'));
                return control.map_or(Ok(Cow::Borrowed(text)), |(place, _)| Err(place));
            }
            Self::Cp1251 => encoding_rs::WINDOWS_1251,
            Self::Cp866 => encoding_rs::IBM866,
        };
        Ok(table.decode_without_bom_handling(bytes).0)
    }

    /// Whether text of this encoding never has the byte.
    fn lacks(self, byte: u8) -> bool {
        let control = byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r') || byte == 0x7F;
        control || (self == Self::Cp1251 && byte == 0x98)
    }
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let words = Self::WORDS.iter().find(|(_, encoding)| encoding == self);
        f.write_str(words.map_or("", |(word, _)| word))
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// The sign DOS programs end a text file with.
const END_OF_FILE: u8 = 0x1A;

/// Text of a whole file in the encoding that was told or, without one, that its letters show. A byte order mark
/// and the end sign of DOS are left out.
///
/// # Errors
/// When the encoding cannot be found out, or a byte is not of it.
pub fn decode(bytes: &[u8], told: Option<Encoding>) -> Result<String, EncodingError> {
    let encoding = told.or_else(|| detect(bytes)).ok_or(EncodingError::Unknown)?;
    let bytes = if encoding == Encoding::Utf8 { strip_mark(bytes) } else { bytes };
    let bytes = bytes.strip_suffix(&[END_OF_FILE]).unwrap_or(bytes);
    encoding.text(bytes).map(Cow::into_owned).map_err(|place| EncodingError::WrongByte {
        encoding,
        byte: bytes.get(place).copied().unwrap_or_default(),
        line: 1 + line_ends(bytes.get(..place).unwrap_or(bytes)),
    })
}

fn strip_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// How many lines end in these bytes: by LF, CR LF or CR.
pub(super) fn line_ends(bytes: &[u8]) -> usize {
    let feeds = bytes.iter().filter(|&&byte| byte == b'\n').count();
    let lone_returns = bytes
        .iter()
        .enumerate()
        .filter(|&(place, &byte)| byte == b'\r' && bytes.get(place + 1).is_none_or(|&next| next != b'\n'));
    feeds + lone_returns.count()
}

/// The encoding that the bytes show: UTF-8 where they are valid UTF-8 (text of the old code pages hardly ever
/// is) or carry its mark, else the code page whose reading looks more like Russian. `None` when neither does.
#[must_use]
pub fn detect(bytes: &[u8]) -> Option<Encoding> {
    if bytes.starts_with(BYTE_ORDER_MARK) || std::str::from_utf8(bytes).is_ok() {
        return Some(Encoding::Utf8);
    }
    let mut counts = [0_i64; 256];
    for &byte in bytes {
        counts[usize::from(byte)] += 1;
    }
    let windows = likeness(&counts, encoding_rs::WINDOWS_1251);
    let dos = likeness(&counts, encoding_rs::IBM866);
    match windows.cmp(&dos) {
        std::cmp::Ordering::Greater if windows > 0 => Some(Encoding::Cp1251),
        std::cmp::Ordering::Less if dos > 0 => Some(Encoding::Cp866),
        _ => None,
    }
}

/// How much the high half of a code page, weighed by the bytes that occur, looks like Russian.
fn likeness(counts: &[i64; 256], page: &'static encoding_rs::Encoding) -> i64 {
    let high = (0x80_u8..=0xFF).zip(counts.iter().skip(0x80));
    let sign = |byte| page.decode_without_bom_handling(&[byte]).0.chars().next();
    high.map(|(byte, count)| count * sign(byte).map_or(FOREIGN, weight)).sum()
}

/// Letters «а»…«я» in 10 000 letters of Russian text.
const FREQUENCY: [i64; 32] = [
    801, 159, 454, 170, 298, 845, 94, 165, 735, 121, 349, 440, 321, 670, 1097, 281, 473, 547, 626, 262, 26,
    97, 48, 144, 73, 36, 4, 190, 174, 32, 64, 201,
];
/// A sign that Russian text does not have: above all the frames of CP866 and the Serbian letters of CP1251.
const FOREIGN: i64 = -1000;

fn weight(sign: char) -> i64 {
    let small = sign.to_lowercase().next().unwrap_or(sign);
    match small {
        'а'..='я' => {
            let place = u32::from(small) - u32::from('а');
            usize::try_from(place).ok().and_then(|place| FREQUENCY.get(place)).copied().unwrap_or(FOREIGN)
        }
        'ё' | 'і' | 'ї' | 'є' | 'ґ' | 'ў' => 4,
        '№' | '«' | '»' | '–' | '—' | '…' | '“' | '”' | '’' | '°' | '\u{A0}' => 0,
        _ => FOREIGN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Лицевой счёт;УЛИЦА\r\n№ 17;ПРОСПЕКТ МИРА\r\n";

    fn windows(text: &str) -> Vec<u8> {
        encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
    }

    /// encoding_rs encodes to the encodings of the web only; for CP866 the table is turned round.
    fn dos(text: &str) -> Vec<u8> {
        let byte = |sign: char| {
            (0..=255_u8)
                .find(|&byte| encoding_rs::IBM866.decode_without_bom_handling(&[byte]).0.chars().eq([sign]))
        };
        text.chars().filter_map(byte).collect()
    }

    #[test]
    fn each_encoding_is_found_by_its_letters() {
        for bytes in [windows(TEXT), dos(TEXT), TEXT.as_bytes().to_vec(), format!("\u{FEFF}{TEXT}").into()] {
            assert_eq!(decode(&bytes, None).as_deref(), Ok(TEXT));
        }
        for word in ["ГАЗ", "газ", "Отопление", "ВОДА", "стр", "кпд"] {
            assert_eq!(detect(&windows(word)), Some(Encoding::Cp1251), "{word}");
            assert_eq!(detect(&dos(word)), Some(Encoding::Cp866), "{word}");
        }
    }

    #[test]
    fn a_told_encoding_is_obeyed() {
        assert_eq!(decode(&dos("ррр"), Some(Encoding::Cp1251)).as_deref(), Ok("ааа"));
    }

    #[test]
    fn frames_alone_are_not_text() {
        assert_eq!(decode(&[0xC4, 0xA9, 0xB0, 0x83], None), Err(EncodingError::Unknown));
    }

    #[test]
    fn a_wrong_byte_is_told_with_its_line() {
        let wrong = |bytes: &[u8], told| decode(bytes, told).unwrap_err().to_string();
        assert_eq!(
            wrong(b"a\r\nb\r\n\x98", Some(Encoding::Cp1251)),
            "в строке 3 байт 0x98 не бывает в тексте cp1251; проверьте кодировку файла"
        );
        assert!(wrong(b"a\rb\r\x1B[2J", None).starts_with("в строке 3 байт 0x1B "));
        assert!(wrong(b"a\n\xC3(", Some(Encoding::Utf8)).starts_with("в строке 2 байт 0xC3 "));
        assert!(wrong("\u{9B}2J".as_bytes(), None).starts_with("в строке 1 байт 0xC2 "));
        assert_eq!(decode(b"a\r\n\x1A", None).as_deref(), Ok("a\r\n"));
    }
}
