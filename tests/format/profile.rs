//! What is wrong with a profile, or with the files it names, is told by line, with the nearest name.

use kvartal::format::profile::{ChargeMethod, Kind, Need, Profile};

use super::fixture::{Files, PROFILE, changed, encoded, files, import, import_text, windows};

fn refused(profile: &str, files: &Files) -> Vec<String> {
    let refusals = import_text(profile, files).unwrap_err();
    refusals.to_string().lines().map(str::to_owned).collect()
}

/// The profile with a piece replaced, and the line the piece begins in.
fn with(piece: &str, by: &str) -> (String, usize) {
    let place = PROFILE.find(piece).unwrap_or_else(|| panic!("{piece} is not in the profile"));
    (PROFILE.replacen(piece, by, 1), 1 + PROFILE[..place].matches('\n').count())
}

/// Refusals of the profile so changed: one, whose line is that of the piece.
fn says(piece: &str, by: &str) -> String {
    let (profile, line) = with(piece, by);
    let refusals = refused(&profile, &files());
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    let start = format!("строка {line} профиля: ");
    refusals[0]
        .strip_prefix(&start)
        .unwrap_or_else(|| panic!("{start}… expected: {}", refusals[0]))
        .to_owned()
}

#[test]
fn a_key_that_does_not_exist_is_told_with_the_nearest() {
    assert_eq!(
        says("base = ", "baze = \"BAZA\"\nbase = ").replace("baze", "*"),
        "в [file.charge_base] не бывает ключа «*»; похоже на «base»"
    );
    assert_eq!(
        says("[file.tariff]", "[file.tarif]"),
        "в [[file]] не бывает ключа «tarif»; похоже на «tariff»"
    );
    assert_eq!(
        says("decimal = ", "desimal = "),
        "в начале профиля не бывает ключа «desimal»; похоже на «decimal»"
    );
    assert_eq!(
        says("default = \"без", "defalt = \"без"),
        "в «street» не бывает ключа «defalt»; похоже на «default»"
    );
}

#[test]
fn a_column_that_does_not_exist_is_told_with_the_nearest() {
    assert_eq!(says("\"BAZA\"", "\"BASA\""), "в файле nachisl.csv нет колонки «BASA»; похоже на «BAZA»");
    assert_eq!(
        says("\"VSEGO\"", "\"ITOGO_K_OPLATE\""),
        "в файле nachisl.csv нет колонки «ITOGO_K_OPLATE»; \
         можно: LS, PERIOD, KOD, DOLG, BAZA, TARIF, PERER, VSEGO"
    );
}

#[test]
fn a_missing_file_is_told_with_the_nearest() {
    assert_eq!(
        says("[[file]]\nname = \"tarif.csv\"", "[[file]]\nname = \"tarify.csv\""),
        "файла «tarify.csv» среди переданных нет; похоже на «tarif.csv»"
    );
}

#[test]
fn a_missing_key_is_told_at_its_section() {
    assert_eq!(
        says("[file.tariff]\nservice = \"KOD\"", "[file.tariff]"),
        "в [file.tariff] нет ключа «service»; допишите его"
    );
    let (profile, _) = with("name = \"Кременчуг, 2003\"\n", "");
    assert_eq!(
        refused(&profile, &files()),
        ["строка 1 профиля: в начале профиля нет ключа «name»; допишите его"]
    );
    // A street may be told by its code instead; then the city may come with it.
    let (profile, line) = with("city = \"GOROD\"\n", "");
    let section = 1 + PROFILE[..PROFILE.find("[file.account]").unwrap()].matches('\n').count();
    assert_ne!(line, section);
    assert_eq!(
        refused(&profile, &files()),
        [format!("строка {section} профиля: в [file.account] нет ключа «city»; допишите его")]
    );
}

#[test]
fn a_word_outside_the_vocabulary_is_told_with_the_nearest() {
    assert_eq!(
        says("01 = \"area_heated\"", "01 = \"area_heat\""),
        "«method» не бывает «area_heat»; похоже на «area_heated»"
    );
    assert_eq!(says("kind = \"csv\"", "kind = \"xls\""), "«kind» не бывает «xls»; можно: csv, dbf");
    assert_eq!(
        says("separator = \";\"", "encoding = \"koi8\"").replace("koi8", "*"),
        "«encoding» не бывает «*»; можно: utf-8, cp1251, cp866"
    );
}

#[test]
fn a_value_of_another_shape_is_told_how_to_write() {
    assert_eq!(says("\"2003-10\"", "\"10.2003\""), "«month» пишется иначе: первый месяц учёта, как 2026-09");
    assert_eq!(says("base = \"BAZA\"", "base = 5"), "«base» пишется иначе: имя колонки в кавычках или { … }");
    assert_eq!(says("{ value = \"2\" }", "{ value = 2 }").lines().count(), 1);
    assert_eq!(
        says("\"DD.MM.YYYY\"", "\"DD.MM\""),
        "«date_mask» пишется иначе: день, месяц и год, как DD.MM.YYYY"
    );
    assert_eq!(
        says("separator = \";\"", "separator = \";;\""),
        "«separator» пишется иначе: один знак, например \";\" или \"\\t\""
    );
    assert_eq!(
        says("{ value = \"2\" }", "{ value = \"2\", column = \"KOD\" }"),
        "«scale» пишется иначе: { column = …, map = …, default = … } или { value = … }"
    );
}

