//! The terminal's own printer: what comes between `ESC [5i` and `ESC [4i` is printed, not shown (PuTTY, and the terminals it copies).

const BEGIN: &[u8] = b"\x1b[5i";
const END: &[u8] = b"\x1b[4i";

/// The bytes that make the terminal print a text, so many times over. The text is ready for the printer and holds no escape.
#[must_use]
pub fn print_sequence(text: &[u8], copies: usize) -> Vec<u8> {
    let mut bytes = BEGIN.to_vec();
    for _ in 0..copies {
        bytes.extend(text.iter().filter(|byte| **byte != 0x1b));
    }
    bytes.extend_from_slice(END);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_between_the_pair_and_cannot_end_it() {
        assert_eq!(print_sequence(b"A\x1b[4iB\x0c", 2), b"\x1b[5iA[4iB\x0cA[4iB\x0c\x1b[4i");
    }
}
