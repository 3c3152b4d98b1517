//! Somebody's home and the way to the database: where the real program is started in a terminal.

use tempfile::TempDir;

use crate::common::people;
use crate::term::pty::Desk;

/// A place at which people log in.
pub struct Place {
    pub home: TempDir,
    url: String,
    variables: Vec<(&'static str, &'static str)>,
}

impl Place {
    /// A new home, the database at an address.
    pub fn of(url: String) -> Self {
        Self { home: tempfile::tempdir().unwrap(), url, variables: Vec::new() }
    }

    /// One more variable of the environment.
    pub fn with(mut self, name: &'static str, value: &'static str) -> Self {
        self.variables.push((name, value));
        self
    }

    /// The program, nobody logged in, and all it has shown.
    pub fn starts(&self) -> (Desk, String) {
        let home = self.home.path().to_str().unwrap();
        let log = format!("{home}/log");
        let mut variables = vec![
            ("KVARTAL_URL", self.url.as_str()),
            ("HOME", home),
            ("KVARTAL_LANG", "ru"),
            ("KVARTAL_LOG_FILE", log.as_str()),
        ];
        variables.extend(&self.variables);
        let mut desk = Desk::start(&[], &variables);
        let shown = desk.wait_for("Логин");
        (desk, shown)
    }

    /// The program, somebody logging in.
    pub fn enters(&self, login: &str) -> Desk {
        let (mut desk, _) = self.starts();
        desk.send(format!("{login}\r{}\r", people::PASSWORD).as_bytes());
        desk
    }
}
