//! Families: who lives together, how old they are and whose name they bear.

use chrono::{Datelike, Duration, NaiveDate};

use super::calendar::BOOKS_FROM;
use super::dice::Dice;
use super::house::Hand;
use super::model::{Person, PremisesKind, Relation};
use super::names::{self, Sex};

/// A member of a family.
#[derive(Debug)]
pub(super) struct Kin {
    pub(super) person: Person,
    pub(super) relation: Relation,
    /// Surname in the form of a man, for children to bear.
    pub(super) surname: &'static str,
}

/// Who lives together.
#[derive(Debug, Clone, Copy)]
enum Household {
    /// Nobody; the owner lives elsewhere.
    Vacant,
    /// One person of 20 to 62.
    Single,
    /// One person of 63 to 90.
    Elder,
    /// A pair of 63 to 85.
    ElderCouple,
    /// A pair of 22 to 62 with so many children.
    Couple(u32),
    /// A mother with so many children.
    Mother(u32),
    /// A pair with so many children and a grandmother, perhaps a grandfather.
    Generations(u32),
}

/// Weights of households by the room there is.
fn weights(kind: PremisesKind, rooms: i16) -> &'static [(u32, Household)] {
    use Household as H;
    match (kind, rooms) {
        (PremisesKind::Room, _) => &[
            (5, H::Vacant),
            (38, H::Single),
            (11, H::Elder),
            (14, H::Couple(0)),
            (16, H::Couple(1)),
            (18, H::Mother(1)),
        ],
        (_, 0 | 1) => &[
            (4, H::Vacant),
            (16, H::Single),
            (19, H::Elder),
            (11, H::ElderCouple),
            (18, H::Couple(0)),
            (19, H::Couple(1)),
            (6, H::Couple(2)),
            (12, H::Mother(1)),
        ],
        (_, 2) => &[
            (3, H::Vacant),
            (6, H::Single),
            (11, H::Elder),
            (14, H::ElderCouple),
            (10, H::Couple(0)),
            (21, H::Couple(1)),
            (21, H::Couple(2)),
            (8, H::Mother(1)),
            (4, H::Mother(2)),
            (8, H::Generations(1)),
        ],
        _ => &[
            (3, H::Vacant),
            (3, H::Single),
            (6, H::Elder),
            (12, H::ElderCouple),
            (6, H::Couple(0)),
            (15, H::Couple(1)),
            (27, H::Couple(2)),
            (11, H::Couple(3)),
            (4, H::Mother(2)),
            (9, H::Generations(1)),
            (9, H::Generations(2)),
        ],
    }
}

/// Draws the family of a dwelling; empty where nobody lives.
pub(super) fn draw(kind: PremisesKind, rooms: i16, hand: &mut Hand) -> Vec<Kin> {
    match hand.dice.weighted(weights(kind, rooms)) {
        Household::Vacant => Vec::new(),
        Household::Single => vec![alone(20, 62, 500, hand)],
        Household::Elder => vec![alone(63, 90, 240, hand)],
        Household::ElderCouple => pair(63, 85, hand),
        Household::Couple(0) => pair(22, 62, hand),
        Household::Couple(count) => with_children(pair(23, 54, hand), count, hand),
        Household::Mother(count) => with_children(vec![alone(21, 52, 0, hand)], count, hand),
        Household::Generations(count) => {
            let family = with_children(pair(24, 48, hand), count, hand);
            with_parents(family, hand)
        }
    }
}

/// A day of birth that makes somebody `age` years old when the books open.
fn born_at(age: i64, dice: &mut Dice) -> NaiveDate {
    let years = u32::try_from(age * 12).unwrap_or(0);
    let birthday = BOOKS_FROM.checked_sub_months(chrono::Months::new(years)).unwrap_or(BOOKS_FROM);
    birthday - Duration::days(dice.between(0, 364))
}

/// A person; without a known father the patronymic comes from a name of the father's generation.
pub(super) fn person(
    sex: Sex,
    born: NaiveDate,
    surname: &str,
    father: Option<&'static str>,
    hand: &mut Hand,
) -> Person {
    let dice = &mut hand.dice;
    let father = father.unwrap_or_else(|| names::draw_first_name(Sex::Male, born.year() - 28, dice));
    Person {
        id: hand.counters.person(),
        sex,
        last_name: names::surname(surname, sex),
        first_name: names::draw_first_name(sex, born.year(), dice),
        patronymic: names::patronymic(father, sex),
        born,
    }
}

