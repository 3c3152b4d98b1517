//! Names of people in all cases (dossier of documents § 1.4). Rules of the library `petrovich`; what it gets wrong for one person is
//! written on the person's card and goes before it: a name on paper is evidence.

use petrovich::Gender;
use serde::Deserialize;

/// A grammatical case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameCase {
    /// Кто? «Иванов Пётр».
    Nominative,
    /// Кого? «от Иванова Петра».
    Genitive,
    /// Кому? «выдана Иванову Петру».
    Dative,
    /// Кого? «уведомляем Иванова Петра».
    Accusative,
    /// Кем? «с Ивановым Петром».
    Instrumental,
    /// О ком? «об Иванове Петре».
    Prepositional,
}

impl NameCase {
    /// The words of templates for the cases.
    pub const WORDS: [(&str, Self); 6] = [
        ("nominative", Self::Nominative),
        ("genitive", Self::Genitive),
        ("dative", Self::Dative),
        ("accusative", Self::Accusative),
        ("instrumental", Self::Instrumental),
        ("prepositional", Self::Prepositional),
    ];

    const fn rule(self) -> Option<petrovich::Case> {
        match self {
            Self::Nominative => None,
            Self::Genitive => Some(petrovich::Case::Genitive),
            Self::Dative => Some(petrovich::Case::Dative),
            Self::Accusative => Some(petrovich::Case::Accusative),
            Self::Instrumental => Some(petrovich::Case::Instrumental),
            Self::Prepositional => Some(petrovich::Case::Prepositional),
        }
    }
}

/// Sex, on which the endings depend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Мужской.
    Male,
    /// Женский.
    Female,
}

/// The three names of a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Name {
    /// Фамилия.
    #[serde(rename = "last_name", deserialize_with = "perhaps")]
    pub last: String,
    /// Имя.
    #[serde(rename = "first_name", deserialize_with = "perhaps")]
    pub first: String,
    /// Отчество; not everybody has one.
    #[serde(rename = "middle_name", default)]
    pub middle: Option<String>,
}

/// A name nobody knows is an empty one.
fn perhaps<'de, D: serde::Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(Option::<String>::deserialize(from)?.unwrap_or_default())
}

impl Name {
    /// All three in one line.
    #[must_use]
    pub fn full(&self) -> String {
        let parts = [self.last.as_str(), self.first.as_str(), self.middle.as_deref().unwrap_or_default()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The surname with initials, kept on one line: «Иванов И. И.».
    #[must_use]
    pub fn short(&self) -> String {
        let initial = |name: &str| name.chars().next().map(|letter| format!("\u{a0}{letter}."));
        let first = initial(&self.first).unwrap_or_default();
        let middle = self.middle.as_deref().and_then(initial).unwrap_or_default();
        format!("{}{first}{middle}", self.last)
    }

    /// The name in a case. Without a known sex it is told from the patronymic and the names; where that fails too the name stays as
    /// it is: a wrong ending is worse than none.
    #[must_use]
    pub fn in_case(&self, sex: Option<Sex>, case: NameCase) -> Self {
        let gender = match sex {
            Some(Sex::Male) => Gender::Male,
            Some(Sex::Female) => Gender::Female,
            None => petrovich::detect_gender(
                some(&self.last),
                some(&self.first),
                self.middle.as_deref().and_then(some),
            ),
        };
        let Some(rule) = case.rule().filter(|_| gender != Gender::Androgynous) else { return self.clone() };
        Self {
            last: petrovich::lastname(gender, &self.last, rule),
            first: each_part(&self.first, |part| first_name(gender, part, rule)),
            middle: self.middle.as_deref().map(|middle| petrovich::middlename(gender, middle, rule)),
        }
    }
}

/// The parts of a double name change one by one.
fn each_part(name: &str, change: impl Fn(&str) -> String) -> String {
    name.split('-').map(change).collect::<Vec<_>>().join("-")
}

/// The library gives «Марием», «Викторием», «Ксением»: names of women in -ия go by the third rule of the school grammar here.
fn first_name(gender: Gender, name: &str, rule: petrovich::Case) -> String {
    use petrovich::Case::{Accusative, Dative, Genitive, Instrumental, Prepositional};
    match name.strip_suffix('я') {
        Some(stem) if gender == Gender::Female && stem.ends_with('и') => {
            let ending = match rule {
                Genitive | Dative | Prepositional => "и",
                Accusative => "ю",
                Instrumental => "ей",
            };
            format!("{stem}{ending}")
        }
        _ => petrovich::firstname(gender, name, rule),
    }
}

fn some(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}
