//! Copying out of the terminal: OSC 52. Terminals that do not know it drop it without a word, so whoever copies
//! offers a second way.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What terminals are known to take at most; more is dropped by some, and by some printed.
const LIMIT: usize = 74_000;

/// The bytes that put a text into the clipboard of the terminal; nothing when it is too long for one.
#[must_use]
pub fn copy_sequence(text: &str) -> Option<Vec<u8>> {
    (text.len() <= LIMIT).then(|| format!("\x1b]52;c;{}\x07", STANDARD.encode(text)).into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_one_sequence() {
        assert_eq!(copy_sequence("Да").as_deref(), Some(&b"\x1b]52;c;0JTQsA==\x07"[..]));
        assert_eq!(copy_sequence(&"x".repeat(LIMIT + 1)), None);
    }
}
