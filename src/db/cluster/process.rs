//! The server's process: made, started, watched and stopped through the programs that come with it.

use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::binaries::Binaries;
use super::owner::Owner;
use super::{Cluster, ClusterError, SUPERUSER, Status, failed, settings};

/// How long a server may take to start or stop: recovery after a crash is bounded by `max_wal_size`.
const PATIENCE: Duration = Duration::from_secs(120);

/// PostgreSQL's own port belongs to the system's server, also while that is not running.
const SYSTEM_PORT: u16 = 5432;

/// Makes the data directory where there is none. It gets its name only when it is whole, so an interrupted
/// attempt is never taken for a server.
pub(super) fn initialise(cluster: &Cluster, owner: &Owner, binaries: &Binaries) -> Result<(), ClusterError> {
    let data = cluster.data();
    if data.exists() {
        return Ok(());
    }
    let unfinished = data.with_extension("unfinished");
    match fs::remove_dir_all(&unfinished) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            return Err(failed("удалить", &unfinished, source));
        }
        _ => {}
    }
    let password = data.with_extension("password");
    owner.write_private(&password, &cluster.record.password)?;
    let mut initdb = owner.command(&binaries.program("initdb"));
    initdb.args(["--username", SUPERUSER, "--encoding", "UTF8", "--locale", "C.UTF-8"]);
    initdb.args(["--auth", "scram-sha-256", "--no-instructions", "--no-sync"]);
    initdb.arg("--pwfile").arg(&password).arg("--pgdata").arg(&unfinished);
    let made = run(cluster, "создать", initdb);
    fs::remove_file(&password).map_err(|source| failed("удалить", &password, source))?;
    made?;

    let main = unfinished.join("postgresql.conf");
    owner.write_private(&main, "include 'kvartal.conf'\n")?;
    fs::rename(&unfinished, &data).map_err(|source| failed("переименовать", &unfinished, source))
}

/// Starts a stopped server, on another port where somebody took the old one meanwhile.
pub(super) fn launch(cluster: &mut Cluster, owner: &Owner, binaries: &Binaries) -> Result<(), ClusterError> {
    clear_up(cluster)?;
    if !is_free(cluster.record.port) {
        cluster.record.port = free_port()?;
    }
    let record = &cluster.record;
    record.write(&cluster.dir)?;
    let text = settings::render(record.pace, record.port, &record.sockets(&cluster.dir));
    owner.write_private(&cluster.data().join("kvartal.conf"), &text)?;

    let mut start = owner.command(&binaries.program("pg_ctl"));
    start.args(["start", "--silent", "--wait", "--timeout", &PATIENCE.as_secs().to_string()]);
    start.arg("--pgdata").arg(cluster.data()).arg("--log").arg(cluster.log());
    let log = cluster.log();
    let written = fs::metadata(&log).map_or(0, |log| log.len());
    run(cluster, "запустить", start).map_err(|error| match (error, last_fatal(&log, written)) {
        (ClusterError::Refused { action, log, .. }, Some(reason)) => {
            ClusterError::Refused { action, reason, log }
        }
        (error, _) => error,
    })
}

pub(super) fn halt(cluster: &Cluster, owner: &Owner, binaries: &Binaries) -> Result<(), ClusterError> {
    let mut stop = owner.command(&binaries.program("pg_ctl"));
    stop.args(["stop", "--silent", "--wait", "--mode", "fast"]);
    stop.args(["--timeout", &PATIENCE.as_secs().to_string()]);
    stop.arg("--pgdata").arg(cluster.data());
    run(cluster, "остановить", stop)
}

pub(super) fn status(cluster: &Cluster) -> Result<Status, ClusterError> {
    let Some(noted) = Noted::read(&cluster.data())? else { return Ok(Status::Stopped) };
    let works_in = fs::read_link(format!("/proc/{}/cwd", noted.process));
    let data = cluster.data().canonicalize();
    match (works_in, data) {
        (Ok(works_in), Ok(data)) if works_in == data => Ok(Status::Running(noted.process)),
        _ => Ok(Status::Stopped),
    }
}

/// Clears up behind a server that was killed. Its sessions end by themselves, a moment later; until then they
/// hold its memory. Its note of the process id would stop a new server for as long as that id is taken: by a
/// stranger, or, where the first process of a container buries no dead, by the dead server itself.
fn clear_up(cluster: &Cluster) -> Result<(), ClusterError> {
    let data = cluster.data().canonicalize().map_err(|source| failed("открыть", &cluster.data(), source))?;
    if !within_patience(|| Ok(!somebody_works_in(&data)))? {
        let reason = "процессы прежнего сервера не завершаются".to_owned();
        return Err(refused(cluster, "запустить", reason));
    }
    let note = data.join("postmaster.pid");
    match fs::remove_file(&note) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(failed("удалить", &note, source)),
        _ => Ok(()),
    }
}

fn somebody_works_in(data: &Path) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .map(|process| process.path().join("cwd"))
        .any(|link| fs::read_link(link).is_ok_and(|dir| dir == data))
}

/// Waits for a server that somebody else may have started a moment ago.
pub(super) fn wait_until_ready(cluster: &Cluster) -> Result<(), ClusterError> {
    let ready = within_patience(|| Ok(Noted::read(&cluster.data())?.is_some_and(|noted| noted.ready)))?;
    let reason = || "сервер не начал отвечать вовремя".to_owned();
    if ready { Ok(()) } else { Err(refused(cluster, "запустить", reason())) }
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

/// A loopback port nobody listens on at this moment.
pub(super) fn free_port() -> Result<u16, ClusterError> {
    let taken = |source| failed("занять порт на", Path::new("127.0.0.1"), source);
    loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(taken)?;
        let port = listener.local_addr().map_err(taken)?.port();
        if port != SYSTEM_PORT {
            return Ok(port);
        }
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

fn run(cluster: &Cluster, action: &'static str, mut command: Command) -> Result<(), ClusterError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.output().map_err(|source| ClusterError::Program { program, source })?;
    if done.status.success() {
        return Ok(());
    }
    let told = [done.stdout, done.stderr].concat();
    let told = String::from_utf8_lossy(&told);
    let last = told.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    Err(refused(cluster, action, last.to_owned()))
}

/// Why a server gave up starting: it tells its log, not the program that started it. Only what was written
/// after the first `skipped` bytes is about this start.
fn last_fatal(log: &Path, skipped: u64) -> Option<String> {
    let text = fs::read(log).ok()?;
    let text = String::from_utf8_lossy(text.get(usize::try_from(skipped).ok()?..)?);
    let told = text.lines().rev().find_map(|line| line.split_once("FATAL:"))?.1;
    Some(told.trim().to_owned())
}

fn refused(cluster: &Cluster, action: &'static str, reason: String) -> ClusterError {
    ClusterError::Refused { action, reason, log: cluster.log() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_ready_only_when_it_says_so() {
        let starting = "4711\n/data\n1700000000\n40001\n/run\n127.0.0.1\n 1 2\nstarting\n";
        let noted = Noted::parse(starting).unwrap();
        assert_eq!((noted.process, noted.ready), (4711, false));
        assert!(Noted::parse(&starting.replace("starting", "ready   ")).unwrap().ready);
        assert!(Noted::parse("").is_none());
    }

    #[test]
    fn a_taken_port_is_not_free() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        assert!(!is_free(listener.local_addr().unwrap().port()));
        assert_ne!(free_port().unwrap(), listener.local_addr().unwrap().port());
    }
}