/// A head of family between two ages, `men` permille of them men.
pub(super) fn alone(youngest: i64, oldest: i64, men: u32, hand: &mut Hand) -> Kin {
    let sex = if hand.dice.chance(men) { Sex::Male } else { Sex::Female };
    let age = hand.dice.between(youngest, oldest);
    let born = born_at(age, &mut hand.dice);
    let surname = names::draw_surname(&mut hand.dice);
    Kin { person: person(sex, born, surname, None, hand), relation: Relation::Head, surname }
}

/// Husband and wife; she has taken his name six times of seven, and is head of the family four of ten.
fn pair(youngest: i64, oldest: i64, hand: &mut Hand) -> Vec<Kin> {
    let mut man = alone(youngest, oldest, 1000, hand);
    let apart = Duration::days(hand.dice.between(-3 * 365, 8 * 365));
    let latest = born_at(youngest.min(20), &mut hand.dice);
    let maiden = if hand.dice.chance(857) { man.surname } else { names::draw_surname(&mut hand.dice) };
    let born = (man.person.born + apart).min(latest);
    let mut woman = Kin {
        person: person(Sex::Female, born, maiden, None, hand),
        relation: Relation::Spouse,
        surname: maiden,
    };
    if hand.dice.chance(600) {
        return vec![man, woman];
    }
    (man.relation, woman.relation) = (Relation::Spouse, Relation::Head);
    vec![woman, man]
}

/// Adds children, the eldest first, two years or more apart. They bear the father's name and patronymic, or
/// the mother's name where there is no father.
fn with_children(mut family: Vec<Kin>, count: u32, hand: &mut Hand) -> Vec<Kin> {
    let Some(mother) = family.iter().find(|kin| kin.person.sex == Sex::Female) else { return family };
    let father = family.iter().find(|kin| kin.person.sex == Sex::Male);
    let surname = father.unwrap_or(mother).surname;
    let first_name = father
        .map(|kin| kin.person.first_name)
        .unwrap_or_else(|| names::draw_first_name(Sex::Male, mother.person.born.year(), &mut hand.dice));
    let mut born = mother.person.born + Duration::days(hand.dice.between(19 * 366, 29 * 365));
    let eldest = born_at(23, &mut hand.dice);
    born = born.max(eldest);
    for _ in 0..count {
        if born >= BOOKS_FROM - Duration::days(240) || born > mother_until(&family) {
            break;
        }
        let child = child(born, surname, first_name, hand);
        family.push(child);
        born += Duration::days(hand.dice.between(2 * 365, 6 * 365));
    }
    family
}

/// The last day a mother of the family may have given birth: she was 44.
fn mother_until(family: &[Kin]) -> NaiveDate {
    let mother = family.iter().find(|kin| kin.person.sex == Sex::Female);
    mother.map_or(NaiveDate::MIN, |kin| kin.person.born + Duration::days(44 * 365))
}

/// A son or daughter of `father`.
pub(super) fn child(born: NaiveDate, surname: &'static str, father: &'static str, hand: &mut Hand) -> Kin {
    let sex = if hand.dice.chance(513) { Sex::Male } else { Sex::Female };
    Kin { person: person(sex, born, surname, Some(father), hand), relation: Relation::Child, surname }
}

/// Adds the mother of the head, and one time in four the father, whose first name the head's patronymic is
/// made of. A married daughter's parents have another surname than she.
fn with_parents(mut family: Vec<Kin>, hand: &mut Hand) -> Vec<Kin> {
    let Some(head) = family.first_mut() else { return family };
    let born = head.person.born - Duration::days(hand.dice.between(20 * 366, 30 * 365));
    let name = names::draw_first_name(Sex::Male, born.year() - 2, &mut hand.dice);
    head.person.patronymic = names::patronymic(name, head.person.sex);
    let surname =
        if head.person.sex == Sex::Male { head.surname } else { names::draw_surname(&mut hand.dice) };
    let mother = person(Sex::Female, born, surname, None, hand);
    family.push(Kin { person: mother, relation: Relation::Parent, surname });
    if hand.dice.chance(250) {
        let born = born - Duration::days(hand.dice.between(0, 5 * 365));
        let father = person(Sex::Male, born, surname, None, hand);
        family.push(Kin {
            person: Person { first_name: name, ..father },
            relation: Relation::Parent,
            surname,
        });
    }
    family
}
