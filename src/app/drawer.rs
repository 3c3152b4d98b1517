//! Records that could not be kept because the database was away when the program left: files of the operator's own, given back at
//! the next login.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

/// How long a record waits for its operator.
const DAYS: i64 = 7;

/// What a session left behind. Fields marked secret are in no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The server and database it belongs to.
    pub server: String,
    /// Whose it is.
    pub login: String,
    /// The session.
    pub session: Uuid,
    /// When the program left.
    pub at: DateTime<Utc>,
    /// Code of the screen in front.
    pub screen: String,
    /// The resume record.
    pub record: Json,
}

/// The folder of such records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawer(PathBuf);

impl Drawer {
    /// A drawer in a folder.
    #[must_use]
    pub const fn of(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// `kvartal/sessions` in the operator's folder of states; nothing where there is no home.
    #[must_use]
    pub fn of_environment() -> Option<Self> {
        let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let states = named("XDG_STATE_HOME").or_else(|| Some(named("HOME")?.join(".local/state")));
        states.map(|states| Self(states.join("kvartal/sessions")))
    }

    /// Puts a record in; an older one of the same session goes. Only its owner may read it.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn put(&self, left: &Left) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.0)?;
        let text = serde_json::to_vec(left)?;
        let half = self.0.join(format!("{}.half", left.session));
        let _ = fs::remove_file(&half);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&half)?;
        file.write_all(&text)?;
        file.sync_all()?;
        fs::rename(&half, self.path(left.session))
    }

    /// What waits for somebody at a database; what waited too long goes, whosever it is.
    #[must_use]
    pub fn waiting(&self, server: &str, login: &str, now: DateTime<Utc>) -> Vec<Left> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let read = |path: PathBuf| {
            let left: Left = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
            if now - left.at > TimeDelta::days(DAYS) {
                let _ = fs::remove_file(&path);
                return None;
            }
            (left.server == server && left.login == login).then_some(left)
        };
        let files = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end == "json"));
        files.filter_map(read).collect()
    }

    /// Takes a record out: it was given back.
    pub fn remove(&self, session: Uuid) {
        if let Err(error) = fs::remove_file(self.path(session)) {
            tracing::warn!(%error, "a record that was given back stays in its folder");
        }
    }

    fn path(&self, session: Uuid) -> PathBuf {
        self.0.join(format!("{session}.json"))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn left(login: &str, at: &str) -> Left {
        let at = at.parse().unwrap();
        let record = serde_json::json!({ "typed": "61,75" });
        Left {
            server: "a/b".to_owned(),
            login: login.to_owned(),
            session: Uuid::new_v4(),
            at,
            screen: "212".to_owned(),
            record,
        }
    }

    #[test]
    fn records_wait_a_week_for_their_owner_alone() {
        let home = tempfile::tempdir().unwrap();
        let drawer = Drawer::of(home.path().join("x/sessions"));
        let now: DateTime<Utc> = "2026-11-26T10:00:00Z".parse().unwrap();
        assert_eq!(drawer.waiting("a/b", "anna", now), []);
        let (anna, nina) = (left("anna", "2026-11-20T10:00:00Z"), left("nina", "2026-11-19T09:59:59Z"));
        drawer.put(&anna).unwrap();
        drawer.put(&anna).unwrap();
        drawer.put(&nina).unwrap();
        let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(drawer.0.clone()), mode(drawer.path(anna.session))), (0o700, 0o600));
        assert_eq!(drawer.waiting("a/b", "nina", now), [], "it waited too long");
        assert!(!drawer.path(nina.session).exists());
        assert_eq!(drawer.waiting("a/other", "anna", now), [], "another database");
        assert_eq!(drawer.waiting("a/b", "anna", now), std::slice::from_ref(&anna));
        drawer.remove(anna.session);
        assert_eq!(fs::read_dir(&drawer.0).unwrap().count(), 0);
    }
}
