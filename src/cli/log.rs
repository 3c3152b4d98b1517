//! The program's own log: for whoever mends it, never for the operator. Errors by default; `KVARTAL_LOG` asks for more
//! (`KVARTAL_LOG=kvartal=debug`), `KVARTAL_LOG_FILE` sends it to a file instead of standard error.

use std::path::Path;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::BoxMakeWriter;

/// Starts the log. A log that cannot be opened must not keep anybody from work: standard error takes it.
pub fn start() {
    let filter = EnvFilter::try_from_env("KVARTAL_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    let writer = match std::env::var_os("KVARTAL_LOG_FILE").as_deref().map(Path::new) {
        Some(path) => match (path.parent(), path.file_name()) {
            (Some(folder), Some(name)) => BoxMakeWriter::new(tracing_appender::rolling::never(folder, name)),
            _ => BoxMakeWriter::new(std::io::stderr),
        },
        None => BoxMakeWriter::new(std::io::stderr),
    };
    // A second start, as in tests of the command line, keeps the first log.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(writer).try_init();
}
