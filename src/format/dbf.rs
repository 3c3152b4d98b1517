//! DBF: the tables of dBase, Clipper and FoxPro, as most old billing programs keep them. Read here rather than by
//! a crate because numbers must stay the decimal text they are in the file: a reader that makes floating point of
//! them changes sums, and one that takes overflowed `****` for an empty cell loses them.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::encoding::{Encoding, detect};
use super::table::{Column, Form, Table, TableError, TornReason, distinct};

/// Bytes of the head, and of each field's description after it.
const BLOCK: usize = 32;
/// Ends the descriptions.
const FIELDS_END: u8 = 0x0D;
/// First byte of a record that was deleted but not yet packed away.
const DELETED: u8 = b'*';
/// Ends the file.
const FILE_END: u8 = 0x1A;
/// First bytes of dBase III and IV, FoxBase and FoxPro tables, with and without memo.
const VERSIONS: [u8; 13] = [0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB];

/// A field: where it lies in a record and what its bytes mean.
struct Field {
    name: String,
    letter: u8,
    start: usize,
    length: usize,
}

/// Reads a whole file. Deleted records are left out, as their program leaves them out; memo fields are named but
/// not read. The text is in the encoding that was told, or of the code page mark, or found by its letters.
///
/// # Errors
/// When the bytes are not a DBF, or its head does not agree with them.
pub fn read(bytes: &[u8], told: Option<Encoding>) -> Result<Table, TableError> {
    let head = Head::read(bytes)?;
    let body = bytes.get(head.length..).unwrap_or_default();
    let encoding = told.or_else(|| marked(bytes)).or_else(|| detect(body)).unwrap_or(Encoding::Utf8);
    let fields = fields(bytes.get(BLOCK..head.length).unwrap_or_default(), encoding);
    let width = 1 + fields.iter().map(|field| field.length).sum::<usize>();
    if fields.is_empty() || width > head.record {
        return Err(TableError::Fields { record: head.record, fields: width });
    }
    head.check_count(body)?;

    let column = |field: &Field| Column { name: field.name.clone(), form: form(field.letter) };
    let columns: Vec<Column> = fields.iter().map(column).collect();
    distinct(&columns)?;
    let mut table = Table::new(columns);
    for (number, record) in (1..).zip(body.chunks_exact(head.record).take(head.count)) {
        if record.first() == Some(&DELETED) {
            continue;
        }
        let cells: Result<Vec<Cow<'_, str>>, u8> =
            fields.iter().map(|field| field.cell(record, encoding)).collect();
        match cells {
            Ok(cells) => table.push(number, cells.iter().map(AsRef::as_ref)),
            Err(byte) => table.tear(number, TornReason::Byte { byte }),
        }
    }
    Ok(table)
}

/// What the head states: number of records, bytes before the first, bytes of each.
struct Head {
    count: usize,
    length: usize,
    record: usize,
}

impl Head {
    fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let known = bytes.first().is_some_and(|version| VERSIONS.contains(version));
        let number = |from: usize, to: usize| -> usize {
            let digits = bytes.get(from..to).unwrap_or_default().iter().rev();
            digits.fold(0, |sum, &byte| (sum << 8) | usize::from(byte))
        };
        let head = Self { count: number(4, 8), length: number(8, 10), record: number(10, 12) };
        let sound = head.length > BLOCK && head.length <= bytes.len() && head.record > 0;
        if known && sound { Ok(head) } else { Err(TableError::NotDbf) }
    }

    /// A file cut off, or one whose head was not brought up to date when the program died, is refused as a whole:
    /// rows would be missing and nobody would see it.
    fn check_count(&self, body: &[u8]) -> Result<(), TableError> {
        let found = body.len() / self.record;
        let ended = body.get(self.count.saturating_mul(self.record)).is_none_or(|&byte| byte == FILE_END);
        if found == self.count || (found > self.count && ended) {
            return Ok(());
        }
        Err(TableError::Records { stated: self.count, found })
    }
}

/// The encoding by the code page mark; programs that stamp another page than a Russian one are not believed.
fn marked(bytes: &[u8]) -> Option<Encoding> {
    match bytes.get(29)? {
        0x26 | 0x65 => Some(Encoding::Cp866),
        0xC9 => Some(Encoding::Cp1251),
        _ => None,
    }
}

fn fields(descriptions: &[u8], encoding: Encoding) -> Vec<Field> {
    let mut start = 1;
    let blocks = descriptions.chunks_exact(BLOCK).take_while(|block| block.first() != Some(&FIELDS_END));
    blocks
        .map(|block| {
            let byte = |place: usize| block.get(place).copied().unwrap_or_default();
            let name = block.split(|&byte| byte == 0).next().unwrap_or_default();
            let name = encoding.text(name.get(..11).unwrap_or(name)).unwrap_or_default().trim().to_owned();
            // Clipper and FoxPro keep the high byte of a long character field where numbers keep their places.
            let high = if byte(11) == b'C' { usize::from(byte(17)) << 8 } else { 0 };
            let field = Field { name, letter: byte(11), start, length: high + usize::from(byte(16)) };
            start += field.length;
            field
        })
        .collect()
}

fn form(letter: u8) -> Form {
    match letter {
        b'C' | b'L' => Form::Text,
        b'N' | b'F' | b'I' | b'Y' => Form::Number,
        b'D' => Form::Date,
        _ => Form::Unread(char::from(letter)),
    }
}

impl Field {
    /// The field's text, or the byte that is not text.
    fn cell<'r>(&self, record: &'r [u8], encoding: Encoding) -> Result<Cow<'r, str>, u8> {
        let bytes = record.get(self.start..self.start + self.length).unwrap_or_default();
        match self.letter {
            b'I' => Ok(Cow::Owned(little_endian(bytes).to_string())),
            // Currency: ten-thousandths.
            b'Y' => Ok(Cow::Owned(Decimal::new(little_endian(bytes), 4).to_string())),
            b'C' | b'L' | b'N' | b'F' | b'D' => {
                let filling = |byte: &u8| matches!(byte, 0 | b' ');
                let end = bytes.iter().rposition(|byte| !filling(byte)).map_or(0, |last| last + 1);
                let text = bytes.get(..end).unwrap_or_default();
                encoding.text(text).map_err(|place| text.get(place).copied().unwrap_or_default())
            }
            _ => Ok(Cow::Borrowed("")),
        }
    }
}

/// A signed number of four or eight bytes, lowest first; 0 of any other length.
fn little_endian(bytes: &[u8]) -> i64 {
    let four = <[u8; 4]>::try_from(bytes).map(|bytes| i64::from(i32::from_le_bytes(bytes)));
    let eight = <[u8; 8]>::try_from(bytes).map(i64::from_le_bytes);
    four.or(eight).unwrap_or_default()
}
