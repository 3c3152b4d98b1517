//! A filled template: what stands on paper, one under the other, before anybody knows how wide the paper is.

use super::front::Front;
use crate::document::canvas::Align;

/// A filled template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Paper, margins, face, running lines.
    pub front: Front,
    /// Everything from the top.
    pub blocks: Vec<Block>,
}

/// A piece of text in one weight; a line feed begins a new line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it is bold.
    pub bold: bool,
}

/// Text as it stands in a paragraph or cell.
pub type Inline = Vec<Span>;

/// Where the lines of a paragraph stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// Filling the width, the first line indented.
    Justified,
    /// At the left edge, in the middle, at the right edge.
    At(Align),
}

/// One thing under another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A title (1) or a heading inside (2, 3).
    Heading {
        /// 1 to 3.
        level: u8,
        /// What it says.
        text: Inline,
    },
    /// A paragraph.
    Paragraph {
        /// What it says.
        text: Inline,
        /// Where its lines stand.
        setting: Setting,
        /// In small print.
        small: bool,
    },
    /// A list.
    List {
        /// The number of the first point; without one the points have dashes.
        first: Option<u64>,
        /// The points.
        items: Vec<Inline>,
    },
    /// A table.
    Table(Table),
    /// Lines to be signed: an office and a name; a line without a name is only printed.
    Signatures(Vec<(String, Option<String>)>),
    /// A line across.
    Rule,
    /// Room, in millimetres.
    Space(u16),
    /// The next page.
    Turn,
    /// What stays on one page, if any page can hold it.
    Keep(Vec<Block>),
    /// A square code of a text.
    Qr(String),
    /// A code of bars of a text.
    Bars(String),
}

/// How a table looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// With borders; the head is repeated on every page.
    Grid,
    /// Without borders.
    Plain,
    /// A form filled in: labels, and values over a line, by turns.
    Form,
}

/// A width of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// Millimetres.
    Millimetres(u16),
    /// So many shares of what the others leave.
    Shares(u16),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// How it looks.
    pub look: Look,
    /// Widths of its columns; what is not told is a share.
    pub widths: Vec<Width>,
    /// Where the text of each column stands.
    pub aligns: Vec<Align>,
    /// The head, where it says anything.
    pub head: Option<Vec<Inline>>,
    /// The rows.
    pub rows: Vec<Vec<Inline>>,
    /// In small print.
    pub small: bool,
}
