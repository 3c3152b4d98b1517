//! Parts of a screen that are neither fields nor rows.

use super::Name;

/// A standard block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Name in the file.
    pub name: String,
    /// Which.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Lines of a text column, one row each.
    Text {
        /// The source.
        source: usize,
        /// The column.
        column: usize,
    },
    /// «Почему?»: the trace of an account's amounts as a tree.
    Explain {
        /// Account number.
        account: Name,
        /// First day of the month.
        month: Name,
        /// Service id, where one is meant.
        service: Option<Name>,
    },
    /// A paper before it is issued, or one that was: its lines, page by page.
    Paper {
        /// The function that gives its template and data, or its lines.
        function: String,
        /// Its named arguments.
        args: Vec<(String, Name)>,
    },
    /// Files of the operator's inbox folder; Enter reads one and opens the screen of its kind.
    Files {
        /// The function that tells of digests which files were imported before.
        known: String,
        /// The function a file that was read is given to; it answers with its kind and a key.
        take: String,
        /// The screen of each kind, whose only key it is.
        screens: Vec<(String, String)>,
    },
    /// Presses any key and tells what arrived.
    KeyTest,
}
