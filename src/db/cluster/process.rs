//! The server made, started and stopped, through the programs that come with it.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use super::binaries::Binaries;
use super::owner::Owner;
use super::watch::{self, PATIENCE};
use super::{Cluster, ClusterError, SUPERUSER, failed, gone, settings};

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
    gone(&unfinished, fs::remove_dir_all(&unfinished))?;
    let password = data.with_extension("password");
    owner.write_private(&password, &cluster.record.password)?;
    let mut initdb = owner.command(&binaries.program("initdb"));
    initdb.args(["--username", SUPERUSER, "--encoding", "UTF8", "--locale", "C.UTF-8"]);
    initdb.args(["--auth", "scram-sha-256", "--no-instructions", "--no-sync"]);
    initdb.arg("--pwfile").arg(&password).arg("--pgdata").arg(&unfinished);
    let made = run(cluster, "создать", initdb);
    gone(&password, fs::remove_file(&password))?;
    made?;

    let main = unfinished.join("postgresql.conf");
    owner.write_private(&main, "include 'kvartal.conf'\n")?;
    fs::rename(&unfinished, &data).map_err(|source| failed("переименовать", &unfinished, source))
}

/// Starts a stopped server, on another port where somebody took the old one meanwhile.
pub(super) fn launch(cluster: &mut Cluster, owner: &Owner, binaries: &Binaries) -> Result<(), ClusterError> {
    watch::clear_up(cluster)?;
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

pub(super) fn refused(cluster: &Cluster, action: &'static str, reason: String) -> ClusterError {
    ClusterError::Refused { action, reason, log: cluster.log() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_not_free() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        assert!(!is_free(listener.local_addr().unwrap().port()));
        assert_ne!(free_port().unwrap(), listener.local_addr().unwrap().port());
    }
}
