//! What is remembered of a private server in its `cluster.toml`. The process id is not: the server's own
//! `postmaster.pid` is the only copy that cannot be out of date.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::owner::write_private;
use super::settings::Pace;
use super::{ClusterError, failed, gone};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    /// Major version that wrote the data.
    pub(super) version: u32,
    /// The loopback port.
    pub(super) port: u16,
    pub(super) pace: Pace,
    /// The superuser's password.
    pub(super) password: String,
    /// Where data and log are, if not in `server/` beside this record.
    pub(super) home: Option<PathBuf>,
    /// Where the socket is, if not in `run/` below the home.
    pub(super) sockets: Option<PathBuf>,
}

impl Record {
    /// `None` where the directory holds no record.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, ClusterError> {
        let file = file(dir);
        match fs::read_to_string(&file) {
            Ok(text) => toml::from_str(&text).map(Some).map_err(|_| ClusterError::Record(file)),
            Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed("прочитать", &file, source)),
        }
    }

    pub(super) fn write(&self, dir: &Path) -> Result<(), ClusterError> {
        let file = file(dir);
        let text = toml::to_string(self).map_err(|_| ClusterError::Record(file.clone()))?;
        write_private(&file, &text)
    }

    pub(super) fn delete(dir: &Path) -> Result<(), ClusterError> {
        let file = file(dir);
        gone(&file, fs::remove_file(&file))
    }

    pub(super) fn home(&self, dir: &Path) -> PathBuf {
        self.home.clone().unwrap_or_else(|| dir.join("server"))
    }

    pub(super) fn sockets(&self, dir: &Path) -> PathBuf {
        self.sockets.clone().unwrap_or_else(|| self.home(dir).join("run"))
    }
}

fn file(dir: &Path) -> PathBuf {
    dir.join("cluster.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_back_as_written() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Record::read(dir.path()).unwrap(), None);
        let sockets = Some(PathBuf::from("/var/tmp/short"));
        let record =
            Record { version: 15, port: 40_001, pace: Pace::Fast, password: "p".into(), home: None, sockets };
        record.write(dir.path()).unwrap();
        assert_eq!(Record::read(dir.path()).unwrap(), Some(record));
    }

    #[test]
    fn a_foreign_file_is_refused_not_guessed_at() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(file(dir.path()), "port = 'many'").unwrap();
        assert!(matches!(Record::read(dir.path()), Err(ClusterError::Record(_))));
    }
}
