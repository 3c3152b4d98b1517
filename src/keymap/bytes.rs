//! The bytes of a key, in the notation a terminal shows them (`cat -v`): `^[` is Esc, `^[[11~` an F1.

use std::fmt;

/// What a terminal sent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Bytes(pub Vec<u8>);

impl Bytes {
    /// Reads the notation; every ASCII text is one.
    #[must_use]
    pub fn of_notation(text: &str) -> Self {
        let mut bytes = Vec::new();
        let mut letters = text.bytes();
        while let Some(letter) = letters.next() {
            match letter {
                b'^' => bytes.extend(letters.next().map(|name| name ^ 0x40)),
                letter => bytes.push(letter),
            }
        }
        Self(bytes)
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| match byte {
            0..=31 | 127 => write!(f, "^{}", char::from(byte ^ 0x40)),
            32..=126 => write!(f, "{}", char::from(*byte)),
            _ => write!(f, "\\x{byte:02x}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notation_is_that_of_terminals() {
        for (text, bytes) in
            [("^[[11~", &b"\x1b[11~"[..]), ("^?", b"\x7f"), ("^H", b"\x08"), ("^[OP", b"\x1bOP")]
        {
            assert_eq!(Bytes::of_notation(text).0, bytes);
            assert_eq!(Bytes(bytes.to_vec()).to_string(), text);
        }
        assert_eq!(Bytes(vec![0xd0, 0x96]).to_string(), "\\xd0\\x96");
    }
}
