//! What the engine wants done. No others without a line in `docs/decisions.md`.

use std::time::Duration;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use uuid::Uuid;

use super::example::Condition;
use super::model::Order;
use super::msg::{Req, Timer};
use super::settings::Look;
use super::value::Value;
use crate::locale::Lang;

/// Something to be done by the loop around the engine.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read a source; answered by `Reply` (first page) or `Page`.
    Load {
        /// The request.
        req: Req,
        /// What is read.
        query: Query,
    },
    /// Do something; answered by `Reply`, and by `Verdict`s where rows are sent.
    Call {
        /// The request.
        req: Req,
        /// What is done.
        call: Call,
    },
    /// Cancel a request: its statement is cancelled and its end awaited.
    Cancel {
        /// The request.
        req: Req,
    },
    /// Hear of these topics from now on.
    Watch {
        /// All topics that matter now.
        topics: Vec<String>,
    },
    /// Send `Woke` after a while; a second one for the same timer replaces the first.
    Wake {
        /// Which timer.
        timer: Timer,
        /// After how long.
        after: Duration,
    },
    /// Write the resume record.
    KeepResume {
        /// The record.
        record: Json,
        /// The screen in front, by its code and bare title: whose card it was is in the record alone.
        screen: String,
        /// Whether somebody waits for it to be written: the line is gone, or the session is taken.
        now: bool,
    },
    /// Put a text out: the clipboard of the terminal and the outbox; answered with `{"clipboard", "file", "why"}`: whether the
    /// terminal takes it, the name of the file, or why there is none.
    Deliver {
        /// The request.
        req: Req,
        /// What it is, for the name of the file in the outbox.
        name: String,
        /// The text.
        text: String,
    },
    /// Fetch something from the operator's inbox folder; answered by `Reply`.
    Fetch {
        /// The request.
        req: Req,
        /// What.
        what: Inbox,
    },
    /// Use the operator's settings from now on; nothing = as the terminal asks.
    Adopt {
        /// The language of screens.
        lang: Lang,
        /// How they are painted.
        look: Option<Look>,
        /// How long a lone Esc is held, milliseconds.
        esc_hold: Option<u64>,
    },
    /// One beep.
    Beep,
    /// Leave the program.
    Exit,
}

/// What is fetched from the inbox folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inbox {
    /// Its files, the newest first, with their first lines.
    Folder {
        /// The function that tells of digests which files were imported before: `module.name`.
        known: String,
    },
    /// One file, taken apart into rows and given to a function; answered with what the function says.
    File {
        /// Its name.
        name: String,
        /// The function: `module.name`.
        take: String,
    },
}

/// One reading of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// `cards.account_head`.
    pub relation: String,
    /// Whether it is a function.
    pub is_function: bool,
    /// The columns wanted.
    pub columns: Vec<String>,
    /// Columns of the view or arguments of the function, and their values.
    pub by: Vec<(String, Value)>,
    /// What is typed over the rows, and the columns it is compared with.
    pub filter: Option<(String, Vec<String>)>,
    /// What columns must be.
    pub example: Vec<Condition>,
    /// Order of the rows.
    pub order: Vec<Order>,
    /// Values of the order's columns in the last row that is here: the next page begins behind it.
    pub after: Option<Vec<Value>>,
    /// The most rows wanted.
    pub limit: Option<usize>,
    /// A function that counts the rows under the same arguments, where the total is wanted.
    pub count: Option<String>,
    /// The two times it is read as of.
    pub times: Times,
}

/// The day, and what was known by then; empty = now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Times {
    /// Facts true on this day.
    pub as_of: Option<NaiveDate>,
    /// As known at the end of this day.
    pub known_on: Option<NaiveDate>,
}

/// What can be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Call {
    /// Log in; answered with what `admin.session_begin` says.
    Login {
        /// Login.
        login: String,
        /// Password.
        password: Secret,
    },
    /// Change the operator's own password.
    Password {
        /// The present one.
        old: Secret,
        /// The new one.
        new: Secret,
    },
    /// Show what an operation would make of the bills; answered with a difference.
    Preview(Operation),
    /// Make it.
    Commit(Operation),
    /// Ask whether an operation was made, after a lost answer; answered with its result, or refused with KV003.
    Settle(Uuid),
    /// Rows of a sheet, each an operation of its own; answered by a `Verdict` each, then `Reply`.
    Sheet(Vec<Operation>),
    /// Explain the amounts of an account, as known on the day of the date line.
    Explain {
        /// Account number.
        account: String,
        /// First day of the month.
        month: NaiveDate,
        /// As known at the end of this day; nothing = now. An amount is of its whole month, whatever day is shown.
        known_on: Option<NaiveDate>,
        /// The language of its sentences.
        lang: Lang,
    },
    /// End a session that was taken over: not before what it left is in the record of this one.
    Forget(Uuid),
    /// Lay a paper out for this many columns; answered with its lines.
    Paper {
        /// The function that gives its template and data, or its lines: `module.name`.
        function: String,
        /// Its named arguments.
        args: Vec<(String, Value)>,
        /// Columns.
        columns: u16,
        /// The two times it is laid out as of.
        times: Times,
    },
    /// Follow a long job to its end; answered by `Progress` until then.
    Follow(Uuid),
    /// Cancel a long job.
    CancelJob(Uuid),
    /// Call a function with named arguments; answered with its result.
    Function {
        /// `module.name`.
        name: String,
        /// Its arguments.
        args: Vec<(String, Value)>,
    },
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// Made here; a repeat is harmless.
    pub id: Uuid,
    /// Kind, as the registry names it.
    pub kind: String,
    /// Arguments.
    pub args: Json,
    /// Document or application.
    pub ground: Option<String>,
    /// Arguments that were typed in secret: each reaches the server as the verifier of a password, and is kept nowhere.
    pub secrets: Vec<(String, Secret)>,
}

/// A text that is never printed: not by `Debug`, not into a log, not into the resume record.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}
