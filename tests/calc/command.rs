//! `kvartal calc` as whoever types it sees it.

use std::io::Write;
use std::process::{Command, Output, Stdio};

const FILE: &str = r#"title = "Сколько стоит ещё один прописанный"
from = "2026-08"
month = "2026-09"
as_of = 2026-11-20
service = [{ code = "cold_water", name = "Холодная вода", unit = "м³", scale = 3 }]
tariff = [{ name = "вода", rate = [{ value = 47.36 }] }]
norm = [{ name = "вода", value = [{ value = 4.33 }] }]

[[house]]
name = "Садовая, 1"
plan = [{ service = "cold_water", provider = "Водоканал", method = "persons", tariff = "вода", norm = "вода" }]

[[house.premises]]
name = "кв. 1"
resident = ["Иванов", "Иванова", { person = "Петров", from = 2026-09-13 }]
account = [{ number = "41001" }]

[[payment]]
account = "41001"
day = 2026-09-20
amount = 410.14
"#;

fn calc(words: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvartal"));
    command.arg("calc").args(words).env_remove("KVARTAL_URL");
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_bill_is_told_with_its_reasons_its_balance_and_its_penalty() {
    let output = calc(&["-"], FILE);
    assert!(output.status.success(), "{}", said(&output.stderr));
    let told = said(&output.stdout);
    // 2 × 4,33 × 47,36 = 410,14; в сентябре 2,6 человека: 11,258 м³ × 47,36 = 533,18 (dossier § 4.1)
    for phrase in [
        "Счёт 41001, август 2026",
        "8,660 м³ × 47,36 ₽ = 410,14 ₽",
        "11,258 м³ × 47,36 ₽ = 533,18 ₽",
        "354 п. 42, Прил. 2 ф. 4",
        "К оплате с учётом аванса: 533,18",
    ] {
        assert!(told.replace('\u{a0}', " ").contains(phrase), "«{phrase}» is missing in\n{told}");
    }
    // Срок сентября 15.10; с 31-го дня просрочки 15.11 по 20.11: 533,18 × 6 × 9,5 % ÷ 300 = 1,013
    assert!(told.replace('\u{a0}', " ").contains("Пени по 20.11.2026: 1,01 ₽"), "{told}");
}

#[test]
fn brief_leaves_the_reasons_out() {
    let told = said(&calc(&["-", "--brief"], FILE).stdout);
    assert!(told.contains("533,18") && !told.contains("Прил. 2"), "{told}");
}

#[test]
fn another_program_gets_the_same_numbers() {
    let told = said(&calc(&["-", "--json"], FILE).stdout);
    let answer: serde_json::Value = serde_json::from_str(&told).unwrap();
    let month = &answer["accounts"][0]["months"][1];
    assert_eq!(month["month"], "2026-09");
    assert_eq!(month["lines"][0]["service"], "cold_water");
    assert_eq!(month["lines"][0]["amount"].to_string().trim_matches('"'), "533.18");
    assert_eq!(answer["accounts"][0]["closing"].to_string().trim_matches('"'), "533.18");
}

#[test]
fn a_mistake_is_one_sentence_with_its_line() {
    let output = calc(&["-"], &FILE.replace("method = \"persons\", ", ""));
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(said(&output.stderr), "ввод:11: в разделе «plan» не хватает поля «method»; допишите его.\n");
    let output = calc(&["-", "--account", "7"], FILE);
    assert_eq!(said(&output.stderr), "Лицевого счёта «7» в файле нет; проверьте номер.\n");
    let output = calc(&["нет-такого.toml"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stderr).contains("нет-такого.toml"), "{}", said(&output.stderr));
    let output = calc(&["-", "--as-of", "9999-12-31"], FILE);
    assert!(
        !output.status.success() && said(&output.stderr).contains("9999-12-31"),
        "{}",
        said(&output.stderr)
    );
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kvartal"));
    let mut child = command.args(["calc", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&[0xd2, 0xc5, 0x00]).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(said(&output.stderr), "Стандартный ввод не читается: это не текст в кодировке UTF-8\n");
}

#[test]
fn what_the_file_expects_is_compared() {
    let right = "\n[[expect]]\naccount = \"41001\"\nmonth = \"2026-08\"\ntotal = 410.14\nline = \
                 [{ service = \"cold_water\", volume = 8.66, rate = 47.36, amount = 410.14 }]\n";
    assert!(calc(&["-"], &format!("{FILE}{right}")).status.success());
    let output = calc(&["-"], &format!("{FILE}{}", right.replace("410.14", "410.15")));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output.stdout).contains("ожидалось 410.15"), "{}", said(&output.stdout));
    assert!(said(&output.stderr).contains("расхождений: 2"), "{}", said(&output.stderr));
}
