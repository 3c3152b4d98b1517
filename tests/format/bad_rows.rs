//! Bad rows: each is listed with its reason, and the good ones pass.

use kvartal::format::legacy::LegacyData;

use super::fixture::{Files, PROFILE, changed, files, import_text};

fn bad(profile: &str, files: &Files) -> Vec<String> {
    let data: LegacyData = import_text(profile, files).unwrap();
    data.bad.iter().map(ToString::to_string).collect()
}

/// The one thing said of the files when a piece of one of them is replaced, without the name of the file.
fn says(name: &str, piece: &str, by: &str) -> String {
    let bad = bad(PROFILE, &changed(name, piece, by));
    assert_eq!(bad.len(), 1, "{bad:?}");
    bad[0].strip_prefix(&format!("{name}, строка ")).unwrap().to_owned()
}

#[test]
fn numbers_are_written_as_the_profile_says() {
    let base = |by| says("nachisl.csv", ";42,00;0,5207", by);
    assert_eq!(base(";4 2,00;0,5207"), "3: в колонке BAZA стоит «4 2,00», а ожидается число");
    assert_eq!(base(";42.00;0,5207"), "3: в колонке BAZA стоит «42.00», а ожидается число");
    assert_eq!(base(";1e3;0,5207"), "3: в колонке BAZA стоит «1e3», а ожидается число");
    assert_eq!(base(";;0,5207"), "3: в колонке BAZA пусто, а значение обязательно");
    assert_eq!(base(";-42,00;0,5207"), "3: в колонке BAZA отрицательное число -42,00");
    assert_eq!(base(";42,001;0,5207"), "3: в объёме 42,001 знаков после запятой больше, чем у услуги (2)");
}

#[test]
fn numbers_fit_where_they_are_stored() {
    let long = "а ожидается число не длиннее";
    assert_eq!(
        says("nachisl.csv", ";21,87", ";21,875"),
        format!("3: в колонке VSEGO стоит «21,875», {long} 12 знаков до запятой и 2 после")
    );
    assert_eq!(
        bad(PROFILE, &changed("abonent.csv", ";80,30;75,80;", ";80,303;75,80;"))[0],
        format!(
            "abonent.csv, строка 2: в колонке PL_OB стоит «80,303», {long} 8 знаков до запятой и 2 после"
        )
    );
    assert!(bad(PROFILE, &changed("tarif.csv", "0,5207", "0,5207001"))[0].ends_with("до запятой и 6 после"));
    assert_eq!(
        bad(PROFILE, &changed("abonent.csv", ";80,30;75,80;", ";80,30;75,80;3,5"))[0],
        "abonent.csv, строка 2: в колонке CHEL стоит «3,5», а ожидается целое число от 0 до 999"
    );
    assert_eq!(
        bad(PROFILE, &changed("postav.csv", ";1,0;1,5;3361865", ";1,0;101;3361865"))[0],
        "postav.csv, строка 2: в колонке KOM2 стоит «101», а ожидается процент от 0 до 100"
    );
}

#[test]
fn dates_are_in_the_calendar_and_months_are_this_one() {
    let bad = bad(PROFILE, &changed("tarif.csv", "08;01.09.2003", "08;31.09.2003"));
    assert_eq!(
        bad[0],
        "tarif.csv, строка 9: в колонке DATA стоит «31.09.2003», а ожидается дата вида DD.MM.YYYY"
    );
    assert_eq!(
        says("nachisl.csv", "10.2003;05", "09.2003;05"),
        "6: строка за 2003-09, а переносится 2003-10"
    );
    assert_eq!(
        says("nachisl.csv", "10.2003;05", "13.2003;05"),
        "6: в колонке PERIOD стоит «13.2003», а ожидается дата вида MM.YYYY"
    );
}

#[test]
fn a_key_comes_once() {
    assert_eq!(
        bad(PROFILE, &changed("nachisl.csv", ";03;", ";02;")),
        [
            "nachisl.csv, строка 4: начисление счёту 041017 по услуге «02» уже есть: nachisl.csv, строка 3",
            "nachisl.csv, строка 4: сальдо счёта 041017 по услуге «02» уже есть: nachisl.csv, строка 3",
        ]
    );
    assert_eq!(
        says("tarif.csv", "09;01.09.2003;0,156", "09;01.09.2003;0,156\r\n09;01.09.2003;0,157"),
        "11: тариф услуги «09» с 01.09.2003 уже есть: tarif.csv, строка 10"
    );
    assert_eq!(
        bad(&PROFILE.replace("03 = \"sewage\"", "03 = \"cold_water\""), &files())[0],
        "uslugi.csv, строка 4: услуга, ставшая «cold_water», уже есть: uslugi.csv, строка 3"
    );
}

#[test]
fn what_a_row_names_is_among_the_rows_taken() {
    let reason = "услуги с кодом «10» нет среди принятых строк";
    assert_eq!(says("nachisl.csv", "10.2003;05", "10.2003;10"), format!("6: {reason}"));
    // The rejected account takes its nine charges and balances with it; their control sums stay.
    let data = import_text(PROFILE, &changed("abonent.csv", ";80,30;75,80;", ";x;75,80;")).unwrap();
    assert_eq!((data.bad.len(), data.bases.len(), data.controls.len()), (10, 0, 9));
    assert_eq!(
        data.bad[1].to_string(),
        "nachisl.csv, строка 2: лицевого счёта с кодом «041017» нет среди принятых строк"
    );
    assert_eq!(
        bad(PROFILE, &changed("uslugi.csv", "м3;ГАЗ", "м3;ГОРГАЗ"))[0],
        "uslugi.csv, строка 6: поставщика с кодом «ГОРГАЗ» нет среди принятых строк"
    );
}

