//! A refusal as everybody passes it on: the database says it, the worker stores it, the workstation shows it.

use serde::{Deserialize, Serialize};

/// A refusal with its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// `KV001` …, listed in `docs/errors.md`; or a SQLSTATE.
    pub code: String,
    /// What happened.
    pub message: String,
    /// Why, when there is more to say.
    pub detail: Option<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.message)?;
        for part in [&self.detail, &self.hint].into_iter().flatten() {
            write!(f, ". {part}")?;
        }
        Ok(())
    }
}
