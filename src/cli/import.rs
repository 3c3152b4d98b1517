//! `kvartal import`: data of other programs.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::brought;
use super::database::DatabaseArgs;
use super::{CliError, console, file};
use crate::calc::money::Money;
use crate::format::legacy::{LegacyData, Reconciled};
use crate::format::profile::Profile;
use crate::job::door::Session;
use crate::job::import::{self, Found};

/// Перенести данные другой программы
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Файлы старой программы (CSV, DBF) по профилю
    Legacy(Legacy),
    /// Показания приборов или реестр платежей (CSV): что это, узнаётся по заголовку
    File(brought::Args),
}

#[derive(Debug, clap::Args)]
struct Legacy {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Профиль: что в каком файле и столбце (docs/import.md)
    #[arg(long, value_name = "ФАЙЛ")]
    profile: PathBuf,
    /// Основание переноса: договор, распоряжение
    #[arg(long, value_name = "ТЕКСТ", default_value = "перенос данных старой программы")]
    ground: String,
    /// Только прочитать и сверить, ничего не записывая
    #[arg(long)]
    dry_run: bool,
    /// Каталог с файлами; «-» — единственный файл профиля со стандартного ввода
    #[arg(value_name = "КАТАЛОГ")]
    dir: PathBuf,
}

/// Imports, or tries to.
///
/// # Errors
/// What is wrong with the profile or the files, or the refusal of the door.
pub async fn run(args: &Args) -> Result<(), CliError> {
    match &args.what {
        What::Legacy(args) => legacy(args).await,
        What::File(args) => brought::run(args).await,
    }
}

async fn legacy(args: &Legacy) -> Result<(), CliError> {
    let profile = Profile::parse(&file::text("Профиль", &args.profile)?).map_err(CliError::refused)?;
    let files = found(&profile, &args.dir)?;
    let session = Session::open(&args.database.address()?, "kvartal import").await?;
    if args.dry_run {
        let (data, totals) = import::read(&session, &profile, &files).await.map_err(CliError::refused)?;
        return report(&data, &totals, None);
    }
    let bar = indicatif::ProgressBar::new_spinner();
    let tell = |accounts: usize| bar.set_message(format!("счетов: {accounts}"));
    let done = import::import(&session, &profile, &files, &args.ground, tell).await;
    bar.finish_and_clear();
    let done = done.map_err(CliError::refused)?;
    report(&done.data, &done.totals, Some(done.accounts))
}

/// The files of a folder, or the one file of the profile from standard input.
fn found(profile: &Profile, dir: &Path) -> Result<Vec<Found>, CliError> {
    if dir == Path::new("-") {
        let [only] = profile.files.as_slice() else {
            return Err(CliError::Usage(
                "Со стандартного ввода читается один файл, а в профиле их несколько: укажите каталог."
                    .to_owned(),
            ));
        };
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(vec![Found { name: only.name.clone(), bytes }]);
    }
    let unreadable = |error: std::io::Error| file::refusal("Каталог", "не читается", dir, &error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else { continue };
        if path.is_file() && profile.files.iter().any(|file| file.fits(&name)) {
            files.push(Found { bytes: std::fs::read(&path).map_err(unreadable)?, name });
        }
    }
    files.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(files)
}

fn report(data: &LegacyData, totals: &[Reconciled], written: Option<i64>) -> Result<(), CliError> {
    for bad in &data.bad {
        console::line(format_args!("{}: {}", bad.at, bad.reason))?;
    }
    console::line(format_args!(
        "Месяц {}; счетов {}, плохих строк {}.",
        data.month,
        data.accounts.len(),
        data.bad.len()
    ))?;
    match written {
        Some(accounts) => console::line(format_args!("Записано новых счетов: {accounts}."))?,
        None => console::line("Ничего не записано: это проба.")?,
    }
    console::line("\nУслуга                          Старая программа    Рассчитано")?;
    for total in totals {
        let name = data.services.iter().find(|service| service.row.code == total.service);
        let name = name.map_or(total.service.as_ref(), |service| service.row.name.as_str());
        let mark = if total.ties() { "" } else { "  не сходится" };
        console::line(format_args!(
            "{:<30} {:>17} {:>13}{mark}",
            name,
            total.source.to_string(),
            total.computed.to_string()
        ))?;
    }
    let source: Money = totals.iter().map(|total| total.source).sum();
    let computed: Money = totals.iter().map(|total| total.computed).sum();
    console::line(format_args!("{:<30} {:>17} {:>13}", "ИТОГО", source.to_string(), computed.to_string()))
}
