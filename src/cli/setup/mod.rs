//! `kvartal setup`: makes a real centre out of an empty server, and says what is still missing.

mod answers;

use std::path::PathBuf;

use answers::Answers;

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::db::config::Address;
use crate::db::connect::connect;
use crate::db::error::DbError;
use crate::db::migrate::migrate;
use crate::job::setup;

/// Создать расчётный центр: база, роли, первый администратор, организация, первый месяц, обработчик
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Файл ответов в TOML вместо вопросов: centre, first_month, login, full_name
    #[arg(long, value_name = "ФАЙЛ")]
    answers: Option<PathBuf>,
}

/// Makes the centre; safe to run again.
///
/// # Errors
/// Why a step could not be done; the steps before it stand.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let address = args.database.address()?;
    let answers = match &args.answers {
        Some(file) => answers::read(file)?,
        None => answers::ask()?,
    };
    create_database(&address).await?;
    let mut client = connect(&address, "kvartal setup").await?;
    let report = migrate(&mut client).await.map_err(CliError::refused)?;
    console::line(format_args!("База {}: миграций применено {}.", address.database(), report.applied.len()))?;
    setup::centre(&client, &answers.centre).await.map_err(CliError::refused)?;
    let opened = setup::first_month(&client, answers.first_month).await.map_err(CliError::refused)?;
    console::line(match opened {
        None => format!("Открыт первый месяц {}.", answers.first_month),
        Some(month) if month == answers.first_month => format!("Первый месяц {month} уже открыт."),
        Some(month) => format!("Первый месяц уже есть, это {month}; {} не открывается.", answers.first_month),
    })?;
    administrator(&mut client, &answers).await?;
    worker(&client, &address).await?;
    let missing = setup::missing(&client).await.map_err(CliError::refused)?;
    if missing.is_empty() {
        return console::line("Всё готово к работе.");
    }
    console::line("Ещё не хватает:")?;
    missing.iter().try_for_each(|sentence| console::line(format_args!("  - {sentence}")))
}

/// Makes the database named in the address, if it is not there.
async fn create_database(address: &Address) -> Result<(), CliError> {
    let client = connect(&address.with_database("postgres"), "kvartal setup").await?;
    let refused = |error: crate::db::driver::Error| CliError::refused(DbError::from(error));
    let name = address.database();
    let known =
        client.query_opt("select from pg_database where datname = $1", &[&name]).await.map_err(refused)?;
    if known.is_some() {
        return Ok(());
    }
    let create = "select format('create database %I encoding ''UTF8'' template template0', $1::text)";
    let statement: String = client.query_one(create, &[&name]).await.map_err(refused)?.get(0);
    client.batch_execute(&statement).await.map_err(refused)?;
    console::line(format_args!("Создана база {name}."))
}

/// A one-time password: it is printed once and must be changed at the first login.
async fn administrator(client: &mut crate::db::driver::Client, answers: &Answers) -> Result<(), CliError> {
    let known = client
        .query_opt("select from admin_data.operator where login = $1::text::name", &[&answers.login])
        .await
        .map_err(|error| CliError::refused(DbError::from(error)))?;
    if known.is_some() {
        return console::line(format_args!("Администратор {} уже есть, пароль прежний.", answers.login));
    }
    let password = one_time_password();
    setup::administrator(client, &answers.login, &answers.full_name, &password)
        .await
        .map_err(CliError::refused)?;
    console::line(format_args!(
        "Администратор {}: одноразовый пароль {password} (больше не покажем; сменить при первом входе).",
        answers.login
    ))
}

/// Gives the worker a password and prints its service unit; a password once given stays.
async fn worker(client: &crate::db::driver::Client, address: &Address) -> Result<(), CliError> {
    let known = "select rolpassword is not null from pg_authid where rolname = 'kvartal_worker'";
    let row = client.query_one(known, &[]).await.map_err(|error| CliError::refused(DbError::from(error)))?;
    if row.get(0) {
        return console::line("Пароль обработчика уже задан.");
    }
    let password = one_time_password();
    setup::worker_login(client, &password).await.map_err(CliError::refused)?;
    // A percent sign has a meaning of its own in a unit file.
    let url = address.with_login("kvartal_worker", &password).url().replace('%', "%%");
    console::line(format_args!("Служба обработчика (/etc/systemd/system/kvartal-worker.service):\n"))?;
    console::line(format_args!(
        "[Unit]\nDescription=Kvartal worker\nAfter=postgresql.service\n\n[Service]\n\
         Environment=\"KVARTAL_URL={url}\"\n\
         ExecStart=/usr/local/bin/kvartal worker\nRestart=always\nDynamicUser=yes\n\n\
         [Install]\nWantedBy=multi-user.target\n"
    ))
}

/// Sixteen letters and digits that are not mistaken for one another, from the system's randomness.
fn one_time_password() -> String {
    const SIGNS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let bytes = [*uuid::Uuid::new_v4().as_bytes(), *uuid::Uuid::new_v4().as_bytes()].concat();
    // The fixed bits of a UUID stand in bytes 6 and 8 of each; they are left out.
    let free = bytes.iter().enumerate().filter(|(place, _)| place % 16 != 6 && place % 16 != 8);
    free.take(16).map(|(_, byte)| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])).collect()
}
