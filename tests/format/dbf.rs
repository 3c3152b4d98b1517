//! DBF: what a file may hold that the crate which wrote it here does not write, and what is refused.

use kvartal::format::dbf::read;
use kvartal::format::encoding::Encoding;
use kvartal::format::table::{Form, Table, TableError};

use super::fixture::dos;

/// A file from its fields (name, type, length, places) and records, byte by byte.
fn file(fields: &[(&str, u8, u8, u8)], records: &[&[u8]]) -> Vec<u8> {
    let width: usize = 1 + fields.iter().map(|field| usize::from(field.2)).sum::<usize>();
    let head = 32 + 32 * fields.len() + 1;
    // No date of the last change: many old programs leave it empty.
    let mut bytes = vec![0x03, 0, 0, 0];
    bytes.extend(u32::try_from(records.len()).unwrap().to_le_bytes());
    bytes.extend(u16::try_from(head).unwrap().to_le_bytes());
    bytes.extend(u16::try_from(width).unwrap().to_le_bytes());
    bytes.resize(32, 0);
    for (name, letter, length, places) in fields {
        let mut block = [0_u8; 32];
        block[..name.len()].copy_from_slice(name.as_bytes());
        (block[11], block[16], block[17]) = (*letter, *length, *places);
        bytes.extend(block);
    }
    bytes.push(0x0D);
    bytes.extend(records.concat());
    bytes.push(0x1A);
    bytes
}

fn cells(table: &Table) -> Vec<(u64, Vec<&str>)> {
    let columns = 0..table.columns().len();
    table.rows().map(|row| (row.line(), columns.clone().map(|column| row.cell(column)).collect())).collect()
}

#[test]
fn numbers_stay_the_text_they_are() {
    let fields = [("SUM", b'N', 20, 2), ("F", b'F', 12, 2), ("I", b'I', 4, 0), ("Y", b'Y', 8, 4)];
    let record = |sum: &str, float: &str, whole: i32, currency: i64| {
        let mut bytes = format!(" {sum:>20}{float:>12}").into_bytes();
        bytes.extend(whole.to_le_bytes());
        bytes.extend(currency.to_le_bytes());
        bytes
    };
    // A sum no double holds, one no single holds, a field its program could not fit the number into.
    let first = record("99999999999999999.99", "123456789.01", -7, -1_816_900);
    let second = record(&"*".repeat(20), ".5", 0, 0);
    let bytes = file(&fields, &[&first, &second]);
    let table = read(&bytes, None).unwrap();
    let overflowed = "*".repeat(20);
    let expected = [
        (1, vec!["99999999999999999.99", "123456789.01", "-7", "-181.6900"]),
        (2, vec![overflowed.as_str(), ".5", "0", "0.0000"]),
    ];
    assert_eq!(cells(&table), expected);
    assert!(table.columns().iter().all(|column| column.form == Form::Number));
}

#[test]
fn deleted_records_are_left_out_and_the_rest_keep_their_numbers() {
    let bytes = file(&[("A", b'C', 3, 0)], &[b" one", b"*two", b" six", b"    "]);
    assert_eq!(cells(&read(&bytes, None).unwrap()), [(1, vec!["one"]), (3, vec!["six"])]);
}

#[test]
fn a_told_encoding_outweighs_the_mark() {
    let mut record = dos("ГАЗ");
    record.insert(0, b' ');
    let mut bytes = file(&[("A", b'C', 3, 0)], &[&record]);
    bytes[29] = 0xC9;
    assert_ne!(cells(&read(&bytes, None).unwrap()), [(1, vec!["ГАЗ"])]);
    assert_eq!(cells(&read(&bytes, Some(Encoding::Cp866)).unwrap()), [(1, vec!["ГАЗ"])]);
}

#[test]
fn a_memo_is_named_and_not_read() {
    let bytes = file(&[("A", b'C', 1, 0), ("NOTE", b'M', 10, 0)], &[b" x         7"]);
    let table = read(&bytes, None).unwrap();
    assert_eq!(table.columns()[1].form, Form::Unread('M'));
    assert_eq!(cells(&table), [(1, vec!["x", ""])]);
}

#[test]
fn a_record_with_a_wrong_byte_is_kept_aside() {
    let bytes = file(&[("A", b'C', 3, 0)], &[b" one", b" t\x1Bo"]);
    let table = read(&bytes, None).unwrap();
    assert_eq!(cells(&table), [(1, vec!["one"])]);
    assert_eq!(table.torn()[0].line, 2);
    assert_eq!(table.torn()[0].reason.to_string(), "байт 0x1B не бывает в тексте этой кодировки");
}

#[test]
fn a_file_that_contradicts_its_head_is_refused() {
    let sound = file(&[("A", b'C', 3, 0)], &[b" one", b" two"]);
    assert!(read(&sound, None).is_ok());
    let cut = &sound[..sound.len() - 3];
    assert_eq!(read(cut, None), Err(TableError::Records { stated: 2, found: 1 }));
    // The program died before it counted the second record.
    let mut uncounted = sound.clone();
    uncounted[4] = 1;
    assert_eq!(read(&uncounted, None), Err(TableError::Records { stated: 1, found: 2 }));
    let mut narrow = sound.clone();
    narrow[10] = 3;
    assert_eq!(read(&narrow, None), Err(TableError::Fields { record: 3, fields: 4 }));
    assert_eq!(read(b"LS;FAM\r\n1;2\r\n", None), Err(TableError::NotDbf));
    let twice = file(&[("A", b'C', 1, 0), ("A", b'C', 1, 0)], &[]);
    assert_eq!(read(&twice, None), Err(TableError::SameName("A".to_owned())));
}
