use super::*;

fn rows(text: &str) -> Vec<(u64, Option<String>)> {
    read(text.as_bytes()).unwrap().rows.into_iter().map(|row| (row.line, row.problem)).collect()
}

#[test]
fn a_heading_tells_what_a_file_is_in_every_encoding() {
    let text = "Лицевой счёт;Прибор;Дата;Показание\r\n4100000001;АБ-1;05.10.2026;123,5\r\n";
    let windows = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
    for (bytes, encoding) in [(text.as_bytes().to_vec(), Encoding::Utf8), (windows, Encoding::Cp1251)] {
        let brought = read(&bytes).unwrap();
        assert_eq!((brought.kind, brought.encoding), (Kind::Readings, encoding));
        let row = &brought.rows[0];
        assert_eq!(row.serial.as_deref(), Some("АБ-1"));
        assert_eq!(row.value, Some(Decimal::new(1_235, 1)));
        assert_eq!(row.day, NaiveDate::from_ymd_opt(2026, 10, 5));
        assert_eq!(row.problem, None);
    }
    // Other names, another order, another separator; a comma inside quotes.
    let other = read("value,date,№ счётчика\n\"12,125\",2026-10-05,77\n".as_bytes()).unwrap();
    assert_eq!(other.rows[0].value, Some(Decimal::new(12_125, 3)));
    let paid = read("ЛС\tСумма\tДата\n4100000001\t512.30\t05.10.2026".as_bytes()).unwrap();
    assert_eq!((paid.kind, paid.rows[0].value), (Kind::Payments, Some(Decimal::new(51_230, 2))));
}

#[test]
fn what_cannot_be_read_is_told_row_by_row() {
    let told = |problem: &str| Some(problem.to_owned());
    assert_eq!(
        rows(
            "Счёт;Дата;Показание\n1;05.10.26;7\n2;05.10.2026;1 00\n;05.10.2026;7\n3;05.10.2026\n4;31.02.2026;0,1234\n5;05.10.2026;-7\n6;05.10.2026;7"
        ),
        [
            (2, told("в колонке «Дата» стоит «05.10.26», а ожидается день: 05.10.2026")),
            (3, told("в колонке «Показание» стоит «1 00», а ожидается число")),
            (4, told("не указаны ни лицевой счёт, ни прибор")),
            (5, told("ячеек в строке 2, а колонок в заголовке 3")),
            (
                6,
                told(
                    "в колонке «Дата» стоит «31.02.2026», а ожидается день: 05.10.2026; в колонке «Показание» стоит «0,1234», знаков после запятой больше 3"
                )
            ),
            (7, told("в колонке «Показание» стоит «-7», а меньше нуля не принимается")),
            (8, None),
        ]
    );
}

#[test]
fn a_file_of_no_known_kind_is_refused_in_a_sentence() {
    let refused = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
    assert_eq!(refused("Фамилия;Имя\nа;б"), "по заголовку «Фамилия;Имя» не узнать, что это за файл");
    assert_eq!(
        refused("ЛС;Дата;Сумма;Показание\n1;2;3;4"),
        "в заголовке «ЛС;Дата;Сумма;Показание» и показание, и сумма: непонятно, что это за файл"
    );
    assert_eq!(
        refused("ЛС;Счёт;Дата;Сумма\n1;1;2;3"),
        "колонки «ЛС» и «Счёт» значат одно и то же; оставьте одну"
    );
    assert!(read(b"").is_err());
}

#[test]
fn thousands_may_stand_apart_as_spreadsheets_write_them() {
    let value =
        |text: &str| read(format!("Счёт;Дата;Сумма\n1;05.10.2026;{text}").as_bytes()).unwrap().rows[0].value;
    for text in ["1 234 567,50", "1\u{a0}234\u{a0}567,5", "1\u{202f}234\u{202f}567.50", "1234567,50"] {
        assert_eq!(value(text), Some(Decimal::new(123_456_750, 2)), "{text}");
    }
    for text in ["12 34", "1234 567", "1  234", "1 234,5 0", "1 234 "] {
        let expected = (text == "1 234 ").then(|| Decimal::from(1234));
        assert_eq!(value(text), expected, "{text}");
    }
}
