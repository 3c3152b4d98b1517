//! `kvartal job`: what the worker is busy with, how to stop it and how to try again.

use uuid::Uuid;

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::db::error::DbError;
use crate::locale::{Lang, Words};

/// Долгие задания: список, отмена, повтор
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Отменить задание с этим номером
    #[arg(long, value_name = "НОМЕР")]
    cancel: Option<Uuid>,
    /// Повторить задание с этим номером, если оно не вышло
    #[arg(long, value_name = "НОМЕР", conflicts_with = "cancel")]
    again: Option<Uuid>,
}

/// Lists jobs, cancels one, or has a failed one done again.
///
/// # Errors
/// The refusal.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let client = args.database.connect("job").await?;
    if let Some(id) = args.cancel {
        client.execute("select admin.job_cancel($1)", &[&id]).await.map_err(refused)?;
        return console::line(format_args!("Задание {id} отменяется."));
    }
    if let Some(id) = args.again {
        client.execute("select admin.job_again($1)", &[&id]).await.map_err(refused)?;
        return console::line(format_args!("Задание {id} поставлено в очередь снова."));
    }
    let rows = client
        .query(
            "select id::text, title, operator::text, state, coalesce(stage, ''), done, coalesce(total, 0)
             from admin.jobs order by number desc limit 20",
            &[],
        )
        .await
        .map_err(refused)?;
    let words = Words::of(Lang::Ru);
    for row in &rows {
        let column = |at: usize| row.get::<_, &str>(at);
        let (done, total): (i64, i64) = (row.get(5), row.get(6));
        let state = words.text(&format!("choice-job_state-{}", column(3)));
        let progress =
            if column(3) == "done" { String::new() } else { format!("{} {done}/{total}", column(4)) };
        let line = format!("{}  {:<20} {:<14} {state:<10} {progress}", column(0), column(1), column(2));
        console::line(line.trim_end())?;
    }
    Ok(())
}

fn refused(error: crate::db::driver::Error) -> CliError {
    CliError::refused(DbError::from(error))
}
