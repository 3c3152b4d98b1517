//! The settings of a private server, written anew before every start.

use std::fmt::Write as _;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What a private server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// What was committed survives a loss of power: the demo, and every measurement worth publishing.
    Durable,
    /// Nothing outlives the run, so nothing is waited for: the tests.
    Fast,
}

/// For every private server. Where a value departs from PostgreSQL's own, the reason stands beside it.
const ALWAYS: &[(&str, &str, &str)] = &[
    ("listen_addresses", "127.0.0.1", "nobody from outside"),
    ("password_encryption", "scram-sha-256", "the only kind of login the access file lets in"),
    ("max_connections", "450", "200 operators on one server are promised, with two connections each"),
    ("shared_buffers", "256MB", "a city's hot pages fit; a small machine does not notice"),
    ("maintenance_work_mem", "256MB", "a month's key is built in one pass"),
    ("max_wal_size", "4GB", "a month's run does not force checkpoints on itself"),
    ("random_page_cost", "1.1", "disks without moving heads"),
    ("jit", "off", "short queries by key only lose by it"),
    ("log_line_prefix", "%m [%p] %q%u@%d ", "when, which session, whose"),
];

/// For tests: durability is switched off, and with it everything that works behind a test's back.
const FAST: &[(&str, &str, &str)] = &[
    ("fsync", "off", "the data does not outlive the run"),
    ("synchronous_commit", "off", "as above"),
    ("full_page_writes", "off", "as above"),
    ("wal_level", "minimal", "bulk loads into new tables are not logged"),
    ("max_wal_senders", "0", "demanded by the line above"),
    ("autovacuum", "off", "plans and locks depend on the test alone"),
];

/// The text of the settings file.
pub(super) fn render(pace: Pace, port: u16, sockets: &Path) -> String {
    let chosen = match pace {
        Pace::Durable => &[],
        Pace::Fast => FAST,
    };
    let mut text = format!("port = {port}\nunix_socket_directories = {}\n", quoted(&socket_list(sockets)));
    for (name, value, reason) in ALWAYS.iter().chain(chosen) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name} = {}  # {reason}", quoted(value));
    }
    text
}

/// The setting is a list: a path with a comma or a space is one element only in double quotes.
fn socket_list(directory: &Path) -> String {
    format!("\"{}\"", directory.display().to_string().replace('"', "\"\""))
}

fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_with_quotes_stays_one_value() {
        let text = render(Pace::Durable, 40_001, Path::new("/it's, \"here\""));
        assert!(text.contains("unix_socket_directories = '\"/it''s, \"\"here\"\"\"'\n"), "{text}");
    }

    #[test]
    fn only_tests_give_durability_away() {
        let at = |pace| render(pace, 40_001, Path::new("/run"));
        assert!(at(Pace::Fast).contains("fsync = 'off'"));
        assert!(!at(Pace::Durable).contains("fsync"));
    }
}
