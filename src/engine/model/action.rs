//! What can be done on a screen.

use super::{Link, Name, Template};
use crate::engine::value::Value;
use crate::keymap::Command;

/// One thing an operator can do here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Name in the file.
    pub name: String,
    /// What the menu of actions calls it.
    pub title: String,
    /// What it is called in the other language: the palette finds it by either.
    pub aka: String,
    /// Names what an undo takes back, for its question.
    pub named: Option<Name>,
    /// The key it stands on; none = only in the menu of actions.
    pub command: Option<Command>,
    /// What it does.
    pub act: Act,
    /// A boolean column: whether it is allowed now.
    pub enabled: Option<Name>,
    /// A text column: why not.
    pub refusal: Option<Name>,
    /// What is asked first.
    pub confirm: Confirm,
    /// What follows success.
    pub then: Vec<Then>,
}

/// What an action does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// An operation of the registry.
    Operation {
        /// Its kind.
        kind: String,
        /// Arguments beside the facts; a dot in a name makes an object: `person.last_name`.
        args: Vec<(String, Name)>,
        /// One fact, its parts by name; empty = the operation takes no facts.
        fact: Vec<(String, Name)>,
        /// Whether a ground is asked for.
        ground: Ground,
        /// Whether the difference is shown before.
        preview: bool,
        /// Whether it answers with the number of a long job to follow.
        job: bool,
        /// The mark of what the form showed: what others changed since is not overwritten unseen.
        seen: Option<Name>,
    },
    /// Another screen.
    Open(Link),
    /// The key «Отменить» of the journal: undoes the operation a column names.
    Undo(Name),
    /// Cancels the long job a column names.
    CancelJob(Name),
    /// Logs in with these fields: login, password.
    Login {
        /// Field with the login.
        login: usize,
        /// Field with the password.
        password: usize,
    },
    /// Changes the operator's own password: the old, the new, the new again.
    Password {
        /// Field with the present password.
        old: usize,
        /// Field with the new one.
        new: usize,
        /// Field with the new one again.
        again: usize,
    },
    /// Goes on with a session that was lost, or begins a new one.
    Continue(Option<Name>),
    /// The other language, until settings are chosen anew: for who cannot read the words of the house.
    Language,
    /// Runs the sources that wait to be asked.
    Search,
    /// Calls a function whose answer nobody reads, or adopts: `admin.settings_put`.
    Function {
        /// `module.name`.
        name: String,
        /// Its named arguments.
        args: Vec<(String, Name)>,
    },
}

impl Act {
    /// The kind of operation it makes, if it makes one.
    #[must_use]
    pub fn operation(&self) -> Option<&str> {
        match self {
            Self::Operation { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Whether it changes something about the row under the cursor, or about what is marked.
    #[must_use]
    pub fn names_rows(&self) -> bool {
        let of_rows = |name: &&Name| matches!(name, Name::Row { .. } | Name::Front(_) | Name::Marks(_));
        !matches!(self, Self::Open(_)) && self.names().iter().any(of_rows)
    }

    /// The grid whose row it is about, where the file names one.
    #[must_use]
    pub fn grid(&self) -> Option<usize> {
        self.names().into_iter().find_map(|name| match name {
            Name::Row { grid, .. } | Name::Marks(grid) => Some(*grid),
            _ => None,
        })
    }

    /// What it is done with.
    fn names(&self) -> Vec<&Name> {
        match self {
            Self::Operation { args, fact, .. } => args.iter().chain(fact).map(|(_, name)| name).collect(),
            Self::Function { args, .. } => args.iter().map(|(_, name)| name).collect(),
            Self::Open(link) => link.with.iter().map(|(_, name)| name).collect(),
            Self::Undo(name) | Self::CancelJob(name) => vec![name],
            Self::Login { .. }
            | Self::Password { .. }
            | Self::Continue(_)
            | Self::Language
            | Self::Search => Vec::new(),
        }
    }
}

/// Whether a ground is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// It must be given.
    Must,
    /// It may be given.
    May,
    /// It is not asked for.
    #[default]
    None,
}

/// What is asked before an action.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Confirm {
    /// Nothing.
    #[default]
    None,
    /// `1 Да / 0 Нет`, by a key typed after the question was painted; it names what it is about.
    Ask(Template),
}

/// What follows success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// The screen is left; the one below is read again.
    Close,
    /// Everything visible is read again.
    Refresh,
    /// A field takes the focus.
    Focus(usize),
    /// Fields become empty.
    Clear,
    /// What the function answered are the settings of the workstation from now on.
    Adopt,
    /// Another screen.
    Open(Link),
    /// A value goes into a field.
    Put(usize, Value),
}
