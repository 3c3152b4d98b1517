//! The file: what a reader of PDF and a reader of QR codes take from it.

use std::path::PathBuf;
use std::process::Command;

use kvartal::document::invoice::{Asked, Invoice, Kind};
use kvartal::document::invoice_form::lay_out;
use kvartal::document::page::Item;
use kvartal::output::faces::faces;
use kvartal::output::pdf::{Meta, write};

use super::samples::{day, money, month, settle, typical, worst};

fn file(invoice: &Invoice) -> Vec<u8> {
    let pages = lay_out(invoice, &faces().unwrap().metrics).unwrap();
    write(&pages, &meta()).unwrap()
}

fn meta() -> Meta {
    Meta {
        title: "Платежный документ № 000123-09/2026".to_owned(),
        author: "ООО «УК Берёзка»".to_owned(),
        date: day("2026-10-01"),
    }
}

fn extracted(bytes: &[u8]) -> String {
    let document = lopdf::Document::load_mem(bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap()
}

/// What an independent reader finds in the codes of the first page, printed at 200 dots an inch.
fn decoded(bytes: &[u8]) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let picture = image::open(drawn(bytes, 200, &folder)).unwrap().to_luma8();
    let mut picture = rqrr::PreparedImage::prepare(picture);
    let read = |grid: rqrr::Grid<_>| {
        let mut bytes = Vec::new();
        grid.decode_to(&mut bytes).unwrap();
        bytes
    };
    picture.detect_grids().into_iter().map(read).collect()
}

/// The first page as a picture of so many dots an inch.
fn drawn(bytes: &[u8], dots: u32, folder: &tempfile::TempDir) -> PathBuf {
    let (pdf, stem) = (folder.path().join("sheet.pdf"), folder.path().join("sheet"));
    std::fs::write(&pdf, bytes).unwrap();
    let status = Command::new("pdftoppm")
        .args(["-r", &dots.to_string(), "-gray", "-png", "-singlefile", "-l", "1"])
        .args([&pdf, &stem])
        .status()
        .expect("pdftoppm of poppler-utils draws the page; bin/test installs it");
    assert!(status.success());
    stem.with_extension("png")
}

