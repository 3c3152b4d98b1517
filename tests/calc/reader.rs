//! A mistake in a case file is refused in one Russian sentence with its line and the nearest known name.

use kvartal::format::case::read;
use proptest::prelude::*;

/// A small right case to spoil; its lines are counted by the tests below.
const RIGHT: &str = r#"title = "Содержание"
month = "2026-09"

[[service]]
code = "maintenance"
name = "Содержание"
unit = "м²"
scale = 2

[[tariff]]
name = "содержание"
rate = [{ value = 31.74 }]

[[parameter]]
name = "due_day"
value = 10

[[house]]
name = "Садовая, 1"
plan = [{ service = "maintenance", provider = "УК", method = "area_total", tariff = "содержание" }]

[[house.premises]]
name = "кв. 1"
area = 54.30
meter = [{ serial = "Т-1", service = "maintenance", reading = [{ day = 2026-09-20, value = 1 }] }]
account = [{ number = "41001" }]

[[operation]]
mark = 5
what = "Проверка"
due = [{ account = "41001", from = "2026-08" }]

[[expect]]
account = "41001"
month = "2026-09"
line = [{ service = "maintenance", volume = 54.30, rate = 31.74, amount = 1723.48 }]
"#;

#[track_caller]
fn refused(right: &str, wrong: &str, sentence: &str) {
    assert!(RIGHT.contains(right), "nothing to spoil: {right}");
    let error = read(&RIGHT.replacen(right, wrong, 1)).expect_err("the spoilt case was taken");
    assert_eq!(error.to_string(), sentence);
}

#[test]
fn the_case_itself_is_right() {
    read(RIGHT).unwrap();
}

#[test]
fn grammar() {
    refused(
        "value = 10",
        "value = = 10",
        "строка 16: запись не по правилам TOML; проверьте здесь кавычки, скобки, запятые и знак «=»",
    );
}

#[test]
fn keys() {
    refused("method = ", "metod = ", "строка 20: в разделе «plan» не хватает поля «method»; допишите его");
    refused(
        "scale = 2\n",
        "scale = 2\nheat_scal = 5\n",
        "строка 9: в разделе «service» нет поля «heat_scal» (возможно, «heat_scale»); исправьте или уберите его",
    );
    refused(
        "month = \"2026-09\"\n\n",
        "month = \"2026-09\"\nhousse = 1\n\n",
        "строка 3: в разделе «случай» нет поля «housse» (возможно, «house»); исправьте или уберите его",
    );
    refused(
        "month = \"2026-09\"\n\n",
        "\n",
        "строка 1: в разделе «случай» не хватает поля «month»; допишите его",
    );
}

#[test]
fn shapes() {
    refused(
        "scale = 2",
        "scale = 2.5",
        "строка 8: поле «scale»: здесь пишется целое число, например 3; исправьте значение",
    );
    refused(
        "value = 31.74",
        "value = \"31,74\"",
        "строка 12: поле «value»: здесь пишется число, например 47.36; исправьте значение",
    );
    refused(
        "month = \"2026-09\"\n\n",
        "month = \"09.2026\"\n\n",
        "строка 2: поле «month»: здесь пишется месяц в кавычках, например \"2026-09\"; исправьте значение",
    );
    refused(
        "day = 2026-09-20",
        "day = \"20.09.2026\"",
        "строка 25: поле «day»: здесь пишется день без кавычек, например 2026-09-01; исправьте значение",
    );
    refused(
        "amount = 1723.48",
        "amount = 1723.482",
        "строка 36: поле «amount»: здесь пишется сумма в рублях с копейками, например 615.21; исправьте значение",
    );
    refused(
        "account = [{ number = \"41001\" }]",
        "account = [\"41001\"]",
        "строка 26: поле «account»: здесь пишется таблица в фигурных скобках или раздел в квадратных; исправьте значение",
    );
}

#[test]
fn names() {
    refused(
        "{ service = \"maintenance\", provider",
        "{ service = \"maintenanse\", provider",
        "строка 20: услуга «maintenanse» в этом файле не описана (возможно, «maintenance»); опишите или исправьте имя",
    );
    refused(
        "due = [{ account = \"41001\"",
        "due = [{ account = \"99\"",
        "строка 31: лицевой счёт «99» в этом файле не описан; опишите или исправьте имя",
    );
    refused(
        "[[parameter]]",
        "[[service]]\ncode = \"maintenance\"\nname = \"\"\nunit = \"\"\nscale = 0\n\n[[parameter]]",
        "строка 15: услуга «maintenance» уже описана выше; дайте другое имя",
    );
}

#[test]
fn words() {
    refused(
        "\"area_total\"",
        "\"area_totl\"",
        "строка 20: поле «method»: нет такого значения «area_totl» (возможно, «area_total»); возможные значения: \
         area_total, area_living, area_heated, persons, meter, two_component, waters, quantity, ready, house_meter, heating, house_hot_water, house_by_volume, common_norm, common_average, common_fact, common_utility, common_utility_whole",
    );
}

#[test]
fn times() {
    refused(
        "value = 31.74",
        "value = 31.74, from = 2026-09-01, to = 2026-09-01",
        "строка 12: период кончается раньше, чем начинается; исправьте «from» или «to»",
    );
    refused(
        "value = 31.74",
        "value = 31.74, known = 5, retracted = 5",
        "строка 12: сведение отменено («retracted») не позже, чем внесено («known»); исправьте номера операций",
    );
    refused(
        "value = 1 }]",
        "value = [1, 2] }]",
        "строка 25: показаний больше, чем шкал у прибора; исправьте «registers» или «value»",
    );
    refused(
        "[[operation]]",
        "[[release]]\nmonth = \"2026-08\"\nmark = 4\n\n[[release]]\nmonth = \"2026-07\"\nmark = 5\n\n[[operation]]",
        "строка 32: выпуски идут не по порядку; месяцы и номера операций должны возрастать",
    );
}

proptest! {
    /// Whatever is written, the reader answers; it never panics.
    #[test]
    fn any_text_is_answered(at in 0..RIGHT.len(), junk in "[\\PC\n]{0,12}", cut in 0..40_usize) {
        let start = (0..=at).rev().find(|at| RIGHT.is_char_boundary(*at)).unwrap_or(0);
        let end = (at + cut..).find(|at| RIGHT.is_char_boundary((*at).min(RIGHT.len()))).unwrap_or(at).min(RIGHT.len());
        let _ = read(&format!("{}{junk}{}", &RIGHT[..start], &RIGHT[end..]));
    }
}
