//! Which screen files a tool works on: those inside the program, those of a folder laid over them, or given ones.

use std::path::Path;

use super::super::CliError;
use crate::app::library::{self, Unreadable};
use crate::db::custom;
use crate::screen::set::Files;

/// The screens of the program, with those of `KVARTAL_DEV` laid over them.
///
/// # Errors
/// The folder cannot be read.
pub(super) fn all() -> Result<Files, CliError> {
    library::laid_over(&custom::Files::new(), library::folder().as_deref()).map_err(unreadable)
}

/// One file under the name the others know it by: its module and its own name.
///
/// # Errors
/// The file cannot be read.
pub(super) fn given(path: &Path) -> Result<(String, String), CliError> {
    let last_two: Vec<_> = path.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
    let name: Vec<_> = last_two.into_iter().rev().collect();
    Ok((name.join("/"), library::text(path).map_err(unreadable)?))
}

fn unreadable(error: Unreadable) -> CliError {
    CliError::refused(error)
}
