//! The server's process as seen from outside: by its own notes, and by who works in its directory.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::process::refused;
use super::{Cluster, ClusterError, Status, failed, gone};

/// How long a server may take to start or stop: recovery after a crash is bounded by `max_wal_size`.
pub(super) const PATIENCE: Duration = Duration::from_secs(120);

pub(super) fn status(cluster: &Cluster) -> Result<Status, ClusterError> {
    let (noted, data) = (Noted::read(&cluster.data())?, cluster.data().canonicalize());
    Ok(match (noted, data) {
        (Some(noted), Ok(data)) if works_in(&Path::new("/proc").join(noted.process.to_string()), &data) => {
            Status::Running(noted.process)
        }
        _ => Status::Stopped,
    })
}

/// Waits for a server that somebody else may have started a moment ago.
pub(super) fn wait_until_ready(cluster: &Cluster) -> Result<(), ClusterError> {
    let ready = within_patience(|| Ok(Noted::read(&cluster.data())?.is_some_and(|noted| noted.ready)))?;
    let reason = || "сервер не начал отвечать вовремя".to_owned();
    if ready { Ok(()) } else { Err(refused(cluster, "запустить", reason())) }
}

/// Clears up behind a server that was killed. Its sessions end by themselves, a moment later; until then they
/// hold its memory. Its notes of the process id would stop a new server for as long as that id is taken: by a
/// stranger, or, where the first process of a container buries no dead, by the dead server itself.
pub(super) fn clear_up(cluster: &Cluster) -> Result<(), ClusterError> {
    if !within_patience(|| Ok(!somebody_works_in(&cluster.data())))? {
        let reason = "процессы прежнего сервера не завершаются".to_owned();
        return Err(refused(cluster, "очистить", reason));
    }
    let lock = format!(".s.PGSQL.{}.lock", cluster.record.port);
    for note in [cluster.data().join("postmaster.pid"), cluster.record.sockets(&cluster.dir).join(lock)] {
        gone(&note, fs::remove_file(&note))?;
    }
    Ok(())
}

fn somebody_works_in(data: &Path) -> bool {
    let Ok(data) = data.canonicalize() else { return false };
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.map(|process| process.path()).any(|process| works_in(&process, &data))
}

/// A server and its sessions work in the data directory; nobody else has business there.
fn works_in(process: &Path, data: &Path) -> bool {
    fs::read_link(process.join("cwd")).is_ok_and(|dir| dir == data)
}

/// Asks until the answer is yes; `false` when the patience is over.
fn within_patience(mut asked: impl FnMut() -> Result<bool, ClusterError>) -> Result<bool, ClusterError> {
    let started = Instant::now();
    while !asked()? {
        if started.elapsed() > PATIENCE {
            return Ok(false);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(true)
}

/// What the server wrote about itself into `postmaster.pid`.
struct Noted {
    process: u32,
    ready: bool,
}

impl Noted {
    fn read(data: &Path) -> Result<Option<Self>, ClusterError> {
        let file = data.join("postmaster.pid");
        match fs::read_to_string(&file) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed("прочитать", &file, source)),
        }
    }

    /// The first line is the process id; the eighth becomes `ready` when sessions are let in.
    fn parse(text: &str) -> Option<Self> {
        let process = text.lines().next()?.trim().parse().ok()?;
        let ready = text.lines().nth(7).is_some_and(|state| state.trim() == "ready");
        Some(Self { process, ready })
    }
}

#[cfg(test)]
mod tests {
    use super::Noted;

    #[test]
    fn a_server_is_ready_only_when_it_says_so() {
        let starting = "4711\n/data\n1700000000\n40001\n/run\n127.0.0.1\n 1 2\nstarting\n";
        let noted = Noted::parse(starting).unwrap();
        assert_eq!((noted.process, noted.ready), (4711, false));
        assert!(Noted::parse(&starting.replace("starting", "ready   ")).unwrap().ready);
        assert!(Noted::parse("").is_none());
    }
}