#[test]
fn a_value_the_map_does_not_list_is_not_guessed() {
    let bad = bad(&PROFILE.replace("05 = \"gas\"\n", ""), &files());
    assert_eq!(bad[0], "uslugi.csv, строка 6: значения «05» колонки KOD нет в map профиля; допишите его");
}

#[test]
fn a_service_has_a_rate_on_the_first_day() {
    let bad = bad(PROFILE, &changed("tarif.csv", "05;01.09.2003", "05;02.10.2003"));
    assert_eq!(bad, ["nachisl.csv, строка 6: у услуги «05» нет тарифа на 01.10.2003"]);
    let persons = PROFILE.replace("05 = \"month_volume\"", "05 = \"persons\"");
    let bad = self::bad(&persons, &files());
    assert_eq!(bad, ["nachisl.csv, строка 6: у услуги «05» нет норматива на 01.10.2003"]);
}

#[test]
fn bases_by_area_agree_with_the_premises_or_tell_what_they_leave_untold() {
    assert_eq!(
        says("nachisl.csv", ";75,80;", ";75,81;"),
        "2: отапливаемая площадь помещения здесь 75,81, а прежде указано 75,8"
    );
    let data = import_text(PROFILE, &changed("abonent.csv", ";80,30;75,80;", ";;;")).unwrap();
    assert_eq!(data.bad, []);
    assert_eq!(data.premises, import_text(PROFILE, &files()).unwrap().premises);
}

#[test]
fn accounts_of_one_address_share_its_premises() {
    let flat = "041017;АБОНЕНТ;;;КРЕМЕНЧУГ;;;;80,30;75,80;";
    let same = format!("{flat}\r\n041018;АБОНЕНТ;;;КРЕМЕНЧУГ;;;;80,30;;");
    let data = import_text(PROFILE, &changed("abonent.csv", flat, &same)).unwrap();
    assert_eq!((data.bad.len(), data.premises.len(), data.accounts[1].row.premises), (0, 1, 0));
    let other = format!("{flat}\r\n041018;АБОНЕНТ;;;КРЕМЕНЧУГ;;;;60,00;;");
    assert_eq!(
        says("abonent.csv", flat, &other),
        "3: общая площадь помещения здесь 60, а прежде указано 80,3"
    );
}

#[test]
fn an_address_is_whole() {
    let profile = PROFILE.replace("{ column = \"DOM\", default = \"б/н\" }", "\"DOM\"");
    assert_eq!(
        bad(&profile, &files())[0],
        "abonent.csv, строка 2: в адресе нет дома; дайте колонку или значение для пустой ячейки (default)"
    );
}

#[test]
fn streets_may_be_told_by_code() {
    let profile = PROFILE.replace(
        "city = \"GOROD\"\nstreet = { column = \"UL\", default = \"без улицы\" }",
        "street_code = \"UL\"",
    );
    let profile = format!(
        "{profile}[[file]]\nname = \"ul.csv\"\nkind = \"csv\"\n[file.street]\ncode = \"K\"\nname = \"N\"\ncity = \"G\"\n"
    );
    let mut files = changed("abonent.csv", "КРЕМЕНЧУГ;;", "КРЕМЕНЧУГ;12;");
    files.push(("ul.csv".into(), "K;N;G\n12;СОБОРНАЯ;КРЕМЕНЧУГ\n".into()));
    let data = import_text(&profile, &files).unwrap();
    let address = &data.premises[0].address;
    assert_eq!(
        (address.city.as_str(), address.street.as_str(), data.bad.len()),
        ("КРЕМЕНЧУГ", "СОБОРНАЯ", 0)
    );
    files[5].1 = "K;N;G\n13;СОБОРНАЯ;КРЕМЕНЧУГ\n".into();
    assert_eq!(
        bad(&profile, &files)[0],
        "abonent.csv, строка 2: улицы с кодом «12» нет среди принятых строк"
    );
}

#[test]
fn an_account_is_not_closed_before_it_is_opened() {
    let profile = PROFILE.replace("persons = \"CHEL\"", "opened = \"FAM\"\nclosed = \"IM\"");
    let files = changed("abonent.csv", ";АБОНЕНТ;;", ";01.02.2003;31.01.2003;");
    assert_eq!(
        bad(&profile, &files)[0],
        "abonent.csv, строка 2: счёт закрыт 31.01.2003, раньше чем открыт 01.02.2003"
    );
}

#[test]
fn a_row_that_cannot_be_taken_apart_is_told() {
    assert_eq!(says("nachisl.csv", ";20,05", ";20,05;1"), "4: ячеек в строке 9, а колонок в заголовке 8");
    let bad = bad(PROFILE, &changed("postav.csv", "КП ЖЭП", "\"КП ЖЭП"));
    assert_eq!(
        bad[0],
        "postav.csv, строка 5: кавычки не закрыты или закрыты посреди ячейки, прочитано до строки 5"
    );
}
