//! Who of a dwelling has a privilege (льгота), and since when.

use chrono::{Datelike, Months, NaiveDate};

use super::calendar::{BOOKS_FROM, RULES_FROM, YEAR};
use super::dice::Dice;
use super::directory::Category;
use super::model::{Holder, Person, Relation, TownPremises, TownPrivilege};
use super::names::Sex;
use crate::calc::ids::PersonId;
use crate::calc::period::Days;

/// One right in twenty begins within the year that is watched.
const NEW: u32 = 50;

/// Draws the privileges of whoever is registered in a dwelling when the books open.
pub(super) fn draw(home: &TownPremises, dice: &mut Dice) -> Vec<TownPrivilege> {
    let mut rights = Vec::new();
    for (person, days) in residents(home) {
        if let Some(category) = category(person, dice) {
            rights.push(right(category, person, days, None, dice));
        }
    }
    rights.extend(large_family(home, dice));
    rights.extend(repair(home, dice));
    rights
}

/// Who lives here for good when the books open, with the days.
fn residents(home: &TownPremises) -> impl Iterator<Item = (&Person, Days)> {
    home.residences
        .iter()
        .filter(|residence| !residence.temporary && residence.days.contain(BOOKS_FROM))
        .filter_map(|residence| Some((person_of(home, residence.person)?, residence.days)))
}

fn person_of(home: &TownPremises, id: PersonId) -> Option<&Person> {
    home.persons.iter().find(|person| person.id == id)
}

/// Years of age when the books open.
fn age(person: &Person) -> u32 {
    BOOKS_FROM.years_since(person.born).unwrap_or(0)
}

/// Of a person on his own account: disabled, who fought, who worked long.
fn category(person: &Person, dice: &mut Dice) -> Option<Category> {
    let age = age(person);
    let disabled = match age {
        0..=17 => 0,
        18..=59 => 35,
        _ => 120,
    };
    let fought = if person.sex == Sex::Male && (24..=70).contains(&age) { 12 } else { 0 };
    let worked = if age >= 60 { 190 } else { 0 };
    let lot = dice.below(1000);
    match lot {
        _ if lot < disabled => Some(Category::Disabled),
        _ if lot < disabled + fought => Some(Category::CombatVeteran),
        _ if lot < disabled + fought + worked => Some(Category::LabourVeteran),
        _ => None,
    }
}

/// Three children under 18; nine families of ten have asked for it. It ends when the third last comes of age.
fn large_family(home: &TownPremises, dice: &mut Dice) -> Option<TownPrivilege> {
    let mut of_age: Vec<NaiveDate> = residents(home)
        .filter(|(person, _)| is(home, person.id, Relation::Child) && age(person) < 18)
        .map(|(person, _)| of_age(person))
        .collect();
    of_age.sort_unstable_by(|one, other| other.cmp(one));
    let until = *of_age.get(2)?;
    let (head, days) = residents(home).find(|(person, _)| is(home, person.id, Relation::Head))?;
    let family = i16::try_from(residents(home).count()).ok();
    let days = days.meet(Days { from: NaiveDate::MIN, to: until })?;
    dice.chance(900).then(|| right(Category::LargeFamily, head, days, family, dice))
}

fn is(home: &TownPremises, person: PersonId, relation: Relation) -> bool {
    home.residences.iter().any(|residence| residence.person == person && residence.relation == relation)
}

fn of_age(person: &Person) -> NaiveDate {
    person.born.checked_add_months(Months::new(18 * 12)).unwrap_or(NaiveDate::MAX)
}

/// An owner of 70 or 80 years who lives alone; three of four have asked for it.
fn repair(home: &TownPremises, dice: &mut Dice) -> Option<TownPrivilege> {
    let mut alone = residents(home);
    let (Some((person, days)), None) = (alone.next(), alone.next()) else { return None };
    let owns = |owner: &super::model::TownOwner| {
        owner.holder == Holder::Person(person.id) && owner.days.contain(BOOKS_FROM)
    };
    let category = match age(person) {
        80.. => Category::RepairEighty,
        70..=79 => Category::RepairSeventy,
        _ => return None,
    };
    (home.owners.iter().any(owns) && dice.chance(750)).then(|| right(category, person, days, None, dice))
}

/// The right, no earlier than the rules of the town and never beyond the registration.
fn right(
    category: Category,
    person: &Person,
    days: Days,
    members: Option<i16>,
    dice: &mut Dice,
) -> TownPrivilege {
    let since = if dice.chance(NEW) { dice.day(YEAR) } else { RULES_FROM };
    // Who is gone by then has had the right all along.
    let since = if since < days.to { since } else { RULES_FROM };
    let days = Days { from: since.max(days.from), to: days.to };
    let number = dice.between(100_000, 999_999);
    let document = format!("удостоверение № {number} от {}.{}", days.from.format("%d.%m"), days.from.year());
    TownPrivilege { person: person.id, category, members, document, days }
}
