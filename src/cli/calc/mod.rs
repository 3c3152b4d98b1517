//! `kvartal calc`: what follows from the facts of a file, without a database — for the help desk («а если бы…») and for an
//! auditor who checks a bill. `docs/calc.md` describes the file.

mod beside;
mod json;
mod text;

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};

use super::{CliError, console, file};
use crate::calc::period::YEARS;
use crate::format::case::{
    self, AnsweredClaim, Case, Difference, Played, Statement, claims, differences, play, read, statements,
};

/// Рассчитать начисления, перерасчёты, пени и сальдо по сведениям из файла, без базы данных
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Файл со сведениями о доме и счетах (порядок записи — в docs/calc.md); «-» — стандартный ввод
    #[arg(value_name = "ФАЙЛ")]
    file: PathBuf,
    /// Только этот лицевой счёт
    #[arg(long, value_name = "СЧЁТ")]
    account: Option<String>,
    /// День, по который считаются пени, например 2026-11-20; иначе тот, что назван в файле
    #[arg(long, value_name = "ДЕНЬ", value_parser = day)]
    as_of: Option<NaiveDate>,
    /// Печатать JSON вместо текста
    #[arg(long, conflicts_with = "brief")]
    json: bool,
    /// Только итоговые строки, без объяснений
    #[arg(long)]
    brief: bool,
}

/// What came out of a file, for whoever shows it.
struct Answer<'a> {
    case: &'a Case,
    played: &'a Played,
    statements: &'a [Statement],
    claims: &'a [AnsweredClaim],
    differences: &'a [Difference],
}

/// Calculates and shows. A file that says what must come out is compared with what did.
///
/// # Errors
/// A mistake of the file with its line; a difference from what the file expects; an unknown account.
pub fn run(args: &Args) -> Result<(), CliError> {
    let (name, text) = input(&args.file)?;
    let mut case = read(&text).map_err(|error| refusal(&name, &error))?;
    case.as_of = args.as_of.or(case.as_of);
    if let Some(number) = &args.account {
        keep(&mut case, number)?;
    }
    let played = play(&case);
    let statements = statements(&case, &played, case.as_of).map_err(CliError::refused)?;
    let claims = claims(&case, &played).map_err(CliError::refused)?;
    let found = differences(&case, &played);
    let answer = Answer {
        case: &case,
        played: &played,
        statements: &statements,
        claims: &claims,
        differences: &found,
    };
    if args.json {
        console::line(format_args!("{:#}", json::answer(&answer)))?;
    } else {
        console::text(text::answer(&answer, args.brief))?;
    }
    if found.is_empty() {
        return Ok(());
    }
    let count = found.len();
    Err(CliError::Refused(format!("{name}: получилось не то, что ожидает файл; расхождений: {count}.")))
}

/// The text of the file, and the name it is spoken of by.
fn input(path: &Path) -> Result<(String, String), CliError> {
    if path.as_os_str() == "-" {
        return Ok(("ввод".to_owned(), file::text("Файл", path)?));
    }
    Ok((path.display().to_string(), file::text("Файл", path)?))
}

/// A day of a year that bills are of.
fn day(written: &str) -> Result<NaiveDate, String> {
    let day: NaiveDate = written.parse().map_err(|_| "день пишется год-месяц-день: 2026-11-20".to_owned())?;
    if YEARS.contains(&day.year()) {
        return Ok(day);
    }
    Err(format!("год бывает с {} по {}", YEARS.start(), YEARS.end()))
}

/// `дело.toml:16: в разделе «plan» не хватает поля «method»; допишите его.`
fn refusal(name: &str, error: &case::CaseError) -> CliError {
    CliError::Refused(format!("{name}:{}: {}.", error.line, error.mistake))
}

/// Asks for one account only. Its neighbours stay: the house is shared with them.
fn keep(case: &mut Case, number: &str) -> Result<(), CliError> {
    let mut accounts =
        case.facts.houses.iter().flat_map(|house| &house.premises).flat_map(|one| &one.accounts);
    let Some(account) = accounts.find(|account| account.number == number).map(|account| account.id) else {
        return Err(CliError::Refused(format!("Лицевого счёта «{number}» в файле нет; проверьте номер.")));
    };
    case.only = Some(account);
    case.expected.retain(|expected| expected.account == account);
    Ok(())
}
