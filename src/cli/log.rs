//! The program's own log: for whoever mends it, never for the operator. Errors by default; `KVARTAL_LOG` asks for more
//! (`KVARTAL_LOG=kvartal=debug`), `KVARTAL_LOG_FILE` sends it to a file instead of standard error.

use std::fs::{File, OpenOptions};
use std::path::PathBuf;
use std::sync::Mutex;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log. A log that cannot be opened must not keep anybody from work: standard error takes it.
pub fn start() {
    let file = asked_file().and_then(open);
    write_to(
        file.map_or_else(|| BoxMakeWriter::new(std::io::stderr), |file| BoxMakeWriter::new(Mutex::new(file))),
    );
}

/// The same where the screen belongs to the workstation: what no file takes is lost. Without `KVARTAL_LOG_FILE` the file is
/// `kvartal/desk.log` in the operator's folder of states.
pub fn start_beside_a_screen() {
    let file = asked_file().or_else(usual_file).and_then(open);
    write_to(
        file.map_or_else(|| BoxMakeWriter::new(std::io::sink), |file| BoxMakeWriter::new(Mutex::new(file))),
    );
}

fn asked_file() -> Option<PathBuf> {
    std::env::var_os("KVARTAL_LOG_FILE").map(PathBuf::from)
}

fn usual_file() -> Option<PathBuf> {
    let states = std::env::var_os("XDG_STATE_HOME").map(PathBuf::from);
    let home = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/state"));
    Some(states.or_else(home)?.join("kvartal/desk.log"))
}

fn open(path: PathBuf) -> Option<File> {
    std::fs::create_dir_all(path.parent()?).ok()?;
    OpenOptions::new().create(true).append(true).open(path).ok()
}

fn write_to(writer: BoxMakeWriter) {
    let asked = std::env::var("KVARTAL_LOG").ok().and_then(|asked| asked.parse::<Targets>().ok());
    let wanted = asked.unwrap_or_else(|| Targets::new().with_default(LevelFilter::ERROR));
    let all =
        tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_ansi(false).with_writer(writer);
    // A second start, as in tests of the command line, keeps the first log.
    let _ = all.finish().with(wanted).try_init();
}
