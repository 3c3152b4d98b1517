//! What has to be known of a new centre, asked at the terminal or read from a file; checked before anything is made.

use std::io::{BufRead, Write};
use std::path::Path;

use crate::cli::{CliError, file};

use crate::calc::period::Month;
use crate::strict::table::{Refuser, Section, parse};
use crate::strict::{Fault, Located};

/// The answers, each of them usable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// Name of the centre.
    pub centre: String,
    /// First month kept here.
    pub first_month: Month,
    /// Login of the first administrator, `kv_…`.
    pub login: String,
    /// Their full name.
    pub full_name: String,
}

/// The questions, in the order they are asked: key of the file, words at the terminal.
const QUESTIONS: [(&str, &str); 4] = [
    ("centre", "Название расчётного центра"),
    ("first_month", "Первый месяц учёта (например 2026-09)"),
    ("login", "Логин администратора (kv_…)"),
    ("full_name", "Фамилия, имя, отчество администратора"),
];

/// What may be wrong with a file of answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Wrong {
    #[error(transparent)]
    Toml(#[from] Fault),
    #[error("{0}")]
    Answer(String),
}

/// Reads a file of answers.
///
/// # Errors
/// All that is wrong with it, line by line.
pub fn read(path: &Path) -> Result<Answers, CliError> {
    of_text(&file::text("Файл ответов", path)?).map_err(|wrong| {
        let told = wrong
            .iter()
            .map(|one| format!("Файл ответов {}, строка {}: {}", path.display(), one.line, one.problem));
        CliError::Refused(told.collect::<Vec<_>>().join("\n"))
    })
}

fn of_text(text: &str) -> Result<Answers, Vec<Located<Wrong>>> {
    let mut refuser = Refuser::new(text);
    let Some(parsed) = parse(&mut refuser) else { return refuser.finish(None) };
    let root = Section::new("файле ответов".to_owned(), parsed.span(), parsed.get_ref());
    root.only(&mut refuser, &QUESTIONS.map(|(key, _)| key));
    let [centre, month, login, full_name] = QUESTIONS.map(|(key, _)| {
        let Some(_) = root.get(key) else {
            root.missing(&mut refuser, key);
            return None;
        };
        let (span, answer) = root.text(&mut refuser, key)?;
        match checked(key, answer) {
            Ok(answer) => Some(answer),
            Err(sentence) => {
                refuser.refuse(&span, Wrong::Answer(sentence));
                None
            }
        }
    });
    let answers = (|| {
        Some(Answers {
            centre: centre?,
            first_month: month?.parse().ok()?,
            login: login?,
            full_name: full_name?,
        })
    })();
    refuser.finish(answers)
}

/// The answer without blanks around it, or the sentence that says what it must be.
fn checked(key: &str, answer: &str) -> Result<String, String> {
    let answer = answer.trim();
    match key {
        _ if answer.is_empty() => Err(format!("ответ «{key}» пуст; напишите его")),
        "first_month" => {
            answer.parse::<Month>().map(|_| answer.to_owned()).map_err(|error| error.to_string())
        }
        "login" if !is_login(answer) => Err(format!(
            "логин «{answer}» не годится; он начинается с kv_ и состоит из латинских строчных букв, цифр и подчёркиваний, всего до 43 знаков"
        )),
        _ => Ok(answer.to_owned()),
    }
}

/// As `admin.user_make` has it.
fn is_login(text: &str) -> bool {
    let tail = text.strip_prefix("kv_").unwrap_or_default();
    (1..=40).contains(&tail.len())
        && tail.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// Asks at the terminal; an answer that cannot be used is told and asked again.
///
/// # Errors
/// When the input ends before all is answered.
pub fn ask() -> Result<Answers, CliError> {
    let [centre, month, login, full_name] = QUESTIONS.map(|(key, words)| question(key, words));
    let (centre, month) = (centre?, month?);
    Ok(Answers {
        centre,
        first_month: month.parse().map_err(CliError::refused)?,
        login: login?,
        full_name: full_name?,
    })
}

fn question(key: &str, words: &str) -> Result<String, CliError> {
    let mut out = std::io::stderr();
    loop {
        write!(out, "{words}: ")?;
        out.flush()?;
        let mut line = String::new();
        if std::io::stdin().lock().read_line(&mut line)? == 0 {
            writeln!(out)?;
            return Err(CliError::Refused(format!(
                "«{words}»: ответа нет. Ответьте или дайте файл ответов (--answers)."
            )));
        }
        match checked(key, &line) {
            Ok(answer) => return Ok(answer),
            Err(sentence) => writeln!(out, "{sentence}")?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        of_text(text).unwrap_err().iter().map(|one| format!("{}: {}", one.line, one.problem)).collect()
    }

    #[test]
    fn all_answers_make_a_centre() {
        let text =
            "centre = \"РКЦ\"\nfirst_month = \"2026-09\"\nlogin = \"kv_boss\"\nfull_name = \" Ильина Анна \"";
        let answers = of_text(text).unwrap();
        assert_eq!((answers.centre.as_str(), answers.full_name.as_str()), ("РКЦ", "Ильина Анна"));
    }

    #[test]
    fn everything_wrong_is_told_at_once_with_its_line() {
        let text = "centre = \" \"\nfirst_month = \"2026-13\"\nlogin = \"boss\"\nful_name = \"Ильина\"";
        assert_eq!(
            told(text),
            [
                "1: ответ «centre» пуст; напишите его",
                "1: в файле ответов нет ключа «full_name»; допишите его",
                "2: «2026-13» — не месяц; месяц пишется так: 2026-09",
                "3: логин «boss» не годится; он начинается с kv_ и состоит из латинских строчных букв, цифр и подчёркиваний, всего до 43 знаков",
                "4: в файле ответов не бывает ключа «ful_name»; похоже на «full_name»",
            ]
        );
    }
}
