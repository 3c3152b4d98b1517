//! What stands over the screens and takes the keys: a question, a line to be typed, the palette, a difference, help.

pub mod choice;
pub mod diff;
pub mod help;
pub mod palette;

use uuid::Uuid;

use super::effect::Operation;
use super::grid::All;
use super::line::Line;
use super::window::WindowId;
use crate::locale::Words;

pub use choice::Choice;
pub use diff::Diff;
pub use help::Help;
pub use palette::Palette;

/// What stands over the screens.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// `1 Да / 0 Нет`, or three answers.
    Question {
        /// What is asked.
        text: String,
        /// What the answers mean.
        asked: Asked,
    },
    /// One line to be typed.
    Prompt {
        /// What it is for.
        prompt: Prompt,
        /// What is asked for.
        title: String,
        /// What is typed.
        line: Line,
        /// What is wrong with it.
        wrong: Option<String>,
    },
    /// Commands, screens and actions by their names; screen codes.
    Palette(Palette),
    /// What a change would do.
    Diff(Box<Diff>),
    /// A text to be read.
    Help(Help),
    /// A closed set to choose from.
    Choice(Choice),
    /// Columns of a list to be filled, so that the server filters by them.
    ByExample(ByExample),
}

/// Columns of a list, a line each.
#[derive(Debug, Clone, PartialEq)]
pub struct ByExample {
    /// The screen and its grid.
    pub of: (WindowId, usize),
    /// Headings and what is typed for them.
    pub lines: Vec<(String, Line)>,
    /// The line with the cursor.
    pub at: usize,
    /// What is wrong with it.
    pub wrong: Option<String>,
}

/// What the first answer means.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// The screen is left, and what is typed stays a draft.
    Leave,
    /// What is typed is given up and the screen is left.
    GiveUp,
    /// A draft is taken into the screen that was opened.
    Draft(WindowId, Uuid),
    /// A draft is thrown away.
    Throw(Uuid),
    /// Whether the keys of a terminal that is new to the operator are tested.
    TestKeys,
    /// The program is left; drafts are in the resume record.
    Exit,
    /// An action is done.
    Action(WindowId, usize),
    /// A change is made although nobody could show what it does.
    Unseen(Option<(WindowId, usize)>, Operation),
    /// A change the server doubts is meant as it is.
    Doubted(Option<(WindowId, usize)>, Operation),
    /// Everything the filter of a grid lets through is marked.
    MarkAll(WindowId, usize, All),
}

/// What a typed line is for.
#[derive(Debug, Clone, PartialEq)]
pub enum Prompt {
    /// The ground of an action, and what it is called.
    Ground(WindowId, usize, String),
    /// The ground of an undo: the operation and its title.
    Undo(Uuid, String),
    /// The day of the date line.
    AsOf,
    /// The day it was known on.
    Known,
}

impl Asked {
    /// What the second answer means, where there is one.
    #[must_use]
    pub const fn other(&self) -> Option<Self> {
        match self {
            Self::Leave => Some(Self::GiveUp),
            Self::Draft(_, draft) => Some(Self::Throw(*draft)),
            _ => None,
        }
    }

    /// The words of the answers.
    #[must_use]
    pub const fn answers(&self) -> &'static str {
        match self {
            Self::Leave => "answers-leave",
            Self::Draft(..) => "answers-draft",
            _ => "yes-no",
        }
    }

    /// What is said when nothing of it is wanted. Who stays sees that nothing happened.
    #[must_use]
    pub const fn declined(&self) -> Option<&'static str> {
        match self {
            Self::Leave | Self::GiveUp | Self::Exit => None,
            Self::Draft(..) => Some("draft-waits"),
            Self::TestKeys => Some("key-test-later"),
            _ => Some("not-done"),
        }
    }
}

impl Overlay {
    /// A line to be typed.
    #[must_use]
    pub fn prompt(prompt: Prompt, words: &Words, text: &str) -> Self {
        let title = match &prompt {
            Prompt::Ground(_, _, title) => words.with("prompt-ground", &[("title", title.clone().into())]),
            Prompt::Undo(_, title) => words.with("prompt-undo", &[("title", title.clone().into())]),
            Prompt::AsOf => words.text("prompt-as-of").into_owned(),
            Prompt::Known => words.text("prompt-known").into_owned(),
        };
        Self::Prompt { prompt, title, line: Line::fresh(text), wrong: None }
    }

    /// Whether it is a question that must not be answered by keys typed before it was seen.
    #[must_use]
    pub const fn is_question(&self) -> bool {
        matches!(
            self,
            Self::Question { .. }
                | Self::Diff(_)
                | Self::Choice(Choice { target: choice::Target::Row { .. }, .. })
        )
    }

    /// Takes a pasted text; `false` = too long for it. Where nothing is typed it is dropped: never executed as keys.
    pub fn paste(&mut self, text: &str) -> bool {
        match self {
            Self::Prompt { line, .. } => line.paste(text, LONGEST),
            Self::Palette(palette) => palette.line.paste(text, LONGEST),
            Self::ByExample(example) => {
                example.lines.get_mut(example.at).is_some_and(|(_, line)| line.paste(text, LONGEST))
            }
            _ => true,
        }
    }
}

/// The longest line of a prompt.
pub const LONGEST: usize = 200;
