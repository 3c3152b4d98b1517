//! The server programs of this machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::ClusterError;

/// The oldest version whose features the database uses (`NULLS NOT DISTINCT`, security-invoker views).
const OLDEST: u32 = 15;

/// One installed version of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) version: u32,
    directory: PathBuf,
}

impl Binaries {
    pub(super) fn newest() -> Result<Self, ClusterError> {
        let found = installed().into_iter().filter(|found| found.version >= OLDEST);
        let wanted = format!("{OLDEST} или новее");
        found.max_by_key(|found| found.version).ok_or(ClusterError::NoServer { wanted })
    }

    /// Data written by one major version is served by that version only.
    pub(super) fn of_version(version: u32) -> Result<Self, ClusterError> {
        let found = installed().into_iter().find(|found| found.version == version);
        found.ok_or(ClusterError::NoServer { wanted: version.to_string() })
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

fn installed() -> Vec<Binaries> {
    candidates().into_iter().filter_map(|directory| inspect(&directory)).collect()
}

/// The search path first; then where Debian and Red Hat keep server programs, which is in nobody's path.
fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<PathBuf> = std::env::split_paths(&path).collect();
    found.extend(versions_below(Path::new("/usr/lib/postgresql")));
    found.extend(versions_below(Path::new("/usr")));
    found
}

fn versions_below(parent: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let named = entries.filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.strip_prefix("pgsql-").unwrap_or(&name).parse::<u32>().is_ok()
    });
    named.map(|entry| entry.path().join("bin")).collect()
}

/// Follows links first: a lone link to one program in the search path leads to where its companions are.
fn inspect(directory: &Path) -> Option<Binaries> {
    let server = directory.join("postgres").canonicalize().ok()?;
    let directory = server.parent()?.to_owned();
    if !directory.join("initdb").exists() || !directory.join("pg_ctl").exists() {
        return None;
    }
    let told = Command::new(&server).arg("--version").output().ok()?;
    let version = major_version(&String::from_utf8_lossy(&told.stdout))?;
    Some(Binaries { version, directory })
}

/// The major number in `postgres (PostgreSQL) 15.18 (Debian 15.18-0)` or `… 17beta1`.
fn major_version(told: &str) -> Option<u32> {
    let number = told.split("(PostgreSQL)").nth(1)?.trim_start();
    let end = number.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major_version;

    #[test]
    fn the_version_is_read_from_every_packager_s_wording() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major_version("postgres: command not found"), None);
    }
}
