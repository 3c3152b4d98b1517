//! `kvartal worker`: the hand that writes amounts.

use tokio::sync::watch;

use super::database::DatabaseArgs;
use super::{CliError, console};
use crate::job::worker::{self, WorkerError};

/// Обработчик: показывает разницу, пересчитывает изменённые дома, ведёт долгие задания
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Works until it is asked to stop (SIGTERM, SIGINT); what is under way is finished or rolled back.
///
/// # Errors
/// When the server cannot be reached or is lost.
pub async fn run(args: &Args) -> Result<(), CliError> {
    let address = args.database.address()?;
    if address.login() != "kvartal_worker" {
        return Err(CliError::Refused(format!(
            "Обработчик входит под логином kvartal_worker, а в адресе «{}»: исправьте адрес.",
            address.login()
        )));
    }
    let (ask, asked) = watch::channel(false);
    tokio::spawn(async move {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminated) = terminated {
            terminated.recv().await;
            // The worker has left already if nobody hears.
            let _ = ask.send(true);
        }
    });
    console::remark("Обработчик работает.");
    worker::run(&address, asked).await.map_err(|error| match error {
        WorkerError::Connect(error) => error.into(),
        WorkerError::Db(error) => CliError::refused(error),
    })
}
