//! A private PostgreSQL server for the demo and the tests: files, socket and port of its own, no service of
//! the system touched, never run by root, and gone without a trace when told so.
//!
//! Everything lies in one directory: `cluster.toml` (what is remembered) and `server/` (data, log, socket). Where
//! the server's user cannot enter that directory, or its path is too long for a socket, a directory under
//! `/var/tmp` takes its place and is remembered. Linux only, as the whole program.

mod binaries;
mod owner;
mod process;
mod record;
mod settings;
mod watch;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::config::percent_encoded;
use binaries::Binaries;
use owner::Owner;
use record::Record;
pub use settings::Pace;

/// The superuser of every private server. His password is random and kept in `cluster.toml`, which only the
/// owner of the directory may read.
pub const SUPERUSER: &str = "kvartal_root";

/// The longest socket path the kernel takes is 107 bytes; the file name within the directory needs the rest.
const SOCKET_DIRECTORY_BYTES: usize = 85;

/// A private server that exists on disk; it may be running or not.
#[derive(Debug, Clone)]
pub struct Cluster {
    dir: PathBuf,
    record: Record,
}

/// What a private server is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its files are there, nobody serves them.
    Stopped,
    /// Served by the process with this id.
    Running(u32),
}

/// Why a private server could not be made, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No server programs on this machine.
    #[error(
        "На машине нет сервера PostgreSQL версии {wanted}: установите его пакет (в Debian: apt-get install \
         postgresql)."
    )]
    NoServer {
        /// The version needed, in words.
        wanted: String,
    },
    /// Run by root, and no ordinary user to run the server as.
    #[error(
        "Сервер PostgreSQL не запускают от имени root, а пользователей postgres и nobody в системе нет: запустите \
         команду от обычного пользователя."
    )]
    NoOwner,
    /// A file or directory cannot be read, written or handed over.
    #[error("Не удалось {action} «{}»: проверьте путь, права и свободное место.", path.display())]
    File {
        /// What was tried, in Russian: «создать», «прочитать» …
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `cluster.toml` is not ours.
    #[error(
        "Файл «{}» испорчен или сделан другой версией программы: удалите каталог и создайте сервер заново.",
        .0.display()
    )]
    Record(PathBuf),
    /// A server program could not even be started.
    #[error("Не удалось запустить программу {program}: проверьте установку PostgreSQL.")]
    Program {
        /// The program's file.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// A server program refused; its last words are the reason.
    #[error("Частный сервер PostgreSQL не удалось {action}: {reason} (журнал сервера: «{}»).", log.display())]
    Refused {
        /// What was tried, in Russian.
        action: &'static str,
        /// The last line the program wrote.
        reason: String,
        /// Where the server's log is.
        log: PathBuf,
    },
    /// There is no private server in the directory.
    #[error("В каталоге «{}» нет частного сервера: сначала запустите его.", .0.display())]
    Absent(PathBuf),
}

impl Cluster {
    /// The private server of the directory, made where there is none, running when this returns. A server that
    /// runs already is left as it is.
    ///
    /// # Errors
    /// What stood in the way; nothing half-made is taken for a server later.
    pub fn start(dir: &Path, pace: Pace) -> Result<Self, ClusterError> {
        fs::create_dir_all(dir).map_err(|source| failed("создать", dir, source))?;
        let dir = dir.canonicalize().map_err(|source| failed("открыть", dir, source))?;
        let owner = Owner::choose()?;
        let (record, binaries) = match Record::read(&dir)? {
            Some(record) => {
                let binaries = Binaries::of_version(record.version)?;
                (record, binaries)
            }
            None => {
                let binaries = Binaries::newest()?;
                (Self::lay_out(&dir, &owner, &binaries, pace)?, binaries)
            }
        };
        let mut cluster = Self { dir, record };
        cluster.make_home(&owner)?;
        process::initialise(&cluster, &owner, &binaries)?;
        if cluster.status()? == Status::Stopped {
            cluster.record.pace = pace;
            process::launch(&mut cluster, &owner, &binaries)?;
        }
        watch::wait_until_ready(&cluster)?;
        Ok(cluster)
    }

