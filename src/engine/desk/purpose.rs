//! What the workstation waits for: who asked, and where a change was made whose answer was lost.

use uuid::Uuid;

use crate::engine::effect::Operation;
use crate::engine::grid::Sent;
use crate::engine::window::{Filled, WindowId};

/// Where an action is: its screen and its number there.
pub(crate) type At = (WindowId, usize);

/// What an awaited answer is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Purpose {
    /// Rows of a source.
    Rows { window: WindowId, source: usize },
    /// What a block shows.
    Block { window: WindowId, block: usize },
    /// A file of the inbox folder, and the screen of each kind.
    File { screens: Vec<(String, String)> },
    /// What a change would do.
    Preview { at: Option<At>, operation: Operation },
    /// A change.
    Commit { at: Option<At>, operation: Operation },
    /// Whether a change was made whose answer was lost.
    Settle(Operation),
    /// Rows of a sheet; those that have their verdict are gone.
    Sheet { window: WindowId, grid: usize, rows: Vec<Option<(SentRow, Operation)>> },
    /// How many rows a filter lets through: they are to be marked.
    MarkAll { window: WindowId, grid: usize, by: Vec<(String, crate::engine::value::Value)> },
    /// A call of an action that answers nothing.
    Function { window: WindowId, action: usize },
    /// Who logged in, and whether the password had Russian letters.
    Login { in_russian: bool },
    /// A new password.
    Password { window: WindowId, action: usize },
    /// The record of a session to go on with.
    Continue(Uuid),
    /// The drafts of a session that was left in order.
    Drafts(Uuid),
    /// The argument of a screen code.
    Argument { screen: String, key: String },
    /// The operator's menu.
    Menu,
    /// The day and the month.
    Present,
    /// What the operator may do.
    Rights,
    /// A long job and what it is called.
    Job(Uuid, String),
    /// What was copied, and where it came to be.
    Copied,
    /// Nobody waits for the answer.
    Nothing,
}

/// A change of this session, as undo speaks of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The operation.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// Why no operation of its kind is ever undone; nothing where it is.
    pub never: Option<String>,
}

/// A row of a sheet that was sent: its key, the column typed into, and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SentRow {
    pub cell: (String, usize),
    pub sent: Sent,
}

/// Where a change was made whose answer was lost: what follows it happens there, wherever the operator is by then.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Origin {
    /// An action of a screen.
    Action {
        at: At,
        /// What it is called: its screen may be closed by the time it is settled.
        title: String,
        /// What was typed there when it was sent; nothing = something else was typed since.
        filled: Option<Filled>,
    },
    /// A row of a sheet: its window and grid.
    Row(WindowId, usize, SentRow),
}
