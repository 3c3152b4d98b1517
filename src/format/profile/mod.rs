//! The profile: how the files of one old program become rows of ours, in TOML that an administrator writes
//! (`docs/import.md`). A closed vocabulary without expressions: a file is named, its columns are named, and each
//! column is given to a field of a [`Kind`] of row.

mod error;
mod kind;
mod mask;
mod method;
mod read;

use std::collections::BTreeMap;

use super::encoding::Encoding;
use crate::calc::period::Month;

pub use error::{Problem, Refusal, Refusals};
pub use kind::{Field, Kind, Need};
pub use mask::DateMask;
pub use method::ChargeMethod;

/// A whole profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// What the old program is called.
    pub name: String,
    /// The first month charged here: bases are of this month, opening balances stand at its beginning.
    pub month: Month,
    /// The files, in the order of the profile.
    pub files: Vec<FilePlan>,
}

/// What a file is and which rows it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePlan {
    /// Its line in the profile.
    pub line: usize,
    /// File name, or a mask with `*` and `?`; letter case does not count.
    pub name: String,
    /// How it is written.
    pub layout: Layout,
    /// How its values are written.
    pub notation: Notation,
    /// The rows it gives.
    pub rows: Vec<RowPlan>,
}

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Text with a separator, in an encoding (found by its letters when not told).
    Csv {
        /// One ASCII sign.
        separator: u8,
        /// As told.
        encoding: Option<Encoding>,
    },
    /// A DBF table, in an encoding (by its mark or letters when not told).
    Dbf {
        /// As told.
        encoding: Option<Encoding>,
    },
}

/// How values are written in text cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notation {
    /// The decimal mark; either of comma and point when not told.
    pub decimal: Option<char>,
    /// Dates.
    pub date: DateMask,
    /// Months.
    pub month: DateMask,
}

/// Rows of one kind from each row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowPlan {
    /// Its line in the profile.
    pub line: usize,
    /// What the rows are.
    pub kind: Kind,
    /// Values by field of the kind.
    pub values: BTreeMap<&'static str, Value>,
}

/// Where the value of a field comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A column of the file.
    Column {
        /// Its line in the profile.
        line: usize,
        /// The column.
        name: String,
        /// What stands in the file → what it means; a value not listed makes its row bad.
        map: Option<BTreeMap<String, String>>,
        /// The value where the cell is empty.
        default: Option<String>,
    },
    /// The same for every row.
    Constant(String),
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its line.
    pub fn parse(text: &str) -> Result<Self, Refusals> {
        read::profile(text)
    }
}

impl FilePlan {
    /// Whether a file is meant: its name fits the mask.
    #[must_use]
    pub fn fits(&self, name: &str) -> bool {
        let signs = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
        fits(&signs(&self.name), &signs(name))
    }
}

/// Matches greedily and returns to the last `*` where a sign does not fit, so no mask takes exponential time.
fn fits(mask: &[char], name: &[char]) -> bool {
    let (mut place, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < name.len() {
        match mask.get(place) {
            Some('*') => {
                star = Some((place + 1, read));
                place += 1;
            }
            Some(sign) if *sign == '?' || *sign == name[read] => {
                place += 1;
                read += 1;
            }
            _ => match &mut star {
                Some((after, taken)) => {
                    *taken += 1;
                    (place, read) = (*after, *taken);
                }
                None => return false,
            },
        }
    }
    mask[place..].iter().all(|sign| *sign == '*')
}

#[cfg(test)]
mod tests {
    #[test]
    fn masks_fit_as_a_shell_does() {
        let fits = |mask: &str, name: &str| {
            super::fits(&mask.chars().collect::<Vec<_>>(), &name.chars().collect::<Vec<_>>())
        };
        assert!(fits("nach*.dbf", "nach1003.dbf") && fits("nach*.dbf", "nach.dbf"));
        assert!(fits("n?.dbf", "n1.dbf") && !fits("n?.dbf", "n.dbf") && !fits("n.dbf", "n.dbf1"));
    }
}
