//! What the workstation waits for: who asked, and where a change was made whose answer was lost.

use uuid::Uuid;

use crate::engine::effect::Operation;
use crate::engine::window::WindowId;

/// What an awaited answer is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Purpose {
    /// Rows of a source.
    Rows { window: WindowId, source: usize, append: bool },
    /// What a block shows.
    Block { window: WindowId, block: usize },
    /// A file of the inbox folder, and the screen of each kind.
    File { screens: Vec<(String, String)> },
    /// What a change would do.
    Preview { window: WindowId, action: usize, operation: Operation },
    /// A change.
    Commit { window: WindowId, action: usize, operation: Operation },
    /// Whether a change was made.
    Settle { window: WindowId, action: usize, operation: Operation },
    /// Rows of a sheet, each with its place.
    Sheet { window: WindowId, grid: usize, cells: Vec<(String, usize)>, operations: Vec<Operation> },
    /// Whether a row of a sheet was written.
    SettleRow { window: WindowId, grid: usize, cell: (String, usize), operation: Operation },
    /// How many rows a filter lets through: they are to be marked.
    MarkAll { window: WindowId, grid: usize, by: Vec<(String, crate::engine::value::Value)> },
    /// A call of an action that answers nothing.
    Function { window: WindowId, action: usize },
    /// Who logged in.
    Login,
    /// A new password.
    Password { window: WindowId, action: usize },
    /// The record of a session to go on with.
    Continue(Uuid),
    /// The argument of a screen code.
    Argument { screen: String, key: String },
    /// The operator's menu.
    Menu,
    /// The day and the month.
    Present,
    /// A long job.
    Job,
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

/// Where a change was made whose answer was lost: what follows it happens there, wherever the operator is by then.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Origin {
    /// An action of a screen.
    Action(WindowId, usize),
    /// A cell of a sheet: its window, grid, row and column.
    Cell(WindowId, usize, (String, usize)),
}
