//! Letters of a personal name: Russian ones, Latin ones that look the same, and what the other layout made of them.

use crate::keymap::fold_to_ru;

/// Which letters a name is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letters {
    /// No Latin ones.
    Russian,
    /// A word is Latin as a whole: a foreign name, or the layout was not switched. The first such letter.
    Latin(char),
    /// Latin letters and signs that are a name in the other layout only: `Ljk;tyrj`.
    OtherLayout,
    /// A Latin letter inside a Russian word: nobody finds such a name again. The first such letter.
    Mixed(char),
}

/// What a name is written in.
#[must_use]
pub fn letters(text: &str) -> Letters {
    if let Some(letter) = words(text).filter(|word| word.contains(is_russian)).find_map(first_latin) {
        return Letters::Mixed(letter);
    }
    let folded = fold_to_ru(text);
    match first_latin(text) {
        None => Letters::Russian,
        Some(_) if !is_name(text) && is_name(&folded) && first_latin(&folded).is_none() => {
            Letters::OtherLayout
        }
        Some(letter) => Letters::Latin(letter),
    }
}

/// The Russian name that was meant, where one can be: letters that look the same become Russian, words of the other layout are read
/// in it.
#[must_use]
pub fn meant(text: &str) -> Option<String> {
    let seen: String = match letters(text) {
        Letters::Russian => return None,
        Letters::Mixed(_) => text.split_inclusive(is_joint).map(by_look).collect(),
        Letters::Latin(_) | Letters::OtherLayout => fold_to_ru(text),
    };
    (is_name(&seen) && first_latin(&seen).is_none() && words(&seen).all(can_be_said)).then_some(seen)
}

/// Russian names have a vowel among every so many letters; a foreign name read in the other layout seldom does.
const LONGEST_CLUSTER: usize = 4;

/// Whether nowhere more consonants stand together than a Russian name has: «Шмфтщм» is what «Ivanov» would be.
fn can_be_said(word: &str) -> bool {
    let is_vowel = |letter: char| "аеёиоуыэюяАЕЁИОУЫЭЮЯ".contains(letter);
    word.split(is_vowel).all(|cluster| cluster.chars().count() <= LONGEST_CLUSTER)
}

/// A name of a person has letters, and what joins them: «Салтыков-Щедрин», «д’Артаньян», «Ибн Сина».
#[must_use]
pub fn is_name(text: &str) -> bool {
    text.contains(char::is_alphabetic) && text.chars().all(|c| c.is_alphabetic() || is_joint(c))
}

/// Capital and small letters of both alphabets that look the same, in pairs.
const ALIKE: [(char, char); 17] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
];

/// A word with a Russian letter in it, its Latin letters read as they look; any other word stays.
fn by_look(word: &str) -> String {
    if !word.contains(is_russian) {
        return word.to_owned();
    }
    let alike = |letter: char| ALIKE.iter().find(|(latin, _)| *latin == letter).map(|(_, russian)| *russian);
    word.chars().map(|letter| alike(letter).unwrap_or(letter)).collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_joint)
}

/// What joins the words of a name.
const fn is_joint(letter: char) -> bool {
    matches!(letter, ' ' | '-' | '\'' | '’' | '.' | '‑')
}

fn first_latin(text: &str) -> Option<char> {
    text.chars().find(char::is_ascii_alphabetic)
}

const fn is_russian(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_names() {
        // The «a» and the «C» of these are Latin.
        let mixed_a = "Ив\u{61}нов";
        let mixed_c = "\u{43}идорова-Петрова";
        for (text, found) in [
            ("Салтыков-Щедрин", Letters::Russian),
            (mixed_a, Letters::Mixed('a')),
            (mixed_c, Letters::Mixed('C')),
            ("Ivan", Letters::Latin('I')),
            ("Иванова-Smith", Letters::Latin('S')),
            ("Ljk;tyrj", Letters::OtherLayout),
            ("Иван0в", Letters::Russian),
        ] {
            assert_eq!(letters(text), found, "{text}");
        }
        assert_eq!(meant(mixed_a).as_deref(), Some("Иванов"));
        assert_eq!(meant(mixed_c).as_deref(), Some("Сидорова-Петрова"));
    }

    #[test]
    fn what_was_meant_by_the_other_layout() {
        assert_eq!(meant("Bdfyjd").as_deref(), Some("Иванов"));
        assert_eq!(meant("Ljk;tyrj").as_deref(), Some("Долженко"));
        // Nothing Russian looks like this letter; a foreign half of a name, and a foreign name, were meant.
        for text in ["Ива\u{77}ов", "Иванова-Smith", "Ivanov", "Иванов"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
