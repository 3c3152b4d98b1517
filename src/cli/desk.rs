//! `kvartal` alone, or `kvartal desk`: the workstation.

use std::sync::Arc;

use chrono::Local;
use uuid::Uuid;

use super::CliError;
use super::database::DatabaseArgs;
use crate::app::start::Beginning;
use crate::app::{self, AppError, Setup};
use crate::db::config::Address;
use crate::engine::desk::{Config, Desk};
use crate::keymap::Keymap;

/// Открыть рабочее место
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Runs the workstation to its end.
///
/// # Errors
/// The terminal will not do, or the program failed; a sentence each.
pub async fn run(args: &Args) -> Result<(), CliError> {
    open(args.database.server()?).await
}

/// Opens the workstation on a server.
///
/// # Errors
/// As [`run`].
pub(super) async fn open(address: Address) -> Result<(), CliError> {
    let setup = Setup { address, folders: None };
    app::start(setup, |beginning: Beginning| {
        Desk::new(config(&beginning), Local::now().naive_local(), beginning.size)
    })
    .await
    .map_err(CliError::from)
}

fn config(beginning: &Beginning) -> Config {
    Config {
        keymap: Keymap::builtin().clone(),
        screens: Arc::clone(&beginning.screens),
        lang: beginning.lang,
        seed: Uuid::new_v4(),
        quiet: false,
    }
}

impl From<AppError> for CliError {
    fn from(error: AppError) -> Self {
        Self::refused(error)
    }
}
