//! Where templates come from: the program, with a customer's own and those of a folder laid over them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::db::custom;
use crate::document::template::{Files, Templates, embedded};

/// The folder whose files are laid over those of the program: for whoever writes screens and templates.
pub const VARIABLE: &str = "KVARTAL_DEV";

/// The folder of the environment.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from)
}

/// A file could not be read.
#[derive(Debug, thiserror::Error)]
#[error("Не прочитать {}: проверьте имя, права и кодировку UTF-8", .0.display())]
pub struct Unreadable(pub PathBuf);

/// The templates of the program with those below `reports` of a folder laid over them.
///
/// # Errors
/// The folder cannot be read.
pub fn templates(folder: Option<&Path>) -> Result<Templates, Unreadable> {
    customized(&custom::Files::new(), folder)
}

/// The same with a customer's own files laid over those of the program; the folder of whoever is writing one goes before them.
///
/// # Errors
/// The folder cannot be read.
pub fn customized(own: &custom::Files, folder: Option<&Path>) -> Result<Templates, Unreadable> {
    let mut files = embedded();
    files.extend(custom::below(own, "reports"));
    if let Some(root) = folder.map(|folder| folder.join("reports")).filter(|root| root.is_dir()) {
        gather(&root, &root, &mut files)?;
    }
    Ok(Templates::of(files))
}

fn gather(root: &Path, folder: &Path, files: &mut Files) -> Result<(), Unreadable> {
    let unreadable = |path: &Path| Unreadable(path.to_path_buf());
    for entry in fs::read_dir(folder).map_err(|_| unreadable(folder))? {
        let path = entry.map_err(|_| unreadable(folder))?.path();
        if path.is_dir() {
            gather(root, &path, files)?;
        } else if path.extension().is_some_and(|end| end == "md" || end == "toml")
            && path.file_name().is_some_and(|name| name != "README.md")
            && let Ok(name) = path.strip_prefix(root)
        {
            let text = fs::read_to_string(&path).map_err(|_| unreadable(&path))?;
            files.insert(name.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(())
}