/// What another reader, that of desks' scanners, finds: the kind of each code and what it says.
fn scanned(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let picture = drawn(bytes, 300, &folder);
    let found = Command::new("zbarimg").args(["--quiet", "--nodbus"]).arg(picture).output();
    let found = found.expect("zbarimg of zbar-tools reads codes; bin/test installs it");
    let mut lines: Vec<String> = String::from_utf8_lossy(&found.stdout).lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

#[test]
fn a_scanner_reads_both_codes_of_the_sheet() {
    let found = scanned(&file(&typical()));
    let [bars, square] = found.as_slice() else { panic!("{found:?}") };
    // Account, September 2026, 8 367,48 roubles.
    assert_eq!(bars, "CODE-128:070000012309260000836748");
    assert!(square.starts_with("QR-Code:ST00012|Name=") && square.contains("|Sum=836748|"), "{square}");
}

/// A debt and an advance name no month: what is paid by them goes to the oldest debt.
#[test]
fn codes_of_a_debt_name_no_month() {
    let mut invoice = typical();
    invoice.kind = Kind::Debt;
    invoice.lines.truncate(1);
    invoice.recalculations.clear();
    invoice.penalties.clear();
    // 1 723,48 of the first line is owed: 1 000,00 of August, 723,48 of long ago.
    let line = &mut invoice.lines[0];
    (line.opening, line.charge, line.paid) = (line.closing, money("0.00"), money("0.00"));
    line.parts.clear();
    invoice.asked = vec![
        Asked { line: 0, month: None, is_penalty: false, amount: money("723.48") },
        Asked { line: 0, month: Some(month("2026-08")), is_penalty: false, amount: money("1000.00") },
    ];
    settle(&mut invoice);
    let found = scanned(&file(&invoice));
    assert_eq!(found[0], "CODE-128:070000012300000000172348");
    assert!(
        found[1].contains("|Sum=172348|Purpose=Долг за ЖКУ|") && !found[1].contains("PaymPeriod"),
        "{found:?}"
    );
    let text = extracted(&file(&invoice));
    assert!(text.contains("08.2026") && text.contains("прежние годы") && text.contains("долговой"), "{text}");
    assert!(!text.contains("Начислено"), "{text}");
    // What the months do not add up to is not printed.
    invoice.asked.pop();
    let refused = lay_out(&invoice, &faces().unwrap().metrics).unwrap_err().to_string();
    assert!(refused.contains("по месяцам — указано 1"), "{refused}");
}

/// An account of letters and of an odd length: the bars are of another set, and longer.
#[test]
fn a_long_account_is_still_scanned() {
    let mut invoice = typical();
    invoice.account = "AB-12345".to_owned();
    let found = scanned(&file(&invoice));
    assert!(found.contains(&"CODE-128:AB-1234509260000836748".to_owned()), "{found:?}");
}

#[test]
fn no_bars_where_nothing_is_to_pay_or_nothing_may_be() {
    let bars = |invoice: &Invoice| {
        let pages = lay_out(invoice, &faces().unwrap().metrics).unwrap();
        pages.iter().flat_map(|page| &page.items).filter(|item| matches!(item, Item::Bars { .. })).count()
    };
    assert_eq!(bars(&typical()), 1);
    assert_eq!(bars(&Invoice { is_draft: true, ..typical() }), 0);
    assert_eq!(bars(&Invoice { account: "Счёт-7".to_owned(), ..typical() }), 0);
}

#[test]
fn the_text_of_the_file_is_the_text_of_the_sheet_cell_by_cell() {
    for invoice in [typical(), worst()] {
        let pages = lay_out(&invoice, &faces().unwrap().metrics).unwrap();
        let items = pages.iter().flat_map(|page| &page.items);
        let runs = items.filter_map(|item| match item {
            Item::Text(run) => Some(run.text.as_str()),
            _ => None,
        });
        let text = extracted(&write(&pages, &meta()).unwrap());
        assert_eq!(
            text.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>(),
            runs.collect::<Vec<_>>()
        );
    }
}

#[test]
fn the_closing_balances_in_the_file_sum_to_what_it_asks_for() {
    let (text, lines) = (extracted(&file(&typical())), typical().lines);
    let next = |cell: &str| cell == "ВСЕГО" || lines.iter().any(|line| line.service == cell);
    let rows = lines.iter().map(|line| {
        let mut cells = text.lines().skip_while(|cell| *cell != line.service).skip(1);
        let last = cells.by_ref().take_while(|cell| !next(cell)).last().unwrap();
        money(&last.replace('\u{a0}', "").replace(',', "."))
    });
    assert_eq!(rows.sum::<kvartal::calc::money::Money>(), money("8367.48"));
}

#[test]
fn an_independent_reader_finds_the_payment_in_the_code() {
    let codes = decoded(&file(&typical()));
    assert_eq!(codes.len(), 1);
    assert_eq!(
        String::from_utf8(codes[0].clone()).unwrap(),
        "ST00012|Name=ООО \"УК Берёзка\"|PersonalAcc=40702810600000000123|BankName=АО \"Пример-Банк\" г. Энск|\
         BIC=049902707|CorrespAcc=30101810000000000707|KPP=990101001|PayeeINN=9901000010|PersAcc=0700000123|\
         PaymPeriod=09.2026|Sum=836748|Purpose=ЖКУ за 09.2026|TechCode=02"
    );
}

#[test]
fn the_largest_code_is_still_read() {
    let mut invoice = typical();
    // 43 letters in windows-1251, 86 bytes in UTF-8: together with the rest more than 300 bytes.
    invoice.payees[0].payee.name = "Муниципальное предприятие «Расчётный центр»".to_owned();
    let codes = decoded(&file(&invoice));
    assert_eq!(codes.len(), 1);
    assert!(codes[0].starts_with(b"ST00011|Name="));
    assert!(codes[0].ends_with(b"TechCode=02"));
}

#[test]
fn equal_pages_are_equal_files_and_small_ones() {
    let (once, again) = (file(&typical()), file(&typical()));
    assert_eq!(once, again);
    assert!(once.len() <= 60_000, "{} bytes", once.len());
}

#[test]
fn the_file_carries_its_title_its_date_and_subsets_of_its_faces() {
    let document = lopdf::Document::load_mem(&file(&worst())).unwrap();
    let info = document.trailer.get(b"Info").and_then(|info| document.dereference(info)).unwrap().1;
    let info = info.as_dict().unwrap();
    assert_eq!(info.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20261001120000+00'00'");
    let title: Vec<u16> = info.get(b"Title").unwrap().as_str().unwrap()[2..]
        .chunks(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    assert_eq!(String::from_utf16(&title).unwrap(), meta().title);
    let names: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"FontName").ok()?.as_name().ok())
        .map(|name| String::from_utf8(name.to_vec()).unwrap())
        .collect();
    assert_eq!(names.len(), 2);
    for name in names {
        let (tag, face) = name.split_once('+').unwrap();
        assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()), "{name}");
        assert!(face.starts_with("DejaVuSansCondensed"), "{name}");
    }
}

/// A page that shows a letter must give the same letter back: Latin and Cyrillic look-alikes have glyphs apart.
#[test]
fn letters_that_look_alike_are_not_confused() {
    let mut invoice = typical();
    invoice.payer = "ABCEHKMOPTX АВСЕНКМОРТХ".to_owned();
    assert!(extracted(&file(&invoice)).contains("ABCEHKMOPTX АВСЕНКМОРТХ"));
}
