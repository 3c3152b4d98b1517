//! Which screen files a tool works on: those inside the program, those of a folder laid over them, or given ones.

use std::fs;
use std::path::Path;

use super::super::CliError;
use crate::screen::set::{Files, embedded};

/// The screens of the program, with those of `KVARTAL_DEV` laid over them.
///
/// # Errors
/// The folder cannot be read.
pub(super) fn all() -> Result<Files, CliError> {
    let mut files = embedded();
    if let Some(folder) = std::env::var_os("KVARTAL_DEV") {
        let folder = Path::new(&folder).join("screens");
        lay(&folder, &folder, &mut files)?;
    }
    Ok(files)
}

fn lay(root: &Path, folder: &Path, files: &mut Files) -> Result<(), CliError> {
    for entry in fs::read_dir(folder).map_err(|_| unreadable(folder))? {
        let path = entry?.path();
        if path.is_dir() {
            lay(root, &path, files)?;
        } else if path.extension().is_some_and(|end| end == "toml")
            && let Ok(name) = path.strip_prefix(root)
        {
            files.insert(name.to_string_lossy().replace('\\', "/"), text(&path)?);
        }
    }
    Ok(())
}

/// One file under the name the others know it by: its module and its own name.
///
/// # Errors
/// The file cannot be read.
pub(super) fn given(path: &Path) -> Result<(String, String), CliError> {
    let last_two: Vec<_> = path.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
    let name: Vec<_> = last_two.into_iter().rev().collect();
    Ok((name.join("/"), text(path)?))
}

fn text(path: &Path) -> Result<String, CliError> {
    fs::read_to_string(path).map_err(|_| unreadable(path))
}

fn unreadable(path: &Path) -> CliError {
    CliError::Refused(format!("Не прочитать {}: проверьте имя, права и кодировку UTF-8.", path.display()))
}
