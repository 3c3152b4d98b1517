//! A grid: rows of one source.

use super::{Explain, Kind, Link, Name};
use crate::engine::value::Show;

/// Rows of one source, read or typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Name in the file.
    pub name: String,
    /// The source of its rows.
    pub source: usize,
    /// What may be done with its cells.
    pub mode: Mode,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// Columns of the source that tell one row from all others.
    pub key: Vec<usize>,
    /// A column whose text names the style of the row.
    pub style: Option<usize>,
    /// What Enter opens.
    pub enter: Option<Link>,
    /// The amount Enter explains where the cursor stands on a column of amounts.
    pub explain: Option<Explain>,
    /// What is said instead of rows where there are none and nothing was sought: what would be here, and how it comes.
    pub empty: String,
    /// What the action on the key `new` would make there, said behind it to whoever may do that now.
    pub empty_new: String,
    /// A function of the source's arguments that says how many rows they let through and for what sum: everything can be marked at
    /// once.
    pub marks: Option<String>,
    /// How a row typed into is sent.
    pub commit: Option<Commit>,
}

/// What may be done with the cells of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Nothing: a list.
    #[default]
    Read,
    /// A sheet filled row by row from paper, each row sent by itself.
    Mass,
}

/// One column of a grid.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// The column of the source.
    pub column: usize,
    /// Heading.
    pub title: String,
    /// Width in cells.
    pub width: usize,
    /// How much of surplus width it takes.
    pub grow: usize,
    /// Which column is left out first where the screen is narrow: 1 before 2; 0 = never.
    pub drop: u8,
    /// How its values are shown.
    pub show: Show,
    /// What stands under it.
    pub total: Total,
    /// What may be typed.
    pub edit: Option<Edit>,
    /// Whether Enter on it means «Почему?».
    pub is_amount: bool,
    /// The month it tells of: its heading while that is known, and the month of its amounts.
    pub month: Option<Name>,
    /// What the database calls its type, for its author; empty until the database was asked.
    pub kind: String,
}

/// Below this a text tells one row from another no more.
const LEAST_TEXT: usize = 8;

impl Column {
    /// How narrow it may become: a text is cut and says so; a day, a sum, a number is whole or not there.
    #[must_use]
    pub fn least(&self) -> usize {
        let is_text = matches!(self.show, Show::Plain | Show::Ending | Show::Said | Show::Choice(_))
            && self.kind.is_empty();
        let yields = self.edit.is_none() && (is_text || self.kind == Self::TEXT);
        if yields { self.width.min(LEAST_TEXT) } else { self.width }
    }

    /// What the database's texts are called in [`Self::kind`].
    pub const TEXT: &'static str = "текст";
}

/// What stands under a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Total {
    /// Nothing.
    #[default]
    None,
    /// The sum of all rows, which are all here: a paged source has no totals.
    Sum,
}

/// What may be typed into a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What it becomes.
    pub kind: Kind,
    /// Columns of the source between which a value is plausible; outside, the operator is asked to type it again.
    pub plausible: Option<(usize, usize)>,
    /// The column with the value before, from which the use is counted: a doubt tells both.
    pub before: Option<usize>,
    /// The column that says how many digits the dial has: a value below the one before may be one that passed its end.
    pub dial: Option<usize>,
}

/// How a row of a sheet is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// The kind of operation.
    pub operation: String,
    /// Its fact, or its arguments: one object a row. `typed.CELL` names speak of the typed cells by their column.
    pub facts: Vec<(String, RowName)>,
    /// Whether the object is a fact; else it is the arguments themselves.
    pub is_fact: bool,
    /// The part that is true when the dial passed its end.
    pub passed: Option<String>,
    /// The kind of operation of the key «нет доступа», with the same naming.
    pub no_access: Option<(String, Vec<(String, RowName)>)>,
}

/// Where a value of a sent row comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowName {
    /// A column of the source as it was read.
    Column(usize),
    /// What is typed into a column.
    Typed(usize),
    /// Anything else.
    Other(Name),
}

impl Edit {
    /// The columns of the source it speaks of.
    pub fn columns(&self) -> impl Iterator<Item = usize> {
        let bounds = self.plausible.into_iter().flat_map(|(low, high)| [low, high]);
        bounds.chain(self.before).chain(self.dial)
    }
}

impl Grid {
    /// The first column that can be typed into.
    #[must_use]
    pub fn typed_column(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.edit.is_some())
    }
}