#[test]
fn what_is_not_toml_is_told_by_line() {
    let sentence = "запись не похожа на TOML; проверьте кавычки, скобки и знак «=»";
    assert_eq!(says("decimal = \",\"", "decimal = \","), sentence);
    assert_eq!(says("date_mask = ", "decimal = "), "ключ или раздел повторён; оставьте один");
    assert_eq!(refused("", &files()).len(), 3);
}

#[test]
fn everything_wrong_is_told_at_once_in_the_order_of_lines() {
    let profile = PROFILE.replace("\"KOM1\"", "\"KOM3\"").replace("\"GOROD\"", "\"GOROT\"");
    let refusals = refused(&profile, &files());
    assert_eq!(refusals.len(), 2);
    assert!(refusals[0].contains("«KOM3»") && refusals[1].contains("похоже на «GOROD»"), "{refusals:?}");
}

#[test]
fn a_file_that_is_not_text_is_told_with_its_line() {
    let mut bytes = encoded(&files(), windows);
    let (_, postav) = bytes.iter_mut().find(|(name, _)| name == "postav.csv").unwrap();
    let place = postav.iter().position(|&byte| byte == b'\n').unwrap() + 1;
    postav[place] = 0x98;
    let (profile, line) =
        with("[[file]]\nname = \"postav.csv\"", "[[file]]\nencoding = \"cp1251\"\nname = \"postav.csv\"");
    assert_eq!(
        import(&profile, &bytes).unwrap_err().to_string(),
        format!(
            "строка {line} профиля: файл postav.csv: в строке 2 байт 0x98 не бывает в тексте cp1251; \
             проверьте кодировку файла"
        )
    );
}

#[test]
fn files_may_be_told_by_a_mask_and_files_left_over_are_told() {
    let (profile, _) = with("\"nachisl.csv\"", "\"NACH*.CSV\"");
    let mut files = changed("nachisl.csv", "041017;10.2003;09;0,00;147,00;0,156;0;22,93\r\n", "");
    files.push(("nach2.csv".into(), "LS;PERIOD;KOD;DOLG;BAZA;VSEGO\n041017;10.2003;09;0;147;22,93\n".into()));
    files.push(("lgoty.csv".into(), "LS\n".into()));
    let data = import_text(&profile, &files).unwrap();
    assert_eq!((data.bad.len(), data.bases.len()), (0, 9));
    assert_eq!(data.bases[8].at.to_string(), "nach2.csv, строка 2");
    assert_eq!(data.unused_files, ["lgoty.csv"]);
}

const DOCS: &str = include_str!("../../docs/import.md");

/// The administrator's page names every kind, every field under its kind (in bold where it must be given), and
/// every method.
#[test]
fn the_page_on_import_names_the_whole_vocabulary() {
    for kind in Kind::ALL {
        let heading = format!("### `{}`: ", kind.word());
        let (_, section) = DOCS.split_once(&heading).unwrap_or_else(|| panic!("{heading} is missing"));
        let section = section.split("\n#").next().unwrap();
        for field in kind.fields() {
            let bold = field.need != Need::Optional;
            let name = format!("`{}`", field.name);
            assert!(section.contains(&name), "{name} of {heading}");
            assert_eq!(section.contains(&format!("**{name}**")), bold, "{name} of {heading}");
        }
    }
    assert!(ChargeMethod::WORDS.iter().all(|word| DOCS.contains(&format!("`{word}`"))));
}

/// The page's example is a profile, once it names a file's rows whole.
#[test]
fn the_page_on_import_shows_a_profile() {
    let example = DOCS.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let profile = Profile::parse(example).unwrap();
    assert_eq!((profile.name.as_str(), profile.month.to_string().as_str()), ("Кременчуг, 2003", "2003-10"));
    assert_eq!((profile.files.len(), profile.files[0].rows.len()), (1, 1));
    let values = DOCS.split("```toml\n").nth(2).unwrap().split("```").next().unwrap();
    for line in values.lines() {
        let (field, _) = line.split_once(" = ").unwrap();
        let kind =
            Kind::ALL.iter().find(|kind| kind.fields().iter().any(|known| known.name == field)).unwrap();
        let text = format!(
            "name = \"x\"\nmonth = \"2003-10\"\n[[file]]\nname = \"x\"\nkind = \"csv\"\n[file.{}]\n{line}",
            kind.word()
        );
        let problems = Profile::parse(&text).unwrap_err().0;
        // The other fields of the kind are missing; the line itself is right.
        assert!(problems.iter().all(|refusal| refusal.line == 6), "{problems:?}");
    }
}
