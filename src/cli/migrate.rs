//! `kvartal migrate`: creates or upgrades a database, as a whole or not at all.

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::db::custom;
use crate::db::migrate::{MigrateError, migrate};

/// Создать базу или обновить её до этой программы: целиком или никак
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Migrates and says what was done.
///
/// # Errors
/// Why the database was left as it was.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let mut client = args.database.connect("migrate").await?;
    let report = migrate(&mut client).await.map_err(explain)?;
    for name in &report.applied {
        console::line(format_args!("применена миграция {name}"))?;
    }
    console::line(format_args!(
        "Миграций применено: {}, было: {}; файлов программного интерфейса создано заново: {}.",
        report.applied.len(),
        report.already,
        report.api_files
    ))?;
    let own = custom::read(&client).await.map_err(CliError::refused)?;
    for told in super::custom::wrong(&client, &own).await? {
        console::line(format_args!("Свой файл не подходит к этой программе: {told}"))?;
    }
    Ok(())
}

fn explain(error: MigrateError) -> CliError {
    if let MigrateError::File { file, source } = &error {
        tracing::error!(file, error = ?source, "migration failed");
    }
    CliError::refused(error)
}
