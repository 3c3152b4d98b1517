//! Forms of names by the rules of Russian.

use super::Sex;

/// Surname endings of a man and of a woman. All others, as in «Шевченко», «Черных», «Савчук», do not change
/// in a woman's name.
const SURNAME_ENDINGS: [(&str, &str); 9] = [
    ("ский", "ская"),
    ("цкий", "цкая"),
    ("ый", "ая"),
    ("ой", "ая"),
    ("ов", "ова"),
    ("ев", "ева"),
    ("ёв", "ёва"),
    ("ин", "ина"),
    ("ын", "ына"),
];

/// The surname of a family in the form of a sex; `masculine` is the form of a man.
#[must_use]
pub fn surname(masculine: &str, sex: Sex) -> String {
    if sex == Sex::Female {
        for (man, woman) in SURNAME_ENDINGS {
            if let Some(stem) = masculine.strip_suffix(man) {
                return format!("{stem}{woman}");
            }
        }
    }
    masculine.to_owned()
}

/// Patronymics that no rule gives: father, son, daughter.
const PATRONYMICS: [(&str, &str, &str); 7] = [
    ("Илья", "Ильич", "Ильинична"),
    ("Лев", "Львович", "Львовна"),
    ("Михаил", "Михайлович", "Михайловна"),
    ("Никита", "Никитич", "Никитична"),
    ("Павел", "Павлович", "Павловна"),
    ("Пётр", "Петрович", "Петровна"),
    ("Яков", "Яковлевич", "Яковлевна"),
];

/// The patronymic from the first name of the father.
///
/// «Алексей» gives «Алексеевич», «Игорь» «Игоревич», «Иван» «Иванович». Of names in «-ий» most drop the
/// vowel, «Василий» — «Васильевич»; it stays after two consonants, «Дмитрий» — «Дмитриевич», and after г, к,
/// х, «Георгий» — «Георгиевич».
#[must_use]
pub fn patronymic(father: &str, sex: Sex) -> String {
    if let Some((_, son, daughter)) = PATRONYMICS.iter().find(|(name, ..)| *name == father) {
        return (if sex == Sex::Male { *son } else { *daughter }).to_owned();
    }
    let ending = match sex {
        Sex::Male => "вич",
        Sex::Female => "вна",
    };
    if let Some(stem) = father.strip_suffix("ий") {
        let vowel = if keeps_vowel(stem) { 'и' } else { 'ь' };
        return format!("{stem}{vowel}е{ending}");
    }
    if let Some(stem) = father.strip_suffix('й') {
        return format!("{stem}е{ending}");
    }
    if let Some(stem) = father.strip_suffix('ь') {
        return format!("{stem}е{ending}");
    }
    format!("{father}о{ending}")
}

fn keeps_vowel(stem: &str) -> bool {
    let mut back = stem.chars().rev();
    let (last, before) = (back.next(), back.next());
    let consonant = |letter: Option<char>| letter.is_some_and(|c| !"аеёиоуыэюяАЕЁИОУЫЭЮЯ".contains(c));
    last.is_some_and(|c| "гкх".contains(c)) || (consonant(last) && consonant(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patronymics_follow_the_first_name() {
        for (father, son, daughter) in [
            ("Иван", "Иванович", "Ивановна"),
            ("Алексей", "Алексеевич", "Алексеевна"),
            ("Сергей", "Сергеевич", "Сергеевна"),
            ("Николай", "Николаевич", "Николаевна"),
            ("Игорь", "Игоревич", "Игоревна"),
            ("Василий", "Васильевич", "Васильевна"),
            ("Юрий", "Юрьевич", "Юрьевна"),
            ("Геннадий", "Геннадьевич", "Геннадьевна"),
            ("Дмитрий", "Дмитриевич", "Дмитриевна"),
            ("Георгий", "Георгиевич", "Георгиевна"),
            ("Илья", "Ильич", "Ильинична"),
            ("Никита", "Никитич", "Никитична"),
            ("Пётр", "Петрович", "Петровна"),
            ("Павел", "Павлович", "Павловна"),
            ("Лев", "Львович", "Львовна"),
            ("Яков", "Яковлевич", "Яковлевна"),
            ("Михаил", "Михайлович", "Михайловна"),
        ] {
            assert_eq!(patronymic(father, Sex::Male), son);
            assert_eq!(patronymic(father, Sex::Female), daughter);
        }
    }

    #[test]
    fn surnames_agree_or_do_not_change() {
        for (man, woman) in [
            ("Иванов", "Иванова"),
            ("Зайцев", "Зайцева"),
            ("Соловьёв", "Соловьёва"),
            ("Никитин", "Никитина"),
            ("Птицын", "Птицына"),
            ("Покровский", "Покровская"),
            ("Троицкий", "Троицкая"),
            ("Толстой", "Толстая"),
            ("Белый", "Белая"),
            ("Шевченко", "Шевченко"),
            ("Черных", "Черных"),
            ("Савчук", "Савчук"),
            ("Гринь", "Гринь"),
        ] {
            assert_eq!(surname(man, Sex::Female), woman);
            assert_eq!(surname(man, Sex::Male), man);
        }
    }
}
