//! Where a screen's data comes from.

use super::Name;

/// A view read by key, or a function read with arguments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// Name in the file.
    pub name: String,
    /// `cards.account_head`.
    pub relation: String,
    /// Whether it is a function, read with named arguments, instead of a view.
    pub is_function: bool,
    /// Columns of the view, or arguments of the function, and what they must equal.
    pub by: Vec<(String, Name)>,
    /// The columns the screen uses, in the order they are asked for.
    pub columns: Vec<String>,
    /// Order of the rows; ends in a unique column where the source is paged.
    pub order: Vec<Order>,
    /// Rows to a page; none = everything, for sources that are small by nature.
    pub page: Option<usize>,
    /// When it is read.
    pub load: Load,
    /// What a filter typed over its rows is compared with; empty = it cannot be filtered.
    pub filter: Vec<String>,
    /// The argument of the function the typed line is given to, instead of `filter`.
    pub line: Option<String>,
    /// The argument that gets the typed line too, as the other keyboard layout would have written it.
    pub folded: Option<String>,
    /// Which of the two times it answers to.
    pub time: TimeKind,
    /// Notices that make it stale.
    pub topics: Vec<Topic>,
    /// The function that counts its rows under the same arguments.
    pub count: Option<String>,
}

/// What makes a source stale when the server announces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// `unit`, `account`, `journal`, `job` …
    pub name: String,
    /// What it must be about: the id this name has. Without one every notice of the topic counts, and so does one that came
    /// before the value was known.
    pub of: Option<Name>,
}

/// One column of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub column: String,
    /// Whether the largest comes first.
    pub down: bool,
}

/// When a source is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Load {
    /// When the screen opens.
    #[default]
    Open,
    /// When the part that shows it is first shown.
    Show,
    /// When the operator asks (a search line, a filter).
    Ask,
}

/// Which of the two times a source answers to; where none, the date line is greyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeKind {
    /// The day and what was known.
    #[default]
    Both,
    /// The day only.
    Valid,
    /// Neither.
    None,
}
