//! Keys pressed one after another: one, or F9 and then one of the second row.

use std::fmt;
use std::str::FromStr;

use super::{Key, KeyError};

/// The key that opens the second row of the bar. It is the same everywhere.
pub(super) const SECOND_ROW: Key = Key::F(9);

/// What has to be pressed for a command: `F2`, or `F9 F1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sequence {
    /// Whether F9 comes first.
    pub second_row: bool,
    /// The key that starts the command.
    pub key: Key,
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.second_row {
            write!(f, "{SECOND_ROW} ")?;
        }
        write!(f, "{}", self.key)
    }
}

impl FromStr for Sequence {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        match text.split_once(' ') {
            None => Ok(Self { second_row: false, key: text.parse()? }),
            Some((first, second)) if first.parse() == Ok(SECOND_ROW) => {
                Ok(Self { second_row: true, key: second.parse()? })
            }
            Some(_) => Err(KeyError::Unknown(text.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_is_one_key_or_f9_and_one() {
        for text in ["F2", "F9", "F9 F1", "F9 F9", "F9 Down", "Enter"] {
            assert_eq!(text.parse::<Sequence>().map(|keys| keys.to_string()), Ok(text.to_owned()));
        }
        assert!("F8 F1".parse::<Sequence>().is_err());
        assert!("F9 F1 F2".parse::<Sequence>().is_err());
    }
}
