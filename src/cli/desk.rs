//! `kvartal` alone, or `kvartal desk`: the workstation.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Local;
use uuid::Uuid;

use super::CliError;
use super::database::DatabaseArgs;
use crate::app::{self, AppError, Setup};
use crate::engine::desk::{Config, Desk};
use crate::keymap::Keymap;
use crate::locale::Lang;
use crate::screen::set::{self, Set};

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
    let setup = Setup { address: args.database.server()?, folders: None };
    app::start(setup, |beginning| {
        Desk::new(config(beginning.lang), Local::now().naive_local(), beginning.size)
    })
    .await
    .map_err(CliError::from)
}

fn config(lang: Lang) -> Config {
    let language = match lang {
        Lang::Ru => "ru",
        Lang::En => "en",
    };
    let set = Set::of(&set::embedded(), language);
    for wrong in &set.wrong {
        tracing::error!(%wrong, "a screen file is wrong");
    }
    let screens: BTreeMap<_, _> =
        set.screens.into_iter().map(|(name, screen)| (name, Arc::new(screen))).collect();
    Config {
        keymap: Keymap::builtin().clone(),
        screens: Arc::new(screens),
        lang,
        seed: Uuid::new_v4(),
        quiet: false,
    }
}

impl From<AppError> for CliError {
    fn from(error: AppError) -> Self {
        Self::refused(error)
    }
}
