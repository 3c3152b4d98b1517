//! Names: where a value is taken from. A scope always stands before it (`source.column`, `key.NAME`, `row.COLUMN`,
//! `field.NAME`, `now.NAME`), so a reader never guesses.

use crate::engine::value::{Show, Value};

/// One value a screen speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// What the screen was opened with.
    Key(String),
    /// A column of the first row of a source.
    Column {
        /// The source.
        source: usize,
        /// The column.
        column: usize,
    },
    /// A column of the row under the cursor of a grid.
    Row {
        /// The grid.
        grid: usize,
        /// The column of its source.
        column: usize,
    },
    /// A column of the row under the cursor of whichever grid is in front: its place in every grid, by their numbers.
    Front(Vec<usize>),
    /// What is typed into a field.
    Field(usize),
    /// What is marked in a grid: its rows by their keys, or everything its filter lets through; without a mark, the row under the
    /// cursor.
    Marks(usize),
    /// What the session knows.
    Now(Now),
    /// A value of the file itself.
    Given(Value),
}

/// What the session knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// The operational day.
    Today,
    /// The day of the date line, else the day.
    Day,
    /// The first day of the month being collected.
    Month,
    /// The operator's login.
    Operator,
}

/// A text with values in it: «Счёт {head.number}».
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Template(pub Vec<Part>);

/// One part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// As it stands.
    Text(String),
    /// A value.
    Value(Name, Show),
}

/// A way to another screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Code or name of the screen; a column may hold it.
    pub screen: Target,
    /// Its keys.
    pub with: Vec<(String, Name)>,
}

/// Which screen a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// This one.
    Screen(String),
    /// The one a column names.
    Column(Name),
}

impl Template {
    /// A text without values.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self(vec![Part::Text(text.to_owned())])
    }
}
