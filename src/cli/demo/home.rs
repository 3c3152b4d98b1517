//! The directory of a town: one command at a time works in it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::process::Process;
use crate::cli::{CliError, file};

/// Where the town lies when nothing else is said: the place of the user's data (XDG Base Directory).
pub(super) fn usual() -> Result<PathBuf, CliError> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let data = named("XDG_DATA_HOME").or_else(|| Some(named("HOME")?.join(".local/share")));
    data.map(|data| data.join("kvartal/demo")).ok_or_else(|| {
        CliError::Usage("Не задана переменная HOME: укажите каталог города (--dir).".to_owned())
    })
}

/// A directory that is ours while this lives.
pub(super) struct Home {
    dir: PathBuf,
    lock: PathBuf,
}

impl Home {
    /// Makes the directory where there is none, and keeps other commands out of it.
    pub(super) fn enter(dir: &Path) -> Result<Self, CliError> {
        let failed = |error: io::Error| {
            CliError::Refused(format!(
                "Каталог «{}» не годится ({}): проверьте права и свободное место или укажите другой (--dir).",
                dir.display(),
                file::reason(&error)
            ))
        };
        fs::create_dir_all(dir).map_err(failed)?;
        let dir = dir.canonicalize().map_err(failed)?;
        let lock = dir.join("demo.pid");
        if let Some(other) = Process::remembered(&lock).filter(|other| other.id != std::process::id()) {
            return Err(CliError::Refused(format!(
                "Этот город уже готовит другая команда (процесс {}): дождитесь её.",
                other.id
            )));
        }
        if let Some(own) = Process::living(std::process::id()) {
            own.remember(&lock).map_err(failed)?;
        }
        Ok(Self { dir, lock })
    }

    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // A file left behind names a process that is no more, and keeps nobody out.
        let _ = fs::remove_file(&self.lock);
    }
}
