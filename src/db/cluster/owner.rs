//! Who runs the server: the caller, or, where that is root, an ordinary user of the system, because a server
//! run by root hands the whole machine to whoever breaks it (and refuses to start).

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{ClusterError, failed};

/// The users a server may run as when the caller is root, the best first.
const CANDIDATES: [&str; 2] = ["postgres", "nobody"];

/// The user of the server's process and files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    user: u32,
    group: u32,
    /// Whether that is somebody else than the caller, who then is root.
    differs: bool,
}

impl Owner {
    pub(super) fn choose() -> Result<Self, ClusterError> {
        let own = Path::new("/proc/self");
        let caller = fs::metadata(own).map_err(|source| failed("прочитать", own, source))?;
        if caller.uid() != 0 {
            return Ok(Self { user: caller.uid(), group: caller.gid(), differs: false });
        }
        let users = Path::new("/etc/passwd");
        let listed = fs::read_to_string(users).map_err(|source| failed("прочитать", users, source))?;
        let found = CANDIDATES.into_iter().find_map(|name| user_and_group(&listed, name));
        let (user, group) = found.ok_or(ClusterError::NoOwner)?;
        Ok(Self { user, group, differs: true })
    }

    /// A server program as this user, without the caller's `PG…` variables, which would lead it astray.
    pub(super) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C").current_dir("/").stdin(Stdio::null());
        if self.differs {
            command.uid(self.user).gid(self.group);
        }
        command
    }

    /// Whether this user can walk down to the directory: tried, since modes alone do not tell (access lists,
    /// mounts). Any harmless program will do.
    pub(super) fn can_enter(self, directory: &Path, program: &Path) -> bool {
        let mut attempt = self.command(program);
        attempt.arg("--version").current_dir(directory).stdout(Stdio::null()).stderr(Stdio::null());
        attempt.status().is_ok_and(|status| status.success())
    }

    /// A directory only this user may enter. One that somebody else made beforehand is not trusted.
    pub(super) fn make_private(self, directory: &Path) -> Result<(), ClusterError> {
        match fs::DirBuilder::new().mode(0o700).create(directory) {
            Ok(()) => self.give(directory),
            Err(source) if source.kind() == io::ErrorKind::AlreadyExists => {
                let found =
                    fs::symlink_metadata(directory).map_err(|source| failed("открыть", directory, source))?;
                if found.is_dir() && found.uid() == self.user {
                    return Ok(());
                }
                Err(failed("занять", directory, io::ErrorKind::PermissionDenied.into()))
            }
            Err(source) => Err(failed("создать", directory, source)),
        }
    }

    /// A file only this user may read.
    pub(super) fn write_private(self, file: &Path, text: &str) -> Result<(), ClusterError> {
        write_private(file, text)?;
        self.give(file)
    }

    fn give(self, path: &Path) -> Result<(), ClusterError> {
        if !self.differs {
            return Ok(());
        }
        chown(path, Some(self.user), Some(self.group)).map_err(|source| failed("передать", path, source))
    }
}

/// A file only its owner may read; whoever looks meanwhile sees the old text or the new one.
pub(super) fn write_private(file: &Path, text: &str) -> Result<(), ClusterError> {
    let fresh = file.with_extension("new");
    let write = || {
        fs::write(&fresh, "")?;
        fs::set_permissions(&fresh, fs::Permissions::from_mode(0o600))?;
        fs::write(&fresh, text)?;
        fs::rename(&fresh, file)
    };
    write().map_err(|source| failed("записать", file, source))
}

/// The ids of a user in the system's list (`name:password:user:group:…`).
fn user_and_group(listed: &str, name: &str) -> Option<(u32, u32)> {
    let line = listed.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut ids = line.split(':').skip(2);
    Some((ids.next()?.parse().ok()?, ids.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_the_whole_name() {
        let listed = "root:x:0:0::/:/bin/sh\npostgres2:x:7:8::/:\npostgres:x:101:104:a,b:/var:/bin/sh\n";
        assert_eq!(user_and_group(listed, "postgres"), Some((101, 104)));
        assert_eq!(user_and_group(listed, "nobody"), None);
    }

    #[test]
    fn a_private_file_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("secret.toml");
        write_private(&file, "password").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&file).unwrap(), "password");
    }
}
