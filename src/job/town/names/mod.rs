//! Names of people: last, first and patronymic that agree with the sex, first names of the right years.

mod forms;
mod lists;

pub use self::forms::{patronymic, surname};
pub use self::lists::FirstName;

use super::dice::Dice;

/// Sex of a person, as a passport has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    /// мужской
    Male,
    /// женский
    Female,
}

impl Sex {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Male => Self::Female,
            Self::Female => Self::Male,
        }
    }
}

/// First names of men, each with the years of birth it is plausible for.
#[must_use]
pub fn men() -> &'static [FirstName] {
    lists::MEN
}

/// First names of women, each with the years of birth it is plausible for.
#[must_use]
pub fn women() -> &'static [FirstName] {
    lists::WOMEN
}

/// Surnames in the form of a man.
#[must_use]
pub fn surnames() -> &'static [&'static str] {
    lists::SURNAMES
}

/// A surname in the form of a man; [`surname`] gives that of a woman.
pub(super) fn draw_surname(dice: &mut Dice) -> &'static str {
    dice.pick(lists::SURNAMES)
}

/// A first name for somebody born in `year`. The search starts at a chance place of the list, so that no list
/// of the names of a year has to be made.
pub(super) fn draw_first_name(sex: Sex, year: i32, dice: &mut Dice) -> &'static str {
    let list = match sex {
        Sex::Male => lists::MEN,
        Sex::Female => lists::WOMEN,
    };
    let start = dice.place(list.len());
    let from_start = list[start..].iter().chain(&list[..start]);
    from_start.clone().find(|name| name.fits(year)).map_or(list[start].name, |name| name.name)
}
