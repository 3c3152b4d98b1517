//! The payload of the payment code, read by a parser of the test's own (ГОСТ Р 56042; dossier of formats § 1.1).

use kvartal::calc::money::Money;
use kvartal::document::invoice::{Kind, Payee};
use kvartal::document::payment_qr::{BODY_LIMIT, Payment, QrError, payload};
use proptest::prelude::*;

use super::samples::{money, month, payee};

const ORDER: [&str; 12] = [
    "Name",
    "PersonalAcc",
    "BankName",
    "BIC",
    "CorrespAcc",
    "KPP",
    "PayeeINN",
    "PersAcc",
    "PaymPeriod",
    "Sum",
    "Purpose",
    "TechCode",
];

fn encode(payee: &Payee, sum: Money) -> Result<Vec<u8>, QrError> {
    payload(&Payment { payee, account: "0700000123", kind: Kind::Month, month: month("2026-03"), sum })
}

/// Key and value of every requisite, by the header's own encoding and separator.
fn read(bytes: &[u8]) -> Vec<(String, String)> {
    let (header, body) = bytes.split_at(8);
    assert_eq!(&header[..6], b"ST0001");
    let text = match header[6] {
        b'1' => body.iter().map(|byte| windows_1251(*byte)).collect(),
        b'2' => String::from_utf8(body.to_vec()).unwrap(),
        other => panic!("encoding {other}"),
    };
    let pairs = text.split(char::from(header[7])).map(|pair| pair.split_once('=').unwrap());
    pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

/// The Cyrillic page by its rule: letters А…я in order from 0xC0, and what the tests use beside them.
fn windows_1251(byte: u8) -> char {
    match byte {
        0..=0x7f => char::from(byte),
        0xc0..=0xff => char::from_u32(0x410 + u32::from(byte) - 0xc0).unwrap(),
        0xa8 => 'Ё',
        0xb8 => 'ё',
        0xb9 => '№',
        0xab => '«',
        0xbb => '»',
        other => panic!("byte {other:#x}"),
    }
}

#[test]
fn the_example_of_the_dossier() {
    let bytes = encode(&payee(), money("7345.18")).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(
        text,
        "ST00012|Name=ООО \"УК Берёзка\"|PersonalAcc=40702810600000000123|BankName=АО \"Пример-Банк\" г. Энск|\
         BIC=049902707|CorrespAcc=30101810000000000707|KPP=990101001|PayeeINN=9901000010|PersAcc=0700000123|\
         PaymPeriod=03.2026|Sum=734518|Purpose=ЖКУ за 03.2026|TechCode=02"
    );
}

#[test]
fn where_utf8_is_too_long_windows_1251_loses_nothing() {
    let long = Payee {
        name: "Муниципальное предприятие «Расчётный центр»".to_owned(), ..payee()
    };
    let bytes = encode(&long, money("1.00")).unwrap();
    assert_eq!(bytes[6], b'1');
    let read = read(&bytes);
    assert_eq!(read[0], ("Name".to_owned(), long.name));
    assert_eq!(read.len(), ORDER.len());
}

#[test]
fn what_no_bank_would_take_is_a_sentence() {
    let refused = |change: fn(&mut Payee)| {
        let mut payee = payee();
        change(&mut payee);
        encode(&payee, money("1.00")).unwrap_err()
    };
    assert_eq!(refused(|payee| payee.name = "  ".to_owned()), QrError::Missing("наименование"));
    assert_eq!(refused(|payee| payee.settlement_account.clear()), QrError::Missing("расчётный счёт"));
    assert_eq!(
        refused(|payee| payee.settlement_account = "26008301234567".to_owned()).to_string(),
        "QR-код не напечатан: расчётный счёт получателя должен состоять из 20 цифр. Оплатите по реквизитам."
    );
    assert_eq!(
        refused(|payee| payee.bic = "04990270X".to_owned()),
        QrError::Digits { name: "БИК", digits: "9" }
    );
    assert_eq!(
        refused(|payee| payee.bank = "Б".repeat(46)),
        QrError::TooLong { name: "наименование банка", most: 45 }
    );
    assert_eq!(encode(&payee(), Money::ZERO), Err(QrError::NothingToPay));
    assert_eq!(refused(|payee| payee.name = "|~^\\#;`_".to_owned()), QrError::NoSeparator);
    // 160 letters without a place in windows-1251 are 480 bytes and cannot be left out.
    assert_eq!(refused(|payee| payee.name = "ᠠ".repeat(160)), QrError::TooBig);
}

#[test]
fn an_account_at_the_bank_of_russia_has_no_correspondent() {
    let treasury = Payee { correspondent_account: String::new(), ..payee() };
    assert_eq!(
        read(&encode(&treasury, money("1.00")).unwrap())[4],
        ("CorrespAcc".to_owned(), "0".to_owned())
    );
}

proptest! {
    #[test]
    fn any_payee_reads_back_whole_in_order_and_within_the_limit(
        name in "[А-Яа-яЁё№«»|~A-Za-z]{1,80}( [А-Яа-я]{1,40})?",
        bank in "[А-Яа-яЁё ]{0,20}[А-Яа-я]{1,25}",
        account in "[0-9]{20}",
        bic in "0[0-9]{8}",
        kopecks in 1_i64..=1_000_000_000_000,
    ) {
        let payee = Payee { name, bank, settlement_account: account, bic, ..payee() };
        let bytes = encode(&payee, Money::from_kopecks(kopecks)).unwrap();
        prop_assert!(bytes.len() <= BODY_LIMIT + 8);
        let read = read(&bytes);
        // Mandatory ones in order; then what is left, in order, never without the account and the sum.
        let mut order = ORDER.iter();
        for (key, _) in &read {
            prop_assert!(order.any(|expected| expected == key), "{read:?}");
        }
        prop_assert_eq!(read.iter().take(5).map(|(key, _)| key.as_str()).collect::<Vec<_>>(), &ORDER[..5]);
        let value = |key: &str| read.iter().find(|pair| pair.0 == key).map(|pair| pair.1.as_str());
        let one_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(value("Name"), Some(payee.name.as_str()));
        prop_assert_eq!(value("BankName").map(str::to_owned), Some(one_spaced(&payee.bank)));
        prop_assert_eq!(value("PersonalAcc"), Some(payee.settlement_account.as_str()));
        prop_assert_eq!(value("BIC"), Some(payee.bic.as_str()));
        prop_assert_eq!(value("PersAcc"), Some("0700000123"));
        prop_assert_eq!(value("Sum").map(str::to_owned), Some(kopecks.to_string()));
        // What is left out is left out from the end, the account and the sum excepted.
        let spare = ["TechCode", "Purpose", "PaymPeriod", "PayeeINN", "KPP"];
        let missing = spare.iter().take_while(|key| value(key).is_none()).count();
        prop_assert!(spare[missing..].iter().all(|key| value(key).is_some()), "{read:?}");
    }
}
