//! The Kremenchuk files, whole, changed, re-encoded and as DBF.

use std::io::Cursor;

use dbase::TableWriterBuilder;
use dbase::yore::code_pages;
use kvartal::format::legacy::{LegacyData, Source, SourceFile, Sourced, read};
use kvartal::format::profile::{Profile, Refusals};

pub const PROFILE: &str = include_str!("../data/kremenchuk-2003/profile.toml");

/// File names with their text; the stored bytes are CP1251.
pub type Files = Vec<(String, String)>;

pub fn files() -> Files {
    let stored: [(&str, &[u8]); 5] = [
        ("abonent.csv", include_bytes!("../data/kremenchuk-2003/abonent.csv")),
        ("nachisl.csv", include_bytes!("../data/kremenchuk-2003/nachisl.csv")),
        ("postav.csv", include_bytes!("../data/kremenchuk-2003/postav.csv")),
        ("tarif.csv", include_bytes!("../data/kremenchuk-2003/tarif.csv")),
        ("uslugi.csv", include_bytes!("../data/kremenchuk-2003/uslugi.csv")),
    ];
    let text = |bytes| encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned();
    stored.map(|(name, bytes)| (name.to_owned(), text(bytes))).to_vec()
}

/// The files with a piece of one of them replaced; the piece must be there.
pub fn changed(name: &str, piece: &str, by: &str) -> Files {
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(file, _)| file == name).unwrap();
    assert!(text.contains(piece), "{piece} is not in {name}");
    *text = text.replacen(piece, by, 1);
    files
}

pub fn import(profile: &str, files: &[(String, Vec<u8>)]) -> Result<LegacyData, Refusals> {
    let files: Vec<SourceFile<'_>> =
        files.iter().map(|(name, bytes)| SourceFile { name, bytes: bytes.as_slice() }).collect();
    read(&Profile::parse(profile)?, &files)
}

pub fn import_text(profile: &str, files: &Files) -> Result<LegacyData, Refusals> {
    import(profile, &encoded(files, windows))
}

pub fn encoded(files: &Files, encode: fn(&str) -> Vec<u8>) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, text)| (name.clone(), encode(text))).collect()
}

pub fn windows(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1251.encode(text).0.into_owned()
}

/// CP866 by its own rule, so that the test does not lean on the table it checks: «А…Я» from 0x80, «а…п» from
/// 0xA0, «р…я» from 0xE0.
pub fn dos(text: &str) -> Vec<u8> {
    let place =
        |sign: char, from: char, byte: u32| u8::try_from(u32::from(sign) - u32::from(from) + byte).unwrap();
    let byte = |sign: char| match sign {
        '\0'..='\x7F' => place(sign, '\0', 0),
        'А'..='Я' => place(sign, 'А', 0x80),
        'а'..='п' => place(sign, 'а', 0xA0),
        'р'..='я' => place(sign, 'р', 0xE0),
        'Ё' => 0xF0,
        'ё' => 0xF1,
        _ => panic!("{sign} is not in CP866"),
    };
    text.chars().map(byte).collect()
}

/// The data without places in files, to compare what came from different files.
pub fn bare(mut data: LegacyData) -> LegacyData {
    fn strip<T>(rows: &mut [Sourced<T>]) {
        for row in rows {
            row.at = Source { file: "".into(), line: 0 };
        }
    }
    strip(&mut data.providers);
    strip(&mut data.streets);
    strip(&mut data.services);
    strip(&mut data.tariffs);
    strip(&mut data.norms);
    strip(&mut data.accounts);
    strip(&mut data.bases);
    strip(&mut data.balances);
    strip(&mut data.controls);
    let columns = std::mem::take(&mut data.unused_columns);
    data.unused_columns =
        columns.into_iter().map(|(file, columns)| (file.replace(".dbf", ".csv").into(), columns)).collect();
    data
}

/// A code page that a DBF is written in, and the mark of the code page it is given.
pub struct Page {
    pub dos: bool,
    pub mark: u8,
}

impl Page {
    fn builder(&self) -> TableWriterBuilder {
        if self.dos {
            TableWriterBuilder::with_encoding(code_pages::CP866)
        } else {
            TableWriterBuilder::with_encoding(code_pages::CP1251)
        }
    }
}

/// Columns that a program would keep as numbers, with their places, and as dates.
const NUMBERS: [(&str, u8); 7] =
    [("PL_OB", 2), ("PL_OT", 2), ("BAZA", 2), ("VSEGO", 2), ("DOLG", 2), ("KOM1", 1), ("KOM2", 1)];

/// A delimited file as a DBF, written by a crate that knows nothing of ours. `TARIF` stays text: its places
/// differ from row to row.
pub fn dbf(text: &str, page: &Page) -> Vec<u8> {
    let mut lines = text.lines().map(|line| line.split(';').collect::<Vec<&str>>());
    let columns = lines.next().unwrap();
    let places = |column: &str| NUMBERS.iter().find(|(name, _)| *name == column).map(|(_, places)| *places);
    let mut builder = page.builder();
    for column in &columns {
        let name = dbase::FieldName::try_from(*column).unwrap();
        builder = match places(column) {
            Some(places) => builder.add_numeric_field(name, 10, places),
            None if *column == "DATA" => builder.add_date_field(name),
            None => builder.add_character_field(name, 40),
        };
    }
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = builder.build_with_dest(&mut bytes);
    for line in lines {
        let mut record = dbase::Record::default();
        for (column, cell) in columns.iter().zip(line) {
            let number = || (!cell.is_empty()).then(|| cell.replace(',', ".").parse().unwrap());
            let value = match places(column) {
                Some(_) => dbase::FieldValue::Numeric(number()),
                None if *column == "DATA" => dbase::FieldValue::Date(Some(date(cell))),
                None => dbase::FieldValue::Character(Some(cell.to_owned())),
            };
            record.insert((*column).to_owned(), value);
        }
        writer.write_record(&record).unwrap();
    }
    drop(writer);
    let mut bytes = bytes.into_inner();
    bytes[29] = page.mark;
    bytes
}

fn date(cell: &str) -> dbase::Date {
    let parts: Vec<u32> = cell.split('.').map(|part| part.parse().unwrap()).collect();
    dbase::Date::new(parts[0], parts[1], parts[2]).unwrap()
}
