//! What the database says of a screen. The catalogue is a plain struct, so that the check runs without a database too; what is
//! broken is marked on the screen, whose rest stays of use.

mod calls;
mod check;
mod describe;
mod dump;
mod kind;
mod mend;

use std::collections::BTreeMap;

pub use check::check;
pub use describe::describe;
pub use kind::Type;
pub use mend::mend;

/// What clients may rely on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Views by `module.name`.
    pub relations: BTreeMap<String, Relation>,
    /// Functions by `module.name`.
    pub functions: BTreeMap<String, Function>,
    /// Kinds of operation by name.
    pub operations: BTreeMap<String, Operation>,
}

/// A view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Relation {
    /// Its columns in order, with what their comments say.
    pub columns: Vec<(String, Type, String)>,
    /// `both`, `valid`, `none`: the beginning of its comment.
    pub time: String,
    /// Group roles that may read it.
    pub roles: Vec<String>,
}

/// A function.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Function {
    /// Its arguments.
    pub arguments: Vec<Argument>,
    /// The columns of the rows it returns.
    pub columns: Vec<(String, Type)>,
    /// Group roles that may call it.
    pub roles: Vec<String>,
}

/// An argument of a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub kind: Type,
    /// Whether it must be given.
    pub must: bool,
}

/// A kind of operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Operation {
    /// What it is called.
    pub title: String,
    /// `must`, `may`, `none`.
    pub ground: String,
    /// Parts of its fact that must be given; empty = it takes no facts.
    pub keys: Vec<String>,
    /// Parts that must be given unless the fact is taken away (`void`).
    pub required: Vec<String>,
    /// Parts that may be given.
    pub parts: Vec<String>,
    /// Group roles that may do it.
    pub roles: Vec<String>,
}

/// What of a screen is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The screen as a whole: title, tabs, a code's argument.
    Screen,
    /// A source.
    Source(usize),
    /// A field.
    Field(usize),
    /// A column of a grid.
    Column(usize, usize),
    /// A grid as a whole: key, group, style, what it sends.
    Grid(usize),
    /// An action.
    Action(usize),
}

/// One thing that the database does not have as the screen wants it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Break {
    /// Where.
    pub part: Part,
    /// What, as a sentence.
    pub told: String,
}

impl Catalogue {
    /// The columns of a view or of the rows of a function.
    #[must_use]
    pub fn columns(&self, relation: &str, is_function: bool) -> Option<Vec<(&str, Type)>> {
        if is_function {
            let function = self.functions.get(relation)?;
            return Some(function.columns.iter().map(|(name, kind)| (name.as_str(), *kind)).collect());
        }
        let relation = self.relations.get(relation)?;
        Some(relation.columns.iter().map(|(name, kind, _)| (name.as_str(), *kind)).collect())
    }
}
