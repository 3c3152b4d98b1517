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
        "строка 8: поле «scale»: здесь пишется число знаков после запятой, от 0 до 9; исправьте значение",
    );
    refused(
        "value = 31.74",
        "value = \"31,74\"",
        "строка 12: поле «value»: здесь пишется число не меньше нуля, например 54.30; исправьте значение",
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
fn what_cannot_be() {
    let quantity = "здесь пишется число не меньше нуля, например 54.30; исправьте значение";
    refused("area = 54.30", "area = -54.30", &format!("строка 24: поле «area»: {quantity}"));
    refused("value = 1 }", "value = -1 }", &format!("строка 25: поле «value»: {quantity}"));
    refused("value = 31.74", "value = -31.74", &format!("строка 12: поле «value»: {quantity}"));
    refused(
        "serial = \"Т-1\"",
        "serial = \"Т-1\", digits = 0",
        "строка 25: поле «digits»: здесь пишется число цифр счётного механизма, от 1 до 12; исправьте значение",
    );
    refused(
        "scale = 2",
        "scale = 30",
        "строка 8: поле «scale»: здесь пишется число знаков после запятой, от 0 до 9; исправьте значение",
    );
    refused(
        "number = \"41001\" }]",
        "number = \"41001\", share = [{ of = 3, in = 2 }] }]",
        "строка 26: доля больше целого; «of» не может быть больше «in»",
    );
    refused(
        "account = [{ number = \"41001\" }]\n\n[[operation]]\nmark = 5\nwhat = \"Проверка\"\ndue = [{ account = \"41001\", from = \"2026-08\" }]\n\n[[expect]]\naccount = \"41001\"\nmonth = \"2026-09\"\nline = [{ service = \"maintenance\", volume = 54.30, rate = 31.74, amount = 1723.48 }]\n",
        "",
        "строка 1: в файле нет ни одного лицевого счёта, считать нечего; добавьте помещению раздел «account»",
    );
}

/// What the workstation takes for a slip of the hand is one here too.
#[test]
fn years_no_bill_is_of() {
    let years = "год бывает с 1900 по 2099; исправьте";
    refused("month = \"2026-09\"\n\n", "month = \"9999-12\"\n\n", &format!("строка 2: «9999-12»: {years}"));
    refused("month = \"2026-09\"\n\n", "month = \"1899-12\"\n\n", &format!("строка 2: «1899-12»: {years}"));
    refused("day = 2026-09-20", "day = 2100-01-01", &format!("строка 25: «2100-01-01»: {years}"));
    refused(
        "month = \"2026-09\"\n\n",
        "month = \"2026-09\"\nas_of = 1800-10-01\n\n",
        &format!("строка 3: «1800-10-01»: {years}"),
    );
    read(&RIGHT.replacen("month = \"2026-09\"\n\n", "month = \"1900-01\"\n\n", 1)).unwrap();
    read(&RIGHT.replacen("day = 2026-09-20", "day = 2099-12-31", 1)).unwrap();
}

#[test]
fn parameters_meters_and_shares_beyond_what_they_can_be() {
    let parameter = |name: &str, value: &str| format!("name = \"{name}\"\nvalue = {value}\n");
    for (name, value, told) in [
        ("due_day", "45", "45 не бывает значением этого параметра: нужно число месяца, от 1 до 31"),
        ("due_day", "10.5", "10.5 не бывает значением этого параметра: нужно число месяца, от 1 до 31"),
        ("last_day_counts", "7", "7 не бывает значением этого параметра: нужно 1 (да) или 0 (нет)"),
        (
            "recalculation_depth_months",
            "0",
            "0 не бывает значением этого параметра: нужно целое число не меньше единицы",
        ),
    ] {
        let told = format!("строка 16: {told}; исправьте");
        refused("name = \"due_day\"\nvalue = 10\n", &parameter(name, value), &told);
    }
    for (key, value, told) in [
        ("digits", "13", "число цифр счётного механизма, от 1 до 12"),
        ("registers", "4", "число шкал, от 1 до 3"),
        ("ratio", "0", "число больше нуля, например 20"),
    ] {
        refused(
            "serial = \"Т-1\"",
            &format!("serial = \"Т-1\", {key} = {value}"),
            &format!("строка 25: поле «{key}»: здесь пишется {told}; исправьте значение"),
        );
    }
    refused(
        "account = [{ number = \"41001\" }]",
        "account = [{ number = \"41001\", share = [{ of = 2, in = 3 }] }, { number = \"41002\", share = [{ of = 1, in = 2 }] }]",
        "строка 26: доли плательщиков помещения вместе больше целого; исправьте «share»",
    );
    let thirds = "account = [{ number = \"41001\", share = [{ of = 1, in = 3 }] }, { number = \"41002\", share = [{ of = 2, in = 3 }] }]";
    read(&RIGHT.replacen("account = [{ number = \"41001\" }]", thirds, 1)).unwrap();
    refused("number = \"41001\" }]", "number = \" \" }]", "строка 26: имя пустое; назовите, что это");
    refused(
        "mark = 5",
        "mark = 0",
        "строка 29: поле «mark»: здесь пишется целое число больше нуля, например 5; исправьте значение",
    );
    refused(
        "area = 54.30",
        "area = 54.30\narea = 54.30",
        "строка 25: это поле здесь уже написано выше; оставьте одно из двух",
    );
}

#[test]
fn days_and_numbers_as_people_write_them() {
    refused(
        "day = 2026-09-20",
        "day = 2026-09-31",
        "строка 25: «2026-09-31»: такого дня или времени нет; исправьте",
    );
    refused(
        "day = 2026-09-20",
        "day = 20.09.2026",
        "строка 25: «20.09.2026»: день пишется год-месяц-день без кавычек, например 2026-09-01; исправьте",
    );
    refused(
        "title = \"Содержание\"",
        "title = \"Содержание\"\nfrom = \"2026-10\"",
        "строка 2: первый месяц («from») позже последнего («month»); исправьте один из них",
    );
    refused(
        "month = \"2026-09\"\n\n",
        "month = 2026-09\n\n",
        "строка 2: «2026-09»: месяц пишется в кавычках; исправьте",
    );
    refused(
        "value = 31.74",
        "value = 31,74",
        "строка 12: «31,74»: дробная часть числа пишется через точку; исправьте",
    );
}

#[test]
fn two_facts_on_one_day() {
    let twice = |line| {
        format!(
            "строка {line}: на эти дни уже есть запись о том же в строке {line}; разведите дни или уберите одну"
        )
    };
    refused(
        "{ value = 31.74 }",
        "{ value = 31.74, to = 2026-12-01 }, { value = 33.96, from = 2026-06-01 }",
        &twice(12),
    );
    refused("value = 1 }", "value = 1 }, { day = 2026-09-20, value = 2 }", &twice(25));
    refused("area = 54.30", "area = 54.30\nresident = [\"Иванов\", \"Иванов\"]", &twice(25));
}

#[test]
fn people_and_payments() {
    refused(
        "area = 54.30",
        "area = 54.30\nresident = [\"Иванов\"]\nabsent = [{ person = \"Ивонов\", from = 2026-09-01, to = 2026-09-20 }]",
        "строка 26: человек «Ивонов» не назван ни среди проживающих, ни среди собственников этого помещения (возможно, «Иванов»); исправьте имя",
    );
    let paid = "[[payment]]\naccount = \"41001\"\nday = 2026-09-10\namount = 100.00\nname = \"касса\"\n\n";
    let with = |payment: &str| format!("{paid}[[payment]]\naccount = \"41001\"\n{payment}\n\n[[operation]]");
    refused(
        "[[operation]]",
        &with("day = 2026-09-11\namount = 99.00\nreverses = \"касса\""),
        "строка 34: возврат снимает платёж целиком и не раньше его дня: 10.09.2026 заплачено 100.00 ₽; исправьте сумму или день",
    );
    refused(
        "[[operation]]",
        &with("day = 2026-09-11\namount = 1.00\nname = \"касса\""),
        "строка 38: платёж «касса» уже описан выше; дайте другое имя",
    );
    refused(
        "[[operation]]",
        &with("day = 2026-09-11\namount = -1.00"),
        "строка 37: поле «amount»: здесь пишется сумма больше нуля, например 615.21; исправьте значение",
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
         area_total, area_living, area_heated, persons, meter, two_component, waters, quantity, ready, house_meter, heating, house_hot_water, house_by_volume, common_norm, common_average, common_fact, common_utility, common_utility_whole, containers_persons, containers_area",
    );
}

#[test]
fn times() {
    refused(
        "value = 31.74",
        "value = 31.74, from = 2026-09-01, to = 2026-09-01",
        "строка 12: период кончается не позже, чем начинается; исправьте его дни",
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
