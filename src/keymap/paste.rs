//! What may come out of a paste.

/// A pasted text made fit for a field: line ends, tabs and foreign spaces become spaces, control and invisible
/// characters are dropped, and so are spaces at the end. It is text in any case, never keys.
#[must_use]
pub fn clean(pasted: &str) -> String {
    let lines = pasted.replace("\r\n", "\n");
    let kept = lines.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        letter if letter.is_whitespace() => Some(' '),
        letter if letter.is_control() || is_invisible(letter) => None,
        letter => Some(letter),
    });
    let mut text: String = kept.collect();
    text.truncate(text.trim_end().len());
    text
}

/// Characters without a width that steer the order or joining of others.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_is_one_line_of_visible_text() {
        assert_eq!(clean("Иванов\r\nПётр\n"), "Иванов Пётр");
        assert_eq!(clean("1\u{a0}234\t5"), "1 234 5");
        assert_eq!(clean("a\u{1b}[2Jb\u{7}\u{9b}c\u{200b}\u{202e}d\0"), "a[2Jbcd");
        assert_eq!(clean(" слева остаётся"), " слева остаётся");
        assert_eq!(clean("\n\n"), "");
    }
}
