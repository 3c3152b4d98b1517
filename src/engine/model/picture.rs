//! A picture: the text of a screen file with its tags taken out.

/// One picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Name in the file.
    pub name: String,
    /// Whether it stands at the foot of the screen.
    pub at_foot: bool,
    /// The lines, tags replaced by spaces.
    pub lines: Vec<String>,
    /// Where the fields stand, in reading order.
    pub slots: Vec<Slot>,
}

/// The place of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// The field.
    pub field: usize,
    /// Line from the top of the picture.
    pub line: u16,
    /// Column from the left.
    pub column: u16,
    /// Width.
    pub width: u16,
    /// Whether it takes surplus width.
    pub grows: bool,
}
