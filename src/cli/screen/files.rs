//! Which screen files a tool works on: those inside the program, those of a folder laid over them, or given ones.

use std::path::Path;

use super::super::CliError;
use crate::app::library::{self, Unreadable};
use crate::db::custom;
use crate::engine::model::Screen;
use crate::screen::ScreenError;
use crate::screen::set::{Files, Set};
use crate::strict::nearest::hint;

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

/// A screen by its code or name. Where there is none, it may be one of those that were not understood: what is wrong with them is told.
///
/// # Errors
/// There is no such screen, or its file is no screen.
pub(super) fn find<'a>(set: &'a Set, wanted: &str) -> Result<&'a Screen, CliError> {
    let is_it = |wrong: &&ScreenError| wrong.file.strip_suffix(".toml") == Some(wanted);
    let told =
        |wrong: Vec<&ScreenError>| wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let own: Vec<_> = set.wrong.iter().filter(is_it).collect();
    if !own.is_empty() {
        return Err(CliError::Refused(told(own)));
    }
    set.find(wanted).ok_or_else(|| {
        let all = set.screens.values().flat_map(|screen| [screen.code.as_str(), screen.name.as_str()]);
        let wrong: Vec<_> = set.wrong.iter().collect();
        CliError::Refused(match wrong.is_empty() {
            true => format!("Экрана «{wanted}» нет; {}.", hint(wanted, all)),
            false => format!("Экрана «{wanted}» нет среди понятых; не поняты:\n{}", told(wrong)),
        })
    })
}

fn unreadable(error: Unreadable) -> CliError {
    CliError::refused(error)
}
