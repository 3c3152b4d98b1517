//! What a screen is, before anybody opens it: the types a screen file becomes. The engine knows nothing of files; any
//! producer will do.
//!
//! Parts of a screen point at each other by their place in its lists, so nothing has to be looked up by name while keys are
//! answered; names stay for messages and for the resume record.

mod action;
mod block;
mod field;
mod grid;
mod name;
mod picture;
mod role;
mod source;

pub use action::{Act, Action, Confirm, Ground, Then};
pub use block::{Block, BlockKind};
pub use field::{Check, Derive, Entry, Explain, Field, Kind, Lookup};
pub use grid::{Column, Commit, Edit, Grid, Mode, RowName, Total};
pub use name::{Link, Name, Now, Part, Target, Template};
pub use picture::{Picture, Slot};
pub use role::Role;
pub use source::{Load, Order, Source, TimeKind, Topic};

/// The screens of a workstation by name.
pub type Screens = std::sync::Arc<std::collections::BTreeMap<String, std::sync::Arc<Screen>>>;

/// One screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Screen {
    /// What operators type: `210`. Empty for screens that only open from another.
    pub code: String,
    /// Module and noun, unique: `cards/account_card`.
    pub name: String,
    /// The kind of thing it is the card of: a row that names the kind (`account`, `house`) opens it. Empty for most.
    pub card_of: String,
    /// The title with its substituted values.
    pub title: Template,
    /// What it is called while it shows nothing, where its title begins with a value; empty for most.
    pub called: String,
    /// The beginning of its title in the other language: the palette finds it by either.
    pub aka: String,
    /// Names of the values it is opened with.
    pub keys: Vec<String>,
    /// Those of the keys that may be empty.
    pub optional: Vec<String>,
    /// Which key the argument of the command line gives, and the function that finds it: «310 4100123».
    pub argument: Option<Argument>,
    /// What the engine itself opens it for.
    pub role: Option<Role>,
    /// Whether everybody has it, whatever the menu says.
    pub own: bool,
    /// Whether it stands in a frame over the screen below.
    pub dialog: bool,
    /// The kind of operation it is a step to: whoever may not make it has no use for the screen.
    pub step_to: Option<String>,
    /// Where data comes from.
    pub sources: Vec<Source>,
    /// The pictures, from the top; one of them may stand at the foot.
    pub pictures: Vec<Picture>,
    /// Pictures that are turned like the sheets of a form, in their order; the others stand on all of them. Empty: nothing is turned.
    pub pages: Vec<usize>,
    /// The fields the pictures show.
    pub fields: Vec<Field>,
    /// The grids.
    pub grids: Vec<Grid>,
    /// The other blocks.
    pub blocks: Vec<Block>,
    /// What stands between head and foot, one at a time; a single part has no strip of titles.
    pub tabs: Vec<Tab>,
    /// What can be done here.
    pub actions: Vec<Action>,
    /// One paragraph for F1.
    pub help: String,
}

/// How an argument typed behind a screen code becomes a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The key it gives.
    pub key: String,
    /// A function of one text that returns it.
    pub function: String,
    /// The other keys, from what the session knows.
    pub with: Vec<(String, Name)>,
}

/// One part of the middle of a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// Name in the file.
    pub name: String,
    /// Title of the strip.
    pub title: String,
    /// What it shows.
    pub show: Shown,
    /// A column with a number to stand beside the title.
    pub badge: Option<Name>,
}

/// What a tab shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// A grid of this screen.
    Grid(usize),
    /// A block of this screen.
    Block(usize),
    /// Another screen, opened inside, with these keys.
    Embed {
        /// Its code or name.
        screen: String,
        /// Its keys.
        with: Vec<(String, Name)>,
    },
}

impl Screen {
    /// The field of a name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Fields that every row of a sheet is sent with.
    #[must_use]
    pub fn sent_fields(&self, grid: usize) -> Vec<usize> {
        let Some(commit) = self.grids.get(grid).and_then(|grid| grid.commit.as_ref()) else {
            return Vec::new();
        };
        let no_access = commit.no_access.iter().flat_map(|(_, facts)| facts);
        let typed = |(_, name): &(String, RowName)| match name {
            RowName::Other(Name::Field(field)) if self.fields[*field].is_entry() => Some(*field),
            _ => None,
        };
        let mut fields: Vec<usize> = commit.facts.iter().chain(no_access).filter_map(typed).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// Whether a field only asks: a source is asked by it, or rows are sent with it one by one, and no action writes it. What is
    /// typed into it is nothing that would be lost.
    #[must_use]
    pub fn only_asks(&self, field: usize) -> bool {
        let name = Name::Field(field);
        let is_in = |values: &[(String, Name)]| values.iter().any(|(_, value)| *value == name);
        let is_written = self.actions.iter().any(|action| match &action.act {
            Act::Operation { args, fact, .. } => is_in(args) || is_in(fact),
            Act::Function { args, .. } => is_in(args),
            _ => false,
        });
        let is_of_a_sheet = self.grids.iter().any(|grid| grid.mode == Mode::Mass);
        !is_written && (is_of_a_sheet || self.sources.iter().any(|source| is_in(&source.by)))
    }

    /// Whether what is typed is part of a source's question.
    #[must_use]
    pub fn asks_fields(&self, source: usize) -> bool {
        let Some(source) = self.sources.get(source) else { return false };
        source.line.is_some()
            || !source.filter.is_empty()
            || source.by.iter().any(|(_, name)| matches!(name, Name::Field(_)))
    }

    /// The source of a name.
    #[must_use]
    pub fn source(&self, name: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.name == name)
    }
}
