//! A page of boxes: what was laid out, where, ready to be painted by anything. Two pages are compared box by box,
//! so that a writer of many pages can find what they share.

/// A length or a place in hundredths of a millimetre; places count from the upper left corner, right and down.
pub type Length = i32;

/// Width and height of A4.
pub const A4: (Length, Length) = (21_000, 29_700);

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
    /// Boxes in reading order.
    pub items: Vec<Item>,
}

/// One thing on a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// A run of text.
    Text(Run),
    /// A straight line.
    Rule(Rule),
    /// The outline of a rectangle.
    Frame {
        /// The rectangle.
        area: Area,
        /// Thickness of its line.
        thickness: Length,
    },
    /// A square code of black and white modules.
    Code {
        /// Where it stands, without its quiet zone.
        area: Area,
        /// Its modules.
        modules: Modules,
    },
    /// A code of upright bars.
    Bars {
        /// Where it stands, without its quiet zones.
        area: Area,
        /// Its modules from the left; `true` is black.
        dark: Vec<bool>,
    },
    /// A word across the page, grey, under everything else.
    Stamp(Stamp),
}

/// A word across a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Where its middle stands.
    pub middle: (Length, Length),
    /// How far its baseline reaches from end to end.
    pub width: Length,
    /// Face and size.
    pub style: Style,
    /// The word.
    pub text: String,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Area {
    /// Left edge.
    pub x: Length,
    /// Upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

impl Area {
    /// The right edge.
    #[must_use]
    pub const fn right(self) -> Length {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub const fn bottom(self) -> Length {
        self.y + self.height
    }

    /// Whether two rectangles share more than an edge.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether the other rectangle lies wholly inside.
    #[must_use]
    pub const fn holds(self, other: Self) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }
}

/// A run of text in one style on one line.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Run {
    /// The room it takes: its advance by ascent and descent.
    pub area: Area,
    /// Where its letters stand.
    pub baseline: Length,
    /// Face and size.
    pub style: Style,
    /// The text.
    pub text: String,
    /// Added to the width of every space, so that the line fills its column.
    pub spread: Length,
}

/// A straight line, horizontal or vertical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rule {
    /// Where it begins.
    pub from: (Length, Length),
    /// Where it ends.
    pub to: (Length, Length),
    /// Its thickness.
    pub thickness: Length,
    /// Broken, to be cut along.
    pub dashed: bool,
}

/// A weight of a family documents are set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Upright, normal weight.
    Regular,
    /// Upright, bold.
    Bold,
    /// With serifs, normal weight: letters and certificates.
    Serif,
    /// With serifs, bold.
    SerifBold,
}

impl Face {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Regular, Self::Bold, Self::Serif, Self::SerifBold];

    /// The bold weight of the same family.
    #[must_use]
    pub const fn bold(self) -> Self {
        match self {
            Self::Regular | Self::Bold => Self::Bold,
            Self::Serif | Self::SerifBold => Self::SerifBold,
        }
    }
}

/// A face at a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Style {
    /// The face.
    pub face: Face,
    /// The size in tenths of a point.
    pub size: Length,
}

impl Style {
    /// Normal weight at a size in tenths of a point.
    #[must_use]
    pub const fn regular(size: Length) -> Self {
        Self { face: Face::Regular, size }
    }

    /// Bold at a size in tenths of a point.
    #[must_use]
    pub const fn bold(size: Length) -> Self {
        Self { face: Face::Bold, size }
    }
}

/// Modules of a square code, row by row; `true` is black.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Modules {
    /// Modules in a row.
    pub side: usize,
    /// `side × side` modules.
    pub dark: Vec<bool>,
}
