//! What may come out of a paste.

use std::iter::Peekable;
use std::str::Chars;

/// A pasted text made harmless: sequences that steer a terminal disappear wholly, control and invisible characters are dropped,
/// line ends are one newline each, foreign spaces one space; tabs stay, they part the cells of a sheet. It is text in any case, never
/// keys.
#[must_use]
pub fn clean(pasted: &str) -> String {
    let lines = without_sequences(pasted).replace("\r\n", "\n");
    let kept = lines.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some('\t'),
        letter if letter.is_whitespace() => Some(' '),
        letter if letter.is_control() || is_invisible(letter) => None,
        letter => Some(letter),
    });
    let mut text: String = kept.collect();
    text.truncate(text.trim_end().len());
    text
}

/// A clean text as one line: what a field takes.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

/// What a field of one line takes of a clean text: its first line with anything in it, and how many such lines there are. Lines are
/// never glued: two names in one field are nobody's name.
#[must_use]
pub fn first_line(text: &str) -> (String, usize) {
    let mut lines = text.split('\n').filter(|line| !line.trim().is_empty());
    let first = lines.next().map(one_line).unwrap_or_default();
    let count = usize::from(!first.is_empty()) + lines.count();
    (first, count)
}

/// The text without sequences, each from its Esc (or its one-byte form) to its end, as a terminal would read them.
fn without_sequences(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{1b}' => match letters.next_if(|next| ('\u{20}'..='\u{7e}').contains(next)) {
                Some('[') => skip_control(&mut letters),
                Some(']' | 'P' | 'X' | '^' | '_') => skip_string(&mut letters),
                // A function key of old terminals, and sets of letters: one more character.
                Some('O' | 'N' | '\u{20}'..='\u{2f}') => {
                    letters.next_if(char::is_ascii_graphic);
                }
                _ => {}
            },
            '\u{9b}' => skip_control(&mut letters),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => skip_string(&mut letters),
            letter => kept.push(letter),
        }
    }
    kept
}

/// Parameters, then the final character; whatever else stands there is not part of it.
fn skip_control(letters: &mut Peekable<Chars<'_>>) {
    // The Linux console sends its function keys with a second bracket.
    letters.next_if_eq(&'[');
    while letters.next_if(|next| ('\u{20}'..='\u{3f}').contains(next)).is_some() {}
    letters.next_if(|next| ('\u{40}'..='\u{7e}').contains(next));
}

/// A string up to BEL or ST; one without an end ends with its line, so that it does not swallow what is behind.
fn skip_string(letters: &mut Peekable<Chars<'_>>) {
    while let Some(letter) = letters.next_if(|next| !matches!(next, '\n' | '\r')) {
        if matches!(letter, '\u{7}' | '\u{9c}') {
            return;
        }
        if letter == '\u{1b}' {
            letters.next_if_eq(&'\\');
            return;
        }
    }
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
    fn a_paste_is_visible_text() {
        assert_eq!(clean("Иванов\r\nПётр\n"), "Иванов\nПётр");
        assert_eq!(clean("1\u{a0}234\t5"), "1 234\t5");
        assert_eq!(clean(" слева остаётся"), " слева остаётся");
        assert_eq!(clean("\n\n"), "");
        assert_eq!(one_line("1\n2\t3"), "1 2 3");
    }

    #[test]
    fn the_first_line_with_anything_in_it_is_taken() {
        assert_eq!(first_line("\n Петров\tИван\n\nСидоров\n"), (" Петров Иван".to_owned(), 2));
        assert_eq!(first_line("Петров"), ("Петров".to_owned(), 1));
        assert_eq!(first_line(" \n"), (String::new(), 0));
    }

    #[test]
    fn sequences_disappear_wholly() {
        assert_eq!(clean("a\u{1b}[2Jb\u{7}\u{9b}31mc\u{200b}\u{202e}d\0"), "abcd");
        assert_eq!(clean("\u{1b}[31mкрасный\u{1b}[0m"), "красный");
        assert_eq!(clean("\u{1b}]0;title\u{7}x\u{1b}]52;c;AAAA\u{1b}\\y"), "xy");
        assert_eq!(clean("\u{1b}OP1\u{1b}[[A2\u{1b}(B3\u{1b}c4\u{1b}"), "1234");
        // What only begins like one takes nothing else with it.
        assert_eq!(clean("\u{1b}[31\nследующая"), "\nследующая");
        assert_eq!(clean("\u{1b}]без конца\nследующая"), "\nследующая");
        assert_eq!(clean("\u{1b}Ж"), "Ж");
        assert_eq!(clean("цена [31m] руб."), "цена [31m] руб.");
    }
}
