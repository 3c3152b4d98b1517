//! The worker of a town: a process of its own that outlives the command.

use std::fs::{self, OpenOptions};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::process::Process;
use crate::cli::CliError;
use crate::db::driver::Client;
use crate::db::error::DbError;

/// How long a worker may take to come or to go.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(20);

/// Lets the worker of the directory work: the one that does already, or a new one. `owner` is a session that sees when it
/// is there.
pub(super) async fn start(dir: &Path, url: &str, owner: &Client) -> Result<(), CliError> {
    if Process::remembered(&pid(dir)).is_some() && is_there(owner).await? {
        return Ok(());
    }
    stop(dir)?;
    let log = OpenOptions::new().create(true).append(true).open(log(dir))?;
    let mut command = Command::new(std::env::current_exe()?);
    // The password travels in the environment: a command line is for everybody to read. A group of its own keeps Ctrl-C
    // of this terminal away from it.
    command.arg("worker").env("KVARTAL_URL", url).current_dir("/").process_group(0);
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let child = command.spawn()?;
    let Some(process) = Process::living(child.id()) else { return Err(did_not_start(dir)) };
    process.remember(&pid(dir))?;
    let started = Instant::now();
    while !is_there(owner).await? {
        if !process.lives() || started.elapsed() > PATIENCE {
            return Err(did_not_start(dir));
        }
        tokio::time::sleep(GLANCE).await;
    }
    Ok(())
}

/// Asks the worker of the directory to leave, and sees it gone. What was under way is rolled back and resumed by the next.
pub(super) fn stop(dir: &Path) -> Result<(), CliError> {
    if let Some(process) = Process::remembered(&pid(dir)) {
        process.signal("TERM")?;
        let asked = Instant::now();
        while process.lives() {
            if asked.elapsed() > PATIENCE {
                process.signal("KILL")?;
            }
            std::thread::sleep(GLANCE);
        }
    }
    match fs::remove_file(pid(dir)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

async fn is_there(owner: &Client) -> Result<bool, CliError> {
    let row = owner.query_one("select admin.worker_alive()", &[]).await;
    Ok(row.map_err(|error| CliError::refused(DbError::from(error)))?.get(0))
}

fn did_not_start(dir: &Path) -> CliError {
    CliError::Refused(format!("Обработчик не запустился: причина в его журнале «{}».", log(dir).display()))
}

fn pid(dir: &Path) -> PathBuf {
    dir.join("worker.pid")
}

fn log(dir: &Path) -> PathBuf {
    dir.join("worker.log")
}
