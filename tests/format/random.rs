//! Whatever the bytes are, reading them ends in rows or in sentences, never in a panic.

use kvartal::format::encoding::{Encoding, decode};
use kvartal::format::profile::{DateMask, Profile};
use kvartal::format::{dbf, delimited};
use proptest::prelude::*;

use super::fixture::{PROFILE, Page, dbf as written, encoded, files, import, windows};

/// Bytes with some of them overwritten, and cut at some length.
fn damaged(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = bytes.len();
    let places = prop::collection::vec((0..length, any::<u8>()), 0..8);
    (places, 0..=length).prop_map(move |(places, cut)| {
        let mut bytes = bytes.clone();
        for (place, byte) in places {
            bytes[place] = byte;
        }
        bytes.truncate(cut);
        bytes
    })
}

fn table() -> Vec<u8> {
    let page = Page { dos: true, mark: 0x65 };
    written(&files()[1].1, &page)
}

proptest! {
    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), told in 0..4_usize) {
        let told = Encoding::WORDS.get(told).map(|(_, encoding)| *encoding);
        if let Ok(text) = decode(&bytes, told) {
            let _ = delimited::read(&text, b';');
        }
        let _ = dbf::read(&bytes, told);
    }

    #[test]
    fn damaged_dbf(bytes in damaged(table())) {
        if let Ok(table) = dbf::read(&bytes, None) {
            for row in table.rows() {
                let _ = (0..=table.columns().len()).map(|column| row.cell(column).len()).sum::<usize>();
            }
        }
    }

    #[test]
    fn damaged_files(bytes in damaged(windows(&files()[1].1))) {
        let mut files = encoded(&files(), windows);
        files[1].1 = bytes;
        if let Err(refusals) = import(PROFILE, &files) {
            prop_assert!(refusals.to_string().starts_with("строка "));
        }
    }

    #[test]
    fn damaged_profile(bytes in damaged(PROFILE.as_bytes().to_vec())) {
        if let Err(refusals) = Profile::parse(&String::from_utf8_lossy(&bytes)) {
            prop_assert!(refusals.0.iter().all(|refusal| refusal.line >= 1));
        }
    }

    #[test]
    fn dates(mask in "[DMY./ ]{0,12}", text in "\\PC{0,12}") {
        if let Some(mask) = DateMask::new(&mask, true) {
            let _ = mask.read(&text);
        }
    }

    /// Every row of text with separators is accounted for: taken, torn or blank.
    #[test]
    fn no_row_is_lost(rows in prop::collection::vec("[a-z;]{0,6}", 0..12), end in "\r\n|\n|\r") {
        let text = ["A;B".to_owned()].into_iter().chain(rows.iter().cloned()).collect::<Vec<_>>().join(&end);
        let table = delimited::read(&text, b';').unwrap();
        let taken = table.rows().map(|row| row.line());
        let mut known: Vec<u64> = taken.chain(table.torn().iter().map(|torn| torn.line)).collect();
        known.sort_unstable();
        let filled = (2..).zip(&rows).filter(|(_, row)| row.chars().any(|sign| sign != ';'));
        prop_assert_eq!(known, filled.map(|(line, _)| line).collect::<Vec<u64>>());
    }
}
