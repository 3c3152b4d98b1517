//! THE command list: everything the workstation can be told, once. Bar, menu, palette, help, manual and key
//! check are made from it; the words are in `locales/`, the keys in `keymaps/`.

use std::str::FromStr;

use crate::locale::Words;

macro_rules! commands {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// A command of the workstation. What it does in a place is the engine's business; that it means the
        /// same everywhere is this list's.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Command {
            /// Every command, in the order of the manual.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that keymaps, screens and locales use; it never changes.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

commands! {
    /// Explains the field, then the screen, then the last message.
    Help = "help",
    /// Writes what is on the screen: save, commit, post.
    Save = "save",
    /// Starts a query by example, or runs it.
    Find = "find",
    /// Opens the list of values of a field.
    Choose = "choose",
    /// Fetches the data again and keeps the place.
    Refresh = "refresh",
    /// Moves to the next pane or tab.
    Pane = "pane",
    /// Begins a new record or row.
    New = "new",
    /// Marks for deletion, or reverses with a ground.
    Delete = "delete",
    /// Opens the second row of the bar and the command line.
    More = "more",
    /// Leaves the screen.
    Back = "back",
    /// Lists everything that can be done here.
    Actions = "actions",
    /// Explains the amount under the cursor.
    Why = "why",
    /// Undoes an operation.
    Undo = "undo",
    /// Searches everything by one line.
    SearchAll = "search-all",
    /// Shows the screen as of a day, or as known on a day.
    AsOf = "as-of",
    /// Shows the journal of what is on the screen.
    Journal = "journal",
    /// Prints what is on the screen.
    Print = "print",
    /// Copies the value or the marked rows out of the terminal.
    Copy = "copy",
    /// Shows what has been changed and not yet written.
    Diff = "diff",
    /// Opens the menu.
    Menu = "menu",
    /// Ends the session.
    Exit = "exit",
    /// Gives up the edit, then goes one level back.
    Cancel = "cancel",
    /// Takes the value and goes on; opens a row; explains an amount that is not being edited.
    Accept = "accept",
    /// Goes to the next field and takes nothing.
    Next = "next",
    /// Goes to the field before and takes nothing.
    Previous = "previous",
    /// One row up.
    Up = "up",
    /// One row down.
    Down = "down",
    /// One position left; closes a branch.
    Left = "left",
    /// One position right; opens a branch.
    Right = "right",
    /// To the beginning of the field or row.
    First = "first",
    /// To the end of the field or row.
    Last = "last",
    /// One page up.
    PageUp = "page-up",
    /// One page down.
    PageDown = "page-down",
    /// Deletes the character before the cursor.
    EraseBefore = "erase-before",
    /// Deletes the character under the cursor.
    EraseUnder = "erase-under",
    /// Marks the row, or takes the mark away.
    Mark = "mark",
    /// Marks everything the filter lets through.
    MarkAll = "mark-all",
    /// Shows a cut value whole.
    ShowWhole = "show-whole",
    /// Goes to the next row the server refused.
    NextRefused = "next-refused",
    /// Stops the running request; never leaves the program.
    Stop = "stop",
    /// Answers a question with yes.
    Yes = "yes",
    /// Answers a question with no.
    No = "no",
    /// Gives a question its second answer, where it has one.
    Other = "other",
    /// Repeats the value of the row above.
    DupAbove = "dup-above",
    /// Notes that nobody let the inspector in.
    NoAccess = "no-access",
    /// Takes the cell and goes on, from the numeric part of the keyboard.
    AcceptPlus = "accept-plus",
    /// Puts today's date in.
    Today = "today",
    /// One day later.
    DayLater = "day-later",
    /// One day earlier.
    DayEarlier = "day-earlier",
}

impl Command {
    /// The label of the bar: at most 6 letters.
    #[must_use]
    pub fn label(self, words: &Words) -> String {
        self.word(words, ".bar")
    }

    /// The label of the bar where it has so many cells: a whole word, or the short form, at most 4 letters, made for a narrow
    /// terminal; never a cut one.
    #[must_use]
    pub fn label_within(self, words: &Words, room: usize) -> String {
        let label = self.label(words);
        if label.chars().count() <= room { label } else { self.word(words, ".short") }
    }

    /// The name the menu, the palette and the manual show.
    #[must_use]
    pub fn title(self, words: &Words) -> String {
        self.word(words, "")
    }

    /// One sentence of help.
    #[must_use]
    pub fn help(self, words: &Words) -> String {
        self.word(words, ".help")
    }

    fn word(self, words: &Words, attribute: &str) -> String {
        words.text(&format!("command-{}{attribute}", self.name())).into_owned()
    }
}

/// The name of a command that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("команды «{0}» нет")]
pub struct NoSuchCommand(pub String);

impl FromStr for Command {
    type Err = NoSuchCommand;

    fn from_str(name: &str) -> Result<Self, NoSuchCommand> {
        let found = Self::ALL.iter().find(|command| command.name() == name);
        found.copied().ok_or_else(|| NoSuchCommand(name.to_owned()))
    }
}
