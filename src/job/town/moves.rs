//! Registrations: who lives where since when, and what changes in the year the town is watched.

use chrono::{Datelike, Duration, NaiveDate};

use super::calendar::{BOOKS_FROM, YEAR, day};
use super::dice::Dice;
use super::family::{self, Kin};
use super::house::Hand;
use super::model::{Absence, Person, Relation, TownPremises, TownResidence};
use super::names::Sex;
use crate::calc::period::Days;

/// The last day on which a family that is not part of the year's moves has moved in.
const SETTLED_BY: NaiveDate = day(2025, 6, 1);

/// A newborn is registered within so many days.
const LATEST_SLIP: i64 = 50;

/// A family in its dwelling.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub(super) residences: Vec<TownResidence>,
    pub(super) absences: Vec<Absence>,
    /// People of the year who are not of the family drawn: newborn, arrived, lodgers.
    pub(super) newcomers: Vec<Person>,
}

impl Settled {
    fn arrive(&mut self, person: Person, relation: Relation, temporary: bool, days: Days) {
        self.residences.push(TownResidence { person: person.id, relation, temporary, days });
        self.newcomers.push(person);
    }
}

/// Registers a family in a dwelling that exists since `built`, and lets the year happen to it.
pub(super) fn settle(family: &[Kin], built: NaiveDate, hand: &mut Hand) -> Settled {
    let mut home = Settled::default();
    if let Some(head) = family.first() {
        let moved_in = moved_in(head, built, hand);
        for kin in family {
            let born = kin.person.born;
            let from = if born < moved_in { moved_in } else { registered_after_birth(born, hand) };
            home.residences.push(TownResidence {
                person: kin.person.id,
                relation: kin.relation,
                temporary: false,
                days: Days::since(from),
            });
        }
    }
    birth(family, &mut home, hand);
    departure(family, &mut home, hand);
    arrival(family, &mut home, hand);
    lodger(family, &mut home, hand);
    absence(&mut home, hand);
    home
}

/// Somebody of age moves into a house that stands; one family in eighty does so within the year.
fn moved_in(head: &Kin, built: NaiveDate, hand: &mut Hand) -> NaiveDate {
    if hand.dice.chance(12) {
        return hand.dice.day(YEAR);
    }
    let from = (head.person.born + Duration::days(20 * 366)).max(built).max(day(1985, 1, 1));
    if from < SETTLED_BY { hand.dice.day(Days { from, to: SETTLED_BY }) } else { SETTLED_BY }
}

fn registered_after_birth(born: NaiveDate, hand: &mut Hand) -> NaiveDate {
    born + Duration::days(hand.dice.between(10, LATEST_SLIP))
}

/// A child born within the year to a pair that lives here.
fn birth(family: &[Kin], home: &mut Settled, hand: &mut Hand) {
    let parents = family.iter().filter(|kin| matches!(kin.relation, Relation::Head | Relation::Spouse));
    let (mut father, mut mother) = (None, None);
    for kin in parents {
        match kin.person.sex {
            Sex::Male => father = Some(kin),
            Sex::Female => mother = Some(kin),
        }
    }
    let (Some(father), Some(mother)) = (father, mother) else { return };
    let of_age = (1984..=2004).contains(&mother.person.born.year());
    let youngest = family.iter().map(|kin| kin.person.born).max().unwrap_or(NaiveDate::MIN);
    if !of_age || youngest > day(2024, 6, 1) || !hand.dice.chance(80) {
        return;
    }
    let born = hand.dice.day(Days { from: YEAR.from, to: YEAR.to - Duration::days(LATEST_SLIP) });
    let moved_in = home.residences.first().map_or(born, |residence| residence.days.from);
    let registered = registered_after_birth(born, hand).max(moved_in);
    let child = family::child(born, father.surname, father.person.first_name, hand);
    home.arrive(child.person, Relation::Child, false, Days::since(registered));
}

/// Somebody grown up, not the head, is deregistered within the year.
fn departure(family: &[Kin], home: &mut Settled, hand: &mut Hand) {
    let grown = day(2007, 9, 1);
    let leaving: Vec<usize> = (1..family.len()).filter(|place| family[*place].person.born <= grown).collect();
    if leaving.is_empty() || !hand.dice.chance(45) {
        return;
    }
    let place = hand.dice.pick(&leaving);
    let to = hand.dice.day(YEAR);
    if let Some(residence) = home.residences.get_mut(place)
        && residence.days.from < to
    {
        residence.days.to = to;
    }
}

/// Somebody else moves in for good within the year.
fn arrival(family: &[Kin], home: &mut Settled, hand: &mut Hand) {
    let Some(first) = home.residences.first().map(|residence| residence.days.from) else { return };
    if family.is_empty() || !hand.dice.chance(22) {
        return;
    }
    let person = family::alone(18, 70, 480, hand).person;
    let from = hand.dice.day(YEAR).max(first);
    home.arrive(person, Relation::Other, false, Days::since(from));
}

/// Registered for a term: one in 30 families has a lodger, one in 4 empty flats a tenant.
fn lodger(family: &[Kin], home: &mut Settled, hand: &mut Hand) {
    let permille = if family.is_empty() { 250 } else { 30 };
    if !hand.dice.chance(permille) {
        return;
    }
    let person = family::alone(19, 55, 550, hand).person;
    let from = hand.dice.day(Days { from: YEAR.from - Duration::days(90), to: YEAR.to - Duration::days(40) });
    let to = from + Duration::days(hand.dice.between(20, 300));
    home.arrive(person, Relation::Other, true, Days { from, to });
}

/// Somebody registered all year is away for 6 to 45 full days: the law counts more than five (354 п. 86).
fn absence(home: &mut Settled, hand: &mut Hand) {
    let all_year = |residence: &&TownResidence| residence.days.meet(YEAR) == Some(YEAR);
    let staying: Vec<_> = home.residences.iter().filter(all_year).map(|residence| residence.person).collect();
    if staying.is_empty() || !hand.dice.chance(25) {
        return;
    }
    let person = hand.dice.pick(&staying);
    let from = hand.dice.day(Days { from: YEAR.from, to: YEAR.to - Duration::days(50) });
    let days = Days { from, to: from + Duration::days(hand.dice.between(6, 45)) };
    let reason = hand.dice.pick(&["отпуск", "командировка", "лечение в стационаре", "дачный дом"]);
    home.absences.push(Absence { person, days, reason });
}

/// One family in fourteen has somebody away for a part of the months of the books, beside those who were already.
pub(super) fn summer(home: &mut TownPremises, dice: &mut Dice) {
    let books = Days { from: BOOKS_FROM, to: YEAR.to };
    let there = |residence: &&TownResidence| residence.days.meet(books) == Some(books);
    let staying: Vec<_> = home.residences.iter().filter(there).map(|residence| residence.person).collect();
    if staying.is_empty() || !home.absences.is_empty() || !dice.chance(70) {
        return;
    }
    let person = dice.pick(&staying);
    let from = dice.day(Days { from: BOOKS_FROM, to: YEAR.to - Duration::days(75) });
    let days = Days { from, to: from + Duration::days(dice.between(10, 75)) };
    home.absences.push(Absence { person, days, reason: "дачный дом" });
}
