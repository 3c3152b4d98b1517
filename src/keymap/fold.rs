//! One key, two letters: what was typed in the other layout. Only for commands and searches, never for text.

use std::collections::BTreeMap;
use std::sync::OnceLock;

#[derive(serde::Deserialize)]
struct Layout {
    row: Vec<Row>,
}

#[derive(serde::Deserialize)]
struct Row {
    latin: String,
    russian: String,
}

/// The two directions of `keymaps/layout-ru.toml`.
#[derive(Default)]
struct Pairs {
    to_ru: BTreeMap<char, char>,
    to_latin: BTreeMap<char, char>,
}

fn pairs() -> &'static Pairs {
    static PAIRS: OnceLock<Pairs> = OnceLock::new();
    PAIRS.get_or_init(|| {
        let text = include_str!("../../keymaps/layout-ru.toml");
        let rows = toml::from_str::<Layout>(text).map(|layout| layout.row).unwrap_or_default();
        let mut pairs = Pairs::default();
        for (latin, russian) in rows.iter().flat_map(|row| row.latin.chars().zip(row.russian.chars())) {
            pairs.to_ru.insert(latin, russian);
            pairs.to_latin.insert(russian, latin);
        }
        pairs
    })
}

/// Words typed on the Latin layout as they would have come on the Russian one: `Bdfyjd` is `Иванов`. A word
/// with a Cyrillic letter, or without a Latin one, stays.
#[must_use]
pub fn fold_to_ru(text: &str) -> String {
    by_word(text, |word| {
        let typed_latin = word.contains(is_latin) && !word.contains(is_cyrillic);
        typed_latin.then_some(&pairs().to_ru)
    })
}

/// Words typed on the Russian layout as they would have come on the Latin one: `ыфму` is `save`. A word
/// with a Latin letter, or without a Cyrillic one, stays.
#[must_use]
pub fn fold_to_latin(text: &str) -> String {
    by_word(text, |word| {
        let typed_cyrillic = word.contains(is_cyrillic) && !word.contains(is_latin);
        typed_cyrillic.then_some(&pairs().to_latin)
    })
}

/// The Latin letter on the key that gave a character; other characters stay. For letters that are commands.
#[must_use]
pub fn latin_key(letter: char) -> char {
    if is_cyrillic(letter) { pairs().to_latin.get(&letter).copied().unwrap_or(letter) } else { letter }
}

/// ё is е, as people write names.
#[must_use]
pub fn plain_yo(text: &str) -> String {
    let plain = |letter| match letter {
        'ё' => 'е',
        'Ё' => 'Е',
        other => other,
    };
    text.chars().map(plain).collect()
}

fn by_word(text: &str, layout: impl Fn(&str) -> Option<&'static BTreeMap<char, char>>) -> String {
    let words = text.split_inclusive(char::is_whitespace);
    let folded = words.map(|word| match layout(word) {
        Some(map) => word.chars().map(|letter| map.get(&letter).copied().unwrap_or(letter)).collect(),
        None => word.to_owned(),
    });
    folded.collect()
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic()
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

/// Whether a text has a letter that only the Russian layout writes.
#[must_use]
pub fn has_russian(text: &str) -> bool {
    text.chars().any(is_cyrillic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_russian_letter_once_and_keeps_case() {
        let pairs = pairs();
        for letter in ('а'..='я').chain(['ё']) {
            let latin = pairs.to_latin[&letter];
            let upper: Vec<char> = letter.to_uppercase().collect();
            let latin_upper = pairs.to_latin[&upper[0]];
            assert_eq!((pairs.to_ru[&latin], pairs.to_ru[&latin_upper]), (letter, upper[0]));
            if latin.is_ascii_alphabetic() {
                assert_eq!(latin.to_ascii_uppercase(), latin_upper, "{letter}");
            }
        }
        assert_eq!((pairs.to_ru.len(), pairs.to_latin.len()), (66, 66));
    }

    #[test]
    fn a_name_in_the_wrong_layout_is_found() {
        assert_eq!(fold_to_ru("Bdfyjd"), "Иванов");
        assert_eq!(fold_to_ru("`kxbyf Vfhbz"), "ёлчина Мария");
        assert_eq!(fold_to_ru("k 12f rd 5"), "л 12а кв 5");
        assert_eq!(fold_to_latin("ыфму фы"), "save as");
    }

    #[test]
    fn what_is_in_the_right_layout_stays() {
        for text in ["ул. Мира, 5", "Иванов", "12-5", "СОЛ-2", "", "  ", "вокзалX"] {
            assert_eq!(fold_to_ru(text), text);
        }
        assert_eq!(fold_to_latin("save [x]"), "save [x]");
    }

    #[test]
    fn both_ways_give_back_what_was_typed() {
        for text in ["Ghbdtn", "Съешь же ещё этих мягких французских булок"]
        {
            assert_eq!(fold_to_latin(&fold_to_ru(text)), fold_to_latin(text));
            assert_eq!(fold_to_ru(&fold_to_latin(text)), fold_to_ru(text));
        }
    }

    #[test]
    fn a_letter_that_is_a_command_is_the_same_key_in_both_layouts() {
        assert_eq!([latin_key('н'), latin_key('Н'), latin_key('y'), latin_key('5')], ['y', 'Y', 'y', '5']);
    }

    #[test]
    fn yo_is_ye() {
        assert_eq!(plain_yo("Ёлкина Алёна"), "Елкина Алена");
    }
}