    /// The private server of the directory, running or not.
    ///
    /// # Errors
    /// [`ClusterError::Absent`] where none was ever started there.
    pub fn open(dir: &Path) -> Result<Self, ClusterError> {
        let absent = || ClusterError::Absent(dir.to_owned());
        let dir = dir.canonicalize().map_err(|_| absent())?;
        let record = Record::read(&dir)?.ok_or_else(absent)?;
        Ok(Self { dir, record })
    }

    /// Whether somebody serves the data, by the process that works in the data directory: a process id alone
    /// may be left over from before a restart of the machine and belong to a stranger now.
    ///
    /// # Errors
    /// The process id recorded by the server cannot be read.
    pub fn status(&self) -> Result<Status, ClusterError> {
        watch::status(self)
    }

    /// Stops the server: open transactions are rolled back, sessions ended. Harmless when it is stopped.
    ///
    /// # Errors
    /// The server refused to stop.
    pub fn stop(&self) -> Result<(), ClusterError> {
        match self.status()? {
            Status::Stopped => Ok(()),
            Status::Running(_) => {
                process::halt(self, &Owner::choose()?, &Binaries::of_version(self.record.version)?)
            }
        }
    }

    /// Stops the server and deletes everything it ever wrote, wherever that lies.
    ///
    /// # Errors
    /// The server refused to stop, or a file to be deleted.
    pub fn remove(self) -> Result<(), ClusterError> {
        self.stop()?;
        watch::clear_up(&self)?;
        for path in [self.record.home(&self.dir), self.record.sockets(&self.dir)] {
            gone(&path, fs::remove_dir_all(&path))?;
        }
        Record::delete(&self.dir)
    }

    /// The superuser's address over the socket, for this program's own use on this machine.
    #[must_use]
    pub fn socket_url(&self, database: &str) -> String {
        let password = &self.record.password;
        let directory = self.record.sockets(&self.dir);
        let directory = percent_encoded(&directory.display().to_string());
        let database = percent_encoded(database);
        format!("postgresql://{SUPERUSER}:{password}@/{database}?host={directory}&port={}", self.record.port)
    }

    /// The superuser's address over the loopback port, for any client on this machine.
    #[must_use]
    pub fn superuser_url(&self, database: &str) -> String {
        self.url(SUPERUSER, &self.record.password, database)
    }

    /// The address of any login over the loopback port.
    #[must_use]
    pub fn url(&self, login: &str, password: &str, database: &str) -> String {
        let [login, password, database] = [login, password, database].map(percent_encoded);
        format!("postgresql://{login}:{password}@127.0.0.1:{}/{database}", self.record.port)
    }

    /// The server's log.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.record.home(&self.dir).join("server.log")
    }

    fn data(&self) -> PathBuf {
        self.record.home(&self.dir).join("data")
    }

    /// Decides once where a new server lives, and writes it down before anything is made there.
    fn lay_out(dir: &Path, owner: &Owner, binaries: &Binaries, pace: Pace) -> Result<Record, ClusterError> {
        let elsewhere = PathBuf::from(format!("/var/tmp/kvartal-{}", Uuid::new_v4().simple()));
        let reachable = owner.can_enter(dir, &binaries.program("postgres"));
        let home = (!reachable).then(|| elsewhere.clone());
        let near = home.clone().unwrap_or_else(|| dir.join("server")).join("run");
        let short = near.as_os_str().len() <= SOCKET_DIRECTORY_BYTES;
        let record = Record {
            version: binaries.version,
            port: process::free_port()?,
            pace,
            password: Uuid::new_v4().simple().to_string(),
            home,
            sockets: (!short).then(|| elsewhere.with_extension("run")),
        };
        record.write(dir)?;
        Ok(record)
    }

    fn make_home(&self, owner: &Owner) -> Result<(), ClusterError> {
        owner.make_private(&self.record.home(&self.dir))?;
        owner.make_private(&self.record.sockets(&self.dir))
    }
}

fn failed(action: &'static str, path: &Path, source: io::Error) -> ClusterError {
    ClusterError::File { action, path: path.to_owned(), source }
}

/// What was to be deleted is not there any more, whoever did it.
fn gone(path: &Path, removed: io::Result<()>) -> Result<(), ClusterError> {
    match removed {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed("удалить", path, source)),
        _ => Ok(()),
    }
}
