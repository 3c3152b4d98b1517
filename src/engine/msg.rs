//! What reaches the engine. Day and time come with every message: the engine has no clock.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::Screens;
use super::value::Value;
use crate::keymap::{Bytes, Key};
pub use crate::refusal::Refusal;

/// Number of a request; an answer carries it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Req(pub u64);

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key.
    Key(Key),
    /// A press with its bytes, while keys are tested; without a key where no key has these bytes.
    Seen {
        /// The key.
        key: Option<Key>,
        /// What the terminal sent.
        bytes: Bytes,
    },
    /// A pasted text: control characters gone; lines and tabs are for sheets, anywhere else they are spaces.
    Paste(String),
    /// The answer to a request.
    Reply {
        /// The request.
        req: Req,
        /// What came.
        answer: Answer,
    },
    /// Another page of rows.
    Page {
        /// The request.
        req: Req,
        /// The rows.
        rows: Rows,
    },
    /// What became of one row of a sheet.
    Verdict {
        /// The request.
        req: Req,
        /// The row, by its number in the request.
        row: usize,
        /// The refusal, if it was refused.
        refusal: Option<Refusal>,
    },
    /// Somebody changed something: a hint to read again.
    Notice {
        /// `unit`, `account`, `journal`, `job`, `month` …
        topic: String,
        /// What it is about; `0` = everything of the topic.
        id: String,
        /// Its version.
        version: i64,
    },
    /// A frame is on the terminal, told where it shows something asked or refused that no frame before it did.
    Painted {
        /// How much was asked and refused until that frame: [`super::canvas::Canvas::said`].
        said: u64,
    },
    /// A timer asked for has come.
    Woke(Timer),
    /// The terminal has another size.
    Resize {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The line to the database broke or came back.
    Link(LinkState),
    /// Screens as they are from now on: in the operator's language, what the database lacks marked, or a file saved anew.
    Screens(Screens),
    /// What is wrong with a file of a screen that was just saved, for whoever writes it.
    Spoilt(String),
    /// Some of the screens as they are from now on; the others stay.
    Renewed(Screens),
    /// The terminal is gone: the resume record is written at once.
    Hangup,
}

/// What a timer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timer {
    /// The resume record, 300 ms after the last key.
    Resume,
    /// A filter, 200 ms after the last letter.
    Filter,
    /// «Запрос… 3 с», after 400 ms and then twice a second at most.
    Waiting,
    /// A job whose line broke is followed on.
    Job,
    /// Notices that came close together are read once.
    News,
    /// The day on the title line ends.
    Day,
    /// A change whose answer was lost is asked for although the line was never told to be away.
    Settle,
}

/// The line to the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkState {
    /// It is there; `true` when it was away before.
    Up {
        /// Everything visible must be read again.
        again: bool,
    },
    /// It is gone; the reason is a sentence.
    Down(String),
    /// Another workstation took this session over.
    Taken,
    /// An administrator ended this session or switched the login off: the server says which; where nobody is logged in any more, that is
    /// told.
    Closed(Refusal),
}

/// The answer to a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Rows of a source.
    Rows(Rows),
    /// What a call returned.
    Done(serde_json::Value),
    /// Progress of a long job; its end is `Done` or `Refused`.
    Progress(Progress),
    /// The question waits for the worker, behind so many others; the answer follows.
    Queued(i64),
    /// It was refused.
    Refused(Refusal),
    /// The line broke and nobody knows whether it was done; settled by asking for the operation's id.
    Lost(Refusal),
    /// It was cancelled, and the statement has ended.
    Cancelled,
}

/// Rows of a source.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Values in the order of the asked columns.
    pub rows: Vec<Vec<Value>>,
    /// Whether there are more behind the last.
    pub more: bool,
    /// How many there are in all, where it was asked.
    pub total: Option<u64>,
    /// How long the server took, for what F1 tells the author of a screen.
    pub millis: u32,
}

/// How far a long job has come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// What it is busy with.
    pub stage: String,
    /// Parts done.
    pub done: i64,
    /// Parts in all, once known.
    pub total: Option<i64>,
}

/// The code of the refusal that says nobody computes differences; the change may then be made unseen.
pub const NO_WORKER: &str = "no-worker";

/// The code of a refusal that only doubts: the same change with «twice» is made.
pub const DOUBT: &str = "KV014";

/// Who works here, as the login found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// Login.
    pub login: String,
    /// Full name.
    pub name: String,
    /// The session's row, for its resume record.
    pub session: Option<Uuid>,
}
