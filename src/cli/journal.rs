//! `kvartal journal`: who changed what, when, on what ground.

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::db::error::DbError;

/// Журнал операций, новые сверху
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Сколько операций показать
    #[arg(long, value_name = "ЧИСЛО", default_value_t = 20)]
    limit: i64,
    /// Показать и содержание операций
    #[arg(long)]
    args: bool,
}

/// Prints the journal.
///
/// # Errors
/// The database is not available, or the output is closed.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let client = args.database.connect("journal").await?;
    let rows = client
        .query(
            "select to_char(at, 'DD.MM.YYYY HH24:MI:SS'), operator::text, title, coalesce(ground, ''), id::text, args::text
             from admin.journal order by known desc limit $1",
            &[&args.limit],
        )
        .await
        .map_err(|error| CliError::refused(DbError::from(error)))?;
    for row in &rows {
        let column = |at: usize| row.get::<_, &str>(at);
        console::line(format_args!(
            "{}  {}  {:<14} {}  {}",
            column(4),
            column(0),
            column(1),
            column(2),
            column(3)
        ))?;
        if args.args {
            console::line(format_args!("    {}", row.get::<_, Option<&str>>(5).unwrap_or_default()))?;
        }
    }
    Ok(())
}
